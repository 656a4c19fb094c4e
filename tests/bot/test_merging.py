"""Two people's changes of one file, brought together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.revisions.merging import differing, laid_over, merged

BASE = "一\n二\n三\n四\n五\n"
texts = st.lists(st.sampled_from("甲乙丙丁"), max_size=8).map("\n".join)


@pytest.mark.parametrize(
    ("mine", "theirs", "wanted"),
    [
        ("一\n二二\n三\n四\n五\n", "一\n二\n三\n四四\n五\n", "一\n二二\n三\n四四\n五\n"),
        ("一\n二\n三\n四\n五\n六\n", "零\n一\n二\n三\n四\n五\n", "零\n一\n二\n三\n四\n五\n六\n"),
        ("一\n三\n四\n五\n", BASE, "一\n三\n四\n五\n"),
        ("一\n二\n三改\n四\n五\n", "一\n二\n三改\n四\n五\n", "一\n二\n三改\n四\n五\n"),
    ],
)
def test_changes_in_different_places_are_both_there(mine: str, theirs: str, wanted: str) -> None:
    done = merged(BASE, mine, theirs)
    assert (done.text, done.clean) == (wanted, True)


def test_of_a_line_that_both_changed_both_are_shown_between_marks() -> None:
    done = merged(BASE, "一\n二\n我的\n四\n五\n", "一\n二\n别人的\n四\n五\n")
    assert not done.clean
    assert done.text == ("一\n二\n<<<<<<< 草稿\n我的\n=======\n别人的\n>>>>>>> 在用\n四\n五\n")


@given(texts, texts)
def test_whoever_alone_changed_something_gets_just_that(base: str, changed: str) -> None:
    for done in (merged(base, changed, base), merged(base, base, changed)):
        assert (done.text, done.clean) == (changed, True)


@given(texts, texts, texts)
def test_no_line_of_either_is_lost(base: str, mine: str, theirs: str) -> None:
    done = merged(base, mine, theirs)
    for text in (mine, theirs):
        new = set(text.splitlines()) - set(base.splitlines())
        assert new <= set(done.text.splitlines())


def test_files_lie_over_files_and_those_that_differ_are_known() -> None:
    old = {"a.yaml": "甲", "b.yaml": "乙"}
    new = laid_over(old, {"b.yaml": None, "c.yaml": "丙"})
    assert new == {"a.yaml": "甲", "c.yaml": "丙"}
    assert differing(old, new) == {"b.yaml", "c.yaml"}
