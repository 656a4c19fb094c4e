"""A choice among key tasks: picked by number or name, or suggested from everyday words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from intents.kinds import telling, theme
from knowledge import kinds
from knowledge.late import late
from knowledge.model import DemandForm, KeyTask
from knowledge.slips.sounds import reading

_POINTING = late(
    r"^(?:[嗯哦对好是啊,，]*)(?:我(?:们|觉得|想|要)?|其实|要不|不如|最好|觉得|应该|还是|就(?!业)|那就?(?!业)|"
    r"这个|那|选择?|改[成为]|换[成为]|改选|归[到入]?|归类[到为]?|"
    r"属于|算|是|想做|想|做|按|走|第)*|(?:那个|这个|那一?[类项种块]|这一?[类项种块]|任务|行动|方面|"
    r"类别?|方向|"
    r"吧|的|了|啊|呀|就行|就好|相关|有关|好了|比较合适|合适|更准|更合适|那边|里|去|来|，|。|！)+$"
)
_ORDINAL = late(
    r"(?:就?选?择?第?\s*)(?P<n>\d{1,2}|[一二三四五六七八九十])\s*(?:个|项|条|类|号|种)?(?:吧|的|"
    r"那个|选项)?"
)
_POINTED = late(
    r"[那这]一?[个类项种块]|^(?:[^，,]{0,4})(?:归|选|改成|换成|改选)|(?:行动|任务|类)(?:吧|的|了)*$"
)
_DIGITS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}
_DENIED = late(r"(?:不是|不做|不想|不要|不搞|并非|而不是|除了)[^，,。；; ]{0,2}$")
_DENIAL = late(r"(?:不是|不做|不想|不要|不搞|并非|而不是)[^，,。；; ]{1,10}[，,。；; ](?=.{4})")
_COMMON = frozenset(
    "的了个人有没不好想要找给用到在上下出来去会能多少怎么值自主大小中看写打帮让别和与需家几够才就里公办事被团化变"
)
_LIKELY, _LEVEL = 0.6, 0.5  # how likely a learnt task is at least, and how little the next one
_SURE = 4  # what cues that were read out of a clause must weigh together
_NEAR = 8  # characters between the halves of a cue
_STORY, _PARTS = 40, late("[，,。；;\n]")  # characters of what is more than a wish
_WISH = late(r"想|希望|需要|要|求|找|帮|能不能|请|打算|盼|怎么")


class ReadTask(KeyTask):
    """A key task whose cues were read out of its clause: they suggest, but do not yet show that
    a message is about anything that the form is for, and their sound or parts say nothing."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A key task read out of free words. `cue` is the word that speaks for it; None where no one
    word does."""

    task: str
    cue: str | None
    confident: bool


def ordinal(text: str) -> int | None:
    """The number of an option: 2, 第二个, 选3; None for anything else."""
    match = _ORDINAL.fullmatch(text.strip(" 。.，,"))
    if match is None:
        return None
    return int(match["n"]) if match["n"].isdigit() else _DIGITS[match["n"]]


def pick(text: str, form: DemandForm, *, asked: bool) -> str | None:
    """The key task that `text` points to by its name or, if a task was asked for, by a cue."""
    if len(text) > 40 or len(core := bare(text)) < 2:
        return None
    named = by_name(core, form)
    if named is not None and (asked or _POINTED.search(text) or _plain(core) == _plain(named)):
        return named
    if not asked or len(text) > 14:
        return None
    found = _hits(core, form)
    tasks = {task for task, _, _ in found}
    rest = core
    for _, cue, _ in found:
        rest = rest.replace(cue, "", 1)
    return tasks.pop() if len(tasks) == 1 and len(rest) <= 2 else None


def bare(text: str) -> str:
    """`text` without the words that only point: 嗯，转移转化那个吧 -> 转移转化."""
    before = ""
    text = text.strip()
    while before != text:
        before, text = text, _POINTING.sub("", text).strip(" ，,。！!“”\"'")
    return text


def by_name(core: str, form: DemandForm) -> str | None:
    """The one task whose name `core` is, or is a telling part of."""
    plain = _plain(core)
    for task in form.key_tasks:
        if plain == _plain(task.name):
            return task.name
    scored = sorted(((_shared(plain, t, form), t.name) for t in form.key_tasks), reverse=True)
    best, name = scored[0] if scored else (0, "")
    second = scored[1][0] if len(scored) > 1 else 0
    return name if best >= 2 and best > second and best * 2 >= len(plain) else None


def is_part_of_name(text: str, form: DemandForm) -> bool:
    """`text` is nothing but (a part of) a task's name."""
    core = _plain(bare(text))
    return len(core) >= 2 and any(core in _plain(task.name) for task in form.key_tasks)


