"""When something takes place: windows, steps of a schedule, days of meetings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.importer.askings import Asking, askings_of
from knowledge.importer.facts import Anchor, Head, PeriodFact
from knowledge.importer.labels import Label, label_before
from knowledge.importer.page import Outline
from knowledge.importer.passage import Span
from knowledge.importer.sentences import Sentence, sentences_of
from knowledge.units import HEAD

LOOK_NO_DATE = "原文没有给出日期"
LOOK_ORDER = "起止顺序存疑"
LOOK_YEAR = "原文没有年份"

_BARE = re.compile(r"^(?:起止|具体|总体)?(?:时间|日期|时段|时间安排|日程|周期|时间节点|时限)$")
_DURING = re.compile(r"^[^，。；：:\d]*[：:]\s*(.{2,30}(?:期间|前后|周|月|年))[。]?$")
_TAKES_PLACE = re.compile(
    r"[^，。；]{0,40}?(召开|举办|举行|开展|组织开展|组织召开|进行|公示|实施|组织)([^，。；]{0,30})"
)
_NO_PERIOD = re.compile(r"有效期|项目(?:实施|执行|建设)?期限?|会计年度|纳税")


def periods_of(outline: Outline, anchor: Anchor, head: Head) -> list[PeriodFact]:
    """In reading order, each once; what a sentence tells again without a label is left out."""
    labelled: list[PeriodFact] = []
    told: list[PeriodFact] = []
    for sentence in sentences_of(outline):
        askings = list(askings_of(sentence, anchor))
        for asking in askings:
            (told if asking.label is None else labelled).extend(_of_asking(asking))
        labelled += [] if askings else _without_date(sentence)
    days = {(fact.start, fact.end) for fact in labelled}
    every = [*labelled, *(fact for fact in told if (fact.start, fact.end) not in days)]
    return _once(sorted(every, key=lambda fact: fact.span))


def _of_asking(asking: Asking) -> Iterator[PeriodFact]:
    mention = asking.mention
    if _NO_PERIOD.search(asking.piece) or mention.every is not None or _arrives(asking):
        return
    label = asking.label
    if mention.term is not None:
        if label and re.search(r"公示|公告期", label.text + asking.sentence.text):
            yield _made(asking, label, None, mention.term)
    elif mention.kind == "window":
        yield from _window(asking, label)
    elif (
        label is not None
        and label.kind == "event"
        and not _of_agenda(asking)
        and not _of_site(asking, label)
    ):
        yield from _step(asking, label)
    elif label is None and _held(asking):
        day = asking.resolved.first
        yield _made(asking, None, day, day)


def _arrives(asking: Asking) -> bool:
    """4日14:00起报到 is no time of the training itself."""
    after = asking.sentence.text[asking.mention.end :]
    return bool(re.match(r"[^，,。；;]{0,6}(?:报到|签到|入住|返程|离会|离店)", after))


def _of_agenda(asking: Asking) -> bool:
    """A row of a day's programme."""
    return bool(asking.sentence.column) and asking.mention.kind == "day"


def _of_site(asking: Asking, label: Label) -> bool:
    """时间：2024-05-08 above the text is when the site put it there."""
    return asking.sentence.label == HEAD and _BARE.match(label.text) is not None


def _window(asking: Asking, label: Label | None) -> Iterator[PeriodFact]:
    resolved = asking.resolved
    now = asking.mention.first.part == "即日"
    start, end = (None if now else resolved.first), resolved.due
    told = label is not None or asking.roles is not None or _during(asking) is not None
    if told and (start or end):
        yield _made(asking, label, start, end)


def _step(asking: Asking, label: Label) -> Iterator[PeriodFact]:
    """时间：8月底 ends with the month, 时间：11月初 begins with it; a day is both."""
    mention, resolved = asking.mention, asking.resolved
    if resolved.due is None:
        return
    if mention.relation == "before" or resolved.precision in ("month-end", "year-end"):
        start = resolved.first if resolved.last else None
        yield _made(asking, label, start, resolved.due)
    elif mention.relation == "from" or resolved.precision == "month-start":
        yield _made(asking, label, resolved.first, resolved.last)
    elif mention.relation != "after":
        yield _made(asking, label, resolved.first, resolved.due)


def _held(asking: Asking) -> bool:
    """定于6月18日召开座谈会."""
    mention = asking.mention
    words = asking.sentence.text[: mention.start]
    if mention.kind != "day" or mention.relation not in ("on", "none"):
        return False
    return bool(re.search(r"(?:定|拟|将|决定|计划)于\s*$", words)) and _during(asking) is not None


def _during(asking: Asking) -> re.Match[str] | None:
    stretch = asking.stretch
    return _TAKES_PLACE.match(asking.sentence.text, stretch.date[1], stretch.end)


def _made(asking: Asking, label: Label | None, start: str | None, end: str | None) -> PeriodFact:
    mention, resolved, sentence = asking.mention, asking.resolved, asking.sentence
    span = sentence.passage.span
    spans: dict[str, Span] = {"start": span(mention.start, mention.end)} if start else {}
    if end:
        spans["end"] = span(mention.start, mention.end)
    if label and label.at:
        spans["what"] = span(*label.at)
    look = tuple(_looks(start, end, asking))
    return PeriodFact(
        clause=sentence.label,
        span=span(),
        spans=spans,
        sure=round(min(resolved.sure, 0.75 if look else 1.0), 2),
        look=look,
        what=_what(asking, label),
        start=start,
        end=end,
        precision=resolved.precision,
        inferred=resolved.inferred,
        words=mention.words,
        quote=sentence.text,
    )


def _what(asking: Asking, label: Label | None) -> str:
    if label is not None:
        bare = _BARE.match(label.text)
        return (asking.sentence.heading if bare else label.text).strip(" 　：:。") or label.text
    if asking.roles is not None and asking.roles.what_at[0] >= asking.mention.end:
        return asking.roles.what
    held = _during(asking)
    if held:
        return (held[1] + held[2])[:40]
    return asking.roles.what if asking.roles else "时间安排"


def _looks(start: str | None, end: str | None, asking: Asking) -> Iterator[str]:
    if asking.resolved.sure < 0.6:
        yield LOOK_ORDER
    if (start or end or "").startswith("--"):
        yield LOOK_YEAR


def _without_date(sentence: Sentence) -> list[PeriodFact]:
    """时间：…宣传周期间: a schedule's step whose days the notice leaves to others."""
    found = _DURING.match(sentence.text)
    if found is None or not re.match(r"[^：:]*时间[：:]", sentence.text):
        return []
    words = found[1]
    if not words.endswith("期间"):
        return []
    label = label_before(sentence, found.start(1))
    span = sentence.passage.span
    heading = sentence.heading if label is None or _BARE.match(label.text) else label.text
    return [
        PeriodFact(
            clause=sentence.label,
            span=span(),
            spans={"start": span(*found.span(1))},
            sure=0.7,
            look=(LOOK_NO_DATE,),
            what=heading.strip(" 　：:。") or "时间安排",
            precision="event",
            words=words,
            quote=sentence.text,
        )
    ]


def _once(facts: list[PeriodFact]) -> list[PeriodFact]:
    """The same days told twice for the same thing stay once, the labelled or first one."""
    kept: list[PeriodFact] = []
    for fact in facts:
        if not any(_same(fact, other) for other in kept):
            kept.append(fact)
    return kept


def _same(one: PeriodFact, other: PeriodFact) -> bool:
    """Steps with headings of their own may share their days."""
    same_days = (one.start, one.end) == (other.start, other.end)
    return same_days and (one.what == other.what or one.clause == other.clause)
