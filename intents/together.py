"""The answers to several questions of one message, told together.

The message is answered as a whole where that tells all that its parts would; else part by part,
the later ones within what the first one names. A part that the notices do not hold is said to be
lacking beside the part that they do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from intents.followup import topic_of
from intents.form import open_form
from intents.moment import Moment
from intents.query import Query, Scope
from intents.replying import answered, open_question
from intents.result import Answer
from intents.several import Parts, parts_of
from intents.subject import holds_most
from intents.telling import cited, excerpt
from intents.turn import Citation, Turn
from intents.wording import talk as say
from knowledge.lexicon import Aspect
from knowledge.model import Notice

ROOM = 388
_LEAST, _LEAST_BESIDE = 60, 160
_A_SUBJECT = 3
_EITHER = ("还是", "之间", "中间", "不同", "一样")
_TYPED: tuple[tuple[Aspect, ...], ...] = (
    ("deadline",), ("period",), ("when",), ("over",), ("who",), ("contact",), ("where",),
    ("target",), ("document",),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Together:
    """What is said to the parts. `silent` are the moments of those parts that nothing answers.

    `answer` tells the others; its kind is always `answer`. `last` is the part to go on from.
    """

    answer: Answer
    silent: tuple[Moment, ...]
    last: Moment


@dataclass(slots=True)
class _Block:
    """What one notice says to the parts: the told texts and the labels under which they stand."""

    notice: Notice
    told: list[str]
    labels: list[str]


def several(moment: Moment) -> Turn | None:
    """Several questions in one message, each answered; or a question beside a need."""
    if moment.conversation.form is not None:
        return None
    if turn := _question_and_need(moment):
        return turn
    found = _together(moment)
    if found is None:
        return None
    turn = answered(found.last, found.answer)
    effects = tuple(open_question(part) for part in found.silent if not part.answer.far)
    return replace(turn, effects=effects)


def _question_and_need(moment: Moment) -> Turn | None:
    """The answer first, then the form, opened with the need."""
    ways = parts_of(moment.text, moment.kb, moment.now.year)
    if not ways or not ways[0].need or moment.form is None:
        return None
    asked = _moments(moment, ways[0])
    if any(part.answer.kind != "answer" for part in asked):
        return None
    told = answered(asked[-1])
    opened = open_form(told.conversation, ways[0].need, moment.kb, moment.now)
    room = max(_LEAST_BESIDE, ROOM - len(opened.reply.text))
    text = say.first_the_answer(_shortened(asked, room), opened.reply.text)
    return replace(opened, reply=replace(opened.reply, text=text, citations=told.reply.citations))


def _together(moment: Moment) -> Together | None:
    """The parts' answers, where they say more than the answer to the whole message."""
    for parts in parts_of(moment.text, moment.kb, moment.now.year):
        if parts.need or len(parts.questions) < 2:
            continue
        found = _moments(moment, parts)
        if _worth(moment, found, parts):
            return _told(found)
    return None


def _moments(moment: Moment, parts: Parts) -> list[Moment]:
    """Each question in its turn, as said after the ones before it."""
    found: list[Moment] = []
    talk, before = moment.conversation, None
    for question in parts.questions:
        part = Moment(talk, question, moment.kb, moment.now, before)
        found.append(part)
        if part.answer.kind == "answer" or (before is None and not part.answer.far):
            topic = topic_of(part.query, part.answer, moment.kb)
            talk, before = replace(talk, topic=topic), _named(part.query, before)
    return found


def _named(query: Query, before: Query | None) -> Query:
    """The query by whose names the next part is read: its own, or else the ones before."""
    return before if before is not None and query.scope.empty else query


def _worth(whole: Moment, parts: Sequence[Moment], ways: Parts) -> bool:
    """Whether the parts tell something that the whole does not."""
    if whole.answer.exact:
        return False
    answered = [part for part in parts if part.answer.kind == "answer"]
    if whole.answer.kind != "answer":
        answered = [part for part in answered if _stands(part)]
    if not answered or (ways.loose and not _are_apart(parts)):
        return False
    if whole.answer.kind != "answer":
        return True
    if any(map(_compares, parts)):
        return False
    if any(_is_lacking(part) for part in parts):
        return True
    text = "\n".join(whole.answer.pages)
    held = (_holds(text, whole.answer, part) for part in answered)
    return len(answered) == len(parts) and not all(held)


