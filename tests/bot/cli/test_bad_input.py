"""Bad input of every kind: one line, status 2, and what was good stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.cli.running import Run, listed

BAD_QUESTIONS = [
    "not json",
    '{"q": "你好"',
    "[]",
    '"你好"',
    "{}",
    '{"q": 1}',
    '{"q": null}',
    '{"q": "你好", "today": "2021-13-01"}',
    '{"q": "你好", "today": "明天"}',
    '{"q": "你好", "context": 5}',
    '{"q": "你好", "context": ["a", 5]}',
    '{"q": "你好", "id": NaN}',
    '{"q": "你好", "id": ' + "9" * 5000 + "}",
]


@pytest.mark.parametrize("bad", BAD_QUESTIONS, ids=lambda line: line[:40])
def test_after_a_bad_question_the_good_ones_before_it_stand(run: Run, bad: str) -> None:
    ran = run(
        "ask", "--jsonl", stdin=f'{{"id": 1, "q": "你好"}}\n{bad}\n{{"id": 3, "q": "你好"}}\n'
    )
    assert ran.is_refused().startswith("zhixing: line 2: ")
    assert [row["id"] for row in ran.rows] == [1]


BAD_MESSAGES = [
    "not json",
    '{"user": "u"}',
    '{"text": "你好"}',
    '{"user": 1, "text": "你好"}',
    '{"user": "u", "text": ["你好"]}',
    '{"user": "u", "text": "你好", "at": "yesterday"}',
    '{"user": "u", "text": "你好", "at": "2021-02-30T00:00:00"}',
    '{"user": "u", "text": "你好", "at": "0001-01-01T00:00:00"}',
    '{"user": "u", "text": "你好", "at": "9999-12-31T23:59:59-12:00"}',
    '{"user": "u", "text": "你好", "id": {}}',
]


@pytest.mark.parametrize("bad", BAD_MESSAGES, ids=lambda line: line[:60])
def test_after_a_bad_message_the_good_ones_before_it_are_kept(
    run: Run, database: str, bad: str
) -> None:
    lines = f'{{"user": "u", "text": "登记需求"}}\n{bad}\n{{"user": "u", "text": "取消"}}\n'
    ran = run("talk", "--jsonl", "--database", database, stdin=lines)
    assert ran.is_refused().startswith("zhixing: line 2")
    assert [row["kind"] for row in ran.rows] == ["collect"]
    assert [demand["status"] for demand in listed(run, database)] == ["draft"]


def test_other_bytes_are_told(run: Run) -> None:
    ran = run("ask", "--jsonl", stdin='{"q": "你好"}\n'.encode("gbk"))
    assert "not UTF-8" in ran.is_refused()


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("answer",),
        ("ask",),
        ("ask", "你好", "--jsonl"),
        ("ask", "你好", "您好"),
        ("ask", "你好", "--today", "2021-13-01"),
        ("ask", "你好", "--today"),
        ("ask", "你好", "--colour"),
        ("ask", "你好", "--knowledge", "gone"),
        ("--settings", "gone.toml", "ask", "你好"),
        ("talk",),
        ("talk", "--jsonl", "--database", "talk.db"),
        ("talk", "--jsonl", "--database", "mysql://127.0.0.1/x"),
        ("talk", "--jsonl", "--database", "sqlite:////gone/talk.db"),
        ("demand",),
        ("demand", "delete"),
        ("demand", "list", "--json", "--database", "nonsense"),
        ("demand", "list", "--database", "postgresql://nobody@127.0.0.1:1/x"),
        ("kb",),
        ("kb", "publish"),
        ("kb", "schema"),
        ("kb", "check", "gone"),
        ("digest",),
        ("digest", "preview", "--database", "nonsense"),
        ("serve", "now"),
    ],
    ids=" ".join,
)
def test_bad_arguments_are_told_in_one_line(run: Run, argv: tuple[str, ...]) -> None:
    ran = run(*argv)
    assert ran.is_refused().startswith("zhixing")
    assert ran.out == ""


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("port = 'many'\n", "port"),
        ("colour = 1\n", "colour"),
        ("timezone = 'Mars/Olympus'\n", "timezone"),
        ("form_notice = 'gone-2030-1'\n", "form_notice"),
        ("port = \n", "zhixing.toml"),
    ],
)
def test_bad_settings_are_told_in_one_line(
    run: Run, tmp_path: Path, settings: str, told: str
) -> None:
    (tmp_path / "zhixing.toml").write_text(settings, encoding="utf-8")
    assert told in run("ask", "你好").is_refused()


def test_a_password_is_not_shown_in_an_error(run: Run) -> None:
    url = "postgresql://zhixing:geheim@127.0.0.1:1/x"
    assert "geheim" not in run("demand", "list", "--database", url).is_refused()


def test_listing_what_is_in_no_database_makes_none(run: Run, tmp_path: Path) -> None:
    run("demand", "list", "--json", "--database", f"sqlite:///{tmp_path / 'tpyo.db'}")
    assert not (tmp_path / "tpyo.db").exists()


@pytest.mark.parametrize("number", ["99999999999999999999", "x", "1.5"])
@pytest.mark.parametrize(
    "before",
    [
        ("activity", "remove"),
        ("activity", "add", "--task", "质押融资", "--what", "对接会", "--enterprises"),
        ("audit", "list", "--demand"),
        ("question", "draft"),
        ("kb", "rollback"),
    ],
    ids=" ".join,
)
def test_a_number_that_no_database_holds_is_bad_input(
    run: Run, before: tuple[str, ...], number: str
) -> None:
    assert number in run(*before, number).is_refused()
