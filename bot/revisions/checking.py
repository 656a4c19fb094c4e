"""Whether a knowledge base may be published: what it contradicts, which golden questions fall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.asking import Ask, golden_reply
from knowledge import golden
from knowledge.consistency import Finding, findings
from knowledge.golden import Miss
from knowledge.load import Loaded
from knowledge.model import Notice
from knowledge.snapshot import KnowledgeBase


@dataclass(frozen=True)
class Checked:
    """Lines `file:line:col: field: what`, and the golden questions that were answered wrongly."""

    errors: tuple[str, ...]
    hints: tuple[str, ...]
    misses: tuple[Miss, ...]

    @property
    def told(self) -> tuple[Miss, ...]:
        """The misses but for those of questions that are held back, which are figures only, and
        those that are known."""
        return tuple(m for m in self.misses if not (m.placed.held or m.golden.missed))

    @property
    def known(self) -> int:
        """How many of the misses are known."""
        return sum(miss.golden.missed for miss in self.misses)

    @property
    def well(self) -> bool:
        return not self.errors and not self.told


@dataclass(frozen=True)
class Fallen:
    """Questions that what is in force answers rightly and the new does not.

    `wrong` ones keep it from being published. `moved` ones belong to no notice and get what is new
    for an answer, as many a question does that names no year: they are to be looked at. `before`
    counts the misses that are no news.
    """

    wrong: tuple[Miss, ...]
    moved: tuple[Miss, ...]
    before: int


@dataclass(frozen=True)
class Judged:
    """A knowledge base that somebody wants to publish, beside what is in force. `form` is the
    notice whose form is in use with it, where another's was."""

    found: Checked
    fell: Fallen
    form: Notice | None

    def may_be_published(self, *, anyway: bool) -> bool:
        """Questions that fall already where people ask keep nothing from them."""
        return not self.found.errors and (anyway or not self.fell.wrong)


def judged(
    loaded: Loaded, before: KnowledgeBase | None, now: datetime, ask: Ask = golden_reply
) -> Judged:
    """Asks every golden question, which takes a while. `before` is what is in force, with its
    golden questions; None where it does not load any more."""
    found = checked(loaded, now, ask)
    fell = fallen(found, loaded.kb, before, now, ask)
    return Judged(found, fell, form_moved(loaded.kb, before))


def fallen(
    found: Checked,
    new: KnowledgeBase,
    before: KnowledgeBase | None,
    now: datetime,
    ask: Ask = golden_reply,
) -> Fallen:
    """Only what the new misses is asked of what is in force, too."""
    known = {m.golden for m in _still_missed(found.told, before, now, ask)} if before else set()
    fell = [miss for miss in found.told if miss.golden not in known]
    fresh = _fresh(new, before)
    moved = tuple(
        miss for miss in fell if miss.home is None and _is_moved(miss, new, before, fresh)
    )
    wrong = tuple(miss for miss in fell if miss not in moved)
    return Fallen(wrong, moved, len(found.told) - len(fell))


def form_moved(new: KnowledgeBase, before: KnowledgeBase | None) -> Notice | None:
    """The notice whose form is in use now, where another's was."""
    mine, old = _form(new), _form(before) if before else None
    return mine if old is not None and mine is not None and mine.id != old.id else None


def _still_missed(
    misses: Sequence[Miss], kb: KnowledgeBase, now: datetime, ask: Ask
) -> Iterator[Miss]:
    """Those that `kb` holds too, and misses as well; a new question that falls is news."""
    held = {question for question, _ in golden.questions(kb)}
    for miss in misses:
        if miss.golden in held and golden.judge(miss.golden, miss.home, ask(kb, miss.golden, now)):
            yield miss


def _fresh(new: KnowledgeBase, before: KnowledgeBase | None) -> frozenset[str]:
    """The notices that are new or not what they were."""
    return frozenset(n.id for n in new.notices if before is None or before.get(n.id) != n)


def _is_moved(
    miss: Miss, new: KnowledgeBase, before: KnowledgeBase | None, fresh: frozenset[str]
) -> bool:
    if miss.golden.kinds == ("collect",):
        return form_moved(new, before) is not None
    return any(cited.notice in fresh for cited in miss.got.citations)


def _form(kb: KnowledgeBase) -> Notice | None:
    return kb.form_notice() if kb.has_form else None


def checked(loaded: Loaded, now: datetime, ask: Ask = golden_reply) -> Checked:
    found = findings(loaded.kb)
    return Checked(
        _lines(loaded, [finding for finding in found if finding.grave]),
        _lines(loaded, [finding for finding in found if not finding.grave]),
        tuple(misses_of(loaded.kb, now, ask)),
    )


def misses_of(kb: KnowledgeBase, now: datetime, ask: Ask = golden_reply) -> list[Miss]:
    return golden.run(kb, lambda question: ask(kb, question, now))


def told(miss: Miss) -> str:
    """The question that fell, where it stands, and why."""
    where = miss.placed.file.removesuffix(".yaml")
    return f"{where}: {miss.golden.q}: {'; '.join(miss.reasons)}"


def _lines(loaded: Loaded, found: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(loaded.problem(one.file, one.loc, one.what) for one in found)
