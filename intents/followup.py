"""A message that leaves out what the talk was about takes the rest from the conversation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from intents.conversation import Topic
from intents.counting_on import counted_on
from intents.lists.ordinal import enumerated
from intents.pointing import NTH, pointed_at, sheet_of
from intents.query import Query, Scope
from intents.ranking import ranked
from intents.result import Answer
from intents.select import answers
from knowledge.late import late
from knowledge.lexicon import Aspect
from knowledge.search import LITTLE
from knowledge.snapshot import KnowledgeBase

# Asked after something else, these are about that same thing; others bring their own subject.
_OF_THE_SAME: tuple[Aspect, ...] = (
    "deadline", "period", "when", "over", "who", "where", "target", "columns", "list",
    "content",
)  # fmt: skip
# What was asked of one thing can be asked of another by naming only that: 需求清单呢.
_GOES_ON: tuple[Aspect, ...] = ("deadline", "period", "when", "over", "who", "where", "target")
_DATES = frozenset(("deadline", "period", "when", "over"))
_AT_ONE_PLACE: tuple[tuple[Aspect, ...], ...] = (("over",), ("target",), ("columns",))
_TELLS_MORE: tuple[Aspect, ...] = ("list", "content", "target", "columns", "who")
# Said of something that the talk is about; a word that asks by itself; what says nothing alone.
_THAT = late("(?:那|这)(?:一?[块条个项点]|部分|方面|件事|事儿?)")
_ASKS = late("[谁哪几啥]|什么|多少|多久|怎|咋|何时|如何")
_EMPTY = frozenset(("要求", "规定", "安排", "内容", "情况"))
_ALL = late("一共|总共|总计|共有|拢共|统共|合计")
_EDGE = late("^[项个条块]|(?:[要须需得]|必须)?[做干办]$")
_WHICH, _ALL_OVER = "的那这回次个份", "全国"
_ALSO = "也是"
_SHORT = 12
# A place of the notice in talk may be so much less loud than one of another.
_NEARLY = 1.5
_THIN = 4
_MOST_LABELS = 40


@dataclass(frozen=True, slots=True)
class Readings:
    """The ways to read a message after what was said before it, likeliest first.

    A later way counts only where no earlier one is answered; where none is, `plain` is meant.
    """

    ways: tuple[Query, ...]
    plain: Query


def readings(
    query: Query, topic: Topic | None, kb: KnowledgeBase, before: Query | None = None
) -> Readings:
    """How `query` can be meant; `before` is the question that stands before it in the message."""
    if topic is None:
        return Readings((query,), query)
    query = _as_before(counted_on(query, before, topic, kb), topic)
    said, query = query, _plain(query, kb)
    counts = query.asks[:1] == ("list",) and (
        said.segments != query.segments or bool(_ALL.search(query.text))
    )
    if counts and before is not None:  # 有几项任务 is no question about the clause told first
        return Readings((replace(said, scope=_scope(said.scope, topic, kb)), said), said)
    if one := _one_of_told(query, topic, kb):
        return Readings((one,), one)
    if place := pointed_at(query, topic, kb):
        at = _at(query, topic, place)
        return Readings((at, replace(at, asks=("content",))), at)
    if _is_bare_value(query):
        scope = _scope(query.scope, topic, kb)
        if topic.label and len(scope.notices) == 1:
            scope = replace(scope, labels=(topic.label,))
        asked = replace(query, segments=(*_subject(topic), *query.segments), scope=scope)
        return Readings((asked,), asked)
    if before is not None and (within := _within(query, before)):
        return Readings((within, query, *_of_the_first(within, before)), within)
    if _leaves_out(query):
        found, plain = _completed(query, topic, kb)
        own = (query,) if query.segments and query.asks else ()
        return Readings((*found, *own, *_as_named(query, plain, before)), plain)
    beside = _of_the_first(query, before) if before is not None else ()
    return Readings((*_nearer(query, topic, kb), query, *beside), query)


def _as_before(query: Query, topic: Topic) -> Query:
    """需求清单也是那天: the same kind of time as was asked for before."""
    same = query.asks == ("when",) and _ALSO in query.text
    return replace(query, asks=_asks(topic)) if same and topic.aspect in _DATES else query


def _is_bare_value(query: Query) -> bool:
    """Only a kind of value is asked for (邮箱地址是多少): that of what was spoken of."""
    words = [word for _, word in query.values] + list(query.outside)
    return (
        bool(words)
        and query.scope.empty
        and all(any(segment in word for word in words) for segment in query.segments)
    )


def _nearer(query: Query, topic: Topic, kb: KnowledgeBase) -> Iterator[Query]:
    """A message that could stand alone, as part of the talk all the same."""
    if asked := _asked_of_another(query, topic, kb):
        yield asked
    if detail := _detail(query, topic, kb):
        yield detail
    if query.asks and _may_be_within(query, topic):
        within = replace(query, scope=_scope(query.scope, topic, kb))
        if {query.asks[0], topic.aspect} <= _DATES or _speaks_up(within, query, kb):
            yield within
    that = topic.notices and query.scope.empty and _THAT.search(query.text)
    if that and len(query.subject) <= _SHORT and not (query.values or query.outside):
        yield replace(query, scope=_scope(query.scope, topic, kb))


def _may_be_within(query: Query, topic: Topic) -> bool:
    """Whether the message, short and naming nothing, may go on within the notice of the talk."""
    said = query.scope.empty and len(query.subject) <= _SHORT and not query.values
    return bool(topic.notices) and said and not query.outside


def _speaks_up(within: Query, query: Query, kb: KnowledgeBase) -> bool:
    """Whether a place of the notice that was told speaks for the message nearly as loud as any."""
    there, best = ranked(within, kb).best, ranked(query, kb).best
    return there is not None and best is not None and there.score >= best.score - _NEARLY


def _one_of_told(query: Query, topic: Topic, kb: KnowledgeBase) -> Query | None:
    """第三条展开讲讲, after a clause that enumerates: the third of what it lists."""
    match = NTH.search(query.text)
    if match is None or topic.label is None or len(topic.notices) != 1 or query.values:
        return None
    if not query.scope.of_all_labels().empty or len(query.subject) > _THIN:
        return None
    clauses = kb.notice(topic.notices[0]).clauses
    told = next((clause for clause in clauses if clause.label == topic.label), None)
    if told is None or not enumerated(told):
        return None
    text = f"{told.heading}第{match[1]}条"
    scope = Scope(notices=topic.notices)
    asks: tuple[Aspect, ...] = ("content",)
    return replace(query, text=text, rest=text, segments=(told.heading,), asks=asks, scope=scope)


def _completed(query: Query, topic: Topic, kb: KnowledgeBase) -> tuple[tuple[Query, ...], Query]:
    """The ways to complete what is left out, and the plain one among them."""
    scope, said = query.scope, query.segments
    asks = query.asks or _asks(topic)
    if asks == ("when",) and not said and topic.aspect in ("deadline", "period"):
        asks = _asks(topic)  # 福建又是几号: the same kind of time
    segments = said or (_subject(topic) if _same_subject(query) and not scope.pointed else ())
    if scope.regions and not said:  # 报国家局的方案几号交, 福建呢: theirs goes to another
        segments = tuple(s for s in segments if not _is_issuer(s, kb))
    plain = replace(query, segments=segments, asks=asks, scope=_scope(scope, topic, kb))
    ways = [plain]
    if topic.label and not said and scope.empty:
        place = sheet_of(topic, kb) if asks[:1] == ("columns",) else topic.label
        there = replace(scope, notices=topic.notices, labels=(place,))
        if asks[:1] in _AT_ONE_PLACE or _is_held(asks[:1], topic, kb):
            asked = plain if place == topic.label else replace(plain, segments=())
            ways.insert(0, replace(asked, scope=there))
        elif asks[:1] and asks[0] in _GOES_ON:
            ways.append(replace(plain, segments=(), scope=there))
    if detail := _detail(query, topic, kb):
        ways.insert(0, detail)
    if len(segments) > 1 and not said and asks[:1] == ("where",):
        ways += [replace(plain, segments=(one,)) for one in segments]  # 合作社能填不 填了交到哪
    return tuple(ways), plain


def _is_held(asks: tuple[Aspect, ...], topic: Topic, kb: KnowledgeBase) -> bool:
    """Whether the place that was told tells the day, or who is to do it."""
    units = [u for u in kb.units_of(kb.notice(topic.notices[0])) if u.label == topic.label]
    if asks == ("deadline",):
        return any(unit.kind == "deadline" for unit in units)
    places = (unit for unit in units if unit.kind in ("clause", "task"))
    return asks == ("who",) and any(answers(unit, "who") for unit in places)


def topic_of(query: Query, answer: Answer | None, kb: KnowledgeBase) -> Topic:
    """What is remembered of a question and its answer; of a refusal, only the question."""
    cited = answer.citations if answer and answer.kind == "answer" else ()
    notices = tuple(dict.fromkeys(c.notice for c in cited)) or query.scope.notices
    campaigns = {kb.notice(notice).campaign for notice in notices}
    labels = dict.fromkeys(c.clause for c in cited if c.notice == notices[0])
    return Topic(
        question=query.text,
        notices=notices,
        label=cited[0].clause if len(labels) == 1 == len(notices) else None,
        labels=tuple(labels)[:_MOST_LABELS],
        years=query.scope.years,
        regions=query.scope.regions,
        campaign=query.scope.campaign or (campaigns.pop() if len(campaigns) == 1 else None),
        aspect=query.asks[0] if query.asks else answer.ask if answer else None,
        subject=query.subject,
    )


def _plain(query: Query, kb: KnowledgeBase) -> Query:
    """Without what is no subject: an issuer's name is whose notice is meant (我说国家局那回)."""
    level = query.scope.level
    segments = []
    for segment in query.segments:
        whose = next(
            (name for name, cues in kb.lexicon.issuers.items()
             if cues.expression.fullmatch(segment.strip(_WHICH))), None,
        )  # fmt: skip
        whose = "national" if segment.strip(_WHICH) == _ALL_OVER else whose
        level = level or (None if query.duty else whose)  # 省里必做吗: whose duty it is
        if whose is None:
            segments.append(segment)
    asks = query.asks or query.duty
    if query.scope.pointed or (not asks and len(segments) == len(query.segments)):
        return query
    kept = tuple(s for s in segments if not _is_thin(s, kb))
    if kept and len(kept) != len(segments):
        kept = tuple(segments)
    return replace(query, segments=kept, scope=replace(query.scope, level=level))


