"""What differs between two knowledge bases, in words: 五（一）截止时间 5月20日 → 5月25日."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from knowledge.fields import FAMILIES, NAMES, Family, shown
from knowledge.lexicon import Lexicon
from knowledge.model import DemandForm, Notice
from knowledge.question import Golden
from knowledge.snapshot import KnowledgeBase
from knowledge.strict import Strict

LONG = 30
"""Characters from which of a text only the part that differs is shown."""
AROUND = 8
MOST = 60
LEXICON, REGIONS, QUESTIONS = "说法词表", "地区表", "通用样题"
BUREAUS, RESOURCES, CANNED = "局名表", "服务资源", "常用答复"


@dataclass(frozen=True, slots=True)
class Change:
    """`home` is the notice's short name, or that of a file; `words` what has become of what."""

    home: str
    words: str

    def __str__(self) -> str:
        return f"{self.home} {self.words}"


def changes(old: KnowledgeBase, new: KnowledgeBase) -> list[Change]:
    """From `old` to `new`, in the order of the new notices; those that are gone come last."""
    before = {notice.id: notice for notice in old.notices}
    told: list[Change] = []
    for notice in new.notices:
        former = before.pop(notice.id, None)
        told += _changed(former, notice) if former else [Change(notice.short, _new(notice))]
    told += [Change(gone.short, "删去这份通知") for gone in before.values()]
    told += _told(QUESTIONS, _listed("golden", _questions(old), _questions(new), None))
    told += _told(LEXICON, _lexicon(old.lexicon, new.lexicon))
    told += _told(BUREAUS, _listed("bureaus", old.bureaus.entries, new.bureaus.entries, None))
    told += _told(RESOURCES, _listed("resources", old.resources, new.resources, None))
    told += _told(CANNED, _listed("canned", old.canned, new.canned, None))
    if old.regions != new.regions:
        told.append(Change(REGIONS, "有改动"))
    return told


def _questions(kb: KnowledgeBase) -> list[Golden]:
    """Those of no notice."""
    return [golden for asked in kb.golden.values() for golden in asked]


def _told(home: str, lines: Iterator[str]) -> list[Change]:
    return [Change(home, line) for line in lines]


def _new(notice: Notice) -> str:
    counts = (f"{FAMILIES[name].name}{len(items)}" for name, items in _lists(notice) if items)
    return f"新增这份通知（{'、'.join(counts)}）"


def _changed(old: Notice, new: Notice) -> list[Change]:
    if old == new:
        return []
    year = new.year or (new.issued.year if new.issued else None)
    lines = list(_fields(old, new, {*FAMILIES, "form"}, ""))
    held = dict(_lists(old))
    for name, items in _lists(new):
        lines += _listed(name, held[name], items, year)
    lines += _form(old.form, new.form)
    return [Change(new.short, line) for line in lines]


def _lists(notice: Notice) -> Iterator[tuple[str, Sequence[Strict]]]:
    for name in FAMILIES:
        if name in Notice.model_fields:
            yield name, getattr(notice, name)


def _form(old: DemandForm | None, new: DemandForm | None) -> Iterator[str]:
    if old is None or new is None:
        if old is not new:
            yield f"新增表单（{new.title}）" if new else "删去表单"
        return
    yield from _fields(old, new, set(FAMILIES), "表单")
    for name in ("slots", "key_tasks"):
        yield from _listed(name, getattr(old, name), getattr(new, name), None)


def _listed(
    name: str, old: Sequence[Strict], new: Sequence[Strict], year: int | None
) -> Iterator[str]:
    """One line for each entry that is new or gone, and for each field of one that changed."""
    family = FAMILIES[name]
    pairs = _paired(old, new, family)
    former = {id_: item for item, id_ in pairs if id_ is not None}
    for place, item in enumerate(new):
        if place in former:
            yield from _entry(former[place], item, family, year)
        else:
            yield f"{_place(item, family)}新增{family.name} {_whole(item, family, year)}"
    for item, id_ in pairs:
        if id_ is None:
            yield f"{_place(item, family)}删去{family.name} {_whole(item, family, year)}"


