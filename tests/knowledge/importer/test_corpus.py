"""The corpus of made-up notices: what is found, and that nothing is that is not there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pytest

from benchmarks.importing import FAMILIES, Json, cases, read, tallies
from knowledge.load import load_regions

REGIONS = load_regions()
CASES = list(cases())
LEAST = 0.97

_NOT_DIGIT = re.compile(r"\D")


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Json, Json]]:
    return [(case, read(case, REGIONS)) for case in CASES]


def test_the_corpus_has_thirty_notices() -> None:
    assert len({case["name"] for case in CASES}) >= 30


@pytest.mark.parametrize("family", FAMILIES)
def test_what_the_notices_say_is_found(pairs: list[tuple[Json, Json]], family: str) -> None:
    tally = tallies(pairs)[family]
    assert tally.f1 >= LEAST, "\n".join(tally.examples)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_nothing_is_read_that_the_text_does_not_hold(case: Json) -> None:
    found = read(case, REGIONS)
    text = _plain(case["text"])
    assert not [value for value in _said(found) if _plain(value) not in text]
    digits = _NOT_DIGIT.sub("", text)
    for contact in found["contacts"]:
        for phone in contact["phones"]:
            head = _NOT_DIGIT.sub("", phone)[:-4]
            assert head in digits, phone


def _said(found: Json) -> Iterator[str]:
    """Every value that must stand in the text as it is."""
    yield from filter(None, [found["title"], *(found["issuer"] or "").split("、")])
    for deadline in found["deadlines"]:
        yield from (value for name in ("who", "to", "quote") if (value := deadline[name]))
    for contact in found["contacts"]:
        yield from contact["emails"]
        yield from (contact["name"] or "").split("、")


def _plain(text: str) -> str:
    text = text.replace("\\r", "").replace("\\n", "")
    return re.sub(r"\s|<[^>]*>|&nbsp;|\*|#", "", unicodedata.normalize("NFKC", text))
