"""What is told again that the form holds already: who repeats themselves says nothing new."""

from __future__ import annotations

from intents.conversation import FormDraft
from intents.filling.draft import slot_named
from intents.filling.former import tells_who
from knowledge.late import late
from knowledge.model import DemandForm

_CLAUSE = late(r"[^，,。；;！!？?\n ]+")
_MARKS = " ，,。；;！!？?\n"


def without(text: str, draft: FormDraft, form: DemandForm) -> str:
    """`text` without clauses that are, word for word, who the sender is known to be.

    The slot that is asked for is left alone: what is said then is its answer.
    """
    known = {
        str(draft.values[s.name])
        for s in form.slots
        if s.name in draft.values and s.name != draft.asking and tells_who(s, form)
    }
    if slot_named(form, draft.asking) is None or not known:
        return text
    cut = [m.span() for m in _CLAUSE.finditer(text) if m[0] in known]
    for start, end in reversed(cut):
        text = text[:start] + text[end:].lstrip(_MARKS)
    return text if text.strip(_MARKS) else ""
