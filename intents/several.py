"""A message with more than one question, taken apart: which stretches of it ask on their own.

Only the message is looked at here. Whether it is answered part by part or as a whole is decided
by what the answers say (`intents/together.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from intents.preface import is_settled, only_tells
from intents.query import Query
from intents.recognise import bare, entry_of, need_in
from intents.understand import understand
from knowledge.late import late
from knowledge.lexicon import Aspect
from knowledge.normalise import digits, normalise
from knowledge.snapshot import KnowledgeBase

LONGEST = 300
_MOST_PIECES, _MOST_QUESTIONS = 10, 4
# Between pieces: marks, blanks, the numbers of a list, and words that begin another question.
_MARK = late(
    r"[，,。．！!？?；;\s~～…]+(?:/\s+)?|(?<=[\u4e00-\u9fff])/(?=[\u4e00-\u9fff])|(?:^|(?<=[\s，,。；;？?]))[1-9一二三](?:[、)）]|[.．](?!\d))"
)
_JOIN = late(
    r"(?=另外|还有(?:就是|一个|个事|一点|，|,)|还有(?![几多没人哪什啥时机效一])|然后|再就是|再有就是|"
    r"顺便|顺带|再问|还想问|还要问|另一个是|(?<!另)一个是|二是|以及它)"
)
_LEAD = late(
    r"^(?:另外|还有(?:就是|一个|个事|一点)?|然后|再就是|再有就是|顺便|顺带|再问(?:一?下|一个)?|还想问|"
    r"还要问|另一个是|一个是|[一二]是|以及|又|问(?:一?下)?|麻烦)+"
)
INTERROGATIVE = late(
    r"[?？]|[吗呢么]$|什么|啥|哪|谁|几(?!乎)|多少|多久|多长|多大|怎|咋|如何|何时|是否|能不能|"
    r"是不是|有没有|要不要|可不可以|有无|(?P<said>[提写说讲含管让许])[没不](?P=said)|[了过]没有?$|有[^，。]{1,4}没有?$|[^没有]不$"
    r"|(?<![都也还从并有就])没$"
)
# Words that ask elsewhere, in what is only told: 在搞什么试点, 叫TISC的什么中心, 我们有几个小伙子.
_UNASKED = late(
    "缺(?:什么|啥)(?:这|那)|(?:在[搞弄做办]|的|有个|那个)(?:什么|啥)(?=[\u4e00-\u9fff]{2})|(?:我|俺|咱)[^,。?]{0,8}有好?几[个家件]"
)
_OWN = late("我|俺|咱|本公司|本厂")
_OWN_WISH = late(
    f"(?:{_OWN.pattern}).*(?:帮|登记|对接|牵线|牵个线|介绍|推荐|找(?:人|个|家|一|专家|机构)|派|求|急|想)"
)
_ASKS_FOR_ANOTHER = late(
    "(?:让|叫|要|托|派|替|帮)[^，。]{0,6}(?:问|打听|咨询|了解|核实)|想问|问[问下]"
)
# Two things that are told one by one: 一个万里行几号结束 一个电话多少.
_ONE_BY_ONE = late(r"(?:^|[\s，,。；;])一个[^，,。；;\s]{2,}[\s，,。；;]+(?:还有|再)?一个")
_ONE = late("^(?:还有|再)?一个(?:就?是|问)?")
_COUNTS = late(
    "(?:我)?(?:想|要|有)?(?:再)?(?:问|请教|咨询|打听)?(?:一下|下)?"
    "(?:[一两二三四几]|[2-4])个?(?:事儿?|事情|问题|件事)"
)
_ASKS_WITHIN = late("[谁哪几啥]|什么|多少|多久|怎|咋|何时|如何")
# Behind a measure stands what is counted, unless more is asked of it: 几项 分别归谁管.
_COUNTED = late("(?:几|多少|哪几?)[个项条家种类份张块]$")
_OF_COUNTED = late("分别|各|都|是|归|由|在|要|又|每|谁|哪|啥|什么|怎|咋")
_PARTICLES = late("[的啊呀呢吗吧嘛哦哈了嘞]*")
# Of what was told before: 有没有这一说, 对这种做法怎么说.
_OF_THIS = late(
    "这(?:个|种|样|一说|回事|事|码事|说法)|[提说讲写]没[提说讲写有]?|有没有(?:提|说|讲|写)|怎么个?说|许不许"
)
# What these ask for is told by their very names: 文号也要, 联系电话给我一个.
_NOMINAL: tuple[tuple[Aspect, ...], ...] = (("deadline",), ("contact",), ("document",))

# Between two things, of each of which the same may be asked.
_AND = late("以及|还有|[和跟与及、]")
# Places that are pointed at by their numbers, each with its own year or none.
_POINTER = late(
    r"(?:(?:20)?\d\d年?(?:的|任务清单|清单)*(?:里|中)?的?)?"
    r"(?:(?:重点)?任务\d{1,2}|附件\d|第[\d一二三四五六七八九十]{1,3}(?:项任务|项|条)|"
    r"[一二三四五六七八九十]+[(（][一二三四五六七八九十]+[)）])"
)
_OF_BOTH = late("^(?:两[项个条])?(?:共同|共有|一共)的?")
_BESIDE = late("(?:里|中)?的?(?:以及|还有|[和跟与及、,])(?:它的)?")
_EACH = late("分别|各自|各是|各[讲说写干做]|都是")
_OF_EACH: tuple[tuple[Aspect, ...], ...] = (
    ("deadline",), ("period",), ("when",), ("over",), ("who",), ("where",), ("target",),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parts:
    """`questions` in the order in which they were put, each readable by itself.

    `need` is what the message tells of a need besides them, "" for none. `loose`: no mark and no
    word stands between the questions, so that only their answers can tell whether they are several.
    `each`: the same is asked of each of two things.
    """

    questions: tuple[str, ...] = ()
    need: str = ""
    loose: bool = False
    each: bool = False


@lru_cache(maxsize=4096)
def parts_of(text: str, kb: KnowledgeBase, this_year: int) -> tuple[Parts, ...]:
    """The ways to take `text` apart, likeliest first; none where it asks one thing or nothing."""
    if len(text) > LONGEST:
        return ()
    if not INTERROGATIVE.search(normalise(text)):
        return tuple(_of_two(text, kb, this_year))
    pointed = _of_places(text, kb)
    if pointed:
        return (pointed,)
    pieces = list(_pieces(text, kb))
    if len(pieces) > _MOST_PIECES:
        return ()
    if len(pieces) < 2:  # as most: neither a need beside it nor a second question
        return (*_of_two(text, kb, this_year), *_run_on(text, kb, this_year))
    need = _need(pieces, kb, this_year)
    if need:
        pieces = [piece for piece in pieces if piece not in need]
    questions = _questions(pieces, kb, this_year)
    if len(questions) > 1 or (questions and need):
        return (Parts(questions[:_MOST_QUESTIONS], "，".join(need)),)
    if need:
        return ()
    return (*_of_two(text, kb, this_year), *_run_on(text, kb, this_year))


def asks(query: Query, text: str, kb: KnowledgeBase) -> bool:
    """Whether `text`, understood as `query`, asks for something by itself."""
    plain = _UNASKED.sub("", normalise(text))
    if not INTERROGATIVE.search(plain) or is_settled(text, kb):
        return False
    named = bool(query.segments or query.values or query.outside or query.duty)
    return named or not query.scope.empty or query.asks[:1] not in ((), ("content",))


def _pieces(text: str, kb: KnowledgeBase) -> Iterator[str]:
    """Stretches between marks and joining words, without those that only greet or thank, or
    tell who asks."""
    lead = _ONE if _ONE_BY_ONE.search(text) else _LEAD
    for stretch in _MARK.split(text):
        for piece in _JOIN.split(stretch):
            piece = _LEAD.sub("", lead.sub("", piece.strip("、：: ")))
            if (
                bare(piece)
                and not _COUNTS.fullmatch(piece)
                and not entry_of(bare(piece), "talk", kb)
                and not only_tells(piece, kb)
            ):
                yield piece


def _need(pieces: list[str], kb: KnowledgeBase, this_year: int) -> list[str]:
    """The pieces that tell a need of the asker's own, if the others ask something else."""
    if not _OWN.search(normalise("，".join(pieces))):
        return []
    asking = [p for p in pieces if asks(understand(p, kb, this_year), p, kb) and not need_in(p, kb)]
    if any(_leans_on(piece, kb, this_year) for piece in asking):
        return []
    rest = [p for p in pieces if p not in asking]
    told = "，".join(rest)
    wish = _OWN_WISH.search(normalise(told)) and not _ASKS_FOR_ANOTHER.search(told)
    if not asking or not wish:
        return []
    return rest if need_in(told, kb) is not None and _of_the_rules(asking, kb, this_year) else []


