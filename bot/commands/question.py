"""`zhixing question list | draft ID`: what waits for an answer, and answers kept as FAQ drafts."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack
from datetime import tzinfo
from pathlib import Path

from bot.opening import open_database
from bot.settings import Settings, SettingsError
from bot.staff import faq
from bot.staff.inert import masked
from bot.start import knowledge_of
from knowledge.load import KnowledgeError
from storage import questions, revisions
from storage.database import DatabaseError
from storage.questions import StoredQuestion

BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError, faq.NoDraft)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.action == "list":
        found = asyncio.run(_open(settings))
        lines = [_line(question, settings.zone) for question in found]
        print(*(lines or ["no open questions"]), sep="\n")
        return 0
    path, new = asyncio.run(_draft(settings, args.id, args.clause or "", args.out))
    print(f"{path}: added" if new else f"{path}: has it already")
    return 0


async def _open(settings: Settings) -> list[StoredQuestion]:
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings, create=False)
        async with db.transaction() as conn:
            return await questions.open_questions(conn)


def _line(question: StoredQuestion, zone: tzinfo) -> str:
    """Without personal data: what somebody said who wants a person is masked as any question."""
    at = question.at.astimezone(zone)
    where = question.region or "-"
    return f"{question.id}  {at:%Y-%m-%d %H:%M}  {where}  {masked(question.question)}"


async def _draft(settings: Settings, id_: int, clause: str, out: Path | None) -> tuple[Path, bool]:
    """Where the entry is now, and whether it is new there. Raises faq.NoDraft, KnowledgeError."""
    folder = out or settings.knowledge
    if folder is None:
        raise SettingsError("--out: which directory? settings.knowledge names none")
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings, create=False)
        async with db.transaction() as conn:
            question = await questions.find(conn, id_)
            published = await revisions.files(conn, await revisions.newest(conn))
    if question is None or question.answer is None:
        raise faq.NoDraft(f"question {id_}: {'no such' if question is None else 'no answer yet'}")
    place = faq.place_of(clause, knowledge_of(settings), question.nearest)
    if place is None:
        raise faq.NoDraft(
            f"--clause: {clause or 'the question has no near one'}: no such clause, "
            "it is like cnipa-2021-51#三（三）"
        )
    entry = faq.Entry(masked(question.question), question.answer, *place)
    return faq.add(entry, folder, published.get(f"{entry.notice}.yaml"))
