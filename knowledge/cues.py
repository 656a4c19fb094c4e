"""Words and patterns by which something is recognised in normalised text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from pydantic import ValidationInfo, field_validator, model_validator

from knowledge.normalise import normalise
from knowledge.strict import ON_TRUST, Strict, Text


class Cues(Strict):
    """Words, and regular expressions, by which something is recognised in normalised text.

    `words` and `patterns` only ask; `kept` ones ask and are part of the subject as well (目标).
    """

    words: tuple[Text, ...] = ()
    patterns: tuple[Text, ...] = ()
    kept: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _patterns_compile(self, info: ValidationInfo) -> Cues:
        """What is compiled here is what is used later; one by one only to name the wrong one."""
        try:
            if info.context != ON_TRUST:
                self.compile()
        except re.error as error:
            wrong = next(filter(_is_wrong, (*self.patterns, *self.kept)), "|".join(self.patterns))
            raise ValueError(f'"{wrong}" is not a regular expression: {error}') from None
        return self

    def compile(self) -> None:
        """The patterns. Raises re.error."""
        if self.patterns:
            self.expression  # noqa: B018
        if self.kept:
            self.kept_expression  # noqa: B018

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """What asks and is not kept, as one expression; matches nothing when there is none."""
        words = sorted({normalise(w) for w in self.words}, key=lambda w: (-len(w), w))
        return _any_of([*self.patterns, *map(re.escape, words)])

    @cached_property
    def kept_expression(self) -> re.Pattern[str]:
        return _any_of(self.kept)

    @cached_property
    def words_only(self) -> re.Pattern[str]:
        return any_word(map(normalise, self.words))

    @cached_property
    def patterns_only(self) -> re.Pattern[str]:
        return _any_of(self.patterns)

    def found_in(self, text: str) -> bool:
        return bool(self.expression.search(text) or self.kept_expression.search(text))


def any_word(words: Iterable[str]) -> re.Pattern[str]:
    """What finds the words, the longest first; nothing where there are none.

    Words that begin alike stand together: where none begins, few are tried.
    """
    begun: dict[str, list[str]] = {}
    for word in sorted(filter(None, set(words)), key=lambda w: (-len(w), w)):
        begun.setdefault(word[0], []).append(re.escape(word[1:]))
    groups = (f"{re.escape(char)}(?:{'|'.join(rest)})" for char, rest in begun.items())
    return re.compile("|".join(groups) or r"(?!)")


def _is_wrong(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return True
    return False


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)")


class Audience(Strict):
    """For whom tasks are: who says one of `words` means the scopes of this `level`, or whose `who`
    is this or has `part` in it; without any of these, those that share words with what was said,
    or any at all of `anybody`."""

    words: tuple[Text, ...]
    level: Text | None = None
    who: Text | None = None
    part: Text | None = None
    anybody: bool = False

    @property
    def is_open(self) -> bool:
        return not (self.level or self.who or self.part)


class Way(Cues):
    """A way by which somebody is reached: its names, and how it looks where it is told."""

    looks: Text

    @model_validator(mode="after")
    def _is_named_and_found(self) -> Way:
        if not self.words:
            raise ValueError("a way needs a word that names it")
        try:
            re.compile(self.looks)
        except re.error as error:
            raise ValueError(f'"{self.looks}" is not a regular expression: {error}') from None
        return self


class ValueCues(Cues):
    """A kind of value that no typed fact holds; `never`: nor does any notice in its words.
    `units` are the kinds of units that hold it whatever their words are; `looks` is a pattern of
    how such a value is written, other words than the question's standing beside it."""

    never: bool = False
    units: tuple[Text, ...] = ()
    looks: Text | None = None

    @cached_property
    def written(self) -> re.Pattern[str] | None:
        return re.compile(self.looks) if self.looks else None

    @field_validator("looks")
    @classmethod
    def _looks_compile(cls, looks: str | None) -> str | None:
        try:
            re.compile(looks or "")
        except re.error as error:
            raise ValueError(f'"{looks}" is not a regular expression: {error}') from None
        return looks
