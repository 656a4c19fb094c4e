"""What one message tells a demand form: values, wrong values, refusals, acts. Nothing is decided."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from intents import form_acts, form_intro, form_labels
from intents.form_acts import Act
from intents.form_labels import Labelled
from intents.form_text import Piece, joined, pieces, tidy
from intents.needs import is_idle, looks_like_question, read_need
from intents.slots import choice, company, email, person, phone, yesno
from intents.slots import text as texts
from intents.slots.value import Found, Problem, Value
from intents.wording import form as wording
from knowledge.model import DemandForm, Slot, SlotKind

_CONTACT: tuple[SlotKind, ...] = ("phone", "mobile", "email")
_NOT_THIS = re.compile(r"(?:不是|不属于|不归|不选|不该是|不应该是)(?P<what>.{2,20})")
_ALSO = re.compile(
    r"^(?:另外|还有|对了|补充|再补充|再加|加上|顺便|此外|其次|而且|哦对|哦)(?:一下|一[点条个句]|说明|两句|的是)?(?:就是|是)?[，,：: ]*"
)
_SOON_LOST: tuple[Act, ...] = (
    "refuse",
    "want",
    "agree",
    "wrong",
    "unsure",
    "edit",
    "pause",
    "keep",
)


@dataclass(frozen=True, slots=True)
class Heard:
    """`replaces`: texts that stand instead of what was there, not beside it."""

    values: Mapping[str, str | bool] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    declined: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    replaces: frozenset[str] = frozenset()
    acts: tuple[Act, ...] = ()
    number: int | None = None

    @property
    def empty(self) -> bool:
        return not (self.values or self.problems or self.declined or self.reopened or self.acts)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader must know of the talk: the slot last asked for, and what is filled in."""

    slot: Slot | None = None
    values: Mapping[str, str | bool] = field(default_factory=dict)
    opening: bool = False
    confirming: bool = False


def read(text: str, form: DemandForm, asked: Asked) -> Heard:
    """What `text` tells the form. A value known by its kind wins over the slot asked for."""
    text = tidy(text)
    text = text[form_acts.opening(text) :] if asked.opening else text
    kind = asked.slot.kind if asked.slot else None
    found: list[Found] = email.find(text, expected=kind == "email")
    hidden = _hidden(text, found)
    found += phone.find(hidden, expected=kind in ("phone", "mobile"))
    reader = _Reader(text, form, asked)
    if reader.question and not found and form_acts.act_of(text) is None:
        return Heard()
    cut = pieces(text, found)
    for i, piece in enumerate(cut, 1):
        reader.number_next = i < len(cut) and cut[i].found is not None
        reader.take(piece)
    return reader.close()


def _hidden(text: str, found: list[Found]) -> str:
    for item in found:
        text = text[: item.start] + "@" * (item.end - item.start) + text[item.end :]
    return text


