"""A deadline as reminders tell of it, when they are asked for and when they come."""

from __future__ import annotations

from intents.due import Due
from intents.wording import answers


def told(due: Due) -> tuple[str, str, str]:
    """What is due, when, and where that stands."""
    deadline = due.deadline
    source = answers.source(due.notice, deadline.clause)
    return deadline.what, answers.due_words(deadline), source
