"""One file looked at by itself, as while it is written."""

from __future__ import annotations

import pytest

from knowledge.alone import problems_of
from knowledge.load import file_of, files_of, shipped_dir
from tests.knowledge.small import FILE, NOTICE


def test_what_is_shipped_has_no_problems() -> None:
    assert [problems_of(file) for file in files_of(shipped_dir()) if problems_of(file)] == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (FILE, NOTICE.replace("2030-05-20", "2030-13-01"), f"{FILE}:17:10: deadlines[0].due: "),
        (FILE, NOTICE.replace("clause: 一", "clause: 九"), f"{FILE}:20:13: periods[0].clause: "),
        ("other.yaml", NOTICE, "other.yaml:1:5: id: "),
        (FILE, NOTICE + "\tx: [", f"{FILE}:28:1: "),
        ("golden/x.yaml", "golden:\n  - x: y\n", "golden/x.yaml:2:5: golden[0].q: is missing"),
        ("lexicon.yaml", "nothing: []\n", "lexicon.yaml:1:10: nothing: no such field here"),
    ],
)
def test_each_problem_is_told_with_its_place(name: str, text: str, told: str) -> None:
    first, *_ = problems_of(file_of(name, text))
    assert first.startswith(told), first
