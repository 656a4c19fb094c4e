"""Canned answers: what staff say again and again in talks with enterprises. Admins keep them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from knowledge.strict import Strict, Text


class Canned(Strict):
    """`name` is what staff tap, `text` what is then put before them to be sent or changed."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=12, strip_whitespace=True)]
    answer: Text = Field(max_length=1000)


class CannedFile(Strict):
    """In the order in which they are offered."""

    canned: tuple[Canned, ...] = ()
