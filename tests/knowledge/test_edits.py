"""Single characters are mended by what stands beside them; what tells things apart is not."""

from __future__ import annotations

import pytest

from knowledge.slips.edits import Edits
from knowledge.slips.letters import Letters, counted

ASKED = ["任务几归谁管"] * 30 + ["需求清单几号报"] * 30 + ["第二项任务"] * 30
PAUSES = ("|||", "||")


@pytest.fixture(scope="module")
def edits() -> Edits:
    return Edits(Letters(counted(ASKED)), places=("漳州",))


def mended(edits: Edits, text: str, kept: frozenset[int] = frozenset()) -> str:
    return edits.mended(text, kept, *PAUSES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("任务几归管", "任务几归谁管"),  # left out
        ("需求清弹几号报", "需求清单几号报"),  # sounds alike
        ("需求请单几号报", "需求清单几号报"),  # looks alike
        ("需秋清弹几号报", "需求清单几号报"),  # two of them
    ],
)
def test_a_slip_is_put_right_by_what_stands_beside_it(edits: Edits, typed: str, meant: str) -> None:
    assert mended(edits, typed) == meant


@pytest.mark.parametrize("asked", ASKED[::30])
def test_what_is_asked_often_stays(edits: Edits, asked: str) -> None:
    assert mended(edits, asked) == asked


def test_what_is_kept_stays(edits: Edits) -> None:
    assert mended(edits, "需求清弹几号报", frozenset({3})) == "需求清弹几号报"


def test_no_number_becomes_another(edits: Edits) -> None:
    assert mended(edits, "第三项任务") == "第三项任务"


def test_no_place_comes_of_a_character_put_in() -> None:
    edits = Edits(Letters(counted(["漳州几号报"] * 30)), places=("漳州",))
    assert mended(edits, "州几号报") == "州几号报"


def test_likely_is_what_was_seen_often_behind_the_same() -> None:
    letters = Letters(counted(ASKED))
    assert letters.cost("务几归谁") < letters.cost("务几归管")
    assert letters.between("归", "管") == "谁"
