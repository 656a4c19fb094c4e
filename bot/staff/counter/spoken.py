"""A message of who speaks with somebody: for that person, or for the assistant. Pure.

For the assistant is what begins with #, and a command by its own name with a number (受理 17).
What else may be a command is neither done nor passed on before it is asked which. All other words
are for the person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.staff.counter.commands import Command
from bot.staff.counter.reading import fold, read
from bot.staff.counter.verbs import WITH_NUMBERS
from intents.conversation import MenuItem
from intents.wording.staff import COMMAND
from knowledge.late import late
from knowledge.normalise import number

Kind = Literal["words", "command", "end", "pass", "which"]
SIGN, WORDS = "#", "发给对方："
"""Before what is meant for the assistant, and before what is meant for the person."""

_END = late(
    r"(?:结束|挂断)(?:了|吧)?(?:人工|对话|会话|通话|服务|聊天)?(?:了|吧)?\s*(?:第?t?(\d{1,7})号?)?[\s。.!！]*"
)
_PASS = late(
    r"(?:转交给?|转接给?|转给|移交给?|交给|转(?=[\s:：]))[\s:：]*([^\s\d:：，。,.]{2,8}?)吧?[\s。.!！]*"
)
_NAMES = "|".join(COMMAND[name] for name in sorted(WITH_NUMBERS) if name != "show")
_CLEAR = late(rf"(?:{_NAMES})\s?#?\d{{1,7}}(?!\d).*|{COMMAND['show']}\s?#?\d{{1,7}}", re.DOTALL)
_WORD = late(r"\w")
_PICK = late(r"(?:第|选)?\s*(\d{1,2}|[一二三四五六七八九十])\s*[个项号条]?")


@dataclass(frozen=True, slots=True)
class Spoken:
    """`text`: the words, the command, the colleague's name, or the number behind 结束."""

    kind: Kind
    text: str = ""


def spoken(text: str, menu: tuple[MenuItem, ...] = (), begun: str = "") -> Spoken:
    """`menu` is what was offered last, `begun` a command whose rest was asked for."""
    said = _picked(text, menu) or text.strip()
    folded = fold(said)
    if said.startswith(WORDS):
        return Spoken("words", said.removeprefix(WORDS))
    if folded.startswith(SIGN):
        return Spoken("command", said[1:].strip())
    if end := _END.fullmatch(folded):
        return Spoken("end", end[1] or "")
    if to := _PASS.fullmatch(folded):
        return Spoken("pass", said[to.start(1) : to.end(1)])
    command = read(said) if _WORD.search(folded) else None
    if command is not None and command.numbers and _is_clear(command, folded):
        return Spoken("command", said)
    return Spoken("which" if command is not None or begun else "words", said)


def _is_clear(command: Command, folded: str) -> bool:
    return command.name == "take" or _CLEAR.fullmatch(folded) is not None


def _picked(text: str, menu: tuple[MenuItem, ...]) -> str:
    """What the item picked stands for, if it is one of staff's: a command, unless it says
    otherwise."""
    found = _PICK.fullmatch(fold(text).strip(" 。.，,"))
    place = number(found[1]) if found else None
    at_place = [menu[place - 1]] if place and place <= len(menu) else []
    named = [item for item in menu if text.strip() == item.label]
    item = next(iter([*named, *at_place]), None)
    if item is None:
        return ""
    if item.says.startswith((SIGN, WORDS)):
        return item.says
    return f"{SIGN}{item.says}" if read(item.says) else ""


def asks_which(menu: tuple[MenuItem, ...]) -> bool:
    """Whether it offers to pass something on or to take it for a command."""
    return any(item.says.startswith(WORDS) for item in menu)
