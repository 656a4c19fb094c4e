"""An enterprise writes while somebody who only works in the console has its talk."""

from __future__ import annotations

from bot.current import Current
from bot.desk import Desk
from bot.handover.missed import missed
from bot.handover.telling import word_key
from bot.message import Message, Sender
from intents.respond import respond
from intents.turn import Said
from storage import outbox, tickets
from storage.claims import Claimed
from tests.console.office import Office
from tests.console.test_talks import console_only, says, takes, told


async def test_what_the_enterprise_writes_is_read_in_the_console_and_pushed_nowhere(
    office: Office,
) -> None:
    desk = Desk(office.db, Current(office.kb), office.clock, respond)

    async def writes(id_: str, text: str) -> str:
        message = Message(id_, Sender("wecom", "ent"), Said(text), office.clock())
        return (await desk.take(message)).reply.text

    await writes("1", "转人工")
    zhou = await console_only(office, regions=("福建省",))
    await takes(zhou, 1)
    assert "我想问质押贷款" not in await writes("2", "我想问质押贷款")
    page = await zhou.opens("/talks/1")
    assert "我想问质押贷款" in page
    await says(zhou, 1, "请到服务窗口办理")
    assert any("请到服务窗口办理" in one for one in await told(office))
    async with office.db.transaction() as conn:
        channels = {one.channel for one in await outbox.listing(conn)}
    assert channels == {"wecom"}
    await writes("3", "结束人工")
    assert "对方结束了对话" in await zhou.opens("/talks/1")
    await desk.close()


async def test_nobody_is_told_in_vain_of_words_that_were_not_sent(office: Office) -> None:
    desk = Desk(office.db, Current(office.kb), office.clock, respond)
    said = Said("转人工")
    await desk.take(Message("1", Sender("wecom", "ent"), said, office.clock()))
    zhou = await console_only(office, regions=("福建省",))
    await takes(zhou, 1)
    async with office.db.transaction() as conn:
        [ticket] = await tickets.listing(conn, states=["held"])
        letter = Claimed(1, word_key(ticket.id, "x"), ticket.sender, "wecom", {}, 1, False)
        await missed(conn, letter, office.clock())
    assert await told(office, "console:周") == []
    await desk.close()
