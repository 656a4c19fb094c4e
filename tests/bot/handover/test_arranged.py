"""Handing over as the settings have it: who is told, and which platform does it by itself."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.current import Current
from bot.delivery.letters import from_json
from bot.desk import Desk
from bot.message import Message, Sender
from bot.opening import open_database, open_desk
from bot.settings import Settings
from intents.turn import Said
from knowledge.snapshot import KnowledgeBase
from storage import outbox, tickets
from storage.database import Database
from tests.bot.counter.office import NOW

STAFF = [
    {"sender": "wecom:wang", "name": "王芳", "regions": ["厦门市"]},
    {"sender": "wecom:chen", "name": "陈静", "regions": ["漳州市"]},
]
KF: dict[str, Any] = {"corp_id": "ww123456", "secret": "s", "token": "t", "aes_key": "a" * 43}
ROBOT = {"name": "处室群", "kind": "wecom", "key": "k"}


class Here:
    """A desk with these settings at a moment, and what it put into the outbox."""

    def __init__(self, opened: AsyncExitStack, db: Database, kb: KnowledgeBase, given: Settings):
        pushable = {"wecom", "kf", "robot"}
        self.db, self.now = db, NOW
        self.desk: Desk = open_desk(
            opened, db, Current(kb), lambda: self.now, given, pushable=pushable
        )
        self._count = 0

    async def say(self, *texts: str) -> str:
        for text in texts:
            self._count += 1
            message = Message(str(self._count), Sender("kf", "wk1/a"), Said(text), self.now)
            told = (await self.desk.take(message)).reply.text
        return told

    async def queued(self) -> list[tuple[str, str]]:
        async with self.db.transaction() as conn:
            return [(row.key, row.target) for row in await outbox.listing(conn)]

    async def texts(self) -> list[str]:
        async with self.db.transaction() as conn:
            payloads = [row.payload for row in await outbox.listing(conn)]
        return [from_json(payload).reply.text for payload in payloads if payload]

    async def regions(self) -> set[str | None]:
        async with self.db.transaction() as conn:
            return {message.region for message in await outbox.listing(conn)}

    async def waiting(self) -> int:
        async with self.db.transaction() as conn:
            return len(await tickets.listing(conn, states=["waiting"]))


async def test_who_subscribed_to_it_and_serves_the_region_is_told_and_the_groups_robot(
    database_url: str, kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    to = ("wecom:wang", "wecom:chen", "robot:处室群")
    given = Settings.model_validate(
        {
            "database": database_url,
            "staff": STAFF,
            "digest": {"targets": [ROBOT]},
            "subscriptions": [{"to": one, "kinds": ["handoff"]} for one in to],
        }
    )
    async with AsyncExitStack() as opened:
        here = Here(opened, await open_database(opened, given), kb, given)
        assert "请稍候" in await here.say("我们是厦门的企业", "人工")
        assert [target for _, target in await here.queued()] == ["robot:处室群", "wecom:wang"]
        assert await here.regions() == {"厦门市"}
        to_group, to_member = await here.texts()
        assert "在知行里发“接 1”" in to_group  # a group's robot hears no answer
        assert "回复“接 1”" in to_member


async def test_without_a_subscriber_nobody_is_said_to_be_there(
    database_url: str, kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given = Settings.model_validate({"database": database_url, "staff": STAFF})
    async with AsyncExitStack() as opened:
        here = Here(opened, await open_database(opened, given), kb, given)
        assert "明天（周四）9:00后" in await here.say("人工")
        assert await here.waiting() == 1


@pytest.mark.parametrize("moment", [NOW, NOW + timedelta(hours=10)])
async def test_where_the_platform_has_its_own_people_they_get_the_talk(
    database_url: str,
    kb: KnowledgeBase,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    moment: datetime,
) -> None:
    monkeypatch.chdir(tmp_path)
    given = Settings.model_validate({"database": database_url, "kf": {**KF, "human": "queue"}})
    async with AsyncExitStack() as opened:
        here = Here(opened, await open_database(opened, given), kb, given)
        here.now = moment
        assert "已为您转给工作人员" in await here.say("人工")
        [(key, target)] = await here.queued()
        assert (key.partition(":")[0], target) == ("queue", "kf:wk1/a")
        assert await here.waiting() == 0


def test_an_office_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(ValidationError, match="closes must be after opens"):
        Settings.model_validate({"handover": {"opens": "18:00", "closes": "9:00".zfill(5)}})
