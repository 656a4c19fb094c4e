"""A draft checked as a whole, and published as it was checked."""

from __future__ import annotations

from urllib.parse import urlencode

from bot.console import browser
from bot.console.drafts.ground import Ground, beneath, ground_of
from bot.console.drafts.listing import LONGEST_NOTE, note_of
from bot.console.drafts.names import called
from bot.console.drafts.report import Check, Report
from bot.console.drafts.shared import Known, report_of
from bot.console.visit import Answer, Elsewhere, Page, Visit
from bot.revisions.publishing import Signed, publish_in
from bot.revisions.readying import readied
from bot.revisions.served import Revision
from bot.settings import SettingsError
from knowledge.load import KnowledgeError
from storage import drafts
from storage.connection import AsyncConnection
from storage.drafts import DraftClosed


async def check_page(visit: Visit) -> Answer:
    """Begins to check what is not checked yet; reloads until it is."""
    return await _shown(visit)


async def publish(visit: Visit) -> Answer:
    """With a note. Only what was checked, just as it was, upon what is in force still."""
    async with visit.transaction() as conn:
        ground = await ground_of(conn, visit.number)
        if ground is None:
            return Page("problem.html", {"status": 404}, 404)
        problem = await _problem(visit, conn, ground)
    if problem:
        return await _shown(visit, problem, status=400 if problem in ("note", "why") else 409)
    console, wanted = visit.console, Revision(ground.newest + 1, ground.texts)
    try:
        async with readied(console.settings, wanted, console.current, visit.now):
            number = await _published(visit, ground.key)
    except DraftClosed:
        return await _shown(visit, "closed", status=409)
    except _Changed:
        return await _shown(visit, "changed", status=409)
    except (KnowledgeError, SettingsError):
        return await _shown(visit, "unsound", status=409)
    return Elsewhere(f"{browser.PATH}/drafts/history?told=published&number={number}")


class _Changed(Exception):
    """The draft, or what is in force, is not what it was."""


async def _published(visit: Visit, key: str) -> int:
    """The new revision's number. Raises DraftClosed, _Changed."""
    why, note = note_of(visit, "why"), note_of(visit)
    said = f"{note}（样题有答错的，仍发布：{why}）" if _anyway(visit) and why else note
    async with visit.transaction() as conn:
        ground = await ground_of(conn, visit.number)
        if ground is None or not ground.is_open:
            raise DraftClosed
        if ground.key != key:
            raise _Changed
        signed = Signed(said, visit.staff.name, visit.now)
        number = await publish_in(conn, ground.texts, signed, ground.newest)
        await drafts.close(conn, visit.number, "published", visit.now, number)
        at = visit.serving(conn)
        await at.record("publish", None, f"第{number}版（草稿{visit.number}）：{said}")
    return number


async def _problem(visit: Visit, conn: AsyncConnection, ground: Ground) -> str:
    """What keeps it from being published, as it is and with what was typed; "" where nothing
    does."""
    known = await report_of(conn, _key(visit, ground))
    report = None if known is None or known.failed else known.report
    return _barred(visit, ground, report) or _lacking(visit, report)


def _anyway(visit: Visit) -> bool:
    return visit.form.get("anyway") == "yes"


def _barred(visit: Visit, ground: Ground, report: Report | None) -> str:
    """What keeps it from being published, whatever is typed; "" where nothing does."""
    if not ground.is_open:
        return "closed"
    if ground.crossed:
        return "crossed"
    if visit.form.get("key") != ground.key:
        return "changed"
    if report is None or report.stage in ("words", "questions"):
        return "unchecked"
    if not report.is_sound:
        return "unsound"
    return "same" if ground.texts == ground.in_force else ""


def _lacking(visit: Visit, report: Report | None) -> str:
    """What is to be typed or ticked first; "" where nothing is."""
    anyway = _anyway(visit)
    if report is not None and report.wrong and not (anyway and note_of(visit, "why")):
        return "why" if anyway else "wrong"
    return "" if note_of(visit) else "note"


async def _shown(visit: Visit, problem: str = "", status: int = 200) -> Answer:
    async with visit.transaction() as conn:
        ground = await ground_of(conn, visit.number)
    if ground is None:
        return Page("problem.html", {"status": 404}, 404)
    kept = _kept(visit, ground)
    query = urlencode({name: value for name, value in kept.items() if value})
    known = await _known(visit, ground) if ground.is_open and not ground.crossed else Known(None)
    context = {
        "draft": ground.draft,
        "ground": ground,
        "crossed": [(name, called(name, visit.kb)) for name in ground.crossed],
        "report": known.report,
        "running": known.running,
        "failed": known.failed,
        "problem": problem,
        "kept": kept,
        "path": f"{browser.PATH}/drafts/{visit.number}/check?{query}",
    }
    return Page("draft-check.html", context, status)


def _kept(visit: Visit, ground: Ground) -> dict[str, str]:
    """What was typed, which an address carries while a page looks again."""
    names = ("note", "why", "anyway")
    typed = {name: note_of(visit, name) or visit.asked(name)[:LONGEST_NOTE] for name in names}
    return {**typed, "note": typed["note"] or ground.draft.note}


async def _known(visit: Visit, ground: Ground) -> Known:
    in_force = Revision(ground.newest, dict(ground.in_force))
    order = Check(visit.console.settings, ground.texts, in_force, visit.now)
    anew = bool(visit.asked("again"))
    return await visit.console.reports.of(_key(visit, ground), order, anew=anew)


def _key(visit: Visit, ground: Ground) -> str:
    """Golden questions may fall from one day to the next."""
    return f"check {ground.key} {beneath(visit.console.settings)} {visit.now.date()}"
