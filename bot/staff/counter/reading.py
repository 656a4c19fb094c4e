"""A staff member's message, read as a command: pure, and forgiving of all but the numbers.

Word and number come in either order (17受理, 受理第17号需求, 把17转给厦门, 需求 17 退回，…).
A slip in the word is put right, never one in a number. An ordinary question or remark is None.
"""

from __future__ import annotations

import re

from bot.staff.counter.commands import Command, Name
from bot.staff.counter.loose import loosely
from bot.staff.counter.numbers import numbers_at
from bot.staff.counter.verbs import WITH_NUMBERS, alone, meant_by, verb_at
from knowledge.normalise import normalise

_POLITE = re.compile(
    r"[\s#@*/\\,，。.!！:：、【\[(（]+|你好|您好|麻烦(?:您|你)?|劳驾|请问?|帮我|帮忙|替我|给我|"
    r"我(?!的)(?:要|想|来|们(?!的))?|可以|现在|马上|立即|那就?|先把?|再|现|小助手|知行"
)
_THANKS = re.compile(
    r"[\s,，。.!！~～;；、]*(?:谢谢(?:您|你)?|辛苦了?|多谢|好吗|可以吗|吧|哈|啊)?[\s,，。.!！~～]*$"
)
_NOT = re.compile(r"(?:先|暂时?)?(?:别|不要|不用|不予|不能|不|勿)(?:先|再|予以)?|取消|撤销|撤回|撤")
_AFTER_VERB = re.compile(
    r"(?:一下|下|掉|了)?[\s】\])）]*(?:这|那)?(?:个|条|项)?\s*(?:需求|问题)?(?:编号|号码)?[\s:：【\[(（]*"
)
_BEFORE_NUMBER = re.compile(r"(?:把|将|给|对|替|为|关于)?\s*(?:需求|问题)?(?:编号)?[\s:：]*")
_NOUN = re.compile(
    r"\s*[】\])）]?\s*的?(?:需求|问题|企业|公司|单位|这[条项个家]|那[条项个家])(?=[\s:：,，。、;；]|$)"
)
_NOUN_BEFORE_VERB = re.compile(
    r"\s*[】\])）]?\s*(?:的?(?:需求|问题|企业|公司|单位|这[条项个家]|那[条项个家]))?"
    r"[\s,，、:：;；]*(?:都|全部|一起|也|就|予以|进行|可以|先|给|请|帮我|我|来|已经?){0,3}\s*"
)
_ABOUT_IT = re.compile(r"\s*(?:号|[的]?(?:需求|情况|详情|进展|联系|电话))")
_WORD = re.compile(r"[\u4e00-\u9fff]{2,6}|[a-z]{4,12}")
_ASKED_WHETHER = re.compile(r"(?:已经?)?(?:了|过|好)?(?:吗|没有?|么|不|是吧)?[\s?？。]*")
_ASKS = re.compile(r"[?？吗呢么]\s*$|了没有?$|^(?:需?要)?(?:怎么|如何|多久|什么|为什么|是否)")
_TOWARDS = re.compile(r"^\s*(?:给|到|至|往|由)")
_PARTICLE = re.compile(r"^(?:了|一下|掉|好了)(?=[\s,，:：。;；]|$)")
_BETWEEN = " \t\n\r　,，、:：;；。.-—_~|"
_CLOSING = {"(": ")", "（": "）", "[": "]", "【": "】", "“": "”", '"': '"', "「": "」", "《": "》"}
_SPOKEN: frozenset[Name] = frozenset({"return", "reply", "note", "answer"})
_ONE_NUMBER: frozenset[Name] = frozenset({"match", "answer", "draft"})


def read(text: str) -> Command | None:
    """The command that the message is; None where it is none, so that the assistant answers it."""
    said = text.strip()
    folded = fold(said)
    start = _past(_POLITE, folded, 0)
    bare = folded[start : _THANKS.search(folded, start).start()]  # type: ignore[union-attr]
    if name := alone(bare.replace(" ", "")):
        return Command(name)
    return (
        _negated(said, folded, start)
        or _verb_first(said, folded, start)
        or _number_first(said, folded, start)
        or loosely(said, folded, start)
        or _mistyped(said, folded, start)
    )


def fold(text: str) -> str:
    """Half width, simplified, lower case; each character stays where it is."""
    return "".join(_folded(char) for char in text)


def _folded(char: str) -> str:
    if char.isspace():
        return " "
    new = normalise(char)
    return new if len(new) == 1 else char


