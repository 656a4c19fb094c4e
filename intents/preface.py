"""What a message tells beside what it asks: who asks and why, how they feel, what day it is.

A clause that tells only that must not narrow the question: 我是开鞋厂的, 领导天天催, 写稿用.
Clauses end at marks and at blanks (of which a normalised text has none), and before the words that
lead to a question (想问下). The words are in the lexicon: `prefaces`, `asides`, `leads`, `today`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from intents.query import Scope
from intents.understand import duties_in, namer_of, understand
from knowledge.late import late
from knowledge.normalise import digits, normalise
from knowledge.search import pairs
from knowledge.snapshot import KnowledgeBase

_MARKS = late(r"([,，、。;；:：!！?？~～…\s]+)")
_BLANK = late(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff\d])")
_ASKS = late(
    r"[?？]|[吗么]$|([\u4e00-\u9fff])[没不]\1|(?:什么|啥|哪|谁)(?!都|也)|几|多少|多久|怎|咋|如何|何时|能不能|是不是|有没有"
    r"|(?<![都也还从并有就])没$"
)
# The date itself; what it is the date of is said by the words before and after it.
_DATE = (
    r"(?:已经|都|就|才)?(?:是|(?<=[经都])到)?(?:(20\d\d)年?[./-]?)?(1[0-2]|0?[1-9])[月./-]([12]\d|3[01]|0?[1-9])"
    r"(?![\d天个])[日号]?(?![前之以到至])(?:[,(（]?(?:星期|礼拜|周)[一二三四五六日天])?[)）]?了?"
)
_EITHER = late("(?:到底|究竟)?是[^哪几什啥谁多]{1,12}还是[^哪几什啥谁多]{1,12}")
_FROM = late("(?:这边|那边|这里|本地)?(?:的|人|来的)")
_RELATIVE = 1  # a year up to it is one like 去年, read for the year 0
_LEAST = 2  # characters that a question has at least
_SHORT = 5  # a clause of fewer characters may be what the question is about
_MOSTLY = 0.5
_NAMES = late("[、；，]")
_ENOUGH = 4  # characters of a subject that stands by itself


@dataclass(frozen=True, slots=True)
class Heard:
    """`ways` to take the question, likeliest first; the last is without its asides. Before it comes
    the one with them, where they speak of what the notices speak of and nothing says of which.

    `day` is today as the asker says, (year or 0, month, day).
    """

    ways: tuple[str, ...]
    day: tuple[int, int, int] | None = None

    def today(self, now: date) -> date:
        """The day to reckon from; the year is this one where none is said."""
        if self.day is None:
            return now
        year, month, day = self.day
        try:
            return date(year or now.year, month, day)
        except ValueError:  # no such day
            return now


@lru_cache(maxsize=4096)
def heard(text: str, kb: KnowledgeBase) -> Heard:
    """`text` as typed, taken apart into what is asked and what is told beside it."""
    text, day = _dated(digits(text), kb)
    told = _BLANK.sub(",", _led(text, kb))
    clauses, ends = _clauses(told, kb)
    kept = [_kept(clause, kb) for clause in clauses]
    kept = [
        "" if _offers(clause) and _asked_before(kept, n) else clause
        for n, clause in enumerate(kept)
    ]
    kept = [
        "" if is_settled(clause, kb) and _named_besides(kept, n, kb) else clause
        for n, clause in enumerate(kept)
    ]
    if len("".join(filter(None, kept))) < _LEAST:
        return Heard((told,), day=day)
    if kept == clauses:
        return Heard((told,), day=day)
    question = _joined(clauses, ends, kept)
    if duties_in(kb.lexicon.plainly(normalise(question))):
        question = _as_whom(clauses, question, kb)
    cut = (clause for clause, now in zip(clauses, kept, strict=True) if clause != now)
    stands = any(_says_of_which(clause, kb) for clause in kept)
    if not stands and any(_told_share(normalise(clause), kb) for clause in cut):
        return Heard((told, question), day)
    return Heard((question,), day)


@lru_cache(maxsize=4096)
def storyless(question: str, kb: KnowledgeBase) -> str | None:
    """The question without the clauses that only tell what has happened, or why it is asked
    (疫情嘛, 我跟同事争半天); None where it has none, or where nothing is asked beside them."""
    clauses, ends = _clauses(question, kb)
    kept = ["" if _is_story(clause, kb) else clause for clause in clauses]
    if kept == clauses or not any(map(_asks, kept)) or len("".join(kept)) < _SHORT:
        return None
    return _joined(clauses, ends, kept)


@lru_cache(maxsize=4096)
def core_of(question: str, kb: KnowledgeBase) -> str | None:
    """The question without the clauses that neither ask nor speak of what the notices speak of,
    for asides are not always known; None where that is all of it, or what is left says neither of
    which notices it speaks nor only what they speak of."""
    clauses, ends = _clauses(question, kb)
    if len(clauses) < 2:
        return None
    kept = [clause if _belongs(clause, kb) else "" for clause in clauses]
    if kept == clauses or not any(map(_asks, kept)):
        return None
    core = _joined(clauses, ends, kept)
    cut = [clause for clause, now in zip(clauses, kept, strict=True) if clause != now]
    bound = any(_says_of_which(c, kb) for c in kept) or _is_of_the_notices(core, cut, kb)
    return core if bound else None


def _is_of_the_notices(core: str, cut: list[str], kb: KnowledgeBase) -> bool:
    """Whether the question is of the notices' own words and enough of them, and what is cut off
    names nothing that could be asked for."""
    segments = understand(core, kb, 0).segments
    own = sum(map(len, segments)) >= _ENOUGH and not kb.index.unknown(segments)
    told = (understand(clause, kb, 0) for clause in cut)
    return own and not any(one.values or one.outside or one.asks for one in told)


def _is_story(clause: str, kb: KnowledgeBase) -> bool:
    """Whether the clause only tells what has happened, or why it is asked."""
    plain = normalise(clause)
    said = scope_in(plain, kb)
    told_of = tuple(year for year in said.years if year > _RELATIVE)  # 去年 is no notice's year
    if _ASKS.search(plain) or not replace(said, home=None, regions=(), years=told_of).empty:
        return False
    if understand(clause, kb, 0).values:
        return False  # 后来公布没有
    return bool(kb.lexicon.stories.expression.fullmatch(plain))


def _as_whom(clauses: list[str], question: str, kb: KnowledgeBase) -> str:
    """我们是强市建设城市: whose duties are asked for, where the tables call them so."""
    scopes = (scope for notice in kb.notices for task in notice.tasks for scope in task.scopes)
    names = {name for scope in scopes for name in _NAMES.split(scope.who)}
    told = normalise(",".join(clauses))
    known = [name for name in names if len(name) >= _SHORT and name in told]
    whom = max(known, key=len, default="")
    return question if not whom or whom in normalise(question) else f"{whom}{question}"


def is_settled(clause: str, kb: KnowledgeBase) -> bool:
    """Whether the clause says what the asker knows already: 指标我都有了, 不是说严打吗."""
    return bool(kb.lexicon.settled.expression.search(normalise(clause).rstrip("?。 ")))


def _named_besides(clauses: list[str], at: int, kb: KnowledgeBase) -> bool:
    """Whether a clause names a year or notice, and so does another that is asked."""
    mine = _says_of_which(clauses[at], kb)
    others = (c for n, c in enumerate(clauses) if n != at and not is_settled(c, kb))
    return mine and any(_says_of_which(clause, kb) for clause in others)


def _offers(clause: str) -> bool:
    """Whether it only offers answers to what was asked: 是厂里填还是园区填."""
    return bool(_EITHER.fullmatch(normalise(clause)))


def _asked_before(clauses: list[str], at: int) -> bool:
    return at > 0 and _asks(clauses[at - 1])


def _joined(clauses: list[str], ends: list[str], kept: list[str]) -> str:
    """What is kept of the clauses, each with what ended it."""
    parts = (
        f"{now}{end or ','}" if now == clause else f"{now},"
        for clause, end, now in zip(clauses, ends, kept, strict=True)
        if now
    )
    return "".join(parts).strip(", ")


def _asks(clause: str) -> bool:
    return bool(_ASKS.search(normalise(clause)))


def _belongs(clause: str, kb: KnowledgeBase) -> bool:
    """Whether the clause asks, names something, or speaks mostly of what the notices speak of."""
    plain = normalise(clause)
    return (
        len(plain) < _SHORT
        or _asks(clause)
        or bool(understand(clause, kb, 0).values)
        or _names(plain, kb)
        or bool(list(kb.regions.spans(plain)))
        or _told_share(plain, kb) >= _MOSTLY
    )


def _told_share(clause: str, kb: KnowledgeBase) -> float:
    """The share of it that is in words that stand in some places of the notices, not in most."""
    held = [False] * len(clause)
    for at, pair in enumerate(pairs(clause)):
        if kb.index.knows(pair) and kb.index.is_telling(pair):
            held[at] = held[at + 1] = True
    return sum(held) / len(clause) if clause else 0.0


def _dated(text: str, kb: KnowledgeBase) -> tuple[str, tuple[int, int, int] | None]:
    """The text without what day it is, and that day."""
    words = kb.lexicon.today.expression.pattern
    match = re.search(f"(?:{words})(?:{_DATE})", text)
    if match is None:
        return text, None
    year, month, day = match.groups()[-3:]
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    if len(normalise(rest)) < _LEAST:
        return text, None
    return rest.strip(" ,，"), (int(year or 0), int(month), int(day))


def _led(text: str, kb: KnowledgeBase) -> str:
    """The text without who told or sent the asker (领导让我查一下); who says what follows (科长说)
    is no more than that it is said."""
    hearsay = kb.lexicon.hearsay
    if hearsay.words:
        text = hearsay.expression.sub(hearsay.words[0], text)
    return kb.lexicon.prefaces.expression.sub("", text) or text


def _clauses(text: str, kb: KnowledgeBase) -> tuple[list[str], list[str]]:
    """The clauses, and what ends each of them ("" before a lead and at the end of the text)."""
    parts = _MARKS.split(text)
    clauses: list[str] = []
    ends: list[str] = []
    for clause, end in zip(parts[::2], [*parts[1::2], ""], strict=True):
        lead = kb.lexicon.leads.expression.search(clause)
        if lead and lead.start() and lead.end() < len(clause):
            clauses += [clause[: lead.start()], clause[lead.start() :]]
            ends += ["", end]
        elif clause:
            clauses.append(clause)
            ends.append(end)
    return clauses, ends


def _kept(clause: str, kb: KnowledgeBase) -> str:
    """What of the clause belongs to the question: all, nothing, or where the asker is from."""
    plain = normalise(clause)
    places = list(kb.regions.spans(plain))
    start, end, _ = places[0] if places else (0, 0, "")
    only_from = bool(places) and _FROM.fullmatch(f"{plain[:start]}{plain[end:]}")
    if _ASKS.search(plain) or not (only_from or _is_aside(plain, kb)):
        return clause
    if _names(plain, kb):
        return clause
    return f"我在{plain[start:end]}" if places else ""


def only_tells(clause: str, kb: KnowledgeBase) -> bool:
    """Whether the clause is no part of what is asked."""
    return not _kept(clause, kb)


@lru_cache(maxsize=4096)
def scope_in(clause: str, kb: KnowledgeBase) -> Scope:
    """What a clause names, a year of two figures left aside."""
    return namer_of(kb).read(kb.lexicon.canonical(clause), 0).scope


def _names(clause: str, kb: KnowledgeBase) -> bool:
    """Whether it names a notice, a campaign, a clause or a time."""
    return not replace(scope_in(clause, kb), home=None, regions=()).empty


def _says_of_which(clause: str, kb: KnowledgeBase) -> bool:
    """Whether it says of which notices it speaks."""
    named = scope_in(normalise(clause), kb)
    told = (named.notices, named.campaign, named.years, named.regions, named.pointed)
    return any(told)


def _is_aside(clause: str, kb: KnowledgeBase) -> bool:
    """Whether the clause only tells who asks, why and how they feel."""
    asides = kb.lexicon.asides
    rest = asides.words_only.sub("", clause)
    if asides.patterns_only.fullmatch(rest):
        return True
    rest = re.sub("^[的了呢啊呀吧嘛哈哦嗯]+|[呢啊呀吧嘛哈哦]+$", "", rest)
    return len(rest) < _LEAST or bool(asides.patterns_only.fullmatch(rest))
