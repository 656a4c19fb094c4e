"""`zhixing demand export`: an official form, filled from the database."""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import AsyncExitStack
from typing import cast

from bot.account import actor
from bot.exports.entries import Scope
from bot.exports.files import put
from bot.exports.making import Made, make
from bot.exports.order import CannotExport, Format, Order
from bot.exports.places import below, bureau_named, reporters_of
from bot.opening import open_database
from bot.settings import Settings, SettingsError
from bot.staff.members import everyone, listed
from bot.start import clock_of, knowledge_of
from intents.wording import exports as wording
from knowledge.load import KnowledgeError
from knowledge.snapshot import KnowledgeBase
from storage.database import DatabaseError

BAD_INPUT = (SettingsError, KnowledgeError, DatabaseError, CannotExport)


def run(args: argparse.Namespace, settings: Settings) -> int:
    kb = knowledge_of(settings)
    order = _order(args, settings, kb)
    made = asyncio.run(_made(order, settings, kb))
    put(args.out, made.content)
    print(wording.made(str(args.out), made.items))
    if made.left_out:
        print(wording.left_out(made.left_out), file=sys.stderr)
    return 0


def _order(args: argparse.Namespace, settings: Settings, kb: KnowledgeBase) -> Order:
    home = kb.bureaus.serving(kb.home) if kb.home else None
    bureau = bureau_named(args.bureau, kb) if args.bureau else home
    bureaus = below(kb, bureau) if args.bureau and bureau else None
    together = bureaus is None or len(bureaus) > 1
    scope = Scope(bureau, args.since, args.until, together)
    format_ = args.format or args.out.suffix.removeprefix(".").lower()
    if format_ not in ("docx", "xlsx"):
        raise CannotExport(wording.which_format())
    reporters = reporters_of(settings, kb)
    return Order(args.form, cast(Format, format_), scope, bureaus, args.notice, reporters)


async def _made(order: Order, settings: Settings, kb: KnowledgeBase) -> Made:
    now = clock_of(settings)()
    async with AsyncExitStack() as opened:
        db = await open_database(opened, settings, create=False)
        async with db.transaction() as conn:
            staff = {row.sender: row for row in await everyone(conn, listed(settings, now))}
        return await make(db, kb, order, actor=actor(), staff=staff, now=now)
