"""What a notice is, once it is YAML: frozen models that also define the JSON Schema.

One file a notice under ``knowledge/notices/``, named by the notice's id. Every fact is
anchored to a clause by its label (`三（三）`, `附件 任务8`, `附件1`, `落款`, `发文信息`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    Field,
    StringConstraints,
    model_validator,
)

from knowledge.question import Golden
from knowledge.strict import Strict, Text

NoticeId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{2,60}$")]

_NUMERAL = "[一二三四五六七八九十百]{1,4}"
# 三, 三（三）, 三（三）2, （三）, 2（1）, 第十二条; of an attached document behind its own label.
_NUMBERED = (
    rf"(?:第{_NUMERAL}[章条]|{_NUMERAL}|（{_NUMERAL}）|{_NUMERAL}（{_NUMERAL}）|[0-9]{{1,2}})"
    r"(?:[0-9]{1,2})?(?:（[0-9]{1,2}）)?"
)
_LABEL = (
    rf"^(?:{_NUMBERED}|附件(?:[0-9]{{1,2}}(?:-[0-9]{{1,2}})?)?"
    rf"(?: (?:任务[0-9]{{1,3}}|落款|{_NUMBERED}))?"
    r"|落款|发文信息|正文)$"
)
Label = Annotated[str, StringConstraints(pattern=_LABEL)]

Open = Annotated[str, StringConstraints(pattern=r"^(?:--\d{2}-\d{2}|P\d{1,3}[DWMY])$")]
"""A day whose year the notice leaves open (`--07-31`), or a term counted from an event (`P3D`)."""

Precision = Literal["day", "month-start", "month-end", "year-end", "event"]
"""How exact the notice is: 5月25日 | 11月初 | 6月底前 | 年底前 | no date given."""

Kind = Literal["通知", "工作方案", "工作指引", "指导意见", "任务清单", "公告", "办法", "函", "其他"]
Duty = Literal["必做", "选做"]


class Cited(Strict):
    """A parent document that the notice names."""

    title: Text
    doc_number: Text | None = None


class Clause(Strict):
    """A numbered place in a notice."""

    label: Label
    heading: Text
    summary: Text | None = Field(
        None, description="our own plain words, every fact of the clause kept"
    )
    text: Text | None = Field(None, description="the official wording, when the importer had it")
    keywords: tuple[Text, ...] = Field(
        (), description="names and terms of the clause that the summary leaves out"
    )
    departments: tuple[Text, ...] = Field((), description="责任部门 named for this clause")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.summary is None and self.text is None:
            raise ValueError("summary or text must be given")
        return self

    @property
    def body(self) -> str:
        """What the clause says: our summary, or the official wording where there is none yet."""
        return self.summary or self.text or ""


class Deadline(Strict):
    """A due date: who hands in what, to whom, by when.

    `due` is the last day (included). It is null where the notice gives none (`event`), leaves the
    year open or counts from an event (then `open` says what there is).
    """

    clause: Label
    what: Text = Field(description="verb and object: 报送工作方案和需求清单")
    who: Text | None = None
    to: Text | None = None
    via: Text | None = Field(
        None, description="system or form of delivery: 公共服务网, 纸件和电子件"
    )
    due: date | None = None
    open: Open | None = None
    time: Annotated[str, StringConstraints(pattern=r"^\d{2}:\d{2}$")] | None = None
    precision: Precision = "day"
    inferred: bool = Field(False, description="the year is not in the words but in the notice")
    words: Text = Field(description="the notice's own words for the date: 5月25日前")

    @model_validator(mode="after")
    def _date_fits_precision(self) -> Self:
        if self.due is not None and self.open is not None:
            raise ValueError("due and open: one of them, not both")
        given = self.due is not None or self.open is not None
        if given == (self.precision == "event"):
            raise ValueError("due or open must be given, unless precision is event")
        return self


class Period(Strict):
    """A span in which something takes place; both days included."""

    clause: Label
    what: Text
    who: Text | None = None
    start: date | None = None
    end: date | None = None
    precision: Precision = "day"
    inferred: bool = False
    words: Text

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"start {self.start} is after end {self.end}")
        return self


class Contact(Strict):
    clause: Label
    org: Text | None = None
    names: tuple[Text, ...] = ()
    phones: tuple[Text, ...] = ()
    emails: tuple[Text, ...] = ()
    address: Text | None = None


class Attachment(Strict):
    """A form or list that hangs on the notice; `columns` are null where the text lacks the form."""

    label: Label
    title: Text
    clause: Label = Field(description="where the notice asks for it")
    basics: tuple[Text, ...] = Field((), description="fields of its basic information block")
    blocks: tuple[Text, ...] = Field(
        (), max_length=2, description="printed headings of the basic block and of the table"
    )
    columns: tuple[Text, ...] | None = None
    rows: tuple[Text, ...] = Field((), description="row headings that are printed in the form")
    note: Text | None = None


class Action(Strict):
    """What one actor does for a task, in our own words."""

    by: Text = Field(description="国家知识产权局 | 各地区 | 有关地区 | 有关省份 | 有关地市 | …")
    summary: Text


class Scope(Strict):
    """For whom a task is a duty or a choice."""

    level: Text = Field(description="省份 | 地市 | 涉及地方")
    who: Text = Field(description="各省 | 强市建设示范城市 | …")
    duty: Duty


class Completion(Strict):
    """When a task is to be done, as its table says."""

    words: Text = Field(description="年底前完成 | 年内有阶段性成果")
    due: date | None = None
    precision: Precision = "year-end"


class Task(Strict):
    no: Annotated[int, Field(ge=1, le=999)]
    clause: Label
    title: Text
    section: Text = Field(description="heading of the part of the table that it stands in")
    departments: tuple[Text, ...] = ()
    completion: Completion | None = None
    scopes: tuple[Scope, ...] = ()
    actions: tuple[Action, ...] = ()
    keywords: tuple[Text, ...] = ()


class Target(Strict):
    """A figure to be reached."""

    clause: Label
    what: Text
    value: Text = Field(description="with its unit and direction: 18.5个月, 超过10%")
    by: Text | None = Field(None, description="when, in the notice's words: 2021年底")


class KeyTask(Strict):
    """A choice of the demand form's 重点任务, with the everyday words that point to it."""

    name: Text
    clause: Label | None = None
    cues: tuple[Text, ...] = Field(
        (), description="words by which an enterprise that knows no official term names such a need"
    )


