"""Personal data: nowhere in clear, erased everywhere on request, and erased when they are old."""

from __future__ import annotations

import asyncio
import os
import stat
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import Text, cast, select

from bot import keys
from bot.app import build_app
from bot.banner import banner
from bot.current import Current
from bot.forgetting import without_personal
from bot.keys import from_file, new_key
from bot.opening import open_database, open_desk
from bot.privacy.retention import purge
from bot.settings import Settings, SettingsError, load_settings
from intents.conversation import FRESH, Conversation, FormDraft, from_json, to_json
from intents.respond import respond
from intents.turn import Reply, Said, Turn
from knowledge.snapshot import KnowledgeBase
from storage import (
    audit,
    claims,
    conversations,
    demands,
    handling,
    inbox,
    notes,
    outbox,
    questions,
    tickets,
)
from storage.claims import Wanted
from storage.conversations import ConversationRow
from storage.database import Database, DatabaseError
from storage.inbox import InboxRow
from storage.notes import NoteRow
from storage.outbox import OutboxRow
from storage.questions import QuestionRow
from storage.schema import metadata
from storage.tickets import TicketRow
from tests.bot.stand_in import NOW, message
from tests.storage.rows import SUBMITTED, brought_to, file

NAME, PHONE, MAIL = "欧阳锦程", "13912345678", "jincheng@example.com"
PERSONAL = (NAME, PHONE, MAIL)
DIALOGUE = (
    "我们想用发明专利做质押融资",
    "厦门海沧新材料有限公司",
    f"我叫{NAME}",
    PHONE,
    MAIL,
    f"需求里加一句：急用，请打{PHONE}找{NAME}",
    "提交",
    "确认提交",
    f"2031年的万里行几号报送，请打{PHONE}告诉我",
    f"转人工，我的邮箱是{MAIL}",
)
DAYS = 730


async def all_rows(db: Database) -> str:
    """Everything that any table holds, as it lies there."""
    held: list[str] = []
    async with db.transaction() as conn:
        for table in metadata.tables.values():
            found = await conn.execute(select(*(cast(column, Text) for column in table.columns)))
            held += [str(value) for row in found for value in row]
    return "\n".join(held)


async def talked(opened: AsyncExitStack, settings: Settings, kb: KnowledgeBase) -> Database:
    """The whole dialogue, through the shipped understanding; its database."""
    db = await open_database(opened, settings)
    desk = open_desk(opened, db, Current(kb), lambda: NOW, settings, respond)
    for number, text in enumerate(DIALOGUE):
        await desk.take(message(str(number), text, "u1"))
    return db


async def test_after_a_whole_dialogue_no_personal_value_lies_in_clear(
    database_url: str, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    async with AsyncExitStack() as opened:
        db = await talked(opened, Settings(database=database_url), kb)
        async with db.transaction() as conn:
            [demand] = await demands.listing(conn)
            waiting = await questions.open_questions(conn)
        assert demand.fields["手机"] == PHONE
        assert demand.fields["联系人"] == NAME
        assert waiting
        held = await all_rows(db)
        assert not [value for value in PERSONAL if value in held]
    assert not [value for value in PERSONAL if value.encode() in _all_bytes(tmp_path)]


def _all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_forgetting_empties_every_table_and_leaves_the_count(
    database_url: str, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(database=database_url)
    async with AsyncExitStack() as opened:
        db = await talked(opened, settings, kb)
        async with db.transaction() as conn:
            [demand] = await demands.listing(conn)
            done = handling.Handled(demand.id, "return", "wecom:li", NOW, f"请{NAME}补充专利号")
            await handling.handle(conn, done)
            await notes.add(conn, [NoteRow(demand.sender, f"请{NAME}补充", NOW, demand.id)])
            row = OutboxRow("push:1", demand.sender, {"text": f"{NAME}您好"}, NOW)
            await outbox.add(conn, [row])
        desk = open_desk(opened, db, Current(kb), lambda: NOW, settings, respond)
        first = await desk.take(message("forget", "删除我的信息", "u1"))
        last = first
        if "删除" not in first.reply.text or first.reply.options:
            last = await desk.take(message("forget2", "确定", "u1"))
        assert "删除" in last.reply.text
        held = await everything_opened(db)
        assert not [value for value in PERSONAL if value in held]
        async with db.transaction() as conn:
            [left] = await demands.listing(conn)
            [event] = [e for e in await handling.history(conn, left.id) if e.step == "return"]
            acts = [row.act for row in await audit.listing(conn)]
        assert left.fields["单位名称"] == "厦门海沧新材料有限公司"
        assert "质押融资" in str(left.fields["服务需求事项"])
        assert (event.actor, event.why) == ("wecom:li", "")
        assert acts == ["erase"]


@pytest.mark.parametrize("end", ["不同意保存", "取消"])
async def test_who_refuses_or_calls_off_leaves_no_reply_with_what_they_told(
    end: str, database_url: str, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(database=database_url)
    need = f"我们是厦门海沧新材料有限公司，想用专利质押贷款，联系人{NAME}，手机{PHONE}，邮箱{MAIL}"
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings)
        desk = open_desk(opened, db, Current(kb), lambda: NOW, settings, respond)
        shown = await desk.take(message("1", need, "u1"))
        assert NAME in shown.reply.text
        ended = await desk.take(message("2", end, "u1"))
        assert (await desk.take(message("1", need, "u1"))).reply == ended.reply
        held = await everything_opened(db)
        assert not [value for value in PERSONAL if value in held]


async def everything_opened(db: Database) -> str:
    """All that can still be read with the key."""
    async with db.transaction() as conn:
        [demand] = await demands.listing(conn)
        read: list[Any] = [
            demand,
            await handling.history(conn, demand.id),
            await questions.listing(conn),
            await notes.waiting(conn, [demand.sender]),
            await conversations.load(conn, [demand.sender]),
            await inbox.replies(conn, [f"wecom:u1 {n}" for n in (*range(20), "forget", "forget2")]),
            await outbox.listing(conn),
            await audit.listing(conn),
        ]
    return str(read)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("想做专利质押融资（一期）\n另需评估", "想做专利质押融资（一期）\n另需评估"),
        (f"急用，请打{PHONE}", "急用，请打［号码已隐去］"),
        (f"材料发{MAIL}", "材料发［邮箱已隐去］"),
        (f"请联系{NAME}", "请联系某"),
        (f"专利ZL202010012345.6，电话{PHONE}", "专利ZL202010012345.6，电话［号码已隐去］"),
    ],
)
def test_of_what_stays_only_names_numbers_and_mails_are_taken_out(text: str, left: str) -> None:
    assert without_personal(text, [NAME, PHONE]) == left


