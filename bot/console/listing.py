"""The list of demands: searched, filtered, in order, page by page; several done at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from bot.console.doing import Done, Wanted, do, version_of
from bot.console.visit import Answer, File, Page, Visit
from bot.console.wanting import NOWHERE, wanting
from bot.exports.chat import order_of
from bot.exports.making import make
from bot.exports.order import CannotExport, Format, notice_of
from bot.exports.reading import Wanted as Ordered
from bot.staff.about import about, company_of, shown
from bot.staff.counter.lists import KNOWN, where
from bot.staff.counter.reach import UNKNOWN
from bot.staff.counter.roles import may
from bot.staff.counter.serving import Serving
from bot.staff.counter.whole import OfStaff
from bot.staff.members import everyone
from knowledge.snapshot import KnowledgeBase
from storage import demands
from storage.demands import StoredDemand

_ON_A_PAGE, _MOST_AT_ONCE = 50, 50
_NEED = 32
_KINDS: Mapping[Format, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
AT_ONCE: tuple[OfStaff, ...] = ("accept", "return", "reply", "note", "transfer", "close")


@dataclass(frozen=True, slots=True)
class Row:
    """A demand as lists show it: without personal data."""

    id: int
    company: str
    task: str
    need: str
    where: str
    status: str
    national: bool
    created: datetime
    moved: datetime
    version: str


async def demand_list(visit: Visit) -> Answer:
    wanted = wanting({name: visit.asked(name) for name in visit.query})
    await refresh(visit)
    ledger, filter_ = visit.console.ledger, wanted.filter(visit)
    lines = list(islice(ledger.found(filter_, wanted.sort, wanted.after), _ON_A_PAGE + 1))
    page = lines[:_ON_A_PAGE]
    async with visit.transaction() as conn:
        stored = await demands.some(conn, [line.id for line in page])
        at = visit.serving(conn)
        rows = [row(at, demand) for demand in stored if visit.reach.has(demand.bureau)]
    more = len(lines) > _ON_A_PAGE
    context = {
        "rows": rows,
        "total": ledger.count(filter_),
        "wanted": wanted,
        "next": wanted.path_behind(page[-1]) if more else "",
        "tasks": tasks(visit.kb),
        "bureaus": bureaus(visit),
        "statuses": KNOWN,
        "steps": [step for step in AT_ONCE if may(visit.staff.role, step)],
        "may_export": may(visit.staff.role, "export"),
        "gone": visit.asked("gone")[:9],
        "opened": ledger.opened if filter_.by_fields else 1.0,
    }
    return Page("demands.html", context)


async def do_several(visit: Visit) -> Answer:
    """Each by itself: what cannot be done keeps nothing else back."""
    step = next((one for one in AT_ONCE if one == visit.form.get("step")), None)
    named = visit.form.get("bureau", "")
    wanted = Wanted(
        step or "note",
        visit.form.get("why", "").strip(),
        visit.kb.bureaus.get(named) if step == "transfer" else None,
    )
    picked = _picked(visit.picked)
    if step is None or not picked or wanted.lacks:
        why = "step" if step is None else "lacking" if picked else "nothing"
        return Page("done.html", {"problem": why, "done": (), "step": step}, 400)
    async with visit.transaction() as conn:
        at = visit.serving(conn)
        done = [await do(at, number, version, wanted) for number, version in picked]
        told = [_told(at, one) for one in done]
    visit.console.wake()
    return Page("done.html", {"problem": "", "done": told, "step": step})


async def export(visit: Visit) -> Answer:
    """What is filtered, as the form in use prints it."""
    wanted, kb = wanting(visit.form), visit.kb
    format_: Format = "docx" if visit.form.get("format") == "docx" else "xlsx"
    await refresh(visit)
    ledger, filter_ = visit.console.ledger, wanted.filter(visit)
    if filter_.by_fields and ledger.opened < 1:
        return Page("cannot.html", {"why": ""}, 503)
    found = [line.id for line in ledger.found(filter_, "oldest")]
    try:
        notice = notice_of(None, kb)
        label = notice.form.attachment if notice.form else ""
        bureau = kb.bureaus.get(wanted.bureau) if wanted.bureau else None
        ordered = Ordered(notice, label, format_, bureau, None, None)
        async with visit.transaction() as conn:
            whole = order_of(ordered, kb, visit.staff, visit.console.provided.reporters)
            order = replace(whole, only=frozenset(found))
            listed = {**visit.console.provided.listed, visit.staff.sender: visit.staff}
            known = {one.sender: one for one in await everyone(conn, listed)}
        made = await make(
            visit.console.db, kb, order, actor=visit.staff.sender, staff=known, now=visit.now
        )
    except CannotExport as why:
        return Page("cannot.html", {"why": str(why)}, 400)
    return File(made.content, _KINDS[format_], made.name)


def row(at: Serving, demand: StoredDemand) -> Row:
    told = about(demand, at.kb)
    return Row(
        demand.id,
        company_of(demand, at.kb),
        told.task,
        shown(demand, told.need, _NEED),
        where(at, demand),
        demand.status,
        demand.national,
        demand.created,
        demand.moved,
        version_of(demand),
    )


def tasks(kb: KnowledgeBase) -> list[str]:
    """The key tasks of all forms, each once, the newest form's first."""
    forms = [kb.form_notice().form] if kb.has_form else []
    forms += [notice.form for notice in kb.notices]
    return list(dict.fromkeys(task.name for form in forms if form for task in form.key_tasks))


def bureaus(visit: Visit) -> list[tuple[str, str]]:
    """Ids and short names of those within reach."""
    found = [(b.id, b.short) for b in visit.kb.bureaus.all if visit.reach.has(b.id)]
    return [*found, (NOWHERE, "未分到局")] if visit.reach.has(UNKNOWN) else found


async def refresh(visit: Visit) -> None:
    console = visit.console
    await console.ledger.refresh(console.db, visit.kb, visit.now)


def _picked(ticked: Sequence[str]) -> list[tuple[int, str]]:
    """Numbers with the versions that the page showed."""
    pairs = [one.partition("@")[::2] for one in ticked[:_MOST_AT_ONCE]]
    found = {int(number): version for number, version in pairs if number.isdecimal()}
    return sorted((n, version) for n, version in found.items() if 0 < n < 10**9)


def _told(at: Serving, done: Done) -> dict[str, object]:
    demand = done.demand
    company = company_of(demand, at.kb) if demand else ""
    status = demand.status if demand else ""
    return {"number": done.number, "outcome": done.outcome, "company": company, "status": status}
