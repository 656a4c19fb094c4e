"""What a command says besides its word and numbers, and what only asks or thanks."""

from __future__ import annotations

from bot.staff.counter.commands import Command, Name
from bot.staff.counter.numbers import numbers_at
from bot.staff.counter.verbs import verb_at
from knowledge.late import late
from knowledge.normalise import normalise

_THANKS = late(r"(?:谢谢(?:您|你)?|辛苦|多谢|麻烦了|好吗|可以吗)?[吧哈啊啦了]?\Z")
_LONGEST_THANKS = 8
_AROUND = " ,，。.!！~～;；、"
_ASKED_WHETHER = late(r"(?:已经?)?(?:了|过|好)?(?:吗|没有?|么|不|是吧)?[\s?？。]*")
_ASKS = late(r"[?？吗呢么]\s*$|了没有?$|^(?:需?要)?(?:怎么|如何|多久|什么|为什么|是否)")
_TOWARDS = late(r"^\s*(?:给|到|至|往|由)")
_RESOURCE = late(r"^\s*(?:一下|下)?\s*(?:合适的|相关的?)?(?:资源)?\s*(?:给|到|上)?\s*")
_NOTHING = late(r"(?:了|一下|掉|好了?|它|去|资源)?")
_PARTICLE = late(r"^(?:了|一下|掉|好了|个?话)(?=[\s,，:：。;；]|$)")
_ANOTHER = late(r"(?:[\s,，;；、]|并且?|然后|接着|再|同时|和|把|将)*")
_BETWEEN = " \t\n\r　,，、:：;；。.-—_~|"
_CLOSING = {"(": ")", "（": "）", "[": "]", "【": "】", "“": "”", '"': '"', "「": "」", "《": "》"}
SPOKEN: frozenset[Name] = frozenset({"return", "reply", "note", "answer"})
"""What goes on with words of one's own, whatever they are."""


def fold(text: str) -> str:
    """Half width, simplified, lower case; each character stays where it is."""
    return "".join(_folded(char) for char in text)


def _folded(char: str) -> str:
    if char.isspace():
        return " "
    new = normalise(char)
    return new if len(new) == 1 else char


def without_thanks(folded: str) -> str:
    """The folded text without the politeness at its end."""
    text = folded.rstrip(_AROUND)
    thanks = _THANKS.search(text, max(len(text) - _LONGEST_THANKS, 0))
    return text[: thanks.start()].rstrip(_AROUND) if thanks else text


def said(name: Name, numbers: tuple[int, ...], rest: str) -> Command:
    """The command with its own words, unless they only ask whether it was done, or tell another."""
    words = cleaned(rest)
    told = fold(words)
    if name == "show":
        return Command(name, numbers)
    if name in SPOKEN:
        asks = told and _ASKED_WHETHER.fullmatch(told) and _ASKS.search(told)
        return Command("show", numbers) if asks else Command(name, numbers, words)
    if told and _ASKS.search(told):
        return Command("show", numbers)
    if _tells_another(name, told):
        return Command("two", numbers)
    return Command(name, numbers, _own(name, words, told))


def _own(name: Name, words: str, told: str) -> str:
    kept = words[: len(without_thanks(told))]
    if name == "transfer":
        kept = _TOWARDS.sub("", kept)
    if name == "match":
        kept = _RESOURCE.sub("", kept)
    return "" if _NOTHING.fullmatch(fold(kept)) else cleaned(kept)


def _tells_another(name: Name, told: str) -> bool:
    """受理 17，办结 18; 受理 17 并匹配."""
    at = _ANOTHER.match(told)
    start = at.end() if at else 0
    if placed := numbers_at(told, start):
        return verb_at(told, placed.end + (told[placed.end : placed.end + 1] == " ")) is not None
    verb = verb_at(told, start)
    if verb is None or len(told[start : verb[1]]) < 2:
        return False
    return name == "accept" or numbers_at(told, verb[1]) is not None


def cleaned(rest: str) -> str:
    """What is said, without the marks that part it from the command."""
    words = _PARTICLE.sub("", rest.strip().lstrip("】])）"))
    words = words.strip(" \t\n\r　,，、:：;；-—_~|").lstrip("。.").strip()
    if not words or _CLOSING.get(words[0]) != words[-1]:
        return words
    alone = words.count(words[-1]) == 1 + (words[0] == words[-1])
    return words[1:-1].strip() if alone else words