def _leans_on(piece: str, kb: KnowledgeBase, this_year: int) -> bool:
    """我有个专利想敞开让大伙用，21年那文件提没提这个: of what was told before is asked whether a
    notice speaks of it."""
    query = understand(piece, kb, this_year)
    plain = query.asks in ((), ("content",)) and not query.scope.empty
    return plain and (not query.segments or bool(_OF_THIS.search(piece)))


def _of_the_rules(asking: list[str], kb: KnowledgeBase, this_year: int) -> bool:
    """Whether what is asked names a notice, a campaign or a year: a need alone does not."""
    return any(not understand(piece, kb, this_year).scope.empty for piece in asking)


def _questions(pieces: list[str], kb: KnowledgeBase, this_year: int) -> tuple[str, ...]:
    """What asks for something, each with what was said before it as its subject."""
    found: list[str] = []
    before: list[str] = []
    for piece in pieces:
        query = understand(piece, kb, this_year)
        if asks(query, piece, kb):
            found.append("，".join([*before, piece]))
            before = []
        elif found and not before and piece is pieces[-1] and query.asks[:1] in _NOMINAL:
            found.append(piece)
        else:
            before.append(piece)
    if before and found:
        found[-1] = "，".join([found[-1], *before])
    return tuple(found)


def _of_places(text: str, kb: KnowledgeBase) -> Parts | None:
    """One question about several numbered places (任务5和任务6是谁管): the same of each."""
    plain = kb.lexicon.canonical(digits(normalise(text)))
    found = list(_POINTER.finditer(plain))
    between = (plain[a.end() : b.start()] for a, b in pairwise(found))
    if not 1 < len(found) <= _MOST_QUESTIONS or not all(map(_BESIDE.fullmatch, between)):
        return None
    before, after = plain[: found[0].start()], plain[found[-1].end() :]
    after = _OF_BOTH.sub("", _EACH.sub("是", after, count=1))
    return Parts(tuple(f"{before}{m[0]}{after}" for m in found), loose=True, each=True)


