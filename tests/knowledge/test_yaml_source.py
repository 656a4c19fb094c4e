"""What is wrong with a file is said with its line, its column and its field."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.model import Notice
from knowledge.strict import Strict
from knowledge.yaml_source import KnowledgeError, parse_yaml, read_yaml, validate
from tests.knowledge.small import NOTICE

PATH = Path("notices/demo.yaml")


class Shelf(Strict):
    name: str
    books: tuple[str, ...] = ()
    open: bool = False


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(KnowledgeError) as caught:
        validate(parse_yaml(text, PATH), Shelf)
    return caught.value.problems


def test_a_sound_file_is_read() -> None:
    shelf = validate(parse_yaml("name: 甲\nbooks: [乙, 丙]\nopen: true\n", PATH), Shelf)
    assert shelf == Shelf(name="甲", books=("乙", "丙"), open=True)


@pytest.mark.parametrize("word", ["no", "off", "yes", "17:00", "2021-05-25", "0591", "1e3", "0x1F"])
def test_words_stay_words(word: str) -> None:
    assert validate(parse_yaml(f"name: {word}\n", PATH), Shelf).name == word


def test_a_value_is_named_by_its_place_in_the_list() -> None:
    assert problems("name: 甲\nbooks:\n  - 乙\n  - 12\n") == (
        'notices/demo.yaml:4:5: books[1]: "12" must be text: put it in quotes',
    )


def test_a_missing_field_is_told_where_it_should_stand() -> None:
    assert problems("books: []\n") == ("notices/demo.yaml:1:1: name: is missing",)


def test_an_unknown_field_is_told_where_it_stands() -> None:
    assert problems("name: 甲\nbokos: []\n") == (
        "notices/demo.yaml:2:8: bokos: no such field here",
    )


def test_all_problems_are_told() -> None:
    found = problems("bokos: []\nbooks: [1, 2]\n")
    assert len(found) == 4
    assert all(problem.startswith("notices/demo.yaml:") for problem in found)


def test_a_key_named_twice_is_told_at_any_depth() -> None:
    text = "name: 甲\nbooks:\n  - {a: 1, b: 2, a: 3}\nname: 乙\n"
    found = problems(text)
    assert {problem.split(": ", 1)[1] for problem in found} == {
        "name: this key is named twice",
        "books[0].a: this key is named twice",
    }


@pytest.mark.parametrize("text", ["- a\n- b\n", "只有一句话\n", "", "# 只有注释\n", "12\n"])
def test_a_file_that_is_no_mapping_is_told(text: str) -> None:
    assert problems(text) == ("notices/demo.yaml:1:1: a mapping of fields is expected here",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name: 甲\nbooks: [乙\nopen: true\n", 3),
        ('name: "甲\n', 2),
        ("name: 甲\n\tbooks: []\n", 2),
        ("name: 甲\n---\nname: 乙\n", 2),
        ("name: !!python/object:os.system x\n", 1),
        ("name: *gone\n", 1),
    ],
)
def test_broken_yaml_is_told_at_its_line(text: str, line: int) -> None:
    (found,) = problems(text)
    assert found.startswith(f"notices/demo.yaml:{line}:")


DEEP = "[" * 4000 + "]" * 4000


@pytest.mark.parametrize(
    "text", ["name: a\x00b\n", f"name: {DEEP}\n", "name: &a [*a]\n", "name: &a {b: *a}\n"]
)
def test_yaml_that_no_one_writes_is_told_in_a_line(text: str) -> None:
    (found,) = problems(text)
    assert found.startswith("notices/demo.yaml:")


@given(st.text(st.sampled_from("ab甲:-[]{}&*!|>'\"#%? \n\t1\x00"), max_size=30))
@example("? [a]\n: b")
@example("<<: {name: 甲}")
def test_whatever_stands_in_a_file_either_it_is_read_or_it_is_told(text: str) -> None:
    told = None
    try:
        validate(parse_yaml(text, PATH), Shelf)
    except KnowledgeError as error:
        told = error.problems
    assert told is None or told
    assert all(problem.startswith("notices/demo.yaml:") for problem in told or ())


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    file = tmp_path / "demo.yaml"
    file.write_bytes(NOTICE.encode("gbk"))
    with pytest.raises(KnowledgeError, match=r"demo\.yaml:1:1: not UTF-8 text"):
        read_yaml(file)


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    file = tmp_path / "demo.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + NOTICE.encode())
    assert validate(read_yaml(file), Notice).id == "demo-2030-1"


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"gone\.yaml: No such file"):
        read_yaml(tmp_path / "gone.yaml")


def test_the_path_is_the_one_an_admin_would_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "x.yaml").write_text("- a\n")
    with pytest.raises(KnowledgeError) as caught:
        validate(read_yaml(tmp_path / "own" / "x.yaml"), Shelf)
    assert str(caught.value).startswith("own/x.yaml:1:1:")
