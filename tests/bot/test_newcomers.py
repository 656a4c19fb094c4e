"""What is learnt of notices that nobody has asked of yet."""

from __future__ import annotations

from bot.tuning.learning import Example
from bot.tuning.newcomers import weights_of

ASKED = Example([{"in title": 1.0, "kind clause": 1.0}, {"kind clause": 1.0}], frozenset({0}), {})
SILENT = Example([{"kind clause": 1.0}], frozenset(), {"unknown": 1.0})


def test_the_same_questions_give_the_same_weights() -> None:
    assert weights_of([ASKED, SILENT] * 5, [ASKED] * 4) == weights_of(
        [ASKED, SILENT] * 5, [ASKED] * 4
    )


def test_what_tells_right_places_from_others_counts_for_them() -> None:
    learnt = weights_of([ASKED, SILENT] * 5, [ASKED, SILENT] * 4)
    assert learnt.answer["in title"] > 0
    assert learnt.silence["unknown"] > 0


def test_without_imported_notices_the_shipped_ones_are_learnt_from_alone() -> None:
    assert weights_of([ASKED, SILENT] * 5, []).answer["in title"] > 0
