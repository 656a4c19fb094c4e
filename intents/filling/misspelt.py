"""Labels that the ear or an input method wrote wrong: 连系人 for 联系人, 油箱 for 邮箱.

Only where a label can stand: at the start of a clause, with its value behind it. The length of the
text stays the same.
"""

from __future__ import annotations

from functools import lru_cache

from intents.filling import labels
from knowledge.late import late
from knowledge.model import DemandForm
from knowledge.slips.shapes import look_alikes
from knowledge.slips.sounds import readings

_WORD = late("[\u4e00-\u9fff]{2,8}")
_COMMAND = frozenset({"需求", "登记"})
_OPENING = 14  # characters in which a command stands
_PLACE = late(r"(?:^|(?<=[，,；;。\n、 ]))(?=[\u4e00-\u9fff]{2})")
_BEHIND = late(
    r"\s*(?:[:：=]|是|为|改成|改为|换成|错了|没有|无|\+?\d{3}|[A-Za-z0-9._]+@|[零〇一二三四五六七八九幺]{3})"
)


def corrected(text: str, form: DemandForm) -> str:
    """`text` with the labels in it as the form writes them."""
    by_length = _by_length(form)
    for place in _PLACE.finditer(text):
        at = place.start()
        for length, known in by_length.items():
            window = text[at : at + length]
            if window in known:
                break
            meant = _meant(window, known) if _BEHIND.match(text, at + length) else None
            if meant is not None:
                text = text[:at] + meant + text[at + length :]
                break
    return text


def opening(text: str) -> str:
    """`text` with the words of a command to open the form as they are meant: 登计须求."""
    for at in range(min(len(text) - 1, _OPENING)):
        meant = _meant(text[at : at + 2], _COMMAND)
        if meant is not None and text[at : at + 2] not in _COMMAND:
            text = text[:at] + meant + text[at + 2 :]
    return text


@lru_cache(maxsize=32)
def _by_length(form: DemandForm) -> dict[int, frozenset[str]]:
    """Labels that are Chinese words by their length, the longest first."""
    words = [label for label, _ in labels.table(form) if _WORD.fullmatch(label)]
    lengths = sorted({len(word) for word in words}, reverse=True)
    return {n: frozenset(word for word in words if len(word) == n) for n in lengths}


def _meant(typed: str, known: frozenset[str]) -> str | None:
    """The label whose characters are typed, but one or more that sound or look like the right."""
    for label in sorted(known):
        wrong = [(a, b) for a, b in zip(typed, label, strict=False) if a != b]
        if len(typed) == len(label) > len(wrong) and all(_alike(a, b) for a, b in wrong):
            return label
    return None


def _alike(typed: str, meant: str) -> bool:
    same = not set(readings(typed)).isdisjoint(readings(meant))
    return same or meant in look_alikes().get(typed, "")