def _is_issuer(segment: str, kb: KnowledgeBase) -> bool:
    return any(cues.expression.fullmatch(segment) for cues in kb.lexicon.issuers.values())


def _is_thin(segment: str, kb: KnowledgeBase) -> bool:
    """Whether the segment says nothing of its own: 要求, 地方, 的指标."""
    core = _EDGE.sub("", segment)
    if core in _EMPTY:
        return True
    bare = "".join(c for c in core if c not in LITTLE)
    if kb.lexicon.audience_words.fullmatch(bare) or not kb.index.is_telling(segment):
        return True
    return any(cues.kept_expression.fullmatch(bare) for cues in kb.lexicon.aspects.values())


def _at(query: Query, topic: Topic, label: str) -> Query:
    """The query about the one clause or task that was pointed at."""
    scope = replace(query.scope, notices=topic.notices[:1], labels=(label,), item=None, task=None)
    asks = tuple(a for a in query.asks if a not in ("list", "content"))
    scope = replace(scope, campaign=None, years=())
    return replace(query, segments=(), asks=asks or ("content",), duty=None, scope=scope)


def _within(query: Query, before: Query) -> Query | None:
    """With the notices, year and place that the first question of a message named."""
    scope, given = query.scope, before.scope
    if scope.notices or not query.segments:
        return None
    own = scope.years or scope.regions or scope.level
    taken = replace(
        scope,
        campaign=scope.campaign or given.campaign,
        notices=() if own or scope.campaign else given.notices,
        years=scope.years if own else given.years,
        regions=scope.regions if own else given.regions,
        level=scope.level if own else given.level,
    )
    return replace(query, scope=taken) if taken != scope else None


