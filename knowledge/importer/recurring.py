"""What bureaus report without a date: 及时上报活动进展情况, 定期报送问题需求情况."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.importer.askings import spoken_of, subject_in
from knowledge.importer.dates import find_dates
from knowledge.importer.facts import DeadlineFact, Head
from knowledge.importer.parties import is_issuer
from knowledge.importer.roles import tidy
from knowledge.importer.sentences import Sentence
from knowledge.importer.ways import receiver_of, via_of

LOOK_NO_DATE = "原文没有给出日期"
_SURE = 0.6
_HABIT = re.compile(
    r"(及时|定期|随时|不定期)(?:通过[^，。；]{1,20}?|向[^，。；]{1,20}?"
    r"|将[^，。；]{1,30}?)?(报送|上报|报告|反馈)(?!的|机制|制度"
    r"|有关问题的)([^，。；]{0,60})(?![^。；]{0,4}\d+日)"
)


def recurring_of(sentence: Sentence, head: Head) -> Iterator[DeadlineFact]:
    """Duties to report that have no date; none where they have one."""
    text = sentence.text
    found = _HABIT.search(text)
    if found is None or any(m.relation != "none" for m in find_dates(found[0])):
        return
    who = subject_in(text, found.start())
    named = text[who[0] : who[1]] if who else spoken_of(sentence)
    if named is not None and is_issuer(named, head.issuer):
        return
    to = receiver_of(text, found.start(3), found.end(3))
    thing = tidy(text[found.start(3) : to.at[0] if to else found.end(3)]) or _taken(found[0])
    if not thing:
        return
    via = via_of(found[0], found.start())
    span = sentence.passage.span
    spans = {"due": span(*found.span(1)), "what": span(*found.span(0))}
    if who:
        spans["who"] = span(*who)
    yield DeadlineFact(
        clause=sentence.label,
        span=span(),
        spans=spans,
        sure=_SURE,
        look=(LOOK_NO_DATE,),
        what=(found[2] + thing)[:40],
        who=named,
        to=to.value if to else None,
        via=via.value if via else None,
        precision="event",
        words=found[1],
        quote=text,
    )


def _taken(words: str) -> str:
    found = re.search(r"将([^，。；]{1,30}?)(?:报送|上报|报告|反馈)", words)
    return tidy(found[1]) if found else ""