def _of_two(text: str, kb: KnowledgeBase, this_year: int) -> Iterator[Parts]:
    """One question about two things (需求清单和总结几号交): the same of each."""
    whole = understand(text, kb, this_year)
    if whole.values:
        yield from _lacking_half(text, kb, this_year)
    each = whole.asks[:1] == ("content",) and _EACH.search(whole.text)
    if whole.asks[:1] not in _OF_EACH and not each:
        return
    for match in _AND.finditer(whole.text):
        if _within_a_name(whole.text, match.start(), kb):
            continue
        left, right = whole.text[: match.start()], whole.text[match.end() :]
        if INTERROGATIVE.search(left):
            return
        second = understand(right, kb, this_year)
        named = second.segments[0] if second.segments else ""
        if named and right.startswith(named) and understand(left, kb, this_year).segments:
            yield Parts((f"{left}{right.removeprefix(named)}", right), loose=True, each=True)


def _within_a_name(text: str, at: int, kb: KnowledgeBase) -> bool:
    """技术与创新支持中心 is one thing."""
    names = (name for name in kb.lexicon.synonyms if _AND.search(name))
    return any(0 <= at - text.find(name) < len(name) for name in names if name in text)


def _lacking_half(text: str, kb: KnowledgeBase, this_year: int) -> Iterator[Parts]:
    """电话和传真是多少: of two things one is a kind of value that the notices may not hold."""
    for match in _AND.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        first, second = understand(left, kb, this_year), understand(right, kb, this_year)
        if first.asks and not first.values and second.values and not second.asks[1:]:
            yield Parts((left, right), loose=True)


def _run_on(text: str, kb: KnowledgeBase, this_year: int) -> Iterator[Parts]:
    """Spoken without a pause: a question ends where its asking words do, and another begins."""
    plain = normalise(text)
    parted = {normalise(text[: m.start()]) for m in _MARK.finditer(text)}
    within = {i for start, end in kb.lexicon.value_spans(plain) for i in range(start + 1, end)}
    for cut in sorted({*_ends(plain, kb)} - within):
        left, right = plain[:cut], _LEAD.sub("", plain[cut:])
        if not (INTERROGATIVE.search(right) and INTERROGATIVE.search(left)):
            continue
        if _COUNTED.search(left) and not _OF_COUNTED.match(right) and left not in parted:
            continue  # 几个|量化目标
        after = understand(right, kb, this_year)
        if not after.segments and after.scope.empty:
            continue
        if asks(understand(left, kb, this_year), left, kb) and (after.asks or after.values):
            yield Parts((left, right), loose=True)


def _ends(plain: str, kb: KnowledgeBase) -> Iterator[int]:
    """Where words that ask come to an end, well within the text."""
    for cues in kb.lexicon.aspects.values():
        for match in cues.expression.finditer(plain):
            particles = _PARTICLES.match(plain, match.end())
            end = particles.end() if particles else match.end()
            if _ASKS_WITHIN.search(match[0]) and 4 <= end <= len(plain) - 4:
                yield end
