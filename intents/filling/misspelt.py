"""Labels that the ear or an input method wrote wrong: 连系人 for 联系人, 油箱 for 邮箱.

Only where a label can stand: at the start of a clause, with its value behind it. The length of the
text stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from intents.filling import labels
from knowledge.model import DemandForm
from knowledge.slips.shapes import look_alikes
from knowledge.slips.sounds import readings

_PLACE = re.compile(r"(?:^|(?<=[，,；;。\n、 ]))(?=[\u4e00-\u9fff]{2})")
_BEHIND = re.compile(
    r"\s*(?:[:：=]|是|为|改成|改为|换成|错了|没有|无|\+?\d{3}|[A-Za-z0-9._]+@|[零〇一二三四五六七八九幺]{3})"
)


def corrected(text: str, form: DemandForm) -> str:
    """`text` with the labels in it as the form writes them."""
    for match in _PLACE.finditer(text):
        at = match.start()
        for label in _by_length(form):
            window = text[at : at + len(label)]
            if window == label:
                break
            if _meant(window, label) and _BEHIND.match(text, at + len(label)):
                text = text[:at] + label + text[at + len(label) :]
                break
    return text


@lru_cache(maxsize=32)
def _by_length(form: DemandForm) -> Sequence[str]:
    """Labels that are Chinese words, the longest first."""
    return [label for label, _ in labels.table(form) if re.fullmatch("[\u4e00-\u9fff]{2,8}", label)]


def _meant(typed: str, label: str) -> bool:
    """All but one character at least are right; the others sound or look like it."""
    if len(typed) != len(label):
        return False
    wrong = [(a, b) for a, b in zip(typed, label, strict=True) if a != b]
    return 0 < len(wrong) < len(label) and all(_alike(a, b) for a, b in wrong)


def _alike(typed: str, meant: str) -> bool:
    same = not set(readings(typed)).isdisjoint(readings(meant))
    return same or meant in look_alikes().get(typed, "")
