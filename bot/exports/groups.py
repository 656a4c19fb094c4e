"""Rows under the headings that are printed in a form: one group a key task."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from intents.slots.choice import is_catch_all
from intents.wording import exports as wording

Item = TypeVar("Item")


def grouped(
    headings: Sequence[str], items: Iterable[Item], task_of: Callable[[Item], str | None]
) -> list[tuple[str, list[Item]]]:
    """Every heading with its items, in the order of the form, whether or not it has any.

    What is of no task goes under the heading for all else; a task that is not printed gets a
    heading of its own before that one.
    """
    found: dict[str, list[Item]] = {heading: [] for heading in headings}
    for item in items:
        found.setdefault(_heading(task_of(item), headings), []).append(item)
    return sorted(found.items(), key=lambda group: is_catch_all(group[0]))


def _heading(task: str | None, headings: Sequence[str]) -> str:
    last = next((h for h in reversed(headings) if is_catch_all(h)), None)
    if not task or (last and is_catch_all(task)):
        return last or wording.other_work()
    return next((h for h in headings if h == task or h.startswith(f"{task}（")), task)
