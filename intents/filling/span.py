"""A stretch of a clause that tells something, and what surrounds the clause."""

from __future__ import annotations

from dataclasses import dataclass

from intents.filling.intro import Intro

# How much a span tells: what it leads with, an organisation, a person, an office.
LEAD, ORGANISATION, PERSON, OFFICE = 2.0, 6.0, 4.0, 2.0
UNBOUNDED = -3.5  # for a name behind which nothing begins that is known


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a clause that tells something by itself. `who`: an introduction in it.

    `idle`: it tells nothing for the form, as fillers and remarks on a number do.
    """

    start: int
    end: int
    weight: float
    who: Intro | None = None
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a clause: numbers and addresses, and what is known already."""

    numbers: bool = False
    after_number: bool = False
    before_number: bool = False
    company_asked: bool = False
    company_known: bool = False
    person_known: bool = False
