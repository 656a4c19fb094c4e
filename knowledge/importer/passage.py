"""Text that knows where each of its characters stands in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Characters `start` to `end` (excluded) of `Page.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text, cleaned: `at[i]` is where `text[i]` stands in the source.

    Lines that a page break tore apart are one passage; characters that cleaning put in (a space
    between joined lines) carry the position of what follows them.
    """

    text: str
    at: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.text) != len(self.at):
            raise ValueError("a passage needs one position a character")

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def part(self, start: int, end: int | None = None) -> Passage:
        """The slice `start:end`, as of a string."""
        return Passage(self.text[start:end], self.at[start:end])

    def strip(self, chars: str | None = None) -> Passage:
        left = len(self.text) - len(self.text.lstrip(chars))
        return self.part(left, len(self.text.rstrip(chars)) or left)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where the slice stands in the source. Raises ValueError for an empty one."""
        places = self.at[start:end]
        if not places:
            raise ValueError("an empty slice stands nowhere")
        return Span(min(places), max(places) + 1)

    def split(self, pattern: re.Pattern[str]) -> Iterator[Passage]:
        """The parts between the matches, empty ones left out."""
        begin = 0
        for match in pattern.finditer(self.text):
            if match.start() > begin:
                yield self.part(begin, match.start())
            begin = match.end()
        if begin < len(self.text):
            yield self.part(begin)


def passage(text: str, start: int = 0) -> Passage:
    """A passage that stands in the source as it is, from `start` on."""
    return Passage(text, tuple(range(start, start + len(text))))


def joined(parts: Iterable[Passage], between: str = "") -> Passage:
    """The parts as one; `between` carries the position of the part that follows it."""
    text: list[str] = []
    at: list[int] = []
    for part in parts:
        if text and between and part:
            text.append(between)
            at.extend([part.at[0]] * len(between))
        text.append(part.text)
        at.extend(part.at)
    return Passage("".join(text), tuple(at))
