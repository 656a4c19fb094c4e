"""The answers to several questions of one message, told together.

The message is answered as a whole where that tells all that its parts would; else part by part,
the later ones within what the first one names. A part that the notices do not hold is said to be
lacking beside the part that they do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from intents.answer import answer, way_of
from intents.followup import topic_of
from intents.form import open_form
from intents.lists.subject import holds_most
from intents.moment import Moment
from intents.needs import looks_like_question
from intents.query import Query
from intents.recognise import need_in
from intents.replying import answered, open_question, then_form
from intents.result import Answer
from intents.several import Parts, parts_of
from intents.side_by_side import ROOM, blocks, pages, shortened
from intents.turn import Citation, Turn
from intents.understand import duties_in
from intents.wording import talk as say
from knowledge.late import late
from knowledge.lexicon import Aspect
from knowledge.units import Unit

_LEAST_BESIDE = 160
_A_SUBJECT = 3
_OF_EACH_ITEM = late("(?:又|也|还)?(?:各|分别|都)(?:[是由归有要在]|多少|几)")
# A task's title stands on a line of its own, above what is told of it.
_TITLE = late("任务\\d+“[^”]+”")
_AT_THE_LATEST = late("最[早晚迟]")
_EITHER = ("还是", "之间", "中间", "不同", "一样")
_TYPED: tuple[tuple[Aspect, ...], ...] = (
    ("deadline",), ("period",), ("when",), ("over",), ("who",), ("contact",), ("where",),
    ("target",), ("document",),
)  # fmt: skip
_DATED: tuple[tuple[Aspect, ...], ...] = (("deadline",), ("period",), ("when",), ("over",))


@dataclass(frozen=True, slots=True)
class Together:
    """What is said to the parts. `silent` are the moments of those parts that nothing answers.

    `answer` tells the others; its kind is always `answer`. `last` is the part to go on from.
    """

    answer: Answer
    silent: tuple[Moment, ...]
    last: Moment


def several(moment: Moment) -> Turn | None:
    """Several questions in one message, each answered; or a question beside a need.

    An open form then asks its own question again.
    """
    if moment.conversation.form is not None:
        if not looks_like_question(moment.text):
            return None
    elif turn := _question_and_need(moment):
        return turn
    found = _together(moment)
    if found is None:
        return None
    turn = answered(found.last, found.answer)
    effects = tuple(open_question(part) for part in found.silent if not _is_far(part))
    return then_form(moment, replace(turn, effects=effects))


def told_apart(moment: Moment) -> list[Moment]:
    """The questions that `several` answers one by one, each as said after the ones before it."""
    for parts in parts_of(moment.said, moment.kb, moment.now.year):
        found = _moments(moment, parts)
        if parts.need or _worth(moment, found, parts):
            return found
    return []


def _question_and_need(moment: Moment) -> Turn | None:
    """The answer first, then the form, opened with the need."""
    ways = parts_of(moment.said, moment.kb, moment.now.year)
    if not ways or not ways[0].need or moment.form is None:
        return None
    asked = _moments(moment, ways[0])
    if any(part.kind != "answer" for part in asked):
        return None
    told = answered(asked[-1])
    talk, need = told.conversation, ways[0].need
    opened = open_form(
        talk, need, moment.kb, moment.now, own=moment.own, kept_days=moment.kept_days
    )
    room = max(_LEAST_BESIDE, ROOM - len(opened.reply.text))
    text = say.first_the_answer(shortened(asked, room), opened.reply.text)
    shown = {part.answer.citations[0].notice for part in asked}
    citations = tuple(c for c in told.reply.citations if c.notice in shown)
    return replace(opened, reply=replace(opened.reply, text=text, citations=citations))


def _together(moment: Moment) -> Together | None:
    """The parts' answers, where they say more than the answer to the whole message."""
    for parts in parts_of(moment.said, moment.kb, moment.now.year):
        if parts.need or len(parts.questions) < 2:
            continue
        if moment.told and moment.told.exact and (parts.loose or _is_one(moment, parts)):
            return None
        found = _moments(moment, parts)
        if need_in(moment.said, moment.kb) and not any(map(_names_rules, found)):
            return None  # asked for help in two sentences
        if _worth(moment, found, parts):
            return _told(found)
    return None


