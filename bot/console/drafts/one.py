"""One draft: its files and all others of the knowledge base; renamed, renewed, discarded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal

from bot.beside import beside
from bot.console import browser
from bot.console.drafts.ground import Ground, ground_of, shipped
from bot.console.drafts.listing import note_of
from bot.console.drafts.names import called, place
from bot.console.visit import Answer, Elsewhere, Page, Visit
from bot.revisions.merging import merged
from knowledge.snapshot import KnowledgeBase
from storage import drafts
from storage.connection import AsyncConnection
from storage.database import Conflict
from storage.drafts import ChangedMeanwhile, DraftClosed

_SHOWN = 200

How = Literal["new", "changed", "over", "dropped", "same"]
"""Of a draft's file: nobody had it | the bureau has it | it lies over a shipped one | the bureau's
is taken away | it is as it is in force."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """`crossed`: changed in force as well. `read` out of a text that was uploaded."""

    name: str
    called: str
    how: How
    crossed: bool = False
    read: bool = False

    @property
    def words(self) -> str:
        """What it is looked for by."""
        return f"{self.called} {self.name}".lower()


async def draft(visit: Visit) -> Answer:
    return await _shown(visit, visit.asked("told"))


async def change(visit: Visit) -> Answer:
    """By the field `do`: rename, renew (begin from what is in force now), discard."""
    do, path = visit.form.get("do"), f"{browser.PATH}/drafts/{visit.number}"
    try:
        async with visit.transaction() as conn:
            ground = await ground_of(conn, visit.number)
            if ground is None:
                return Page("problem.html", {"status": 404}, 404)
            at = visit.serving(conn)
            if do == "rename" and (note := note_of(visit)):
                await drafts.rename(conn, visit.number, note, visit.now)
                await at.record("draft", None, f"草稿{visit.number}：改名")
                return Elsewhere(f"{path}?told=renamed")
            if do == "renew":
                clean = await _renew(visit, conn, ground)
                await at.record("draft", None, f"草稿{visit.number}：换到第{ground.newest}版上")
                return Elsewhere(f"{path}?told={'renewed' if clean else 'marked'}")
            if do == "discard":
                await drafts.close(conn, visit.number, "discarded", visit.now)
                await at.record("draft", None, f"草稿{visit.number}：放弃")
                return Elsewhere(f"{browser.PATH}/drafts?gone={visit.number}")
    except DraftClosed:
        return await _shown(visit, "closed", 409)
    return await _shown(visit, "lacking", 400)


async def _renew(visit: Visit, conn: AsyncConnection, ground: Ground) -> bool:
    """Whether all that was changed on both sides came together by itself.

    Raises Conflict where somebody has changed a file since it was read.
    """
    clean = True
    for name in ground.crossed:
        file = ground.files[name]
        mine, theirs = file.text, ground.in_force.get(name)
        if mine is None or theirs is None:
            continue  # dropped on one side: the draft's word stands, and the page shows it
        done = await beside(partial(merged, ground.began.get(name, ""), mine, theirs))
        clean = clean and done.clean
        try:
            await drafts.put(conn, visit.number, name, done.text, visit.now, seen=file.updated)
        except ChangedMeanwhile:
            raise Conflict from None
    await drafts.rebase(conn, visit.number, ground.newest)
    return clean


async def _shown(visit: Visit, told: str = "", status: int = 200) -> Answer:
    async with visit.transaction() as conn:
        ground = await ground_of(conn, visit.number)
        if ground is None:
            return Page("problem.html", {"status": 404}, 404)
        author = await visit.serving(conn).name_of(ground.draft.author)
    words = visit.asked("q").lower()
    others = [
        one for one in _others(ground, visit.kb) if words in f"{one.called} {one.name}".lower()
    ]
    context = {
        "draft": ground.draft,
        "author": author,
        "ground": ground,
        "files": [_line(ground, name, visit.kb) for name in ground.files],
        "others": others[:_SHOWN],
        "more": max(len(others) - _SHOWN, 0),
        "words": words,
        "told": told,
    }
    return Page("draft.html", context, status)


def _line(ground: Ground, name: str, kb: KnowledgeBase) -> FileLine:
    return FileLine(
        name,
        called(name, kb, ground.files[name].text),
        how_of(ground, name),
        name in ground.crossed,
        ground.files[name].source is not None,
    )


def how_of(ground: Ground, name: str) -> How:
    text, before = ground.files[name].text, ground.under.get(name)
    if text is None:
        return "dropped"
    if text == before:
        return "same"
    if before is not None:
        return "changed"
    return "over" if name in shipped() else "new"


def _others(ground: Ground, kb: KnowledgeBase) -> list[FileLine]:
    """The bureau's own first, then those that come with the program."""
    own = [name for name in ground.under if name not in ground.files]
    rest = [name for name in shipped() if name not in ground.under and name not in ground.files]
    return [
        *(FileLine(name, called(name, kb), "changed") for name in sorted(own, key=place)),
        *(FileLine(name, called(name, kb), "over") for name in sorted(rest, key=place)),
    ]
