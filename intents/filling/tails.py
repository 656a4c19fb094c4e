"""A number of which only the end is corrected: 手机尾号是5678不是5679."""

from __future__ import annotations

from collections.abc import Mapping

from intents.filling.contacts import CALLS
from intents.slots.phone import in_figures
from knowledge.late import late
from knowledge.model import DemandForm, Slot

_TAIL = late(r"尾号|尾数|(?:最后|后面?|末尾?)(?:[一二两三四五\d])?位|末尾")
_FIGURES = late(r"(?P<not>不是|原来是?|不要)?\s*(?<!\d)(?P<digits>\d{1,5})(?!\d)(?P<place>\s*位)?")
_FIXED = late("座机|固话|固定|办公")


def corrected(
    text: str, form: DemandForm, values: Mapping[str, str | bool]
) -> tuple[str, str] | None:
    """The slot and its whole new number; None where `text` corrects no end of a number."""
    tail = _TAIL.search(text)
    slot = _held(text, form, values) if tail else None
    if tail is None or slot is None:
        return None
    held = str(values[slot.name])
    given = [m for m in _FIGURES.finditer(in_figures(text)) if not m["place"]]
    new = [m["digits"] for m in given if not m["not"] and not held.endswith(m["digits"])]
    if len(new) != 1 or len(new[0]) > len(held) - 3:
        return None
    return slot.name, held[: -len(new[0])] + new[0]


def _held(text: str, form: DemandForm, values: Mapping[str, str | bool]) -> Slot | None:
    """The number that is meant: the mobile, unless a landline is named or is the only one."""
    held = [s for s in form.slots if s.kind in CALLS and s.name in values]
    wanted = "phone" if _FIXED.search(text) else "mobile"
    return next((s for s in held if s.kind == wanted), held[0] if held else None)
