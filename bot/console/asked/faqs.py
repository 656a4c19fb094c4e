"""A question made a FAQ entry, with golden questions to it, in a draft of a revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.beside import beside
from bot.console import browser
from bot.console.asked.grouping import Group
from bot.console.asked.pages import group_of, theirs, ticked
from bot.console.drafts.adding import add_to_draft
from bot.console.visit import Answer, Elsewhere, Page, Visit, is_at_least
from bot.staff import faq
from bot.staff.inert import HIDDEN_MAIL, HIDDEN_NAME, HIDDEN_NUMBER, masked, shortened
from knowledge.model import Notice
from knowledge.yaml_source import KnowledgeError
from storage import drafts, revisions
from storage.connection import AsyncConnection
from storage.drafts import ChangedMeanwhile, DraftClosed, DraftFile, UnknownDraft
from storage.questions import StoredQuestion

_NAMED = 24
_HIDDEN = (HIDDEN_NAME, HIDDEN_NUMBER, HIDDEN_MAIL)


@dataclass(frozen=True, slots=True)
class _Typed:
    """What the form holds; `notice` and `label` are "" where none was chosen."""

    question: str
    answer: str
    notice: str
    label: str
    draft: str

    @property
    def problem(self) -> str:
        if not (self.question and self.answer):
            return "lacking"
        return "" if self.notice and self.label else "no-clause"


async def faq_page(visit: Visit) -> Answer:
    return await _shown(visit)


async def keep_faq(visit: Visit) -> Answer:
    """Into a new draft or an open one; choosing another notice only shows its clauses."""
    typed = _typed(visit, None)
    if visit.form.get("step") == "choose":
        return await _shown(visit, typed)
    if typed.problem:
        return await _shown(visit, typed, typed.problem, 400)
    async with visit.transaction() as conn:
        at = visit.serving(conn)
        one = await theirs(visit, at)
        if isinstance(one, Page):
            return one
    entry = _entry(visit, typed, await group_of(visit, one))
    if isinstance(entry, str):
        return await _shown(visit, typed, entry, 400)
    try:
        async with visit.transaction() as conn:
            number = await _kept(visit, conn, entry, typed.draft)
    except faq.NoDraft:
        return await _shown(visit, typed, "no-file", 400)
    except KnowledgeError as error:
        return await _shown(visit, typed, "broken", 400, "\n".join(error.problems))
    except (UnknownDraft, DraftClosed, ChangedMeanwhile):
        return await _shown(visit, typed, "moved", 409)
    if number is None:
        return await _shown(visit, typed, "known", 409)
    if is_at_least(visit.staff.role, "admin"):
        return Elsewhere(f"{browser.PATH}/drafts/{number}")
    return Elsewhere(f"{browser.PATH}/questions/{visit.number}?drafted={number}")


def _typed(visit: Visit, one: StoredQuestion | None) -> _Typed:
    """As posted, else as the question suggests."""
    form = {name: value.strip() for name, value in visit.form.items()}
    nearest = (one.nearest if one else None) or {}
    return _Typed(
        form.get("question", masked(one.question) if one else ""),
        form.get("answer", (one.answer or "") if one else ""),
        form.get("notice", nearest.get("notice", "")),
        form.get("clause", nearest.get("clause", "")),
        form.get("draft", ""),
    )


def _entry(visit: Visit, typed: _Typed, group: Group) -> faq.Entry | str:
    """The entry, or what is wrong with what was chosen."""
    notice = visit.kb.get(typed.notice)
    if notice is None or typed.label not in faq.labels_of(notice):
        return "no-clause"
    variants = tuple(
        said
        for one in group.questions
        if str(one.id) in visit.picked and (said := masked(one.question)) != typed.question
    )
    return faq.Entry(typed.question, typed.answer, notice.id, typed.label, variants)


async def _kept(visit: Visit, conn: AsyncConnection, entry: faq.Entry, draft: str) -> int | None:
    """The draft that holds the entry now; None where the notice's FAQ has the question already.

    Raises NoDraft, KnowledgeError, UnknownDraft, DraftClosed, ChangedMeanwhile.
    """
    name = f"{entry.notice}.yaml"
    number = int(draft) if draft.isdecimal() and len(draft) < 10 else None
    before = await _file(conn, number, name) if number else None
    text = before.text if before else None
    if text is None:
        published = await revisions.files(conn, await revisions.newest(conn))
        text = published.get(name) or faq.shipped(entry.notice)
    after = await beside(lambda: faq.added(text, entry, Path(name)))
    if after is None:
        return None
    if number is None:
        number = await add_to_draft(visit, conn, {name: after}, _note(entry))
    else:
        seen = before.updated if before else None
        await drafts.put(conn, number, name, after, visit.now, seen=seen)
    await visit.serving(conn).record("draft", None, f"question {visit.number}: {entry.clause}")
    return number


async def _file(conn: AsyncConnection, draft: int, name: str) -> DraftFile | None:
    return {file.name: file for file in await drafts.files(conn, draft)}.get(name)


def _note(entry: faq.Entry) -> str:
    return f"常见问答：{shortened(entry.question, _NAMED)}"


async def _shown(
    visit: Visit,
    typed: _Typed | None = None,
    problem: str = "",
    status: int = 200,
    wrong: str = "",
) -> Answer:
    async with visit.transaction() as conn:
        at = visit.serving(conn)
        one = await theirs(visit, at)
        if isinstance(one, Page):
            return one
        opened = await drafts.listing(conn)
    group = await group_of(visit, one)
    typed = typed or _typed(visit, one)
    context: dict[str, Any] = {
        "one": one,
        "typed": typed,
        "variants": _variants(group, typed),
        "ticked": visit.picked if visit.form else _telling(ticked(visit, group), group),
        "notices": visit.kb.notices,
        "chosen": visit.kb.get(typed.notice),
        "clauses": _clauses(visit.kb.get(typed.notice)),
        "drafts": opened,
        "problem": problem,
        "wrong": wrong,
        "told": visit.asked("told")[:6],
    }
    return Page("question-faq.html", context, status)


def _variants(group: Group, typed: _Typed) -> list[tuple[str, str]]:
    """Numbers and words of the others, each wording once."""
    found = {masked(one.question): str(one.id) for one in reversed(group.questions)}
    return [(id_, said) for said, id_ in reversed(found.items()) if said != typed.question]


def _telling(ids: Any, group: Group) -> list[str]:
    """Those in which nothing had to be hidden: what is asked so is asked by others as well."""
    said = {str(one.id): masked(one.question) for one in group.questions}
    return [id_ for id_ in ids if not any(word in said[id_] for word in _HIDDEN)]


def _clauses(notice: Notice | None) -> Mapping[str, str]:
    """Labels with headings."""
    if notice is None:
        return {}
    headings = {clause.label: clause.heading for clause in notice.clauses}
    headings |= {attachment.label: attachment.title for attachment in notice.attachments}
    return {label: headings.get(label, "") for label in faq.labels_of(notice)}
