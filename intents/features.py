"""What a learnt reading looks at in a message: characters and kinds of words, no whole phrases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from knowledge.kinds import Words
from knowledge.late import late
from knowledge.normalise import normalise

_LONGEST_GRAM: Final = 3
_START, _END, _PAUSE = "^", "$", "|"
_MARKS = late(r"[\s,.;:!。、~…·\"'“”()\[\]【】「」《》\-]+")
_MAIL = late(r"[a-z0-9_.+-]+@[a-z0-9.-]+")
_NUMBER = late(r"[0-9]+")
_LENGTHS = (4, 8, 14, 25)
_ASKING_END = late(r"[吗呢么嘛不没]\??$")
# What is only politeness before and behind a message, as `plain` writes it.
_BEFORE = late(
    r"(?:(?:老师|领导|同志|亲|专家)?(?:您好|你好|早上好|上午好|下午好|晚上好|哈喽|嗨|hi|hello)(?:老师|领导|啊|呀)?"
    r"|请问(?:一下)?|麻烦问(?:一)?下|那个|不好意思(?:打扰(?:一下|了)?)?|打扰(?:一下|了)|哈哈+|嗯+|呃+)\|*"
)
_BEHIND = late(
    r"\|*(?:(?:非常)?感谢|多谢|谢谢)(?:您|你|老师|领导|啦|了|哈|啊)*$|\|+(?:麻烦|辛苦|拜托)(?:您|你)?(?:了|啦)?$"
    r"|\|+急+$|\|*在线等(?:\|*急)?$|\|*哈哈+$"
)
_LEFT = 4  # characters that a message has at least beside politeness
_MOST = 400  # characters; what follows says nothing new of the kind


def plain(text: str) -> str:
    """`text` in one spelling, numbers as 0, addresses as @, and every pause as |."""
    said = _NUMBER.sub("0", _MAIL.sub("@", normalise(text)))
    return _MARKS.sub(_PAUSE, said).strip(_PAUSE)[:_MOST]


@lru_cache(maxsize=1024)
def grams(said: str) -> frozenset[str]:
    """Every stretch of one to three characters of a plain text, its ends included."""
    whole = f"{_START}{said}{_END}"
    found = {
        whole[at : at + size]
        for size in range(1, _LONGEST_GRAM + 1)
        for at in range(len(whole) - size + 1)
    }
    return frozenset(found - {_START, _END, _PAUSE})


def has_any(said: str, words: Sequence[str]) -> bool:
    return any(map(said.__contains__, words))


def kinds_of_words(said: str, groups: Words) -> set[str]:
    """Which groups of words a plain text has, alone and two by two, how it ends, how long it is."""
    here = [name for name, words in groups.items() if has_any(said, words)]
    found = {f"#{name}" for name in here}
    found |= {f"#{one}+{other}" for i, one in enumerate(here) for other in here[i + 1 :]}
    if said.endswith("?"):
        found.add("#?")
    if _ASKING_END.search(said):
        found.add("#asking end")
    last = said.rstrip("?").rpartition(_PAUSE)[2]
    if has_any(last, groups.get("asks", ())):
        found.add("#asks last")
    found.add(f"#length {sum(len(said) >= limit for limit in _LENGTHS)}")
    return found


def _unpadded(said: str) -> str:
    """A plain text without the politeness around it, unless it is little else."""
    rest = said
    while match := _BEFORE.match(rest):
        rest = rest[match.end() :]
    while match := _BEHIND.search(rest):
        rest = rest[: match.start()]
    return rest if len(rest) >= _LEFT else said


def of_message(text: str, groups: Words) -> frozenset[str]:
    """Everything that tells the kind of a message."""
    said = _unpadded(plain(text))
    return grams(said) | kinds_of_words(said, groups)


def of_need(text: str, about: Words, cued: frozenset[str]) -> frozenset[str]:
    """Everything that tells what a need is about. `cued`: the themes that the cues of the form in
    use point to."""
    said = plain(text)
    found = {f"@{name}" for name, words in about.items() if has_any(said, words)}
    found |= {f"#cue {name}" for name in cued}
    if len(cued) == 1:
        found |= {f"#only cue {name}" for name in cued}
    return grams(said) | found
