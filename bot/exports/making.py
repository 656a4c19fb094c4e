"""An order, carried out: gathered, laid out, written; and put on record, for it tells of people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.beside import beside
from bot.exports.demand_list import demand_list
from bot.exports.entries import within
from bot.exports.gather import Source
from bot.exports.layout import Document
from bot.exports.order import CannotExport, Format, Order, attachment_of, notice_of
from bot.exports.report import Material, report
from bot.exports.results import results
from intents.wording import exports as wording
from knowledge.snapshot import KnowledgeBase
from storage import audit
from storage.audit import AuditRow
from storage.connection import AsyncConnection
from storage.database import Database
from storage.staff import StaffRow


@dataclass(frozen=True, slots=True)
class Made:
    """`items`: how many demands or activities are in it. `left_out`: demands of the same bureaus
    and days that were entered by another notice's form."""

    name: str
    content: bytes
    items: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Filled:
    """`document` lays out what was read, which takes seconds where it is much."""

    document: Callable[[], Document]
    title: str
    items: int
    left_out: int = 0


async def make(
    db: Database,
    kb: KnowledgeBase,
    order: Order,
    *,
    actor: str,
    staff: Mapping[str, StaffRow],
    now: datetime,
) -> Made:
    """The file of the order, which the audit log then tells of, under `actor`. However much it is,
    nobody waits for it who writes to the database: no transaction may be open.

    `now` is aware, in the zone in which days are counted. Raises CannotExport.
    """
    async with db.snapshot() as conn:
        filled = await _filled(conn, kb, order, staff, now)
    made = await _made(order, filled, now)
    async with db.transaction() as conn:
        await _record(conn, order, made, actor, now)
    return made


async def make_within(
    conn: AsyncConnection,
    kb: KnowledgeBase,
    order: Order,
    *,
    actor: str,
    staff: Mapping[str, StaffRow],
    now: datetime,
) -> Made:
    """`make`, for what shares the end of a transaction."""
    filled = await _filled(conn, kb, order, staff, now)
    made = await _made(order, filled, now)
    await _record(conn, order, made, actor, now)
    return made


async def _filled(
    conn: AsyncConnection,
    kb: KnowledgeBase,
    order: Order,
    staff: Mapping[str, StaffRow],
    now: datetime,
) -> _Filled:
    if order.scope.since and order.scope.until and order.scope.since > order.scope.until:
        raise CannotExport(wording.ends_before_it_begins())
    source = Source(conn, kb, order.bureaus, staff, now.tzinfo)
    fill = _report if order.form == wording.REPORT else _form
    return await fill(source, order, now)


async def _made(order: Order, filled: _Filled, now: datetime) -> Made:
    content = await beside(lambda: _written(order.format, filled.document(), now))
    name = _name(order, filled.title, _bureau(order), now)
    return Made(name, content, filled.items, filled.left_out)


async def _record(
    conn: AsyncConnection, order: Order, made: Made, actor: str, now: datetime
) -> None:
    span = wording.period(order.scope.since, order.scope.until)
    detail = wording.recorded(order.form, order.format, _bureau(order), span, made.items)
    await audit.record(conn, [AuditRow(now, actor, "export", None, detail)])


def _bureau(order: Order) -> str:
    return order.scope.bureau.short if order.scope.bureau else ""


def _written(format_: Format, document: Document, at: datetime) -> bytes:
    """The libraries that write files are large, and most processes never write one."""
    if format_ == "docx":
        from bot.exports.word import docx

        return docx(document, at)
    from bot.exports.excel import xlsx

    return xlsx(document, at)


async def _form(source: Source, order: Order, now: datetime) -> _Filled:
    notice = notice_of(order.notice, source.kb)
    attachment = attachment_of(order.form, notice)
    if notice.form is None or attachment.label != notice.form.attachment:
        held = [one for one in await source.held() if within(one.day, order.scope)]
        summary = partial(results, attachment, held, order.scope)
        return _Filled(summary, wording.results_page(), len(held))
    found = [one for one in await source.entries(order.only) if within(one.day, order.scope)]
    own = [entry for entry in found if entry.notice == notice.id]
    bureau = order.scope.bureau
    reporter = order.reporters.get(bureau.id, {}) if bureau else {}
    left_out = len(found) - len(own)
    document = partial(demand_list, notice, own, order.scope, reporter, left_out)
    return _Filled(document, wording.demand_pages()[0], len(own), left_out)


async def _report(source: Source, order: Order, now: datetime) -> _Filled:
    if order.format != "docx":
        raise CannotExport(wording.only_word())
    material = Material(
        entries=await source.entries(),
        held=await source.held(),
        asked=await source.asked(),
        forms={notice.id: notice.form for notice in source.kb.notices if notice.form},
    )
    items = sum(within(entry.day, order.scope) for entry in material.entries)
    return _Filled(partial(report, material, order.scope, now.date()), "", items)


def _name(order: Order, title: str, bureau: str, now: datetime) -> str:
    scope = order.scope
    span = "-".join(f"{day:%Y%m%d}" for day in (scope.since, scope.until) if day)
    form = f"{order.form}{title}"
    return wording.file_name(form, bureau, span, f"{now:%m%d-%H%M%S}", order.format)
