"""What was published, when, by whom and why: compared, and gone back to."""

from __future__ import annotations

from bot.console import browser
from bot.console.drafts.ground import beneath
from bot.console.drafts.listing import note_of
from bot.console.drafts.names import called
from bot.console.drafts.problems import Problem, problem_of
from bot.console.drafts.report import Comparison
from bot.console.drafts.shared import Known
from bot.console.visit import Answer, Elsewhere, Page, Visit
from bot.revisions import publishing
from bot.revisions.publishing import PublishedMeanwhile, RevisionError, Signed
from bot.revisions.served import Revision
from knowledge.load import KnowledgeError
from storage.connection import AsyncConnection
from storage.revisions import RevisionRow


async def history(visit: Visit) -> Answer:
    return await _shown(visit, visit.asked("told"))


async def roll_back(visit: Visit) -> Answer:
    """To the revision `number`, whose files become the newest once more; nothing is done where
    another was published since the page was made."""
    wanted, note = _number(visit.form.get("number", "")), note_of(visit)
    upon = _number(visit.form.get("newest", ""))
    if upon is None:
        return await _shown(visit, "changed", status=409)
    if wanted is None or not note:
        return await _shown(visit, "lacking", status=400)
    console = visit.console

    async def record(conn: AsyncConnection, row: RevisionRow) -> None:
        told = f"第{row.number}版，恢复第{row.restores}版：{note}"
        await visit.serving(conn).record("rollback", None, told)

    signed = Signed(note, visit.staff.name, visit.now)
    try:
        row = await publishing.rollback(
            console.settings, console.db, wanted, signed, record, upon, console.current
        )
    except PublishedMeanwhile:
        return await _shown(visit, "changed", status=409)
    except RevisionError:
        return await _shown(visit, "unknown", status=404)
    except KnowledgeError as error:
        return await _shown(visit, "unsound", list(map(problem_of, error.problems)), 409)
    if row is None:
        return await _shown(visit, "same", status=409)
    return Elsewhere(f"{browser.PATH}/drafts/history?told=restored&number={row.number}")


async def compare(visit: Visit) -> Answer:
    """Two revisions, by the address; which answers change takes a while."""
    numbers = [_number(visit.asked(name)) for name in ("old", "new")]
    known = [number for number in numbers if number is not None]
    if len(known) < 2:
        return await _shown(visit, "two", status=400)
    try:
        old, new = [await publishing.revision(visit.console.db, number) for number in known]
    except RevisionError:
        return await _shown(visit, "unknown", status=404)
    compared = await _compared(visit, old, new)
    context = {
        "old": old.number,
        "new": new.number,
        "report": compared.report,
        "path": visit.request.path_qs,
        "running": compared.running,
        "failed": compared.failed,
    }
    return Page("history-compare.html", context)


async def _shown(
    visit: Visit, told: str = "", problems: list[Problem] | None = None, status: int = 200
) -> Answer:
    entries = await publishing.history(visit.console.db)
    names = {name for one in entries for name in (*one.added, *one.changed, *one.dropped)}
    context = {
        "entries": entries,
        "called": {name: called(name, visit.kb) for name in names},
        "newest": entries[0].row.number if entries else 0,
        "serving": visit.console.current.revision,
        "told": told,
        "number": visit.asked("number")[:9],
        "problems": problems or [],
        "kept": {"note": note_of(visit), "number": visit.form.get("number", "")},
    }
    return Page("history.html", context, status)


async def _compared(visit: Visit, old: Revision, new: Revision) -> Known:
    settings = visit.console.settings
    key = f"compare {old.number} {new.number} {beneath(settings)} {visit.now.date()}"
    order = Comparison(settings, old, new, visit.now)
    return await visit.console.reports.of(key, order, anew=bool(visit.asked("again")))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
