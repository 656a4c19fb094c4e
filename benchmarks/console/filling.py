"""A bureau's database after years: demands, questions, messages, letters and the trail, seeded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import TypeVar

from sqlalchemy import update

from storage import audit, demands, inbox, outbox, questions
from storage.audit import AuditRow
from storage.connection import AsyncConnection
from storage.database import Database
from storage.demands import DemandRow
from storage.inbox import InboxRow
from storage.outbox import OutboxRow
from storage.questions import QuestionRow
from storage.schema import outbox as outbox_table

T = TypeVar("T")

_AT_A_TIME = 1_000
_YEARS = timedelta(days=3 * 365)
_BUREAUS = ("xiamen", "quanzhou", "fuzhou", "zhangzhou", "putian", "ningde", "longyan", None)
_TASKS = ("开展知识产权质押融资“入园惠企”行动", "其他", None)
_TRADES = ("鞋业", "机械", "茶业", "电子", "陶瓷", "生物", "新材料", "水产")
_PLACES = ("厦门", "泉州", "福州", "漳州", "莆田", "宁德", "龙岩")
_ASKED = (
    "补贴什么时候到账",
    "个体工商户能报吗",
    "材料要交几份",
    "外地企业可以参加吗",
    "有没有名额限制",
)
_KINDS = ("answer", "answer", "answer", "clarify", "refuse", "collect", "smalltalk")


@dataclass(frozen=True, slots=True)
class Size:
    demands: int
    notices: int
    others: int
    """Messages, letters and lines of the trail, each; of open questions a hundredth."""


FULL = Size(demands=100_000, notices=1_000, others=50_000)
QUICK = Size(demands=500, notices=20, others=200)


async def fill(db: Database, size: Size, now: datetime, seed: int) -> None:
    random = Random(seed)
    rows = (_demand(number, random, now) for number in range(size.demands))
    await _all(db, rows, demands.save)
    asked = (_question(number, random, now) for number in range(size.others // 100))
    await _all(db, asked, questions.add)
    await _all(db, (_message(n, random, now) for n in range(size.others)), inbox.store)
    await _all(db, (_letter(n, random, now) for n in range(size.others)), outbox.add)
    await _all(db, (_line(n, random, now) for n in range(size.others)), audit.record)
    async with db.transaction() as conn:
        sent = update(outbox_table).where(outbox_table.c.id % 50 != 0)
        await conn.execute(sent.values(state="sent", attempts=1))
        failed = update(outbox_table).where(outbox_table.c.id % 50 == 0)
        await conn.execute(failed.values(state="dead", attempts=9, error="errcode 60020"))


async def _all(
    db: Database,
    rows: Iterable[T],
    store: Callable[[AsyncConnection, Sequence[T]], Awaitable[object]],
) -> None:
    left = iter(rows)
    while some := list(islice(left, _AT_A_TIME)):
        async with db.transaction() as conn:
            await store(conn, some)


def _demand(number: int, random: Random, now: datetime) -> DemandRow:
    company = f"{random.choice(_PLACES)}第{number}{random.choice(_TRADES)}有限公司"
    fields = {
        "单位名称": company,
        "联系人": "林小燕",
        "手机": f"139{number:08d}",
        "重点任务": random.choice(_TASKS),
        "服务需求事项": f"想用商标质押贷款{random.randrange(10, 900)}万元",
        "需国家局协调": random.random() < 0.1,
    }
    return DemandRow(
        sender=f"web:{number % 40_000}",
        number=number // 40_000 + 1,
        notice="cnipa-2021-51",
        campaign="知识产权服务万里行",
        region=None,
        channel="web",
        status="submitted",
        fields=fields,
        at=now - _YEARS * random.random(),
        personal=("联系人", "手机"),
        bureau=random.choice(_BUREAUS),
    )


def _question(number: int, random: Random, now: datetime) -> QuestionRow:
    nearest = {"notice": "cnipa-2021-51", "doc_number": None, "clause": "五（二）"}
    text = f"{random.choice(_PLACES)}的企业{random.choice(_ASKED)}"
    at = now - timedelta(days=60) * random.random()
    return QuestionRow(f"web:{number}", text, "时间", nearest, at, region="厦门市")


def _message(number: int, random: Random, now: datetime) -> InboxRow:
    at = now - timedelta(days=30) * random.random()
    kind, until = random.choice(_KINDS), at + timedelta(days=90)
    reply = {"kind": kind, "text": "答复", "citations": []}
    return InboxRow(f"web:{number}:{number}", f"web:{number % 9_000}", at, reply, until, kind)


def _letter(number: int, random: Random, now: datetime) -> OutboxRow:
    kind = random.choice(("note", "talk", "digest", "reminder"))
    due = now - timedelta(days=30) * random.random()
    payload = {"reply": {"kind": "answer", "text": "您的需求已受理。"}}
    return OutboxRow(f"{kind}:{number}", f"wecom:{number % 9_000}", payload, due, "wecom")


def _line(number: int, random: Random, now: datetime) -> AuditRow:
    act = random.choice(("look", "handle", "export", "answer", "sign-in"))
    at = now - _YEARS * random.random()
    return AuditRow(at, f"console:clerk{number % 40}", act, random.randrange(1, 100_000))
