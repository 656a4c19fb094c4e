"""A staff member's message, read as a command: pure, and forgiving of all but the numbers.

Word and number come in either order (17受理, 受理第17号需求, 把17转给厦门, 需求 17 退回，…).
A slip in the word is put right, never one in a number. An ordinary question or remark is None.
"""

from __future__ import annotations

import re

from bot.staff.counter.commands import Command, Name
from bot.staff.counter.loose import loosely
from bot.staff.counter.numbers import numbers_at
from bot.staff.counter.taking import taking
from bot.staff.counter.verbs import VERBS, WITH_NUMBERS, alone, meant_by, verb_at
from bot.staff.counter.words import cleaned, fold, said, without_thanks
from knowledge.late import late

__all__ = ["LONGEST", "fold", "read"]

LONGEST = 2000
"""Characters of a command with its words; what is longer is none."""

_POLITE = late(
    r"[\s#@*/\\,，。.!！:：、【\[(（]+|你好|您好|麻烦(?:您|你)?|劳驾|请问?|帮我|帮忙|替我|给我|"
    r"我(?!的)(?:要|想|来|们(?!的))?|可以|现在|马上|立即|那就?|先把?|再|现|小助手|知行"
)
_NOT = late(r"(?:先|暂时?)?(?:别|不要|不用|不予|不能|不|勿)(?:先|再|予以)?|撤销|撤回|取消|撤")
_UNDOING = late(r"取消|撤销|撤回|删除|删掉|删|作废")
_AFTER_VERB = late(
    r"(?:一下|下|掉|了)?[\s】\])）]*(?:这|那)?(?:个|条|项)?\s*(?:需求|问题)?(?:编号|号码)?"
    r"[\s:：【\[(（]*"
)
_BEFORE_NUMBER = late(r"(?:把|将|给|对|替|为|跟|关于)?\s*(?:需求|问题)?(?:编号)?[\s:：]*")
_THING = r"(?:需求|问题|企业|公司|单位|这[条项个家]|那[条项个家])"
_NOUN = late(rf"\s*[】\])）]?\s*的?{_THING}(?=[\s:：,，。、;；]|$)")
_NOUN_BEFORE_VERB = late(
    rf"\s*[】\])）]?\s*(?:的?{_THING})?[\s,，、:：;；]*"
    r"(?:都|全部|一起|也|就|予以|进行|可以|先|给|由|请|帮我|我|来|已经?){0,3}\s*"
)
_ABOUT_IT = late(
    r"(?:的?需求)?\s*的?(?:情况|详情|进展|内容|材料|联系|电话|什么情况|怎么样|到哪(?:一?步|了)|"
    r"是?哪家|是谁|$)"
)
_WORD = late(r"[\u4e00-\u9fff]{2,6}|[a-z]{4,12}")
_APART = late(r"(?:了|一下|吧)?(?:$|[\s,，.。:：;；、!！])")
_VERB_LAST = late(r"(.{2,})[\s,，。；;、](退回|打回|办结|结案)(?:了|吧|掉)?")
_ONE_NUMBER: frozenset[Name] = frozenset({"match", "answer", "draft"})


def read(text: str) -> Command | None:
    """The command that the message is; None where it is none, so that the assistant answers it."""
    whole = text.strip()
    if len(whole) > LONGEST:
        return None
    folded = fold(whole)
    start = _past(_POLITE, folded, 0)
    if name := alone(without_thanks(folded)[start:].replace(" ", "")):
        return Command(name)
    return (
        taking(folded, start)
        or _negated(whole, folded, start)
        or _verb_first(whole, folded, start)
        or _number_first(whole, folded, start)
        or loosely(whole, folded, start)
        or _mistyped(whole, folded, start)
    )


def _past(expression: re.Pattern[str], text: str, start: int) -> int:
    """Where `expression` has matched as often as it does from `start`."""
    while (found := expression.match(text, start)) and found.end() > start:
        start = found.end()
    return start


def _negated(whole: str, folded: str, start: int) -> Command | None:
    """先别受理 17, 取消 17: nothing is done."""
    if (no := _NOT.match(folded, start)) and (found := _verb_first(whole, folded, no.end())):
        return Command("not", found.numbers)
    if (undo := _UNDOING.match(folded, start)) and (placed := _placed(folded, undo.end())):
        return Command("not", placed[0])
    if (placed := _placed(folded, start)) is None:
        return None
    noun = _NOUN_BEFORE_VERB.match(folded, placed[1])
    at = noun.end() if noun else placed[1]
    no = _NOT.match(folded, at)
    negated = no and verb_at(folded, no.end())
    return Command("not", placed[0]) if negated or _UNDOING.match(folded, at) else None


def _verb_first(whole: str, folded: str, start: int) -> Command | None:
    verb = verb_at(folded, start)
    return _with_numbers(verb[0], whole, folded, verb[1]) if verb else None


def _with_numbers(name: Name, whole: str, folded: str, end: int) -> Command | None:
    """The command whose word ends at `end`, with the numbers behind it."""
    at = _past(_AFTER_VERB, folded, end)
    found = numbers_at(folded, at, several=name not in _ONE_NUMBER)
    if found is None:
        return None
    if name == "show" and (other := _told_of(found.numbers, whole, folded, found.end)):
        return other
    noun = _NOUN.match(folded, found.end)
    return said(name, found.numbers, whole[noun.end() if noun else found.end :])


def _number_first(whole: str, folded: str, start: int) -> Command | None:
    placed = _placed(folded, start)
    if placed is None:
        return None
    numbers, end = placed
    if other := _told_of(numbers, whole, folded, end):
        return other
    rest = folded[end:].strip(" ,，。.?？!！】])）:：")
    return Command("show", numbers) if _ABOUT_IT.match(rest) else None


def _placed(folded: str, start: int) -> tuple[tuple[int, ...], int] | None:
    """Numbers with which the message begins (把17…, 17号…), and where they end."""
    before = _BEFORE_NUMBER.match(folded, start)
    found = numbers_at(folded, before.end() if before else start, before_verb=True)
    return (found.numbers, found.end) if found else None


def _told_of(numbers: tuple[int, ...], whole: str, folded: str, end: int) -> Command | None:
    """17 … 退回，请补充: the word right behind the numbers, also mistyped, or the last of all."""
    noun = _NOUN_BEFORE_VERB.match(folded, end)
    at = noun.end() if noun else end
    verb = verb_at(folded, at) or _mistyped_at(folded, at)
    if verb and (verb_at(folded, at) or _APART.match(folded, verb[1])):
        return said(verb[0], numbers, whole[verb[1] :])
    if last := _VERB_LAST.fullmatch(folded.rstrip(" 。.!！"), at):
        return Command(VERBS[last[2]], numbers, cleaned(whole[last.start(1) : last.end(1)]))
    return None


def _mistyped_at(folded: str, at: int) -> tuple[Name, int] | None:
    """受里, shouli: a word that sounds or is spelt nearly like one for a command, and its end."""
    word = _WORD.match(folded, at)
    for size in range(len(word[0]), 1, -1) if word else ():
        name = meant_by(folded[at : at + size])
        if name in WITH_NUMBERS:
            return name, at + size
    return None


def _mistyped(whole: str, folded: str, start: int) -> Command | None:
    found = _mistyped_at(folded, start)
    return _with_numbers(found[0], whole, folded, found[1]) if found else None
