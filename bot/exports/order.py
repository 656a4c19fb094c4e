"""What is to be exported: which form of which notice, of whom, over which days, as what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.exports.entries import Scope
from bot.exports.results import is_results
from intents.wording import exports as wording
from knowledge.model import Attachment, Notice
from knowledge.snapshot import KnowledgeBase

Format = Literal["docx", "xlsx"]
Reporters = Mapping[str, Mapping[str, str]]
"""A bureau's id -> what its basic information block says, by the names of the fields."""


class CannotExport(Exception):
    """`str` is what the one who asked is told."""


@dataclass(frozen=True, slots=True)
class Order:
    """`form` is an attachment's label, or 报告. `bureaus` are the ids of those whose demands are
    wanted, "" among them for demands of no known bureau; None: all. `notice`: its form was filled
    in; None: the form in use. `reporters`: see there. `only`: the ids of the demands that are
    wanted of these; None: all.
    """

    form: str
    format: Format
    scope: Scope
    bureaus: Collection[str] | None = None
    notice: str | None = None
    reporters: Reporters = field(default_factory=dict)
    only: Collection[int] | None = None


def notice_of(notice: str | None, kb: KnowledgeBase) -> Notice:
    """The notice whose forms are filled. Raises CannotExport."""
    try:
        return kb.form_notice(notice)
    except LookupError:
        known = wording.unknown_notice(notice) if notice else wording.no_form_at_all()
        raise CannotExport(known) from None


def attachment_of(label: str, notice: Notice) -> Attachment:
    """One that can be filled from what is stored. Raises CannotExport."""
    found = fillable(notice)
    if label not in found:
        raise CannotExport(wording.no_such_form(label, [*found, wording.REPORT]))
    return found[label]


def fillable(notice: Notice) -> dict[str, Attachment]:
    """By their labels: the demand form's attachment, and those that ask what was held."""
    own = notice.form.attachment if notice.form else None
    return {a.label: a for a in notice.attachments if a.label == own or is_results(a)}