async def test_what_ended_long_ago_keeps_no_personal_field_and_still_counts(db: Database) -> None:
    closed = await brought_to(db, "closed")
    cancelled = await brought_to(db, "cancelled", number=2)
    running = await brought_to(db, "accepted", number=3)
    draft = await file(db, number=4, status="draft")
    later = SUBMITTED.at + timedelta(days=DAYS + 2)
    assert (await purge(db, later - timedelta(days=3), DAYS, "test")).total == 0
    purged = await purge(db, later, DAYS, "test")
    assert purged.demands == 3
    assert (await purge(db, later, DAYS, "test")).total == 0
    async with db.transaction() as conn:
        kept = {d.id: d for d in await demands.listing(conn)}
        [row] = await audit.listing(conn)
    assert {id_: d.fields["手机"] for id_, d in kept.items()} == {
        closed: None,
        cancelled: None,
        running: "13900000001",
        draft: None,
    }
    assert kept[closed].fields["单位名称"] == "福建某某公司"
    assert [kept[id_].status for id_ in (closed, draft)] == ["closed", "cancelled"]
    assert (row.act, row.actor) == ("purge", "test")


async def test_old_talks_and_messages_are_forgotten_but_not_how_many_demands_there_were(
    db: Database,
) -> None:
    form = FormDraft("cnipa-2021-51", 3, {"联系人": NAME})
    talk = replace(FRESH, demands=3, form=form)
    later = NOW + timedelta(days=DAYS + 1)
    async with db.transaction() as conn:
        old = ConversationRow("web:old", to_json(talk), NOW)
        await conversations.save(conn, [old, replace(old, sender="web:new", at=later)])
        message = InboxRow("m1", "web:old", NOW, {"text": NAME}, later)
        new = replace(message, key="m2", at=later, until=later + timedelta(days=1))
        await inbox.store(conn, [message, new])
        asked = QuestionRow("web:old", NAME, "", None, NOW)
        await questions.add(conn, [asked])
        await notes.add(conn, [NoteRow("web:old", NAME, NOW)])
        await tickets.open_(conn, TicketRow("web:old", NAME, NOW))
    purged = await purge(db, later, DAYS, "test")
    assert (purged.conversations, purged.messages, purged.questions, purged.notes) == (1, 1, 1, 1)
    assert purged.tickets == 1
    async with db.transaction() as conn:
        talks = await conversations.load(conn, ["web:old", "web:new"])
        assert list(await inbox.replies(conn, ["m1", "m2"])) == ["m2"]
    assert from_json(talks["web:old"]) == replace(FRESH, demands=3)
    assert from_json(talks["web:new"]) == talk


async def test_a_reply_is_kept_no_longer_than_was_said(db: Database) -> None:
    async with db.transaction() as conn:
        week = timedelta(days=7)
        told = InboxRow("m1", "web:a", NOW, {"text": f"已记下：{NAME}"}, NOW + week)
        later = NOW + timedelta(days=6)
        await inbox.store(conn, [told, replace(told, key="m2", at=later, until=later + week)])
        reply = OutboxRow("reply:m1:1", "web:a", {"text": NAME}, NOW, "web", "web:a")
        await outbox.add(conn, [reply])
        [sent] = await claims.claim(conn, NOW, {"web": Wanted(1)}, timedelta(minutes=1))
        await claims.sent(conn, sent, NOW)
    assert (await purge(db, NOW + timedelta(days=8), DAYS, "test")).messages == 2
    async with db.transaction() as conn:
        assert list(await inbox.replies(conn, ["m1", "m2"])) == ["m2"]
        assert await outbox.listing(conn) == []
        assert await audit.listing(conn) == []