def _as_named(query: Query, plain: Query, before: Query | None) -> Iterator[Query]:
    """Within what the first question of a message names, wherever that was answered from."""
    if before is None or before.scope.empty or not query.scope.empty:
        return
    yield replace(plain, segments=query.segments, scope=before.scope.of_all_labels())


def _of_the_first(query: Query, before: Query) -> Iterator[Query]:
    """About what the first question of a message is about (24年又要求涨多少)."""
    if query.asks and before.segments and len(query.subject) <= _SHORT:
        yield replace(query, segments=(*before.segments, *query.segments))


def _asked_of_another(query: Query, topic: Topic, kb: KnowledgeBase) -> Query | None:
    """Only something else is named: what was asked before is asked of it."""
    if query.asks or query.values or query.outside or query.duty or not query.segments:
        return None
    if topic.aspect not in _GOES_ON or len(query.subject) > _SHORT or _ASKS.search(query.text):
        return None
    scope = query.scope
    return replace(
        query, asks=_asks(topic), scope=_scope(scope, topic, kb) if scope.empty else scope
    )


def _detail(query: Query, topic: Topic, kb: KnowledgeBase) -> Query | None:
    """Something of the very clause that was told: the clause holds the word (都哪些领域的)."""
    if topic.label is None or query.values or query.outside or not query.scope.empty:
        return None
    if not query.segments or len(query.subject) > _THIN or query.asks[:1] not in _MORE_ASKED:
        return None
    notice = kb.get(topic.notices[0])
    units = [u for u in kb.units_of(notice) if u.label == topic.label] if notice else []
    if not any(segment in kb.text_of(unit) for unit in units for segment in query.segments):
        return None
    scope = replace(query.scope, notices=topic.notices, labels=(topic.label,))
    return replace(query, segments=(*_subject(topic), *query.segments), scope=scope)


