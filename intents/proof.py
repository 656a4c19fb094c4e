"""Before it is told: does the unit hold the very things that the question asks for?

A question about a fee, a person or a thing that no notice mentions shares all its other words with
some clause. What it asks for must therefore stand in the answer itself.
"""

from __future__ import annotations

import re

from intents.evidence.looks import HANDS_IN
from intents.query import Query
from knowledge.late import late
from knowledge.model import Attachment, Clause, Contact, Deadline, Notice, Task
from knowledge.search import pairs
from knowledge.units import Unit

# Where a document's own date and number stand.
SIGNED = ("发文信息", "落款")
_TIMES = (("when",), ("deadline",))
_COLUMN, _FILLED_IN = re.compile("[栏列]"), re.compile("[栏填]")
# A sheet that is only named says nothing of what is filled in.
_SHEET = late("表(?!述|达|示|彰|现|扬)")
# By when a task is to be done is not when a meeting was held or a treaty came into force.
_HAPPENS = late(
    "(?:召开|开|举行|生效|签署|签订)(?:的|了)?(?:$|[,。?])"
    "|(?:会|会议|仪式)(?:最后|到底|究竟)?(?:是|在)?(?:哪一?天|几号|几月)"
)
_TIME = late("月|年底|年内")
# Through what something goes need not be where it is handed in.
_CHANNEL = late("平台|网站|系统|渠道")
# 第二批 of something is not its 第四批.
_BATCH = late("第[一二三四五六七八九十]+批")
# How somebody is reached; a form that asks for 联系人 names nobody.
_REACHED = late(r"\d{7}|@")
# An office below a department, whose own number is asked for: 促进处的电话.
_OFFICE = late(r"[\u4e00-\u9fff]{2}[处科](?=的|,|。|\?|$|电话|座机|联系|号码|手机|邮箱)")
# What notices cite and is none of them.
_CITED = late(r"[\u4e00-\u9fff]{2,}(?:纲要|规划|条例|办法|细则|措施|指南)")
_FIGURE = late(
    r"[\d一二三四五六七八九十百两][余多]?([万亿]?)"
    r"(%|周年|个月|个?工作日|[家字页人次元篇名岁届度场期批倍成位份件台辆座间款所]?)"
)


def lacks_detail(unit: Unit, query: Query) -> bool:
    """A fact of the right kind may still have a gap where the question points."""
    fact = unit.fact
    if batches := _BATCH.findall(query.text):
        told = "\n".join(text for text, _ in unit.texts)
        if not all(batch in told for batch in batches):
            return True
    if query.asks[:1] == ("where",) and isinstance(fact, Clause):
        gathered = _CHANNEL.search(query.text)
        return not gathered and not any(HANDS_IN.search(text) for text, _ in unit.texts)
    reach = query.asks[:1] == ("contact",)
    if (query.ways and query.asks in ((), ("content",))) or reach:
        told = "\n".join(text for text, _ in unit.texts)
        if any(not re.search(looks, told) for looks in query.ways):
            return True
        if reach and not isinstance(fact, Contact):
            return not _REACHED.search(told)
    if isinstance(fact, Contact):
        asked = query.text
        return (
            any(office not in (fact.org or "") for office in _OFFICE.findall(asked))
            or ("邮箱" in asked and not fact.emails)
            or (("电话" in asked or "号码" in asked) and not fact.phones)
            or ("联系人" in asked and not fact.names)
        )
    if isinstance(fact, Task) and query.asks[:1] in _TIMES and _HAPPENS.search(query.text):
        return True
    if isinstance(fact, Task) and query.scope.pointed and query.asks[:1] in _TIMES:
        return fact.completion is None and not any(_TIME.search(text) for text, _ in unit.texts)
    if query.asks[:1] == ("columns",) and (_COLUMN.search(query.text) or _SHEET.search(query.text)):
        printed = isinstance(fact, Attachment) and bool(fact.columns)
        return not printed and not any(_FILLED_IN.search(text) for text, _ in unit.texts)
    if query.asks[:1] == ("deadline",) and HANDS_IN.search(query.text):
        if isinstance(fact, Task):
            return not _is_due_there(unit, query)
        if isinstance(fact, Deadline) and query.segments and not HANDS_IN.search(fact.what):
            return not _speaks_of(fact.what, query)
    issued = query.asks[:1] in (("document",), ("when",)) and unit.label in SIGNED
    if issued and _of_another_document(query, unit.notice):
        return True
    if "document" in query.asks:
        dated, numbered, notice = query.dated, query.numbered, unit.notice
        if query.asks[0] == "document" and (dated or numbered) and unit.label not in SIGNED:
            return True
        if (dated or numbered) and _of_another_place(query, notice):
            return True
        return bool((dated and not notice.issued) or (numbered and not notice.doc_number))
    return False


def _is_due_there(unit: Unit, query: Query) -> bool:
    """Whether what is to be handed in is due by a date of the very task."""
    there = [d.what for d in unit.notice.deadlines if d.clause == unit.label]
    return any(_speaks_of(what, query) for what in there)


def _speaks_of(what: str, query: Query) -> bool:
    """Whether anything of the question's subject stands in it, word for word."""
    return any(pair in what for segment in query.segments for pair in pairs(segment))


def _of_another_document(query: Query, notice: Notice) -> bool:
    """Whether a law or plan is asked about that the notice at most cites: 强国建设纲要是哪年的."""
    called = "".join((notice.title, notice.short, *notice.aliases))
    return any(_CITED.fullmatch(segment) and segment not in called for segment in query.segments)


def _of_another_place(query: Query, notice: Notice) -> bool:
    """When a city's own document was issued, its province's does not tell."""
    regions = query.scope.regions
    return bool(regions) and not query.scope.notices and notice.region not in regions


def figures_with(text: str) -> set[str]:
    """The measure words that follow a figure in the text."""
    return {unit for found in _FIGURE.findall(text) for unit in found}