@lru_cache(maxsize=256)
def _plain(name: str) -> str:
    return re.sub(r"[“”\"'「」《》\s]", "", name)


def _shared(core: str, task: KeyTask, form: DemandForm) -> int:
    """Length of the longest part of `core` that stands in this task's name and in no other."""
    name = _plain(task.name)
    others = [_plain(t.name) for t in form.key_tasks if t.name != task.name]
    for size in range(len(core), 1, -1):
        for start in range(len(core) - size + 1):
            part = core[start : start + size]
            if part in name and not any(part in other for other in others):
                return size
    return 0


def affirmed(text: str) -> str:
    """`text` without what it denies: 我们不是质押，是想转让 -> 是想转让."""
    return _DENIAL.sub("", text) or text


def cued(text: str, form: DemandForm, themes: Mapping[str, str]) -> frozenset[str]:
    """The themes of the key tasks that the form's cues in `text` point to."""
    tasks = {task for task, _, _ in _hits(text.lower(), form)}
    found = (theme_of(task, themes) for task in tasks)
    return frozenset(theme for theme in found if theme)


def theme_of(task: str, themes: Mapping[str, str]) -> str | None:
    """The theme that a key task is of, by its name; None where it is of none that is known."""
    return next((theme for theme, name in themes.items() if re.search(name, task)), None)


def suggest(text: str, form: DemandForm) -> Suggestion | None:
    """The key task that a need points to, with the word as the reason.

    Of a long story, what is wished for at its end tells more than how it came to it.
    """
    wishes = [part for part in _PARTS.split(text) if _WISH.search(part)]
    if len(text) > _STORY and wishes:
        wished = _suggested(wishes[-1], form)
        if wished is not None and wished.confident and wished.cue:
            return wished
    return _suggested(text, form)


@lru_cache(maxsize=1024)
def _suggested(text: str, form: DemandForm) -> Suggestion | None:
    """The key task that `text` as a whole points to.

    Where what was learnt knows the form's tasks, it decides; the cues of a task that it has never
    met go before it.
    """
    text = affirmed(text)
    by_cues, learnt = _by_cues(text, form), _learnt(text, form)
    if learnt is None or by_cues is None:
        return learnt or by_cues
    if by_cues.task == learnt.task:
        return replace(learnt, cue=by_cues.cue)
    unmet = by_cues.task not in _themes(form).values()
    weak = learnt.confident and not by_cues.confident and not is_catch_all(learnt.task)
    return by_cues if unmet and not weak else learnt


@lru_cache(maxsize=32)
def _themes(form: DemandForm) -> dict[str, str]:
    """The form's key tasks by the theme that each is of; a theme of two tasks tells neither."""
    known = kinds.shipped().themes
    named = [(theme_of(task.name, known), task.name) for task in form.key_tasks]
    themes = [theme for theme, _ in named]
    return {theme: task for theme, task in named if theme and themes.count(theme) == 1}


def _learnt(text: str, form: DemandForm) -> Suggestion | None:
    """The key task that was learnt to go with such needs; None where the form has none of it."""
    themes = _themes(form)
    cues = cued(text, form, kinds.shipped().themes)
    likely = theme(text, cues)
    task = themes.get(likely.name)
    if task is None:
        return None
    confident = likely.share >= _LIKELY and likely.next < _LEVEL * likely.share and len(cues) < 2
    sign = next((cue for name, cue, _ in _hits(text.lower(), form) if name == task), None)
    return Suggestion(task, sign or telling(text, likely.name), confident)


def _by_cues(text: str, form: DemandForm) -> Suggestion | None:
    hits = _hits(text.lower(), form) or _halves(text.lower(), form) or _sounds(text, form)
    certain = bool(hits)
    hits = hits or _traces(text, form)
    named = [hit for hit in hits if not is_catch_all(hit[0])]
    hits = named or hits
    if not hits:
        return None
    wish = _WISH.search(text)
    turn = wish.start() if wish else len(text)
    weights: dict[str, int] = {}
    for task, cue, at in hits:
        weight = (2 if at >= turn else 1) * (2 if len(cue) > 3 else 1)
        weights[task] = weights.get(task, 0) + weight * (2 if _abbreviates(cue, task) else 1)
    ranked = sorted(weights, key=lambda t: (-weights[t], next(a for k, _, a in hits if k == t)))
    best = ranked[0]
    second = weights[ranked[1]] if len(ranked) > 1 else 0
    cues = [(at < turn, at, cue) for task, cue, at in hits if task == best]
    certain = certain and (min(cues)[2] in _given(form) or weights[best] >= _SURE)
    return Suggestion(best, min(cues)[2], certain and weights[best] > 2 * second)


