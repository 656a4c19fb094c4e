"""A file of a draft: edited as text, kept on every save, told what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from bot.beside import beside
from bot.console import browser
from bot.console.drafts.ground import Ground, ground_of, shipped
from bot.console.drafts.lines import Line, line_diff
from bot.console.drafts.names import called, fits, plain, starter
from bot.console.drafts.one import how_of
from bot.console.drafts.problems import problems_in
from bot.console.visit import Answer, Data, Elsewhere, Page, Visit
from storage import drafts, revisions
from storage.connection import AsyncConnection
from storage.drafts import ChangedMeanwhile, DraftClosed


@dataclass(frozen=True, slots=True)
class _Posted:
    """`seen` is when the file in the draft was changed that was opened, "" where the draft did not
    hold it; then it was opened as revision `base` has it. `opened` is its text then."""

    name: str
    text: str
    opened: str
    seen: str
    base: int


@dataclass(frozen=True, slots=True)
class _Meanwhile:
    """What somebody else did to the file: `text` is how it stands, None where it is dropped."""

    text: str | None
    published: bool


async def file_page(visit: Visit) -> Answer:
    return await _shown(visit, plain(visit.asked("name")), told=visit.asked("told"))


async def save(visit: Visit) -> Answer:
    """By the field `do`: save, drop (the bureau's file), or leave out what the draft has of it."""
    posted = _posted(visit)
    do = visit.form.get("do", "save")
    if not fits(posted.name):
        return Page("problem.html", {"status": 404}, 404)
    try:
        async with visit.transaction() as conn:
            ground = await ground_of(conn, visit.number)
            if ground is None:
                return Page("problem.html", {"status": 404}, 404)
            meanwhile = await _meanwhile(conn, ground, posted)
            if meanwhile is None:
                await _stored(visit, conn, ground, posted, do)
    except ChangedMeanwhile as changed:
        meanwhile = _Meanwhile(changed.now.text if changed.now else None, published=False)
    except DraftClosed:
        return await _shown(visit, posted.name, posted=posted, told="closed", status=409)
    if meanwhile is not None:
        return await _shown(visit, posted.name, posted=posted, meanwhile=meanwhile, status=409)
    if do == "save":
        at = f"{browser.PATH}/drafts/{visit.number}/file?name={quote(posted.name)}&told=saved"
        return Elsewhere(at)
    told = "dropped" if do == "drop" else "left-out"
    return Elsewhere(f"{browser.PATH}/drafts/{visit.number}?told={told}")


async def problems(visit: Visit) -> Answer:
    """Of what stands in the form, for a script."""
    posted = _posted(visit)
    if not fits(posted.name):
        return Data({"problems": []}, 404)
    found = await beside(lambda: problems_in(posted.name, posted.text))
    return Data({"problems": [one.as_json() for one in found]})


def _posted(visit: Visit) -> _Posted:
    form = visit.form
    base = form.get("base", "")
    return _Posted(
        plain(form.get("name", "")),
        form.get("text", ""),
        form.get("opened", ""),
        form.get("seen", ""),
        int(base) if base.isdecimal() and len(base) < 10 else 0,
    )


async def _meanwhile(conn: AsyncConnection, ground: Ground, posted: _Posted) -> _Meanwhile | None:
    """What was published of the file after it was opened, where the draft did not hold it."""
    if posted.seen or posted.name in ground.files or posted.base == ground.base:
        return None
    opened = (await revisions.files(conn, posted.base)).get(posted.name)
    now = ground.under.get(posted.name)
    return None if opened == now else _Meanwhile(now, published=True)


async def _stored(
    visit: Visit, conn: AsyncConnection, ground: Ground, posted: _Posted, do: str
) -> None:
    """Raises ChangedMeanwhile, DraftClosed."""
    if not ground.crossed and ground.draft.base != ground.newest:
        await drafts.rebase(conn, visit.number, ground.newest)
    text = None if do == "drop" else posted.text
    seen = datetime.fromisoformat(posted.seen) if _is_moment(posted.seen) else None
    await drafts.put(conn, visit.number, posted.name, text, visit.now, seen=seen)
    if do == "leave-out":
        await drafts.leave_out(conn, visit.number, posted.name, visit.now)
    said = {"drop": "删去", "leave-out": "撤回对它的改动"}.get(do, "保存")
    at = visit.serving(conn)
    await at.record("draft", None, f"草稿{visit.number}：{said} {posted.name}")


async def _shown(
    visit: Visit,
    name: str,
    *,
    posted: _Posted | None = None,
    meanwhile: _Meanwhile | None = None,
    told: str = "",
    status: int = 200,
) -> Answer:
    async with visit.transaction() as conn:
        ground = await ground_of(conn, visit.number)
    if ground is None or not fits(name):
        return Page("problem.html", {"status": 404}, 404)
    held = ground.files.get(name)
    before = ground.under.get(name, shipped().get(name, ""))
    now = before if held is None else held.text or ""
    text = posted.text if posted else now or before or starter(name)
    context = {
        "draft": ground.draft,
        "name": name,
        "called": called(name, visit.kb, text),
        "text": text,
        "opened": now,
        "seen": held.updated.isoformat() if held else "",
        "base": ground.base,
        "how": how_of(ground, name) if held else None,
        "own": name in ground.under,
        "shipped": name in shipped(),
        "problems": await beside(lambda: problems_in(name, text)),
        "lines": await beside(lambda: line_diff(before, text)),
        "meanwhile": meanwhile,
        "theirs": await beside(lambda: _theirs(posted, meanwhile)),
        "told": told,
    }
    return Page("draft-file.html", context, status)


def _theirs(posted: _Posted | None, meanwhile: _Meanwhile | None) -> list[Line]:
    """What somebody else changed since the file was opened."""
    return line_diff(posted.opened, meanwhile.text or "") if posted and meanwhile else []


def _is_moment(text: str) -> bool:
    try:
        return bool(text) and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
