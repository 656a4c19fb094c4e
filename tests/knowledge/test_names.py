"""Names are found in running text, however many there are."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge.names import Names


def found(names: list[str], text: str, shortest: int = 2) -> list[str]:
    return [text[start:end] for start, end in Names(names, shortest).found_in(text)]


def test_the_longest_name_is_found() -> None:
    assert found(["专利", "专利转化", "转化"], "专利转化和专利") == ["专利转化", "专利"]


def test_a_name_at_the_end_of_the_text_ends_where_the_text_does() -> None:
    assert list(Names(["专利", "专利转化"]).found_in("办专利")) == [(1, 3)]


def test_single_characters_are_names_only_where_they_are_asked_for() -> None:
    assert found(["省"], "省里") == []
    assert found(["省"], "省里", shortest=1) == ["省"]


@given(st.lists(st.text("甲乙丙", min_size=1, max_size=5)), st.text("甲乙丙丁", max_size=20))
def test_found_are_the_longest_from_the_left(names: list[str], text: str) -> None:
    longest_first = sorted(names, key=lambda name: -len(name))
    expression = re.compile("|".join(longest_first) or r"(?!)")
    assert list(Names(names, 1).found_in(text)) == [m.span() for m in expression.finditer(text)]