def _are_apart(parts: Sequence[Moment]) -> bool:
    """Whether all parts are answered, each from a place of its own."""
    places = {part.answer.citations[:1] for part in parts if part.answer.kind == "answer"}
    return len(places) == len(parts)


def _stands(part: Moment) -> bool:
    """Whether the part is bound firmly enough to be answered where the whole message is not.

    Torn out of its message a question has fewer words that an answer must meet: it must name a
    notice, year, place or campaign, or else ask for a typed fact of a subject of its own, or of
    one of which the part before asked for what no notice tells.
    """
    scopes = [part.asked.scope, *([part.before.scope] if part.before else [])]
    if any(not scope.empty for scope in scopes):
        return True
    if part.asked.asks[:1] not in _TYPED:
        return False
    own = part.asked.segments
    if len("".join(own)) >= _A_SUBJECT:
        return _speaks_of(part, own)
    return part.before is not None and bool(part.before.values)


def _speaks_of(part: Moment, words: tuple[str, ...]) -> bool:
    """Whether the place that is cited first holds most of the words."""
    first = next(iter(part.answer.citations), None)
    units = part.kb.units_of(part.kb.notice(first.notice)) if first else ()
    return any(
        unit.label == first.clause and holds_most(part.kb.text_of(unit), words)
        for unit in units
        if first
    )


def _compares(part: Moment) -> bool:
    """Whether the part sets two things side by side, as the message does as a whole."""
    cues = (part.kb.lexicon.operators.get(name) for name in ("compare", "gap"))
    found = (match[0] for c in cues if c for match in c.expression.finditer(part.asked.text))
    return any(words not in _EITHER for words in found)


def _is_lacking(part: Moment) -> bool:
    """Whether the part asks for what the notices surely do not hold: a fee, another year."""
    query = part.asked
    if part.answer.kind != "refuse":
        return False
    return bool(query.values or query.outside or query.scope.years or query.scope.regions)


def _holds(text: str, whole: Answer, part: Moment) -> bool:
    """Whether the whole answer tells what the part's does."""
    answer = part.answer
    if answer.citations and answer.citations[0] not in whole.citations:
        return False
    told = [line for block in _blocks(part) for line in "\n".join(block.told).splitlines()]
    return all(line in text for line in told)


def _told(parts: Sequence[Moment]) -> Together:
    answered = [part for part in parts if part.answer.kind == "answer"]
    silent = tuple(part for part in parts if part.answer.kind == "refuse")
    back = next((part for part in parts if part.answer.kind == "clarify"), None)
    lacking = [_lacking(part) for part in silent]
    if back is not None:
        lacking.append(back.answer.pages[0])
    citations = tuple(dict.fromkeys(c for part in answered for c in part.answer.citations))
    answer = Answer(
        "answer",
        tuple(_pages(answered, lacking)),
        _in_turn(answered, citations),
        back.answer.menu if back is not None else (),
    )
    return Together(answer, silent, answered[-1])


