"""Files of questions: each format's own words are brought to what a right reply must be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.evaluating.cases import Case, own_cases, read_cases
from knowledge.load import KnowledgeError, load_knowledge
from knowledge.question import Golden
from tests.knowledge.small import NOTICE, lay

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "questions.jsonl"


def written(directory: Path, *rows: dict[str, Any] | str, name: str = "set.jsonl") -> Path:
    file = directory / name
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def read(directory: Path, *rows: dict[str, Any]) -> list[Case]:
    return read_cases([written(directory, *rows)])


def golden(directory: Path, **row: Any) -> Golden:
    (case,) = read(directory, {"q": "几号交", **row})
    return case.golden


def problems(*files: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        read_cases(files)
    return list(caught.value.problems)


def test_a_topic_is_an_answer_with_its_facts_and_its_clause(tmp_path: Path) -> None:
    asked = golden(tmp_path, kind="deadline", notice="a-1", clause="六（一）", facts=["5月|五月"])
    assert asked.kinds == ("answer",)
    assert asked.clauses == ("a-1#六（一）",)
    assert asked.facts == ("5月|五月",)


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        ("oos", ("refuse",)),
        ("need", ("collect",)),
        ("smalltalk", ("smalltalk", "command")),
        ("clarify", ("clarify",)),
        ("refuse|clarify", ("refuse", "clarify")),
    ],
)
def test_kinds_of_replies(tmp_path: Path, kind: str, kinds: tuple[str, ...]) -> None:
    assert golden(tmp_path, kind=kind).kinds == kinds


def test_both_or_a_question_back(tmp_path: Path) -> None:
    asked = golden(
        tmp_path, kind="clarify-or-both", notice=["a-1", "b-1"], clause=["五", "四（二）"]
    )
    assert asked.kinds == ("answer", "clarify")
    assert asked.clauses == ("a-1#五", "b-1#四（二）")
    assert asked.both


def test_several_clauses_of_one_notice(tmp_path: Path) -> None:
    asked = golden(tmp_path, kind="list", notice="a-1", clause=["附件 任务4", "附件 任务20"])
    assert asked.clauses == ("a-1#附件 任务4", "a-1#附件 任务20")
    assert not asked.both


def test_a_near_miss_is_told_from_what_is_far_off(tmp_path: Path) -> None:
    near, far = read(
        tmp_path,
        {"q": "2022年的总结几号交", "kind": "oos", "tags": ["near"]},
        {"q": "写首诗", "kind": "oos", "tags": ["far"]},
    )
    assert (near.golden.near, far.golden.near) == (True, False)


@pytest.mark.parametrize("context", ["福建的总结几号交", ["福建的总结几号交"]])
def test_what_was_said_before(tmp_path: Path, context: object) -> None:
    assert golden(tmp_path, kind="clarify", context=context).context == ("福建的总结几号交",)


def test_a_question_without_an_id_is_named_by_its_line(tmp_path: Path) -> None:
    one, other = read(tmp_path, {"q": "甲", "kind": "oos"}, {"id": 7, "q": "乙", "kind": "oos"})
    assert (one.id, other.id) == ("set:1", "7")


def test_golden_questions_are_read_as_they_are(tmp_path: Path) -> None:
    file = written(tmp_path, "golden:\n  - {q: 甲, kind: [answer, clarify]}\n", name="my.yaml")
    (case,) = read_cases([file])
    assert case.golden == Golden(q="甲", kind=["answer", "clarify"])
    assert case.id == "my:1"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not JSON"),
        ('{"kind": "oos"}', "q: Field required"),
        ('{"q": " ", "kind": "oos"}', "q: "),
        ('{"q": "甲", "kind": "deadline"}', "kind: 'deadline' is no kind"),
        ('{"q": "甲", "kind": "who", "clause": "一", "facts": []}', "notice: is missing"),
        ('{"q": "甲", "kind": "oos", "today": "明天"}', "today: "),
        ('{"q": "甲", "kind": "oos", "facts": [1]}', "facts.0: "),
    ],
)
def test_a_bad_line_is_named_with_its_field(tmp_path: Path, line: str, told: str) -> None:
    file = written(tmp_path, '{"q": "好", "kind": "oos"}', "", line)
    (found,) = problems(file)
    assert found.startswith(f"{file}:3: {told}")


def test_all_problems_of_all_files_are_told(tmp_path: Path) -> None:
    found = problems(
        written(tmp_path, "{", "[]", name="a.jsonl"),
        tmp_path / "gone.jsonl",
        written(tmp_path, "golden:\n  - {q: 甲, clauses: [一]}\n", name="b.yaml"),
        written(tmp_path, "", name="c.txt"),
    )
    assert [line.split(":", 1)[0].rsplit("/", 1)[-1] for line in found] == [
        "a.jsonl", "a.jsonl", "gone.jsonl", "b.yaml", "c.txt",
    ]  # fmt: skip
    assert "b.yaml:2:22: golden[0].clauses[0]: notice-id#label is expected" in found[3]


def test_the_own_questions_know_their_notice(tmp_path: Path) -> None:
    lay(tmp_path, NOTICE + "golden:\n  - {q: 甲, clauses: [一]}\n")
    lay(tmp_path / "golden", "golden:\n  - {q: 乙, kind: refuse}\n", "more.yaml")
    cases = own_cases(load_knowledge(tmp_path))
    assert [(case.id, case.home) for case in cases] == [
        ("demo-2030-1:1", "demo-2030-1"),
        ("golden/more:1", None),
    ]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
def test_the_samples_are_read() -> None:
    kinds = {case.id: case.golden.kinds for case in read_cases([SAMPLES])}
    assert kinds["s04"] == ("answer", "clarify")
    assert kinds["s15"] == ("refuse",)
    assert kinds["s19"] == ("collect",)
