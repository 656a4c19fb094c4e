"""A message -> a `Query`: what it names, what it asks for, and what is left as its subject.

Nothing is scored here. The steps are a list: one wording, repair, names, aspects, values, filler.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from intents.blanking import GAP
from intents.entities import Namer
from intents.query import Query
from intents.sought import sought
from knowledge.late import late
from knowledge.lexicon import Aspect
from knowledge.model import Duty
from knowledge.normalise import digits, normalise
from knowledge.search import LITTLE
from knowledge.snapshot import KnowledgeBase

_BLANKS = late(r"(?<![A-Za-zａ-ｚＡ-Ｚ\s])\s+(?![A-Za-zａ-ｚＡ-Ｚ\s])")
_DUTY = late(
    "必做|选做|必须[做干搞办]|非[做干]不可|[躲跑推逃赖]不[掉了]的?活?|可做可不做|可选|自选|自己选|自愿做|不强制|"
    "(?:可以|能|也可以)不(?:用)?做|不做(?:也)?(?:行|可以|没事)|不(?:是)?必须做|不一定要做"
)
_MUST = late("必做|必须|非[做干]|[躲跑推逃赖]不")
_CONTINUES = late(
    r"^(?:那|那么|还有|另外|然后|再|它|这个|那个|这|上面|刚才)|呢[?。!]?$|^(?:谁|几号|什么时候|电话|附件)"
)
_MEASURE = late(
    r"(?<!会同)(?<!联合)(?<!会同哪)(?<!联合哪)(?:多少|几)[十百千万]*(?:个(?=[亿万]))?"
    r"(周年|个月|个?工作日|点钟|家(?!联合|一起|一块|共同)|[亿万字页人次元篇名岁届度场期批倍成位份件台辆座间款所寸斤趟轮遍]"
    r"|个?(?:等级|档次|档|星级|级)|个(?:村|乡|镇|县|窗口|展位|摊位))"
)
# What is not asked for, as it is known: 除了搞了几次还统计啥.
_BESIDES = late(
    "除了?[^,。?]{1,12}(?=,|还|另|之外|以外)|(?:我|俺|咱)[^,。?]{0,8}有好?几[个家件](?=[^,。?]{2})"
)
_SHARE = late("百分之几|百分之多少|几个百分点|百分比|多大比例|几成")
_DAY = "几号"
_EDGES = frozenset("的了是吗呢吧啊")
_CONTENT = late("[\u4e00-\u9fffa-z0-9.%]+")
# Told first, these decide; the rest are asked by words that many questions share.
_ORDER: tuple[Aspect, ...] = (
    "over", "deadline", "where", "columns", "contact", "document", "attachment", "period", "when",
    "who", "list", "target", "content",
)  # fmt: skip


@lru_cache(maxsize=8)
def namer_of(kb: KnowledgeBase) -> Namer:
    return Namer(kb)


@lru_cache(maxsize=4096)
def meant(text: str, kb: KnowledgeBase) -> str:
    """`text` with slips of typing put right; as it is where nothing looks wrong.

    Blanks in Chinese stay, for they part what is asked from what is told.
    """
    pieces = _BLANKS.split(text)
    typed = [digits(normalise(piece)) for piece in pieces]
    repaired = [kb.repaired(piece) for piece in typed]
    return text if repaired == typed else " ".join(filter(None, repaired))


@lru_cache(maxsize=4096)
def understand(text: str, kb: KnowledgeBase, this_year: int) -> Query:
    """`text` with its slips put right, as `meant` gives it, or a stretch of that.

    Pure: the same text, snapshot and year always give the same query, so it is remembered.
    """
    plain = digits(normalise(text))
    canonical, weekday = _of_the_week(kb.lexicon.plainly(kb.lexicon.canonical(plain)), kb)
    named = namer_of(kb).read(canonical, this_year)
    rest, duty = _duty(named.rest)  # first: 必做啥 asks for duties
    rest, asks = _aspects(rest, kb)
    values = tuple(
        (kind, match[0])
        for kind, cues in kb.lexicon.values.items()
        for match in cues.expression.finditer(canonical)
    )
    segments = _segments(rest, kb)
    return Query(
        text=canonical,
        segments=segments,
        asks=asks,
        scope=named.scope,
        values=values,
        outside=kb.lexicon.outside_in(canonical),
        departments=named.departments,
        duty=duty,
        measure=_measure(canonical, asks),
        continues=bool(_CONTINUES.search(plain)),
        rest=named.rest,
        weekday=weekday,
        dated=_speaks_of("date", canonical, kb),
        numbered=_speaks_of("number", canonical, kb),
        ways=tuple(w.looks for w in kb.lexicon.ways if w.expression.search(canonical)),
        sought=sought(canonical, segments, kb),
    )


def _speaks_of(what: Literal["date", "number"], text: str, kb: KnowledgeBase) -> bool:
    cues = kb.lexicon.of_document.get(what)
    return cues is not None and bool(cues.expression.search(text))


def _of_the_week(text: str, kb: KnowledgeBase) -> tuple[str, bool]:
    """Who asks for the day of the week asks for the day; and whether it is asked for."""
    cues = kb.lexicon.operators.get("weekday")
    if cues is None or not cues.expression.search(text):
        return text, False
    asked, *more = cues.expression.split(text)
    return f"{asked}{_DAY}{''.join(more)}", True


def _aspects(text: str, kb: KnowledgeBase) -> tuple[str, tuple[Aspect, ...]]:
    """The aspects asked for, most telling first, and the text without the words that ask."""
    found: list[Aspect] = []
    for aspect in _ORDER:
        cues = kb.lexicon.aspects.get(aspect)
        if cues is None:
            continue
        if cues.found_in(text):
            found.append(aspect)
        text = cues.expression.sub(GAP, text)
    return text, tuple(found)


def _measure(text: str, asks: tuple[Aspect, ...]) -> str | None:
    """What is counted: the word after 多少 or 几, or a share. Departments that are asked for are
    not counted by it: 哪几家管."""
    if _SHARE.search(text):
        return "%"
    match = _MEASURE.search(_BESIDES.sub("", text))
    counted = match[1] if match else None
    return None if asks[:1] == ("who",) and counted == "家" else counted


def _duty(text: str) -> tuple[str, Duty | None]:
    match = _DUTY.search(text)
    if match is None:
        return text, None
    return _DUTY.sub(GAP, text), _called(match[0])


def _called(words: str) -> Duty:
    return "必做" if _MUST.match(words) else "选做"


def without_duty(text: str) -> str:
    """The text without the words that ask for a duty or a choice."""
    return _duty(text)[0]


def duties_in(text: str) -> tuple[Duty, ...]:
    """All that it asks for of duty and choice, in the order in which they are said."""
    return tuple(dict.fromkeys(_called(match[0]) for match in _DUTY.finditer(text)))


def _segments(text: str, kb: KnowledgeBase) -> tuple[str, ...]:
    """What is left once filler and particles are gone; single characters say too little.

    The thesaurus's everyday words stay whole, also where filler is a part of them (没有销路).
    """
    kept: list[str] = []
    end = 0
    for word in kb.related.found_in(text):
        kept.append(kb.lexicon.fillers.sub(GAP, text[end : word.start]))
        kept.append(text[word.start : word.end])
        end = word.end
    kept.append(kb.lexicon.fillers.sub(GAP, text[end:]))
    plain = "".join(kept).replace(GAP, "\n")
    found = (_trim(m[0], kb) for m in _CONTENT.finditer(plain))
    return tuple(s for s in found if len(s) > 1 and _says(s, kb))


def _says(segment: str, kb: KnowledgeBase) -> bool:
    """Whether anything is left of it but light and little words."""
    rest = list(segment)
    for start, end in kb.light.spans(segment):
        rest[start:end] = [""] * (end - start)
    return not LITTLE.issuperset("".join(rest))


def _trim(segment: str, kb: KnowledgeBase) -> str:
    """Little words at the edges are cut off, unless they begin or end a name (地理标志) or an
    everyday word that the thesaurus knows."""
    related = list(kb.related.found_in(segment))
    first = min((word.start for word in related), default=len(segment))
    last = max((word.end for word in related), default=0)
    start, end = 0, len(segment)
    while start < min(first, end - 1) and (
        segment[start] in _EDGES
        or (segment[start] in LITTLE and not kb.repair.is_name(segment[start : start + 2]))
    ):
        start += 1
    while end > max(last, start + 1) and (
        segment[end - 1] in _EDGES
        or (segment[end - 1] in LITTLE and not kb.repair.is_name(segment[end - 2 : end]))
    ):
        end -= 1
    return segment[start:end]