_MORE_ASKED = tuple((aspect,) for aspect in _TELLS_MORE)


def _leaves_out(query: Query) -> bool:
    """Nothing to stand on of its own: no subject, or no aspect and only a hint of a subject."""
    if query.values or query.outside or query.scope.notices:
        return False
    if not query.segments:
        return bool(query.asks or query.duty or not query.scope.empty or query.continues)
    return query.continues and len(query.subject) <= _SHORT


def _same_subject(query: Query) -> bool:
    return not query.asks or query.asks[0] in _OF_THE_SAME


def _asks(topic: Topic) -> tuple[Aspect, ...]:
    return (topic.aspect,) if topic.aspect else ()  # type: ignore[return-value]


def _subject(topic: Topic) -> tuple[str, ...]:
    return tuple(topic.subject.split())


def _scope(new: Scope, topic: Topic, kb: KnowledgeBase) -> Scope:
    """A year, place or level said anew replaces the old one; else the old notices stay meant."""
    campaign = new.campaign or topic.campaign
    if new.years or new.regions or new.level:
        regions = new.regions or (() if new.level or new.years else topic.regions)
        years = new.years or (() if new.level or new.regions else topic.years)
        return replace(new, campaign=campaign, years=years, regions=regions)
    notices = tuple(i for i in topic.notices if kb.get(i))
    if notices:
        return replace(new, notices=notices, campaign=None)
    return replace(new, years=topic.years, regions=topic.regions, campaign=campaign)
