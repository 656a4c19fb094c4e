"""An office for the tests: staff of two regions, demands in every status, resources to match."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.staff.counter.provided import Provided
from bot.staff.counter.serve import serve
from bot.staff.counter.serving import Serving
from intents.conversation import FRESH, Conversation
from intents.turn import Turn
from knowledge.load import load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from storage import demands, handling, questions, staff
from storage.connection import AsyncConnection
from storage.demands import DemandRow, StoredDemand
from storage.handling import Handled
from storage.life import Status, Step
from storage.questions import QuestionRow
from storage.staff import Role, StaffRow

NOW = datetime(2024, 5, 15, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

RESOURCES = """\
resources:
  - id: xm-bank
    name: 兴业银行知识产权质押贷
    kind: product
    tasks: [质押]
    regions: [厦门市]
    cues: [贷款, 融资]
  - id: fj-navigation
    name: 福建省专利导航服务基地
    kind: institution
    tasks: [惠企助企]
    regions: [福建省]
    cues: [导航]
"""
STEPS_TO: dict[Status, tuple[Step, ...]] = {
    "submitted": (),
    "accepted": ("accept",),
    "returned": ("return",),
    "matched": ("accept", "match"),
    "closed": ("accept", "close"),
    "cancelled": ("cancel",),
}


def knowledge(folder: Path) -> KnowledgeBase:
    """The shipped notices, with two resources over them."""
    (folder / "resources").mkdir(parents=True)
    (folder / "resources" / "all.yaml").write_text(RESOURCES, encoding="utf-8")
    return load_knowledge(shipped_dir(), folder, golden=False)


def clerk(
    name: str = "王芳", role: Role = "clerk", regions: tuple[str, ...] = ("厦门市",)
) -> StaffRow:
    return StaffRow(f"wecom:{name}", name, role, regions, NOW)


async def hire(conn: AsyncConnection, *people: StaffRow) -> None:
    for person in people:
        await staff.put(conn, person)


async def file_demand(
    conn: AsyncConnection,
    bureau: str | None,
    status: Status | None = "submitted",
    company: str = "厦门一诺科技有限公司",
    need: str = "想用商标质押贷款300万元",
) -> int:
    """A demand of an enterprise of its own; `status` "draft" is one that was not submitted."""
    number = await _next_number(conn)
    row = DemandRow(
        sender="web:lin",
        number=number,
        notice="cnipa-2021-51",
        campaign="知识产权服务万里行",
        region=None,
        channel="web",
        status="draft" if status == "draft" else "submitted",
        fields={
            "单位名称": company,
            "联系人": "林小燕",
            "手机": "13900000001",
            "重点任务": "开展知识产权质押融资“入园惠企”行动",
            "服务需求事项": need,
            "需国家局协调": False,
        },
        at=NOW,
        personal=("联系人", "手机"),
        bureau=bureau,
    )
    id_ = (await demands.save(conn, [row]))[row.key]
    for step in STEPS_TO[status] if status and status != "draft" else ():
        await handling.handle(conn, Handled(id_, step, "wecom:李强", NOW))
    return id_


async def _next_number(conn: AsyncConnection) -> int:
    known = (await demands.of_senders(conn, ["web:lin"])).get("web:lin", [])
    return len(known) + 1


async def ask_question(
    conn: AsyncConnection,
    region: str | None,
    text: str = "个体户能报吗？",
    *,
    answered: bool = False,
) -> int:
    nearest = {"notice": "cnipa-2021-51", "doc_number": None, "clause": "五（二）"}
    await questions.add(conn, [QuestionRow("web:lin", text, "谁能报", nearest, NOW, region=region)])
    id_ = (await questions.open_questions(conn))[-1].id
    if answered:
        await questions.answer(conn, id_, "可以", "wecom:李强", NOW)
    return id_


@dataclass
class Talk:
    """One member of staff at the counter; the conversation goes on from message to message."""

    conn: AsyncConnection
    kb: KnowledgeBase
    person: StaffRow
    provided: Provided
    conversation: Conversation = FRESH

    async def turn(self, text: str) -> Turn | None:
        at = Serving(self.conn, self.kb, self.person, NOW, self.provided)
        turn = await serve(at, text, self.conversation)
        if turn is not None:
            self.conversation = turn.conversation
        return turn

    async def say(self, text: str) -> str:
        """What is replied; "-" where the assistant is left to answer."""
        turn = await self.turn(text)
        return turn.reply.plain if turn else "-"


async def found(conn: AsyncConnection, id_: int) -> StoredDemand:
    demand = await demands.find(conn, id_)
    assert demand is not None
    return demand