def _past(expression: re.Pattern[str], text: str, start: int) -> int:
    """Where `expression` has matched as often as it does from `start`."""
    while (found := expression.match(text, start)) and found.end() > start:
        start = found.end()
    return start


def _negated(said: str, folded: str, start: int) -> Command | None:
    """先别受理 17: nothing is done."""
    no = _NOT.match(folded, start) or None
    found = _verb_first(said, folded, no.end()) if no else None
    if found is None:
        placed = _placed(folded, start)
        no = _NOT.match(folded, placed[1]) if placed else None
        if no is None or placed is None or verb_at(folded, no.end()) is None:
            return None
        found = Command("not", placed[0])
    return Command("not", found.numbers)


def _verb_first(said: str, folded: str, start: int) -> Command | None:
    verb = verb_at(folded, start)
    if verb is None:
        return None
    name, end = verb
    return _with_numbers(name, said, folded, end)


def _with_numbers(name: Name, said: str, folded: str, end: int) -> Command | None:
    """The command whose word ends at `end`, with the numbers behind it."""
    at = _past(_AFTER_VERB, folded, end)
    found = numbers_at(folded, at, several=name not in _ONE_NUMBER)
    if found is None:
        return None
    if name == "show" and (other := _verb_after(found.numbers, said, folded, found.end)):
        return other
    noun = _NOUN.match(folded, found.end)
    return _said(name, found.numbers, said[noun.end() if noun else found.end :])


def _number_first(said: str, folded: str, start: int) -> Command | None:
    placed = _placed(folded, start)
    if placed is None:
        return None
    numbers, end = placed
    if other := _verb_after(numbers, said, folded, end):
        return other
    rest = folded[end:]
    if not rest.strip(_BETWEEN + "。?？!！】])）") or _ABOUT_IT.match(rest):
        return Command("show", numbers)
    return None


def _placed(folded: str, start: int) -> tuple[tuple[int, ...], int] | None:
    """Numbers with which the message begins (把17…, 17号…), and where they end."""
    before = _BEFORE_NUMBER.match(folded, start)
    found = numbers_at(folded, before.end() if before else start, before_verb=True)
    return (found.numbers, found.end) if found else None


def _verb_after(numbers: tuple[int, ...], said: str, folded: str, end: int) -> Command | None:
    """17 … 退回，请补充: the word right behind the numbers, also mistyped."""
    noun = _NOUN_BEFORE_VERB.match(folded, end)
    at = noun.end() if noun else end
    verb = verb_at(folded, at)
    if verb is None and (word := _WORD.match(folded, at)):
        verb = next(
            (
                (name, at + size)
                for size in range(min(len(word[0]), 6), 1, -1)
                if (name := meant_by(word[0][:size]))
            ),
            None,
        )
    return _said(verb[0], numbers, said[verb[1] :]) if verb else None


def _mistyped(said: str, folded: str, start: int) -> Command | None:
    """受里 17, shouli 17: a word before a number that sounds or is spelt nearly like one."""
    word = _WORD.match(folded, start)
    if word is None:
        return None
    for size in range(len(word[0]), 1, -1):
        name = meant_by(word[0][:size])
        if name in WITH_NUMBERS and (found := _with_numbers(name, said, folded, start + size)):
            return found
    return None


def _said(name: Name, numbers: tuple[int, ...], rest: str) -> Command:
    """The command with its own words, unless they only ask whether it was done."""
    words = cleaned(_TOWARDS.sub("", rest) if name == "transfer" else rest)
    told = fold(words)
    if name == "show":
        return Command(name, numbers)
    if _ASKED_WHETHER.fullmatch(told) or name not in _SPOKEN:
        if told and _ASKS.search(told):
            return Command("show", numbers)
        words = _without_thanks(words, told)
    return Command(name, numbers, words)


def _without_thanks(words: str, told: str) -> str:
    thanks = _THANKS.search(told)
    kept = words[: thanks.start()] if thanks else words
    return "" if fold(kept) in ("了", "一下", "掉", "好了", "好", "它") else kept


def cleaned(rest: str) -> str:
    """What is said, without the marks that part it from the command."""
    words = (
        _PARTICLE.sub("", rest.strip().lstrip("】])）"))
        .strip(_BETWEEN.replace("。", "").replace(".", ""))
        .lstrip("。.")
        .strip()
    )
    if (
        words
        and _CLOSING.get(words[0]) == words[-1]
        and words.count(words[-1]) == 1 + (words[0] == words[-1])
    ):
        words = words[1:-1].strip()
    return words