async def test_without_a_key_in_the_settings_one_is_made_beside_the_file_and_found_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path / 'zhixing.db'}")
    path = tmp_path / "zhixing.db.key"
    for _ in range(2):
        async with AsyncExitStack() as opened:
            await open_database(opened, settings)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().strip() not in caplog.text + capsys.readouterr().err
    assert str(path) in banner(settings, "http://127.0.0.1:8080")
    assert sorted(os.listdir(tmp_path)) == ["zhixing.db", "zhixing.db.key"]


async def test_without_its_key_a_database_is_not_opened_and_no_new_key_is_made(
    tmp_path: Path,
) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path / 'zhixing.db'}")
    path = tmp_path / "zhixing.db.key"
    async with AsyncExitStack() as opened:
        await open_database(opened, settings)
    path.unlink()
    for content, says in [(None, "no data key"), ("abc", "not lines of base64"), (new_key(), "no")]:
        if content:
            path.write_text(content)
        async with AsyncExitStack() as opened:
            with pytest.raises(DatabaseError, match=says) as told:
                await open_database(opened, settings)
        assert "\n" not in str(told.value)
        assert path.exists() == bool(content)


async def test_a_key_of_the_settings_needs_no_file_and_older_ones_still_open(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'zhixing.db'}"
    old, new = new_key(), new_key()
    for given in ({"data_key": old}, {"data_key": new, "previous_data_keys": (old,)}):
        async with AsyncExitStack() as opened:
            await open_database(opened, Settings.model_validate({"database": url, **given}))
    assert not (tmp_path / "zhixing.db.key").exists()
    async with AsyncExitStack() as opened:
        with pytest.raises(DatabaseError):
            await open_database(opened, Settings.model_validate({"database": url, "data_key": new}))


def test_workers_that_start_at_once_make_one_key(tmp_path: Path) -> None:
    path = tmp_path / "zhixing.db.key"

    async def make() -> tuple[str, ...]:
        return (await asyncio.to_thread(from_file, path, make=True)).ids

    async def many() -> list[tuple[str, ...]]:
        return await asyncio.gather(*(make() for _ in range(8)))

    assert len(set(asyncio.run(many()))) == 1


def test_a_key_file_with_several_lines_seals_with_the_first(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    first, second = new_key(), new_key()
    path.write_text(f"{first}\n{second}\n")
    alone = tmp_path / "key"
    alone.write_text(first)
    assert from_file(path, make=False).ids[0] == from_file(alone, make=False).ids[0]
    assert len(from_file(path, make=False).ids) == 2


def test_a_database_that_is_no_file_has_its_key_in_the_working_directory() -> None:
    assert keys.key_file("postgresql://h/x") == Path("zhixing.key")
    assert keys.key_file("sqlite:///a.db") == Path("a.db.key")
    assert keys.key_file("sqlite://") is None


async def test_the_server_looks_for_what_is_old_and_stops_looking_when_it_ends(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'zhixing.db'}"
    settings = Settings(database=url)
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings)
        await brought_to(db, "closed")
    later = SUBMITTED.at + timedelta(days=DAYS + 2)
    app = await build_app(settings, lambda: later.astimezone(settings.zone))
    runner = web.AppRunner(app)
    await runner.setup()
    for _ in range(100):
        async with AsyncExitStack() as opened:
            db = await open_database(opened, settings)
            async with db.transaction() as conn:
                [demand] = await demands.listing(conn)
        if demand.fields["手机"] is None:
            break
        await asyncio.sleep(0.05)
    await runner.cleanup()
    assert demand.fields["手机"] is None


async def test_consent_is_asked_for_as_long_as_the_settings_say(
    db: Database, kb: KnowledgeBase
) -> None:
    days: list[int] = []

    def see(talk: Conversation, said: Said, _kb: KnowledgeBase, _now: datetime) -> Turn:
        days.append(said.kept_days)
        return Turn(Reply("answer", "好"), talk)

    settings = Settings.model_validate({"privacy": {"retention_days": 365}})
    async with AsyncExitStack() as opened:
        current = Current(kb)
        desk = open_desk(opened, db, current, lambda: NOW, settings, see)
        await desk.take(message("1", "登记需求"))
    assert days == [365]


def test_a_data_key_that_is_none_is_told_in_one_line_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHIXING_DATA_KEY", "geheim")
    with pytest.raises(SettingsError) as told:
        load_settings()
    assert "data_key" in str(told.value)
    assert "geheim" not in str(told.value)
    assert "\n" not in str(told.value)
    monkeypatch.setenv("ZHIXING_DATA_KEY", new_key())
    monkeypatch.setenv("ZHIXING_PREVIOUS_DATA_KEYS", f'["{new_key()}"]')
    settings = load_settings()
    ring = keys.given(settings)
    assert ring is not None
    assert len(ring.ids) == 2
    assert "SecretStr('**********')" in repr(settings.data_key)
