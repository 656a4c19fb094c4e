"""A query -> answer, question back, or refusal. The order of attempts is the list in `answer`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Literal

from intents.addressed import addressed
from intents.choosing import Choice, Told, chosen
from intents.claims import open_day, open_figure, open_other, open_sheet
from intents.conversation import MenuItem
from intents.evidence.looks import HANDS_IN
from intents.lists.comparing import compared
from intents.lists.listing import listed
from intents.lists.sections import task_section
from intents.proof import SIGNED
from intents.query import Query
from intents.ranking import Ranked, ranked
from intents.refusal import refused
from intents.result import Answer
from intents.select import in_order, is_there, meets
from intents.telling import FULL, HALF, cited, pages, tell
from intents.turn import Citation
from intents.verbatim import asked_by_heading, asked_verbatim
from intents.where import where
from intents.wording import answers as say
from knowledge.late import late
from knowledge.model import Notice
from knowledge.regions import NATION
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit

Way = Literal["believed", "comparison", "list", "word for word", "asked back", "evidence"]
"""What is believed and wants to be confirmed | two notices side by side |
what typed facts hold, listed or reckoned | an entry that is asked for
in its own words | which of several is meant | the place for which most speaks."""

# What one is to do in a campaign are its tasks: 万里行要我们县做啥; 万里行是干啥的 asks what it is.
_TO_DO = late(
    "(?:[要让叫得该]|需要|应该|必须|负责|我们?|俺们?|咱们?)[^,。?是]{0,6}(?:[做干办搞]|落实)(?:些|点|哪)?"
    "(?:什么|啥|些|样)|内容"
)
_LABEL = late(r"附件\d")
_COPIED = "抄送"
_CLEAR, _LOUD = 2.0, 4.0
ROOM = 388  # 400 with what says how to read on
_MOST_OFFERED = 6
_MOST_OTHERS = 3
_DATES = ("deadline", "period", "when", "over", "document")


@lru_cache(maxsize=4096)
def answer(query: Query, kb: KnowledgeBase, today: date) -> Answer:
    """Pure, so it is remembered: the same query, snapshot and day give the same answer."""
    told = found(query, kb, today)
    return told or refused(query.of(query.scope.asked_on(today)), kb, today, found)


@lru_cache(maxsize=4096)
def found(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """The same, but None where the notices do not say: a refusal takes longer than to see that."""
    query = query.of(query.scope.asked_on(today))
    return (
        _attempted(query, kb, today)
        or _for_home(query, kb, today)
        or _of_the_province(query, kb, today)
    )


def is_answered(query: Query, kb: KnowledgeBase, today: date) -> bool:
    answered = found(query, kb, today)
    return answered is not None and answered.kind == "answer"


def _verbatim(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    unit = asked_verbatim(query, kb) or asked_by_heading(query, kb) or addressed(query, kb)
    if unit is None:
        return None
    return _compose(Choice((Told(unit, "content"),), ()), query, kb, today)


def _attempted(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    return next((told for _, told in _attempts(query, kb, today) if told), None)


def _attempts(query: Query, kb: KnowledgeBase, today: date) -> Iterator[tuple[Way, Answer | None]]:
    """The ways to answer, each tried only once the ones before it have nothing to tell."""
    yield "believed", _believed(query, kb, today)
    yield "comparison", compared(query, kb, today, answer)
    yield "list", listed(query, kb, today)
    yield "word for word", _verbatim(query, kb, today)
    other = open_other(query, kb, today.year)
    yield "asked back", None if other else _asked_back(query, kb)
    yield "evidence", _told(query, kb, today)
    yield "believed", _opened(other, query, kb, today)


def way_of(query: Query, kb: KnowledgeBase, today: date) -> Way | None:
    """How the query is answered; None where it is refused, or answered for a wider place."""
    query = query.of(query.scope.asked_on(today))
    return next((way for way, told in _attempts(query, kb, today) if told), None)


def _for_home(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """What the asker's own province does not tell, the nation's notices may."""
    scope = query.scope
    if scope.home is None or scope.regions != (scope.home,) or scope.notices or scope.years:
        return None
    return _attempted(replace(query, scope=replace(scope, regions=())), kb, today)


def _of_the_province(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """省里的方案几号交, where no province's notice is there: its part in the nation's notices.
    Also where one place of those speaks louder than all others: 省里的骨干机构 are bodies."""
    scope = query.scope
    if scope.level != "local" or scope.regions or scope.notices:
        return None
    anyone = replace(query, scope=replace(scope, level=None))
    if query.segments and _is_clear(ranked(anyone, kb), _LOUD):
        return _attempted(anyone, kb, today)
    if not HANDS_IN.search(query.text):
        return None
    if any(is_there(n, scope, kb) for n in kb.notices if n.region != NATION):
        return None
    return _attempted(anyone, kb, today)


def _told(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """What the evidence speaks for, if it says enough."""
    query = _with_default_subject(query, kb)
    bare = not query.asks or (query.asks == ("content",) and query.scope.empty)
    if bare and not query.segments and not query.scope.pointed:
        return None
    choice = chosen(query, kb)
    return _compose(choice, query, kb, today) if choice else None


def _compose(choice: Choice, query: Query, kb: KnowledgeBase, today: date) -> Answer:
    blocks: list[tuple[str, str]] = []
    citations: list[Citation] = []
    room = FULL if len(choice.told) == 1 else HALF
    for notice in _as_told(choice, query, kb):
        mine = [told for told in choice.told if told.unit.notice is notice]
        parts = dict.fromkeys(tell(t.unit, t.ask, query, kb, today, room) for t in mine)
        labels = [label for told in mine for label in _labels(told.unit, query)]
        blocks.append(("\n".join(parts), cited(notice, labels, query.scope, kb)))
        citations += [Citation(notice.id, notice.doc_number, x) for x in dict.fromkeys(labels)]
    menu = tuple(map(_other, choice.others[:_MOST_OTHERS]))
    return Answer("answer", pages(blocks, ROOM), tuple(citations), menu, ask=choice.told[0].ask)


def _labels(unit: Unit, query: Query) -> list[str]:
    """Where it stands; the date of issue, and to whom copies went, also in the sign-off."""
    signed = query.dated or "when" in query.asks or _COPIED in query.text
    if unit.kind != "head" or not signed:
        return [unit.label]
    return [unit.label, *(c.label for c in unit.notice.clauses if c.label in SIGNED[1:])]


def _as_told(choice: Choice, query: Query, kb: KnowledgeBase) -> list[Notice]:
    """The notices of what is told, what goes before others first."""
    return in_order({told.unit.notice for told in choice.told}, query.scope, kb)


def _other(unit: Unit) -> MenuItem:
    label = f"{unit.notice.short}{unit.label}"
    return MenuItem(label, f"{unit.notice.short}{unit.label}{unit.name}")


def _believed(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """需求清单是5月20号前报吧: the day is told, and that it is not the one that was believed."""
    sheet = _opened(open_sheet(query, kb, today.year), query, kb, today)
    if sheet is not None:
        return _set_right(sheet, _LABEL.findall(query.text))
    if figure := _figure(query, kb, today):
        return figure
    told = _opened(open_day(query, kb, today.year), query, kb, today)
    if told is None or told.ask not in _DATES:
        return None
    believed = [say.day_of_year(*day) for day in query.scope.days] or _months(query)
    believed = believed if len(believed) == 1 else []
    said = (*believed, *query.departments)
    return _set_right(told, said) if len({c.notice for c in told.citations}) == 1 else told


def _figure(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """目标是200家吧: set right where it is told how many there are, and that is another figure."""
    found = open_figure(query, kb, today.year)
    told = _opened(found[0], query, kb, today) if found else None
    if found is None or told is None or len({c.notice for c in told.citations}) != 1:
        return None
    if not re.search(rf"\d{re.escape(found[2])}", told.pages[0]):
        return None
    return _set_right(told, [found[1]], say.not_this_figure())


def _set_right(told: Answer, said: Sequence[str], head: str = "") -> Answer:
    """With what of `said` it is not, where the answer does not tell of it."""
    wrong = [x for x in said if not re.search(rf"(?<![\d.]){re.escape(x)}(?!\d)", told.pages[0])]
    if not wrong:
        return told
    head = head or say.not_on(wrong)
    return replace(told, pages=(f"{head}{told.pages[0]}", *told.pages[1:]))


def _months(query: Query) -> list[str]:
    return [f"{month}月" for month in query.scope.months]


def _opened(asked: Query | None, query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """The open question answered, for the same asker; nothing is asked back for it."""
    if asked is None:
        return None
    scope = asked.scope.asked_by(query.scope.home).asked_on(today)
    told = _attempted(asked.of(scope), kb, today)
    return told if told is not None and told.kind == "answer" else None


def _offered(query: Query, kb: KnowledgeBase) -> Answer | None:
    """The notices of a year or place; or what can be asked of the newest that is meant."""
    if query.scope.empty or query.values or query.outside:
        return None
    campaign = query.scope.campaign
    meant = [
        notice
        for notice in kb.notices_at(where(query.scope))
        if campaign in (None, notice.campaign)
        and any(meets(unit, query.scope, kb) for unit in kb.units_of(notice))
    ]
    if not meant:
        return None
    if len(meant) > 1 and not campaign:
        menu = [MenuItem(notice.short, notice.short) for notice in meant[:_MOST_OFFERED]]
        return Answer("clarify", (say.which_notice(),), menu=tuple(menu))
    notice = in_order(meant, query.scope, kb)[0]
    menu = [
        MenuItem(label, f"{notice.short}{label}")
        for label in say.topics_of(notice, _tasks_of(notice, kb))
    ]
    return Answer("clarify", (say.which_topic(notice),), menu=tuple(menu))


def _tasks_of(notice: Notice, kb: KnowledgeBase) -> bool:
    """Whether the notice has key tasks, in a table or as clauses."""
    return bool(notice.tasks) or task_section(notice, kb) is not None


def _with_default_subject(query: Query, kb: KnowledgeBase) -> Query:
    """When a whole campaign starts or ends is a question about its 活动时间; what it is, one
    about its theme, unless others asked of one place of it in much the same words."""
    if query.segments or query.scope.pointed or not query.asks:
        return query
    ask = query.asks[0]
    whole = kb.lexicon.whole_campaign
    subject = None
    if ask in ("period", "when", "over") and not HANDS_IN.search(query.text):
        subject = whole.get("period")
    elif ask == "content" and not query.scope.notices:
        named = query.scope.campaign or (query.scope.empty and _of_the_activity(query, kb))
        if named and _TO_DO.search(query.text):
            subject = kb.lexicon.task_sections[0]
        elif named and not _asked_of_a_place(query, kb):
            subject = whole.get("content")
    return replace(query, segments=(subject,)) if subject else query


def _asked_of_a_place(query: Query, kb: KnowledgeBase) -> bool:
    """21年万里行网上咋搞: one place of the campaign that is named speaks louder than its theme."""
    found = ranked(query, kb)
    known = query.scope.campaign is not None and _is_clear(found)
    return known and found.best is not None and found.best.unit.kind != "head"


def _is_clear(found: Ranked, by: float = _CLEAR) -> bool:
    """Whether one place speaks louder than all others, and than silence, `by` so much."""
    if found.best is None or found.best.score - found.silent < by:
        return False
    others = [c.score for c in found.candidates if c.unit.label != found.best.unit.label]
    return not others or found.best.score - max(others) >= by


def _of_the_activity(query: Query, kb: KnowledgeBase) -> bool:
    """Whether what is asked about is called no more than the activity: 你们那个活动几号开始."""
    activity = kb.lexicon.nouns.get("activities")
    campaigns = any(notice.campaign for notice in kb.notices)
    return campaigns and activity is not None and bool(activity.expression.search(query.text))


def _asked_back(query: Query, kb: KnowledgeBase) -> Answer | None:
    """A time is asked for and nothing else, or a campaign is named and nothing asked: of what?"""
    if not query.asks and not query.segments and not query.scope.pointed:
        return _offered(query, kb)
    if query.segments or not query.scope.empty or not query.asks or query.values or query.outside:
        return None
    if query.asks[0] == "document" and (query.numbered or query.dated):
        known = _known(query, kb)[:_MOST_OFFERED]
        named = (MenuItem(n.short, say.ask_document(n, query.numbered)) for n in known)
        return Answer("clarify", (say.which_notice(),), menu=tuple(named))
    if query.asks[0] not in ("deadline", "when", "over", "where", "period"):
        return None
    if not HANDS_IN.search(query.text) and _of_the_activity(query, kb):
        return None
    handed_in = query.asks[0] == "where" or HANDS_IN.search(query.text)
    options = (
        MenuItem(say.deadline_option(n, d), say.ask_deadline(n, d, query.asks[0]))
        for n in _known(query, kb)
        for d in n.deadlines
        if not handed_in or HANDS_IN.search(d.what)
    )
    menu = islice(options, _MOST_OFFERED)
    return Answer("clarify", (say.which_deadline(query.asks[0]),), menu=tuple(menu))


def _known(query: Query, kb: KnowledgeBase) -> list[Notice]:
    """The notices that are there for the asker, newest first."""
    return [n for n in in_order(kb.notices, query.scope, kb) if is_there(n, query.scope, kb)]
