"""`zhixing ask`: what scripts and people rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.cli.running import QUESTION, Run
from tests.knowledge.small import lay


def test_a_question_is_answered_for_a_person(run: Run) -> None:
    ran = run("ask", QUESTION, "--today", "2021-10-28")
    assert (ran.status, ran.err) == (0, "")
    assert "还剩2天" in ran.out
    assert "国知发运函字〔2021〕51号" in ran.out


def test_options_are_shown_with_their_numbers(run: Run) -> None:
    lines = run("ask", "什么时候截止").out.splitlines()
    assert any(line.startswith("1. ") for line in lines)
    assert any(line.startswith("2. ") for line in lines)


def test_a_line_of_json_has_what_scripts_rely_on(run: Run) -> None:
    ran = run("ask", "--jsonl", stdin=[{"id": "s1", "q": QUESTION, "today": "2021-10-28"}])
    assert (ran.status, ran.err) == (0, "")
    (row,) = ran.rows
    assert set(row) == {"id", "kind", "text", "citations", "options", "ms"}
    assert row["id"] == "s1"
    assert row["kind"] == "answer"
    assert "还剩2天" in row["text"]
    assert row["citations"] == [
        {"notice": "cnipa-2021-51", "doc_number": "国知发运函字〔2021〕51号", "clause": "六（三）"}
    ]
    assert row["options"] == []
    assert row["ms"] >= 0


def test_a_notice_without_a_number_has_none(run: Run) -> None:
    (row,) = run("ask", "--jsonl", stdin=[{"q": "2024年任务清单第2项谁负责"}]).rows
    assert row["citations"][0]["doc_number"] is None


@pytest.mark.parametrize(
    ("q", "kind", "extra"),
    [
        ("你好", "smalltalk", {"intent": "greet"}),
        ("谢谢", "smalltalk", {"intent": "thanks"}),
        ("再见", "smalltalk", {"intent": "bye"}),
        ("帮助", "command", {"intent": "help"}),
        ("取消", "command", {"intent": "cancel"}),
        ("转人工", "command", {"intent": "human"}),
        ("2022年万里行的总结几号交", "refuse", {}),
        ("什么时候截止", "clarify", {}),
        (
            "我们公司想招两个专利代理师",
            "collect",
            {"task": "开展知识产权服务业吸纳就业创业行动"},
        ),
    ],
)
def test_each_kind_has_what_belongs_to_it(
    run: Run, q: str, kind: str, extra: dict[str, str]
) -> None:
    (row,) = run("ask", "--jsonl", stdin=[{"q": q}]).rows
    assert row["kind"] == kind
    assert {name: row[name] for name in ("intent", "task") if name in row} == extra


def test_the_text_is_what_a_user_would_see(run: Run) -> None:
    (row,) = run("ask", "--jsonl", stdin=[{"q": "什么时候截止"}]).rows
    assert row["options"]
    assert row["text"].endswith(f"{len(row['options'])}. {row['options'][-1]}")


@pytest.mark.parametrize("context", [["2021年万里行总结几号交给谁"], "2021年万里行总结几号交给谁"])
def test_what_was_said_before_is_given_as_a_list_or_one_string(run: Run, context: Any) -> None:
    (row,) = run("ask", "--jsonl", stdin=[{"q": "那省里的呢", "context": context}]).rows
    assert row["citations"][0]["notice"] == "fujian-2023-10"


def test_no_context_may_be_said_in_any_way(run: Run) -> None:
    ways: list[Any] = [[], None, ""]
    rows = run("ask", "--jsonl", stdin=[{"q": QUESTION, "context": c} for c in ways]).rows
    assert len({row["text"] for row in rows}) == 1


def test_each_line_is_a_conversation_of_its_own(run: Run) -> None:
    first, second = run("ask", "--jsonl", stdin=[{"q": QUESTION}, {"q": "那省里的呢"}]).rows
    assert first["kind"] == "answer"
    assert second["kind"] != "answer"


@pytest.mark.parametrize("id_", ["a", 7, None, ["x"], {"n": 1}, "需求", "\ud83d"])
def test_the_id_comes_back_as_it_was(run: Run, id_: Any) -> None:
    (row,) = run("ask", "--jsonl", stdin=json.dumps({"id": id_, "q": "你好"})).rows
    assert row["id"] == id_


def test_lines_come_back_in_their_order(run: Run) -> None:
    asked = [
        {"id": n, "q": q} for n, q in enumerate(["你好", QUESTION, "", "帮助", "什么时候截止"])
    ]
    assert [row["id"] for row in run("ask", "--jsonl", stdin=asked).rows] == [0, 1, 2, 3, 4]


def test_files_of_other_systems_are_read(run: Run) -> None:
    text = '\ufeff{"id": 1, "q": "你好"}\r\n\r\n{"id": 2, "q": "谢谢"}\r\n'
    assert [row["id"] for row in run("ask", "--jsonl", stdin=text).rows] == [1, 2]


def test_the_bureaus_own_notices_are_asked_as_well(run: Run, tmp_path: Path) -> None:
    own = lay(tmp_path / "own")
    ran = run("ask", "2030年惠企通知的实施计划几号前报", "--knowledge", own)
    assert "2030年5月20日" in ran.out
