"""A running bureau with a console, filled with what enterprises wrote."""

from __future__ import annotations

import json
import re
import socket
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import ClientSession, CookieJar
from playwright.async_api import Browser
from sqlalchemy import select, update

from bot.console import passwords
from bot.delivery.letters import Letter, to_json
from bot.settings.sections import SubscriptionKind
from intents.turn import Reply
from storage import accounts, outbox, staff, subscriptions, tickets
from storage.accounts import AccountRow
from storage.connection import AsyncConnection
from storage.database import Database
from storage.outbox import OutboxRow
from storage.schema import inbox
from storage.schema import outbox as outbox_table
from storage.staff import Role, StaffRow
from storage.subscriptions import SubscriptionRow
from storage.tickets import State
from tests.acceptance.console_person import PASSWORD, WIDTHS, Person
from tests.acceptance.server import SECONDS, log_of, running_server
from tests.bot.counter.office import ask_question, file_demand
from tests.console.upload import TEXT
from tests.data_key import KEY, KEYS
from tests.knowledge.small import ask_their_own
from tests.platform.qyapi import SECRET, QyApi

COMPANY = "厦门一诺科技有限公司"
PEOPLE: Mapping[str, tuple[str, Role, str]] = {
    "admin2": ("王五", "admin", "全国"),
    "head": ("林处", "head", "福建省"),
    "clerk": ("张三", "clerk", "厦门市"),
}
NOTICE_FILE = "江知发7号.txt"
WAITING: tuple[State, ...] = ("waiting",)


@dataclass
class Bureau:
    """The server, its database as this process sees it, WeCom on loopback, and a browser.
    `scripts`: whether people's browsers run them. On one database they do, on the other not, so
    that all is done both ways."""

    url: str
    folder: Path
    db: Database
    wecom: QyApi
    browser: Browser
    scripts: bool

    @property
    def log(self) -> str:
        return log_of(self.folder)

    @asynccontextmanager
    async def sits(
        self, name: str = "", width: str = "desk", *, scripts: bool | None = None
    ) -> AsyncIterator[Person]:
        """Somebody at a screen, signed in where they have a name; nothing may go wrong there."""
        runs = self.scripts if scripts is None else scripts
        context = await self.browser.new_context(
            viewport={"width": WIDTHS[width], "height": 844},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=runs,
        )
        context.set_default_timeout(SECONDS * 1000)
        person = Person(await context.new_page(), f"{self.url}/console", width, runs)
        if name:
            await person.signs_in(name)
        try:
            yield person
        except BaseException:
            await context.close()
            raise
        await person.leaves()

    @asynccontextmanager
    async def enterprise(self) -> AsyncIterator[Enterprise]:
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
            yield Enterprise(session, self.url)

    async def files(self, bureau: str, company: str = COMPANY, need: str = "想贷款") -> int:
        """A demand that an enterprise hands in."""
        async with self.db.transaction() as conn:
            return await file_demand(conn, bureau, company=company, need=need)

    async def fill(self) -> Filled:
        now = datetime.now(UTC)
        async with self.db.transaction() as conn:
            for name, (called, role, region) in PEOPLE.items():
                sender = f"console:{name}"
                await staff.put(conn, StaffRow(sender, called, role, (region,), now))
                row = AccountRow(name, sender, passwords.hashed(PASSWORD), False, now)
                await accounts.add(conn, row)
            await staff.put(conn, StaffRow("wecom:zhangsan", "赵六", "clerk", ("泉州市",), now))
            demand = await file_demand(conn, "xiamen", company=COMPANY)
            for bureau, status, company in _DEMANDS:
                await file_demand(conn, bureau, status, company=company)
            question = await ask_question(conn, "厦门市", "个体工商户能报优秀案例吗？")
            await ask_question(conn, "泉州市", "补贴什么时候到账")
            dead = OutboxRow("note:1", "wecom:lisi", {"reply": {"text": "悄悄话"}}, now, "wecom")
            dead = replace(dead, region="厦门市")
            await outbox.add(conn, [dead])
            error = {"state": "dead", "error": "errcode 60020: mend the app's 企业可信IP"}
            await conn.execute(update(outbox_table).values(**error))
            digest = await _digest(conn, now)
            kinds: tuple[SubscriptionKind, ...] = ("daily", "weekly", "handoff")
            for kind in kinds:
                row_ = SubscriptionRow("console:head", kind, now - timedelta(days=1), "09:00", 1)
                await subscriptions.put(conn, row_)
        async with self.enterprise() as one:
            await one.asks("2021年万里行的需求清单几号前报？", "需求清单报给谁", "今晚吃什么好")
        ticket = await self.waits()
        async with self.sits("admin2") as admin:
            await admin.uploads(NOTICE_FILE, TEXT)
            found = re.search(r"/import/(\d+)/([a-z0-9-]+)", await admin.page.content())
        assert found
        async with self.db.transaction() as conn:
            message = (await conn.execute(select(inbox.c.key).limit(1))).scalar_one()
        return Filled(demand, question, ticket, int(found[1]), found[2], digest, message)

    async def waits(self) -> int:
        """The number of a talk that an enterprise of 厦门 waits for."""
        async with self.enterprise() as one:
            return await self.called_by(one)

    async def called_by(self, enterprise: Enterprise) -> int:
        """The number of the talk."""
        await enterprise.asks("厦门的企业质押贷款要哪些材料", "人工")
        async with self.db.transaction() as conn:
            return max(one.id for one in await tickets.listing(conn, states=WAITING))