def _in_turn(parts: Sequence[Moment], citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The best citation of each part first, then the rest."""
    firsts = [part.answer.citations[0] for part in parts if part.answer.citations]
    return tuple(dict.fromkeys([*firsts, *citations]))


def _lacking(part: Moment) -> str:
    answer = part.answer
    if answer.far:
        return say.silent_far(part.text)
    return say.silent(part.text, answer.lacks or "")


def _shortened(parts: Sequence[Moment], room: int) -> str:
    """The parts' answers on one page of about `room` characters."""
    told = []
    for part, share in zip(parts, _shares(parts, room), strict=True):
        blocks = _blocks(part)
        told += [_fit(block, part, share // len(blocks)) for block in blocks]
    return "\n".join(_written(told, parts[0]))


def _pages(parts: Sequence[Moment], lacking: Sequence[str]) -> Iterator[str]:
    """One page with all parts, each cut to its share of it; behind it what was cut, in full."""
    room = ROOM - sum(len(line) + 1 for line in lacking)
    shares, told = _shares(parts, room), []
    cut = []
    for part, share in zip(parts, shares, strict=True):
        blocks = _blocks(part)
        kept = [_fit(block, part, share // len(blocks)) for block in blocks]
        if kept != blocks or len(part.answer.pages) > 1:
            cut.append(part)
        told += kept
    yield "\n".join([*_written(told, parts[0]), *lacking])
    for part in cut:
        yield from part.answer.pages


def _shares(parts: Sequence[Moment], room: int) -> list[int]:
    """Characters for each part's told text: who needs less leaves the rest to the others."""
    sources = "\n".join(
        _source(b, parts[0]) for b in _merged([b for p in parts for b in _blocks(p)])
    )
    left = room - len(sources) - 2 * len(parts)
    needs = [sum(len("\n".join(b.told)) for b in _blocks(part)) for part in parts]
    shares = [0] * len(parts)
    for count, n in enumerate(sorted(range(len(parts)), key=needs.__getitem__)):
        shares[n] = max(_LEAST, min(needs[n], left // (len(parts) - count)))
        left -= shares[n]
    return shares


def _fit(block: _Block, part: Moment, room: int) -> _Block:
    """Of a list the first lines, of a clause the sentences that the part is about."""
    text = "\n".join(block.told)
    if len(text) <= room:
        return block
    lines = text.splitlines()
    if len(lines) == 1:
        return _with(block, excerpt(lines, part.query, part.kb, room))
    kept: list[str] = []
    for line in lines:
        if kept and len("\n".join([*kept, line])) > room:
            break
        kept.append(line)
    if len("\n".join(kept)) > room:
        kept = excerpt(kept, part.query, part.kb, room)
    return _with(block, kept)


def _with(block: _Block, told: list[str]) -> _Block:
    return _Block(block.notice, told, block.labels)


def _blocks(part: Moment) -> list[_Block]:
    """The first page of a part's answer by notices, without where it stands."""
    kb, answer = part.kb, part.answer
    notices = list(dict.fromkeys(c.notice for c in answer.citations))
    heads = {cited(kb.notice(i), (), part.query.scope, kb).split("\n")[0]: i for i in notices}
    after = {
        line
        for i in notices
        for line in cited(kb.notice(i), (), _dated(part), kb).split("\n")[1:]
    }  # fmt: skip
    blocks: list[_Block] = []
    told: list[str] = []
    for line in answer.pages[0].splitlines():
        head = next((h for h in heads if line.startswith(h)), None)
        if head is not None:
            blocks.append(_Block(kb.notice(heads[head]), told, line[len(head) :].split("、")))
            told = []
        elif line not in after:
            told.append(line)
    if told and blocks:
        blocks[-1].told += told
    elif told:
        blocks.append(_Block(kb.notice(notices[0]), told, [answer.citations[0].clause]))
    return blocks


def _dated(part: Moment) -> Scope:
    return replace(part.query.scope, today=part.now.date())


def _written(blocks: Sequence[_Block], part: Moment) -> Iterator[str]:
    for block in _merged(blocks):
        yield "\n".join(block.told)
        yield _source(block, part)


def _merged(blocks: Sequence[_Block]) -> list[_Block]:
    """One block a notice, in the order in which they come; nothing told twice."""
    found: dict[str, _Block] = {}
    for block in blocks:
        one = found.setdefault(block.notice.id, _Block(block.notice, [], []))
        one.told = list(dict.fromkeys([*one.told, *block.told]))
        one.labels = list(dict.fromkeys([*one.labels, *block.labels]))
    return list(found.values())


def _source(block: _Block, part: Moment) -> str:
    return cited(block.notice, block.labels, _dated(part), part.kb)