def _abbreviates(cue: str, name: str) -> bool:
    """The cue is made of the task's own name: 地标 of 地理标志, 质押."""
    rest = iter(name)
    return all(char in rest for char in cue)


def is_catch_all(task: str) -> bool:
    """The task for all that fits no other: its cues count only where no other task's do."""
    return task.startswith(("其他", "其它"))


def has_cue(text: str, form: DemandForm) -> bool:
    given = _given(form)
    return any(cue in given or _is_telling(cue, task) for task, cue, _ in _hits(text.lower(), form))


def _is_telling(cue: str, name: str) -> bool:
    """Whether a cue that was read out of a clause says as much as one that somebody chose."""
    return len(cue) > 2 or cue in name


@lru_cache(maxsize=32)
def _given(form: DemandForm) -> dict[str, str]:
    """Cues that somebody wrote, and the task that each points to."""
    read = {task.name for task in form.key_tasks if isinstance(task, ReadTask)}
    return {cue: task for cue, task in _cues(form)[1].items() if task not in read}


@lru_cache(maxsize=32)
def _cues(form: DemandForm) -> tuple[re.Pattern[str], dict[str, str]]:
    """One expression for all cues, longest first, and the task that each points to."""
    owner: dict[str, str] = {}
    for task in form.key_tasks:
        for cue in task.cues:
            owner.setdefault(cue.lower(), task.name)
    ordered = sorted(owner, key=lambda c: (-len(c), c))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)"), owner


def _hits(text: str, form: DemandForm) -> list[tuple[str, str, int]]:
    """(task, cue, place) of every cue in `text` that is not denied."""
    expression, owner = _cues(form)
    return [
        (owner[m[0]], m[0], m.start())
        for m in expression.finditer(text)
        if not _DENIED.search(text[: m.start()])
    ]


def _halves(text: str, form: DemandForm) -> list[tuple[str, str, int]]:
    """Cues of four characters whose halves stand near each other: 闲置的发明专利 for 闲置专利."""
    owner = _given(form)
    found = []
    for cue, task in owner.items():
        first, second = (text.find(cue[:2]), text.find(cue[2:])) if len(cue) == 4 else (-1, -1)
        if min(first, second) >= 0 and abs(first - second) <= _NEAR:
            found.append((task, cue, min(first, second)))
    return found


def _spoken(text: str) -> str:
    """The syllables of `text`."""
    return " ".join(map(reading, text))


@lru_cache(maxsize=32)
def _cue_sounds(form: DemandForm) -> tuple[tuple[str, str, str], ...]:
    owner = _given(form)
    return tuple(
        (_spoken(cue), cue, task) for cue, task in owner.items() if len(cue) > 1 and "招" not in cue
    )


def _sounds(text: str, form: DemandForm) -> list[tuple[str, str, int]]:
    """Cues that `text` holds by their sound only: 质压 for 质押. Tried when nothing else fits."""
    spoken = f" {_spoken(text[:200])} "
    return [
        (task, cue, spoken.index(f" {sound} "))
        for sound, cue, task in _cue_sounds(form)
        if f" {sound} " in spoken
    ]


@lru_cache(maxsize=32)
def _telling(form: DemandForm) -> dict[str, tuple[str, str]]:
    """Characters that stand in the cues of one task only: 抄 -> (抄袭, its task)."""
    seen: dict[str, tuple[str, str]] = {}
    shared: set[str] = set()
    for cue, task in _given(form).items():
        for char in cue:
            if seen.setdefault(char, (cue, task))[1] != task:
                shared.add(char)
    return {c: found for c, found in seen.items() if c not in shared and c not in _COMMON}


def _traces(text: str, form: DemandForm) -> list[tuple[str, str, int]]:
    """Single telling characters, where no cue fits at all: never a confident suggestion."""
    telling = _telling(form)
    return [(telling[char][1], char, at) for at, char in enumerate(text) if char in telling]
