"""What was parsed before is taken as it was, and never instead of what the file says now."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import parsed as kept
from knowledge.parsed import parsed
from knowledge.yaml_source import KnowledgeError, Source, parse_yaml


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that counts as shipped."""
    monkeypatch.setattr(kept, "_HERE", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return tmp_path / "x.yaml"


def _no_more(_text: str, _path: Path) -> Source:
    raise AssertionError("it was parsed again")


def test_the_second_time_nothing_is_parsed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "name: 甲\nbooks: [乙, 1, 1.5, true, ~]\n"
    first = parsed(text, file)
    monkeypatch.setattr(kept, "parse_yaml", _no_more)
    second = parsed(text, file)
    assert second.data == first.data == {"name": "甲", "books": ["乙", 1, 1.5, True, None]}
    assert second.at(("books", 1)) == first.at(("books", 1))


def test_what_the_file_says_now_counts(file: Path) -> None:
    parsed("name: 甲\n", file)
    assert parsed("name: 乙\n", file).data == {"name": "乙"}


def test_what_json_does_not_give_back_is_parsed_each_time(file: Path) -> None:
    assert [parsed("1: 甲\n", file).data for _ in range(2)] == [{1: "甲"}, {1: "甲"}]


@pytest.mark.parametrize("spoil", [lambda p: p.write_text("{"), lambda p: p.write_text("[]")])
def test_what_is_kept_may_be_spoilt(file: Path, spoil: Callable[[Path], object]) -> None:
    parsed("name: 甲\n", file)
    for found in (file.parent / "__pycache__").iterdir():
        spoil(found)
    assert parsed("name: 甲\n", file).data == {"name": "甲"}


def test_a_mistake_is_told_each_time(file: Path) -> None:
    for _ in range(2):
        with pytest.raises(KnowledgeError, match="named twice"):
            parsed("a: 1\na: 2\n", file)


def test_where_nothing_can_be_written_it_is_parsed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file.parent / "__pycache__").write_text("")
    assert parsed("a: 1\n", file).data == {"a": 1}


def test_files_of_a_bureau_leave_nothing_behind(tmp_path: Path) -> None:
    text = "a: 1\n"
    assert parsed(text, tmp_path / "x.yaml").data == parse_yaml(text).data
    assert list(tmp_path.iterdir()) == []