async def _digest(conn: AsyncConnection, now: datetime) -> int:
    """The number of one that was sent."""
    words = to_json(Letter(Reply("command", "## 知行简报\n新增需求 2 项"), markdown=True))
    key = "digest:weekly:2024-05-13:wecom:zhangsan"
    await outbox.add(conn, [OutboxRow(key, "wecom:zhangsan", words, now, "wecom", region="泉州市")])
    of_it = outbox_table.c.key == key
    await conn.execute(update(outbox_table).where(of_it).values(state="sent"))
    number: int = (await conn.execute(select(outbox_table.c.id).where(of_it))).scalar_one()
    return number


_DEMANDS: tuple[tuple[str, Any, str], ...] = (
    ("quanzhou", "submitted", "泉州示例鞋业有限公司"),
    ("quanzhou", "accepted", "晋江示例制衣有限公司"),
    ("xiamen", "accepted", "厦门示例卫浴有限公司"),
    ("fuzhou", "matched", "福州示例软件有限公司"),
    ("xiamen", "closed", "厦门示例生物科技有限公司"),
    ("zhangzhou", "returned", "漳州示例食品有限公司"),
)


@dataclass(frozen=True)
class Filled:
    """Numbers of what lies in the database; `notice` is the name of the one that was imported,
    `message` the key of one that an enterprise sent."""

    demand: int
    question: int
    ticket: int
    draft: int
    notice: str
    digest: int
    message: str


@dataclass
class Enterprise:
    """At the chat page, by its address for scripts."""

    session: ClientSession
    url: str

    async def asks(self, *texts: str) -> None:
        for text in texts:
            sent = {"id": str(uuid4()), "text": text}
            headers = {"Origin": self.url}
            async with self.session.post(
                f"{self.url}/chat", json=sent, headers=headers
            ) as response:
                assert response.status == 200


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@asynccontextmanager
async def running(
    folder: Path, database: str, wecom: QyApi, browser: Browser
) -> AsyncIterator[Bureau]:
    """Nobody is on the staff yet; the first admin's password stands in the log."""
    port, app, own = free_port(), wecom.callbacks, folder / "own"
    ask_their_own(own)
    days = [str(datetime.now(UTC).date() + timedelta(days=n)) for n in range(-1, 3)]
    env = {
        "ZHIXING_DATABASE": database,
        "ZHIXING_KNOWLEDGE": str(own),
        "ZHIXING_PORT": str(port),
        "ZHIXING_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "ZHIXING_DATA_KEY": b64encode(KEY).decode(),
        "ZHIXING_CALENDAR__WORKDAYS": json.dumps(days),
        "ZHIXING_HANDOVER__OPENS": "00:00",
        "ZHIXING_HANDOVER__CLOSES": "23:59",
        "ZHIXING_CONSOLE__WECOM_SIGN_IN": "true",
        "ZHIXING_WECOM__CORP_ID": app.corp_id,
        "ZHIXING_WECOM__AGENT_ID": str(app.agent_id),
        "ZHIXING_WECOM__TOKEN": app.token,
        "ZHIXING_WECOM__AES_KEY": app.aes_key,
        "ZHIXING_WECOM__SECRET": SECRET,
        "ZHIXING_HOSTS__WECOM": wecom.base,
        "ZHIXING_HOSTS__WECOM_LOGIN": wecom.base,
        "ZHIXING_HOSTS__WECOM_OAUTH": wecom.base,
    }
    async with running_server(folder, env) as url:
        db = await Database.open(database, keys=KEYS)
        try:
            yield Bureau(url, folder, db, wecom, browser, database.startswith("sqlite"))
        finally:
            await db.close()
    assert "Traceback" not in log_of(folder)