def _names_rules(part: Moment) -> bool:
    """Whether a notice is named, a campaign or a year of notices; a place may be the asker's."""
    scope, years = part.asked.scope, {notice.year for notice in part.kb.notices}
    return bool(
        scope.notices or scope.campaign or scope.labels or not years.isdisjoint(scope.years)
    )


def _is_one(moment: Moment, parts: Parts) -> bool:
    """Whether a list or a comparison tells all of it: 必做的有哪几项，各是哪些地方, and what is
    said of either duty."""
    if any(map(_OF_EACH_ITEM.match, parts.questions[1:])) or len(duties_in(moment.query.text)) > 1:
        return True
    return way_of(moment.query, moment.kb, moment.now.date()) == "comparison"


def _moments(moment: Moment, parts: Parts) -> list[Moment]:
    """Each question in its turn, as said after the ones before it."""
    found: list[Moment] = []
    talk, before = moment.conversation, None
    for question in parts.questions:
        part = Moment(talk, question, moment.kb, moment.now, before)
        found.append(part)
        if parts.loose and any(map(_is_silent, found)):
            continue  # these are not told apart: no need to look for what answers the rest
        if part.kind == "answer" or (before is None and not part.far):
            topic = topic_of(part.query, part.told, moment.kb)
            talk, before = replace(talk, topic=topic), _named(part.query, before)
    return found


def _named(query: Query, before: Query | None) -> Query:
    """The query by whose names the next part is read: its own, or else the ones before."""
    return before if before is not None and query.scope.empty else query


def _worth(whole: Moment, parts: Sequence[Moment], ways: Parts) -> bool:
    """Whether the parts tell something that the whole does not."""
    if ways.loose and any(map(_is_silent, parts)):
        return False
    answered = [part for part in parts if part.kind == "answer"]
    if whole.kind != "answer":
        answered = [p for p in answered if _stands(p, ways.each) or _is_clear_of(p, whole)]
    apart = _are_apart(parts, ways.each)
    if not answered or (ways.loose and not (apart or _is_all_but_lacking(parts))):
        return False
    if whole.kind != "answer":
        return True
    if any(map(_compares, parts)):
        return False
    if any(_is_lacking(part) for part in parts):
        return True
    text = "\n".join(whole.answer.pages)
    held = (_holds(text, whole.answer, part) for part in answered if _has_own(part))
    return len(answered) == len(parts) and not all(held)


def _is_silent(part: Moment) -> bool:
    """Whether nothing answers it, though it asks for nothing that no notice holds."""
    return part.kind != "answer" and not (part.asked.values or part.asked.outside)


def _are_apart(parts: Sequence[Moment], each: bool) -> bool:
    """Whether all parts are answered, each from a place of its own; the same of `each` of two
    things, in words of its own."""
    told = [part.answer for part in parts if part.kind == "answer"]
    places = {one.pages[:1] if each else one.citations[:1] for one in told}
    return len(places) == len(parts)


def _is_all_but_lacking(parts: Sequence[Moment]) -> bool:
    """Whether what is not answered asks for a kind of value that no notice holds: 报名费多少."""
    silent = [part for part in parts if part.kind != "answer"]
    return all(part.asked.values or part.asked.outside for part in silent) and len(silent) == 1


def _stands(part: Moment, each: bool = False) -> bool:
    """Whether the part is bound firmly enough to be answered where the whole message is not.

    Torn out of its message a question has fewer words that an answer must meet: it must name a
    notice, year, place or campaign, or the heading of what answers it; or else ask for a typed
    fact of a subject of its own, or of one of which the part before asked what no notice tells.
    """
    scopes = [part.asked.scope, *([part.before.scope] if part.before else [])]
    if any(not scope.empty for scope in scopes):
        return True
    own = part.asked.segments
    if not _is_typed(part):
        return len("".join(own)) >= _A_SUBJECT and _is_named(part, own)
    if len("".join(own)) >= _A_SUBJECT or (each and own):
        return _speaks_of(part, own)
    if part.before is None:
        return False
    taken_over = part.query.segments if not own else ()
    return bool(part.before.values) or _speaks_of(part, taken_over)