class _Reader:
    """Reads the pieces of one message in order."""

    def __init__(self, text: str, form: DemandForm, asked: Asked) -> None:
        self.text, self.form, self.asked = text, form, asked
        self.need = texts.need_slot(form)
        self.values: dict[str, str | bool] = {}
        self.problems: dict[str, str] = {}
        self.declined: dict[str, None] = {}
        self.reopened: dict[str, None] = {}
        self.replaces: set[str] = set()
        self.acts: list[tuple[Act, Piece]] = []
        self.loose: list[tuple[int, int]] = []
        self.told: dict[str, list[tuple[int, int]]] = {}
        self.target: Slot | None = None
        self.pending: Labelled | None = None
        self.choosing = asked.slot is not None and asked.slot.kind == "choice"
        self.contacts = False
        self.number_next = False
        self.named_last = False
        self.question = looks_like_question(text)

    # pieces

    def take(self, piece: Piece) -> None:
        if piece.found is not None:
            self._contact(piece.found)
            return
        start = piece.start
        text = piece.text
        if self.pending and self._pending_value(text, piece):
            return
        if self.question and form_acts.act_of(text) is None and looks_like_question(text):
            return
        for step in (
            self._act,
            self._declined,
            self._edited,
            self._labelled,
            self._marked,
            self._wanted,
            self._chosen,
            self._introduced,
            self._run_on,
            self._asked_for,
        ):
            if step(text, piece):
                return
        if not form_acts.is_filler(text):
            self._free(text, start, piece.end)

    def _contact(self, found: Found) -> None:
        hint, self.pending = self.pending, None
        self.target = None
        self.contacts = True
        slot = self._place(found, hint)
        if slot is None:
            return
        if isinstance(found, Problem):
            self.problems[slot.name] = found.sentence
        elif found.kind == "phone" and slot.kind == "mobile":
            self.problems[slot.name] = wording.mobile_wanted()
        else:
            self.values[slot.name] = found.value
            self.problems.pop(slot.name, None)

    def _place(self, found: Found, hint: Labelled | None) -> Slot | None:
        """The slot for a number or address: by its kind, then by its label, then the first free."""
        wanted: tuple[SlotKind, ...] = (found.kind,)
        own = [s for s in self.form.slots if s.kind == found.kind]
        other = [s for s in self.form.slots if s.kind in ("phone", "mobile") and s not in own]
        if found.kind == "email":
            other = []
        if isinstance(found, Problem) and self.asked.slot in other and hint is None:
            return self.asked.slot
        if found.kind == "mobile" and own and hint and hint.tie not in ("change", "wrong"):
            taken = {**self.asked.values, **self.values}.get(own[0].name)
            if set(hint.slots) <= set(other) and taken not in (None, self._said(found)):
                return hint.slots[0]
        if found.kind == "mobile" and other and all(s.name in self.values for s in own):
            return other[0] if own or not isinstance(found, Problem) else other[0]
        named = [s for s in own if hint and s in hint.slots]
        asked = [s for s in own if s == self.asked.slot]
        free = [s for s in own if s.name not in {**self.asked.values, **self.values}]
        return next(iter([*named, *asked, *free, *own, *other]), None) if wanted else None

    @staticmethod
    def _said(found: Found) -> str | bool | None:
        return found.value if isinstance(found, Value) else None

    # steps of a clause; each says whether it has taken the clause

    def _pending_value(self, text: str, piece: Piece) -> bool:
        hint = self.pending
        assert hint is not None
        if form_acts.act_of(text) in ("refuse", "unsure"):
            self._decline(hint.slots)
            self.pending = None
            return True
        value = form_labels.strip_lead(text)
        if not value:
            return True
        if any(s.kind in _CONTACT for s in hint.slots):
            return False
        if self._value_for(hint, value, piece.end - len(value), piece.end):
            self.pending = None
            return True
        return False

    def _act(self, text: str, piece: Piece) -> bool:
        act = form_acts.act_of(text)
        if act is None:
            return False
        self.acts.append((act, piece))
        return True

    def _declined(self, text: str, piece: Piece) -> bool:
        slots = form_labels.declined(text, self.form)
        self._decline(slots)
        return bool(slots)

    def _decline(self, slots: tuple[Slot, ...]) -> None:
        self.pending = None
        held = [s for s in slots if s.name in self.asked.values]
        asked = [s for s in slots if s == self.asked.slot]
        for slot in held or asked or [s for s in slots if s.required][:1] or slots[:1]:
            self.declined[slot.name] = None

    def _edited(self, text: str, piece: Piece) -> bool:
        slots = form_labels.to_edit(text, self.form)
        if slots:
            self.pending = Labelled(slots, "wrong", "", 0)
        return bool(slots)

    def _labelled(self, text: str, piece: Piece) -> bool:
        for label in form_labels.labelled(text, self.form):
            rest = label.rest if label.rest.strip(" 是为：:") else ""
            if not rest:
                if label.slots[0].kind == "yesno":
                    continue
                self._flush()
                self.pending = label
                return True
            if label.tie != "none" and form_acts.act_of(rest) in ("refuse", "unsure"):
                self._decline(label.slots)
                return True
            if self._value_for(label, rest, piece.start + label.at, piece.end):
                return True
        return False

    def _flush(self) -> None:
        """A label that was given no value before the next one came."""
        if self.pending is not None and self.pending.tie == "wrong":
            self._reopen(self.pending.slots)
        self.pending = None

    def _reopen(self, slots: tuple[Slot, ...]) -> None:
        held = [s for s in slots if s.name in self.asked.values and s.name not in self.values]
        if held or not any(s.name in self.values for s in slots):
            self.reopened[
                (held or [s for s in slots if s == self.asked.slot] or list(slots))[0].name
            ] = None

    def _value_for(self, label: Labelled, rest: str, start: int, end: int) -> bool:
        return any(self._slot_value(slot, label, rest, start, end) for slot in label.slots)

    def _slot_value(self, slot: Slot, label: Labelled, rest: str, start: int, end: int) -> bool:
        firm = label.tie != "none"
        if slot.kind == "company":
            name = _company(rest, firm)
            if name is None:
                return False
            self.values[slot.name] = name
            if len(name) < len(rest):
                self.take(Piece(start + len(name), end, rest[len(name) :].lstrip("的 ")))
            return True
        if slot.kind == "person":
            who = person.loose(_trimmed(rest)) if firm else person.read(_trimmed(rest))
            return self._person(slot, who) or self._intro_behind(rest, slot)
        if slot.kind == "choice":
            task = choice.pick(rest, self.form, asked=True)
            if task and (firm or len(rest) <= 12):
                self.values[slot.name] = task
            return bool(task) and (firm or len(rest) <= 12)
        if slot.kind == "yesno":
            return firm and self._yes_or_no(slot, rest)
        if slot.kind == "text":
            return self._text(slot, label, rest, start, end)
        return self._half_contact(slot, rest, firm)

    def _intro_behind(self, rest: str, slot: Slot) -> bool:
        intro = form_intro.read(rest)
        if intro is None or intro.person is None or intro.rest:
            return False
        return self._introduce(intro)

    def _person(self, slot: Slot, who: person.Person | None) -> bool:
        if who is None:
            return False
        self.values[slot.name] = who.name
        self.named_last = True
        office = texts.shaped(self.form, "position")
        if who.title and office and texts.position(who.title):
            self.values.setdefault(office.name, who.title)
        return True

    def _yes_or_no(self, slot: Slot, rest: str) -> bool:
        act = form_acts.act_of(rest)
        if act in ("agree", "want", "refuse", "wrong"):
            self.values[slot.name] = act in ("agree", "want")
            return True
        return False

    def _text(self, slot: Slot, label: Labelled, rest: str, start: int, end: int) -> bool:
        if slot == self.need:
            if label.tie == "none" and not re.search(r"[:：\s]$", self.text[:start]):
                return False
        elif label.tie == "none" and texts.short(rest) is None:
            return False
        if label.tie in ("change", "wrong"):
            self.replaces.add(slot.name)
        self.told.setdefault(slot.name, []).append((end - len(rest), end))
        self.target = slot
        return True

    def _half_contact(self, slot: Slot, rest: str, firm: bool) -> bool:
        if not firm or slot.kind != "email":
            return False
        problems = [f for f in email.find(rest, expected=True) if isinstance(f, Problem)]
        if problems:
            self.problems[slot.name] = problems[0].sentence
        return bool(problems)

    def _marked(self, text: str, piece: Piece) -> bool:
        """A yes-or-no slot that the clause speaks of: 最好国家局能给支持."""
        for slot in (s for s in self.form.slots if s.kind == "yesno"):
            wish = yesno.read(text, slot)
            if wish is None:
                continue
            self.values[slot.name] = wish
            if not yesno.is_all(text, slot) and wish:
                self._free(text, piece.start, piece.end)
            return True
        return False

    def _wanted(self, text: str, piece: Piece) -> bool:
        slot = texts.shaped(self.form, "wanted")
        wish = texts.wanted(text) if slot else None
        if slot is None or wish is None:
            return False
        self.told.setdefault(slot.name, []).append((piece.end - len(wish), piece.end))
        self.target = slot
        return True

    def _chosen(self, text: str, piece: Piece) -> bool:
        slot = next((s for s in self.form.slots if s.kind == "choice"), None)
        if slot is None or (self.asked.slot == self.need and not _points(text)):
            return False
        denied = _NOT_THIS.fullmatch(text)
        if denied and (self.choosing or self.asked.confirming):
            if choice.pick(denied["what"], self.form, asked=True):
                self.choosing = True
                self.acts.append(("wrong", piece))
                return True
        if form_intro.read(text) and not self.choosing:
            return False
        task = choice.pick(text, self.form, asked=self.choosing and not self._tells_need(text))
        if task is None:
            return False
        self.values[slot.name] = task
        return True

    def _tells_need(self, text: str) -> bool:
        """A task was asked for, but this is the need itself, which is not known yet."""
        if self.need is None or self.need.name in self.asked.values or self.told:
            return False
        return not choice.is_part_of_name(text, self.form)

    def _introduced(self, text: str, piece: Piece) -> bool:
        intro = form_intro.read(text)
        titled = self.named_last and intro is not None and intro.position is not None
        self.named_last = False
        if intro is None or (self._telling() and not intro.said and not titled):
            return False
        if self.asked.slot == self.need and not (intro.said and not intro.rest):
            return False
        if not self._fits(intro) and not titled:
            return False
        done = self._introduce(intro)
        if done and intro.rest:
            rest = intro.rest
            self._free(rest, piece.end - len(rest), piece.end)
        return done

    def _telling(self) -> bool:
        """The need is being told in this message, so that names in it belong to it."""
        return bool(self.loose or self.target) and not self.contacts

    def _fits(self, intro: form_intro.Intro) -> bool:
        """A bare name needs company: it was asked for, introduced, or stands beside a number."""
        if intro.company:
            return not (self.loose and intro.rest) or intro.said
        kind = self.asked.slot.kind if self.asked.slot else None
        near = self.contacts or self._numbers_ahead() or bool(self.values)
        if intro.person:
            alone = "person" in (s.kind for s in self.form.slots if s.name not in self.asked.values)
            return intro.said or kind in ("person", "company") or near or (alone and not self.loose)
        return intro.said or near or kind in ("person", "text")

    def _numbers_ahead(self) -> bool:
        return bool(phone.find(self.text) or email.find(self.text))

    def _introduce(self, intro: form_intro.Intro) -> bool:
        given = {
            self._first("company"): intro.company,
            self._first("person"): intro.person,
            texts.shaped(self.form, "department"): intro.department,
            texts.shaped(self.form, "position"): intro.position,
        }
        taken = {slot.name: value for slot, value in given.items() if slot and value}
        self.values |= taken
        self.named_last = intro.person is not None
        return bool(taken)

    def _first(self, kind: SlotKind) -> Slot | None:
        return next((s for s in self.form.slots if s.kind == kind), None)

    def _run_on(self, text: str, piece: Piece) -> bool:
        """A clause without punctuation in which a label begins: X公司联系人林二."""
        for at in form_labels.inner(text, self.form):
            behind = text[at:]
            for label in form_labels.labelled(behind, self.form):
                slot = label.slots[0]
                if slot.kind not in ("company", "person") and label.rest:
                    continue
                if not label.rest and not (slot.kind in _CONTACT and self.number_next):
                    continue
                if label.rest and not self._value_for(
                    label, label.rest, piece.start + at + label.at, piece.end
                ):
                    continue
                held, self.pending = self.pending, None
                self.take(Piece(piece.start, piece.start + at, text[:at].strip()))
                self.pending = held if label.rest else label
                return True
        return False

    def _asked_for(self, text: str, piece: Piece) -> bool:
        """The value of the slot that was asked for, in any shape that can still be one."""
        slot = self.asked.slot
        if slot is None or self._telling() or self.question or slot.name in self.values:
            return False
        bare = form_labels.strip_lead(text)
        if slot.kind == "company" and len(text) <= 30 and not read_need(self.text, self.form):
            name = company.loose(bare)
            if name:
                self.values[slot.name] = name
            return bool(name)
        if slot.kind == "person":
            return self._person(slot, person.loose(_trimmed(bare)))
        if slot.kind == "yesno" and len(text) <= 14:
            wish = yesno.answer(text)
            if wish is not None:
                self.values[slot.name] = wish
            return wish is not None
        return False

    def _free(self, text: str, start: int, end: int) -> None:
        if self.target is not None and self.target != self.need:
            also = _ALSO.match(text) is not None or read_need(text, self.form) is not None
            if not also:
                self.told[self.target.name].append((start, end))
                return
            self.target = None
        if self.target is not None:
            self.told[self.target.name].append((start, end))
        else:
            self.loose.append((start, end))

    # the end of the message

    def close(self) -> Heard:
        pending = self.pending
        if pending is not None:
            self._reopen(pending.slots)
        self._restore_acts()
        for name, spans in self.told.items():
            self.values[name] = joined(self.text, spans)
        self._settle_free()
        for name in self.values:
            self.declined.pop(name, None)
            self.reopened.pop(name, None)
            self.problems.pop(name, None)
        return Heard(
            values=self.values,
            problems=self.problems,
            declined=tuple(self.declined),
            reopened=tuple(n for n in self.reopened if n not in self.problems),
            replaces=frozenset(self.replaces),
            acts=tuple(dict.fromkeys(act for act, _ in self.acts)),
            number=choice.ordinal(self.text),
        )

    def _restore_acts(self) -> None:
        """不懂 or 没有 in the midst of a need is a part of it, and no act."""
        spans = [*self.loose, *(s for spans in self.told.values() for s in spans)]
        if len(spans) < 1:
            return
        last = max(end for _, end in spans)
        first = min(start for start, _ in spans)
        inside = [
            (a, p) for a, p in self.acts if a in _SOON_LOST and first < p.start and p.end < last
        ]
        if not inside or not self.loose:
            return
        self.acts = [pair for pair in self.acts if pair not in inside]
        self.loose = sorted([*self.loose, *((p.start, p.end) for _, p in inside)])

    def _settle_free(self) -> None:
        """Whose value the free words are: the text slot asked for, or the need's."""
        if not self.loose:
            return
        said = joined(self.text, self.loose)
        slot = self._free_slot(said)
        if slot is None:
            return
        said = _ALSO.sub("", said)
        before = self.values.get(slot.name)
        self.values[slot.name] = f"{before}；{said}" if before and slot.name in self.told else said

    def _free_slot(self, said: str) -> Slot | None:
        if is_idle(said):
            return None
        asked = self.asked.slot
        stated = read_need(self.text, self.form) or read_need(said, self.form)
        if asked is not None and asked.kind == "text" and (asked == self.need or not stated):
            return asked if len(said) >= 2 and not (self.question and not stated) else None
        if self.need is None or (self.question and not stated):
            return None
        if stated or (self.need.name in self.told):
            return self.need
        return self.need if self._good_enough(said) else None

    def _good_enough(self, said: str) -> bool:
        """Words of the field in an open form are about the need, even without a wish."""
        also = _ALSO.match(said) is not None
        if self.need is not None and self.need.name in self.asked.values:
            return also and len(said) >= 4
        if self.asked.slot is not None and self.asked.slot.kind in ("choice", "yesno"):
            return len(said) >= 4
        return len(said) >= 6 and (choice.has_cue(said, self.form) or also)


def _points(text: str) -> bool:
    return re.search(r"[那这][个类项种]|归|任务", text) is not None


def _trimmed(text: str) -> str:
    return re.sub(r"(?:吧|啊|哈|呀|就行|就好|就可以|的|了)+$", "", text.strip())


def _company(rest: str, firm: bool) -> str | None:
    """The name in `rest`: strictly by shape or, behind a colon or 是, in any shape."""
    trimmed = _trimmed(rest)
    start = company.at_start(trimmed)
    if start is not None:
        behind = trimmed[len(start) :]
        intro = form_intro.read("我是" + behind.lstrip("的")) if behind else None
        return (
            start
            if not behind or (intro and intro.person)
            else (trimmed if firm and company.loose(trimmed) else None)
        )
    return company.loose(trimmed) if firm else company.weak_name(trimmed)