def _paired(
    old: Sequence[Strict], new: Sequence[Strict], family: Family
) -> list[tuple[Strict, int | None]]:
    """Each old entry with the place of the new one that it has become, if any."""
    free = dict(enumerate(new))
    became: dict[int, int] = {}
    for key in (_same, *(_by(fields) for fields in family.keys)):
        for place, item in enumerate(old):
            if place in became:
                continue
            fits = (spot for spot, other in free.items() if key(other) == key(item))
            spot = next(fits, None)
            if spot is not None:
                became[place] = spot
                del free[spot]
    return [(item, became.get(place)) for place, item in enumerate(old)]


def _same(item: Strict) -> object:
    return item


def _by(fields: tuple[str, ...]) -> Callable[[Strict], object]:
    return lambda item: tuple(getattr(item, field) for field in fields)


def _entry(old: Strict, new: Strict, family: Family, year: int | None) -> Iterator[str]:
    """What the entry is about stands behind, as several may hang on one clause."""
    about = getattr(new, family.about)
    tail = f"（{_cut(shown(about))}）" if about else ""
    besides = set(family.valued)
    if family.value is not None:
        before, after = family.value(old, year), family.value(new, year)
        if before != after:
            besides.add("words")  # the same change once more
            yield f"{_place(new, family)}{family.name} {before} → {after}{tail}"
    head = _place(new, family) + (family.name if family.place != "label" else "")
    for line in _fields(old, new, besides, head):
        yield f"{line}{tail}"


def _fields(old: Strict, new: Strict, besides: set[str], head: str) -> Iterator[str]:
    for name in type(new).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if name not in besides and before != after:
            yield f"{head}{NAMES.get(name, name)} {_difference(before, after)}"


def _difference(old: Any, new: Any) -> str:
    if isinstance(old, tuple) and isinstance(new, tuple) and old and new:
        gone = "、".join(shown(item) for item in old if item not in new)
        come = "、".join(shown(item) for item in new if item not in old)
        parts = [f"增加 {_cut(come)}" if come else "", f"去掉 {_cut(gone)}" if gone else ""]
        return "；".join(filter(None, parts)) or "换了次序"
    before, after = shown(old), shown(new)
    if min(len(before), len(after)) > LONG:
        before, after = _apart(before, after)
    return f"{_cut(before)} → {_cut(after)}"


def _apart(old: str, new: str) -> tuple[str, str]:
    """Of two long texts what differs, with some characters around it."""
    head = _alike(old, new)
    tail = min(_alike(old[::-1], new[::-1]), min(len(old), len(new)) - head)
    start = max(head - AROUND, 0)
    return _around(old, start, tail), _around(new, start, tail)


def _alike(one: str, other: str) -> int:
    """Characters that both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _around(text: str, start: int, tail: int) -> str:
    end = min(len(text) - tail + AROUND, len(text))
    return f"{'…' * (start > 0)}{text[start:end]}{'…' * (end < len(text))}"


def _whole(item: Strict, family: Family, year: int | None) -> str:
    about = shown(getattr(item, family.about))
    if family.value is None:
        return _cut(about)
    return f"{family.value(item, year)}（{_cut(about)}）"


def _place(item: Strict, family: Family) -> str:
    """Its clause, such that what follows can be told from it."""
    label = str(getattr(item, family.place) or "") if family.place else ""
    return f"{label} " if label and not label.endswith("）") else label


def _cut(text: object) -> str:
    said = " ".join(str(text).split())
    return said if len(said) <= MOST else f"{said[:MOST]}…"


def _lexicon(old: Lexicon, new: Lexicon) -> Iterator[str]:
    """In short: which entries of which list."""
    for name in Lexicon.model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if isinstance(before, Mapping):
            words = [w for w in {**before, **after} if before.get(w) != after.get(w)]
            if words:
                yield f"{NAMES.get(name, name)} {_cut('、'.join(map(str, words)))} 有改动"
        elif before != after:
            yield f"{NAMES.get(name, name)} {_difference(before, after)}"