SlotKind = Literal["company", "person", "text", "phone", "mobile", "email", "choice", "yesno"]


class Slot(Strict):
    """A field of the form. Slots are asked in the order of the file, if `ask` is set."""

    name: Text
    kind: SlotKind
    prompt: Text = Field(description="the question that is asked, polite and short")
    required: bool = False
    ask: bool = Field(False, description="asked for; others are taken when offered")
    personal: bool = False
    labels: tuple[Text, ...] = Field((), description="other names that users write for it")
    column: Text | None = Field(
        None, description="the printed field or column it goes into, where its name does not tell"
    )


class DemandForm(Strict):
    attachment: Label
    title: Text
    slots: tuple[Slot, ...]
    key_tasks: tuple[KeyTask, ...]

    def __hash__(self) -> int:
        """Of its head alone: much is remembered by form, and hashing every field costs more."""
        return hash((self.attachment, self.title, len(self.slots), len(self.key_tasks)))

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        for names in ([s.name for s in self.slots], [k.name for k in self.key_tasks]):
            twice = sorted({n for n in names if names.count(n) > 1})
            if twice:
                raise ValueError(f"named twice: {'、'.join(twice)}")
        return self


class Faq(Strict):
    question: Text
    answer: Text
    clause: Label


class Notice(Strict):
    id: NoticeId
    title: Text
    short: Text = Field(description="what one calls it in a sentence: 2021年万里行通知")
    aliases: tuple[Text, ...] = Field((), description="other names that users give it")
    issuer: Text | None = None
    doc_number: Text | None = None
    kind: Kind
    region: Text = Field("全国", description="where it holds: 全国 or a division's full name")
    year: Annotated[int, Field(ge=1980, le=2100)] | None = None
    issued: date | None = None
    published: date | None = Field(None, description="when it was put on the web or out otherwise")
    campaign: Text | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    addressees: tuple[Text, ...] = ()
    cites: tuple[Cited, ...] = ()
    superseded_by: NoticeId | None = None
    clauses: tuple[Clause, ...] = Field(min_length=1)
    deadlines: tuple[Deadline, ...] = ()
    periods: tuple[Period, ...] = ()
    contacts: tuple[Contact, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    form: DemandForm | None = None
    faq: tuple[Faq, ...] = ()
    golden: tuple[Golden, ...] = ()

    def __hash__(self) -> int:
        return hash(self.id)

    def unsound(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """(place, what is wrong) of what is named twice or refers to what is not there."""
        seen: set[str] = set()
        for i, clause in enumerate(self.clauses):
            if clause.label in seen:
                yield ("clauses", i, "label"), f"clause label named twice: {clause.label}"
            seen.add(clause.label)
        if self.superseded_by == self.id:
            yield ("superseded_by",), "a notice does not supersede itself"
        numbers = [task.no for task in self.tasks]
        for i, number in enumerate(numbers):
            if number in numbers[:i]:
                yield ("tasks", i, "no"), f"task number named twice: {number}"
        if self.form and self.form.attachment not in {a.label for a in self.attachments}:
            yield ("form", "attachment"), f"no attachment {self.form.attachment!r} here"
        known = seen | {a.label for a in self.attachments} | {t.clause for t in self.tasks}
        known |= {"落款", "发文信息"}
        for family in ("deadlines", "periods", "contacts", "attachments", "targets", "faq"):
            for i, fact in enumerate(getattr(self, family)):
                if fact.clause not in known:
                    yield (family, i, "clause"), f"no clause {fact.clause!r} here"
