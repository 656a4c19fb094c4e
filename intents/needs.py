"""Does a message state a need of the sender's own, and to which key task does it point?

The kind of a message is read by learnt weights (`intents.kinds`); only what commands and the shape
of questions are is said here in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from intents import kinds
from intents.filling import acts
from intents.filling.pieces import tidy
from intents.slots import choice
from knowledge.late import late
from knowledge.model import DemandForm

STATED, _SURE, _ALONE = 0.5, 0.8, 0.7
"""How likely a message is a need: to be taken for one; to ask no notice; of one clause alone."""
_ASKED = 0.5
_FAR = 0.8
_PERHAPS, _TELLING = 0.4, 4  # how likely at least, and characters of a clause, to look closer
_SHORTEST = 2  # characters: 招人
_INTERROGATIVE = late(
    r"[?？]|[吗呢么]$|什么|怎|如何|哪|谁|几|多少|多久|多[长大高]|是不是|是否|有没有|能不能|能否|可不可|要不要|算不算|"
    r"会不会|有无|咋|啥|为何|为什么|[了过到点便]没有?$|没得$|嘛$|得[上到了]不|能[^，。]{1,6}不$"
)
_CLAUSES = late(r"[，,。；;！!？?\n ]")
_SENTENCES = late(r"[。；;！!？?\n]")
_BREAK = "，,：:。；; \n!！"


@dataclass(frozen=True, slots=True)
class Need:
    """`text` is the message; `cue` is the word by which `task` was read out of it.

    `sure`: it can hardly be a question about the rules. `confident`: nor can it be of another task.
    """

    text: str
    task: str | None
    cue: str | None
    confident: bool
    sure: bool = False


@lru_cache(maxsize=4096)
def wants_form(text: str) -> bool:
    """`text` is a command to open the form: 登记需求, 想报个需求, 我要提需求：…."""
    text = tidy(text)
    at = acts.opening(text)
    if at == 0:
        clauses = [c for c in _CLAUSES.split(text) if c]
        return any(acts.opening(c) == len(c) for c in clauses) and not _asks(text)
    rest = text[at:].lstrip(" ，,：:。；;")
    if rest.startswith("的"):
        return False
    closed = at == len(text) or text[at - 1] in _BREAK or text[at] in _BREAK
    return not _asks(rest) or (closed and not looks_like_question(rest))


def looks_like_question(text: str) -> bool:
    """`text` asks for information; asking for help (有没有人能帮忙牵线) does not count."""
    text = tidy(text)
    reading = kinds.read(text)
    if _states(text, reading) or reading.tell >= _ASKED:
        return False
    return _asks(text) or (reading.question >= _ASKED and kinds.inquires(text))


def is_idle(text: str) -> bool:
    """`text` is about something that no bureau could do: a poem, the weather, a film."""
    return kinds.read(tidy(text)).far >= _FAR


def read_need(text: str, form: DemandForm) -> Need | None:
    """The need that `text` states; None for questions about the rules, small talk and the rest."""
    said = tidy(text)
    reading = kinds.read(said)
    if not _states(said, reading):
        return None
    found = choice.suggest(said, form)
    sure = reading.need >= _SURE
    if found is None:
        return Need(said, None, None, False, sure)
    return Need(said, found.task, found.cue, found.confident, sure)


def states_need(text: str) -> bool:
    """Whether `text` states a need, where there is no form whose words could tell more of it."""
    said = tidy(text)
    return _states(said, kinds.read(said))


def _states(text: str, reading: kinds.Reading) -> bool:
    """The whole is a need; or one clause surely, among names and numbers or beside a question."""
    if len(text) < _SHORTEST or reading.need >= STATED:
        return len(text) >= _SHORTEST
    if reading.need < _PERHAPS and reading.tell < _ASKED:
        return False
    parts = {*_CLAUSES.split(text), *_SENTENCES.split(text)} - {text}
    return any(len(part) >= _TELLING and kinds.read(part).need >= _ALONE for part in parts)


def _asks(text: str) -> bool:
    """`text` has the form of a question."""
    return _INTERROGATIVE.search(text) is not None
