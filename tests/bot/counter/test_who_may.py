"""Every command, by every role, in and out of the region, in every status: as `who_may.txt` says.

The table is for people to read; here it is played, row by row, and compared whole.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple, get_args

import pytest
from sqlalchemy import func, select

from bot.staff.counter.commands import Name
from bot.staff.counter.provided import Provided
from bot.staff.counter.reading import read
from knowledge.snapshot import KnowledgeBase
from storage import audit
from storage.connection import AsyncConnection
from storage.database import Database
from storage.life import Status
from storage.schema import activities, demand_events, questions, subscriptions, tickets
from storage.staff import Role
from storage.tickets import TicketRow, open_
from tests.bot.counter import office
from tests.bot.counter.office import Talk, clerk
from tests.data_key import KEYS

TABLE = Path(__file__).with_name("who_may.txt").read_text(encoding="utf-8")
ROLES: dict[str, Role] = {"经办人": "clerk", "负责人": "head", "管理员": "admin"}
STATUSES: dict[str, Status] = {
    "草稿": "draft", "待受理": "submitted", "已受理": "accepted", "已退回": "returned",
    "已匹配": "matched", "已办结": "closed", "已取消": "cancelled",
}  # fmt: skip
NOBODY = 999
HERE, THERE = ("xiamen", "厦门市"), ("zhangzhou", "漳州市")
Rows = dict[str, dict[str, str]]


class Section(NamedTuple):
    title: str
    rows: Rows


def sections() -> Iterator[Section]:
    for block in TABLE.split("\n\n")[1:]:
        title, heads, *lines = block.strip().split("\n")
        names = [name.strip() for name in heads.split("|")][1:]
        cells = [[cell.strip() for cell in line.split("|")] for line in lines]
        yield Section(title, {row[0]: dict(zip(names, row[1:], strict=True)) for row in cells})


def section(kind: str, where: str) -> Rows:
    return next(s.rows for s in sections() if s.title.startswith(f"【{kind}】{where}"))


@pytest.fixture
async def conn(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    db = await Database.open(f"sqlite:///{tmp_path / 'zhixing.db'}", keys=KEYS)
    async with db.transaction() as conn:
        yield conn
    await db.close()


async def _counted(conn: AsyncConnection) -> dict[str, int]:
    """How much is on record of each kind."""
    kept = await audit.listing(conn)
    acts = {act: sum(row.act == act for row in kept) for act in ("refused", "look")}
    answered = select(func.count()).where(questions.c.state == "answered")
    tables = {
        "events": select(func.count()).select_from(demand_events),
        "answers": answered,
        "activities": select(func.count()).select_from(activities),
        "subscribed": select(func.count()).select_from(subscriptions),
        "taken": select(func.count()).where(tickets.c.state == "held"),
    }
    return acts | {name: (await conn.execute(q)).scalar_one() for name, q in tables.items()}


async def outcome(talk: Talk, message: str) -> str:
    """What comes of the message, in the table's words; whatever it did is undone."""
    before, files = await _counted(talk.conn), _files(talk.provided)
    async with talk.conn.begin_nested() as tried:
        turn = await Talk(talk.conn, talk.kb, talk.person, talk.provided).turn(message)
        after = await _counted(talk.conn)
        await tried.rollback()
    assert turn is not None, message
    new = {name for name in after if after[name] > before[name]}
    done = (
        bool(new & {"events", "answers", "activities", "subscribed", "taken"})
        or _files(talk.provided) != files
    )
    if "refused" in new:
        return "拒" if not done and "林小燕" not in turn.reply.text else "拒而又办"
    if done:
        return "办"
    text = turn.reply.text
    if "没有999号" in text or re.match(r"没有(?:\d+号|T\d+)", text):
        return "没有"
    if "没有改动" in text:
        return "不行"
    asks = turn.conversation.begun or (
        turn.conversation.menu and ("可匹配" in text or "订阅什么" in text)
    )
    if asks or text.startswith("请这样发"):
        return "问"
    if "look" in new or ("不能" not in text and not re.match(r"\d+号", text)):
        return "看"
    return "不行"


def _files(provided: Provided) -> dict[str, str]:
    folders = [folder for folder in (provided.drafts, provided.exports) if folder]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return {str(file): str(file.stat().st_mtime_ns) for file in files}


def _provided(tmp_path: Path) -> Provided:
    (tmp_path / "drafts").mkdir()
    return Provided(tmp_path / "drafts", tmp_path / "exports", pushable={"wecom"})


@pytest.mark.parametrize("role", ROLES.values())
@pytest.mark.parametrize("where", ["本地区", "外地区"])
async def test_what_may_be_done_with_a_demand(
    conn: AsyncConnection, office_kb: KnowledgeBase, tmp_path: Path, role: Role, where: str
) -> None:
    bureau, _ = HERE if where == "本地区" else THERE
    ids = {name: await office.file_demand(conn, bureau, s) for name, s in STATUSES.items()}
    talk = Talk(conn, office_kb, clerk(role=role), _provided(tmp_path))
    wanted = section("需求", where)
    got: Rows = {
        command: {
            name: await outcome(talk, command.replace("N", str(ids.get(name, NOBODY))))
            for name in row
        }
        for command, row in wanted.items()
    }
    assert got == wanted


@pytest.mark.parametrize("role", ROLES.values())
@pytest.mark.parametrize("where", ["本地区", "外地区"])
async def test_what_may_be_done_with_a_question(
    conn: AsyncConnection, office_kb: KnowledgeBase, tmp_path: Path, role: Role, where: str
) -> None:
    _, region = HERE if where == "本地区" else THERE
    ids = {
        "待答": await office.ask_question(conn, region),
        "已答": await office.ask_question(conn, region, "那合作社能报吗？", answered=True),
    }
    talk = Talk(conn, office_kb, clerk(role=role), _provided(tmp_path))
    wanted = section("问题", where)
    got: Rows = {
        command: {
            name: await outcome(talk, command.replace("N", str(ids.get(name, NOBODY))))
            for name in row
        }
        for command, row in wanted.items()
    }
    assert got == wanted


async def test_what_the_roles_may_do(
    conn: AsyncConnection, office_kb: KnowledgeBase, tmp_path: Path
) -> None:
    id_ = await office.file_demand(conn, HERE[0])
    await office.ask_question(conn, HERE[1])
    for region in (HERE[1], THERE[1]):
        await open_(conn, TicketRow("web:lin", "转人工", office.NOW, region))
    provided = _provided(tmp_path)
    wanted = section("角色", "")
    got: Rows = {}
    for command, row in wanted.items():
        message = command.partition("（")[0].replace("N", str(id_))
        got[command] = {
            name: await outcome(Talk(conn, office_kb, clerk(role=ROLES[name]), provided), message)
            for name in row
        }
    assert got == wanted


def test_every_command_is_in_the_table() -> None:
    commands = (command.partition("（")[0] for s in sections() for command in s.rows)
    read_as = {command.name for said in commands if (command := read(said.replace("N", "17")))}
    assert read_as == set(get_args(Name))