def _is_clear_of(part: Moment, whole: Moment) -> bool:
    """Whether it asks for a typed fact, and what no notice holds is asked for beside it."""
    dated = part.asked.asks[:1] in _DATED
    apart = {*_unheld(whole, dated)} - {*_unheld(part, dated)}
    named = bool(part.asked.segments) or part.asked.asks[:1] == ("contact",)
    return bool(apart) and _is_typed(part) and named


def _unheld(moment: Moment, strange: bool) -> Iterator[object]:
    """What it asks for that no notice holds, or hardly one: kinds of values, `strange` words."""
    yield from moment.asked.values
    yield from moment.asked.outside
    if strange:
        yield from moment.kb.index.unknown(moment.asked.segments)


def _speaks_of(part: Moment, words: tuple[str, ...]) -> bool:
    """Whether the place that is cited first holds most of the words."""
    return any(holds_most(part.kb.text_of(unit), words) for unit in _first_told(part))


def _is_named(part: Moment, words: tuple[str, ...]) -> bool:
    """Whether the place that is cited first is named by most of the words."""
    return any(holds_most(part.kb.canonical(unit.name), words) for unit in _first_told(part))


def _first_told(part: Moment) -> list[Unit]:
    first = next(iter(part.answer.citations), None)
    if first is None:
        return []
    units = part.kb.units_of(part.kb.notice(first.notice))
    return [unit for unit in units if unit.label == first.clause]


def _has_own(part: Moment) -> bool:
    """Whether the part adds a thing to ask about, or a kind of fact that is asked for."""
    own = bool(part.asked.segments) or not part.asked.scope.empty
    return own or _is_typed(part) or part.asked.asks[:1] == ("list",)


def _is_typed(part: Moment) -> bool:
    return part.asked.asks[:1] in _TYPED


def _compares(part: Moment) -> bool:
    """Whether the part sets two things side by side, as the message does as a whole."""
    cues = (part.kb.lexicon.operators.get(name) for name in ("compare", "gap"))
    text = _AT_THE_LATEST.sub("", part.asked.text)
    found = (match[0] for c in cues if c for match in c.expression.finditer(text))
    return any(words not in _EITHER for words in found)


def _is_lacking(part: Moment) -> bool:
    """Whether the part asks for what the notices surely do not hold: a fee, another year."""
    query = part.asked
    if part.kind != "refuse":
        return False
    held = query.values or query.outside or query.ways or query.asks[:1] == ("contact",)
    return bool(held or query.scope.years or query.scope.regions)


def _holds(text: str, whole: Answer, part: Moment) -> bool:
    """Whether the whole answer tells what the part's does."""
    if part.answer.citations and part.answer.citations[0] not in whole.citations:
        return False
    told = [line for block in blocks(part) for line in "\n".join(block.told).splitlines()]
    first = 2 if told and _TITLE.fullmatch(told[0]) else 1
    return all(line in text for line in (told if _is_typed(part) else told[:first]))


def _told(parts: Sequence[Moment]) -> Together:
    told = [part for part in parts if part.kind == "answer"]
    silent = tuple(part for part in parts if part.kind == "refuse")
    back = next((part for part in parts if part.kind == "clarify"), None)
    lacking = [_lacking(part) for part in silent]
    if back is not None:
        lacking.append(back.answer.pages[0])
    citations = tuple(dict.fromkeys(c for part in told for c in part.answer.citations))
    said = Answer(
        "answer",
        tuple(pages(told, lacking)),
        _in_turn(told, citations),
        back.answer.menu if back is not None else (),
    )
    return Together(said, silent, told[-1])


def _in_turn(parts: Sequence[Moment], citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The best citation of each part first, then the rest."""
    firsts = [part.answer.citations[0] for part in parts if part.answer.citations]
    return tuple(dict.fromkeys([*firsts, *citations]))


def _is_far(part: Moment) -> bool:
    """Whether the part is of another world altogether, whatever the others are about."""
    asked = part.asked
    if asked.values or asked.outside:
        return False  # a fee, a form: near enough for staff to know
    if part.far or not asked.segments:
        return part.far
    return answer(asked, part.kb, part.now.date()).far


def _lacking(part: Moment) -> str:
    if _is_far(part):
        return say.silent_far(part.text)
    lacks = "" if part.far else part.answer.lacks
    return say.silent(part.text, lacks or "")
