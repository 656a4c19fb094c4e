"""`zhixing demand export` and `zhixing activity` at the command line."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import start
from bot.cli import main
from knowledge.snapshot import KnowledgeBase
from tests.bot.exports.material import sheet_rows, sheets, word_tables

Run = Callable[..., int]
SETTINGS = """\
[[reporters]]
bureau = "厦门市局"
basics = { "联系人" = "林芳" }
"""


@pytest.fixture
def run(kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """In an empty directory with a database of its own; the knowledge is read once."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("ZHIXING_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(start, "load_knowledge", lambda *_layers, **_options: kb)

    def ran(*argv: str) -> int:
        try:
            return main([*argv, "--database", "sqlite:///zhixing.db"])
        except SystemExit as left:
            return int(left.code or 0)

    return ran


@pytest.fixture
def recorded(run: Run) -> Run:
    """Two activities of Xiamen's and Quanzhou's bureaus."""
    for task, bureau in (("质押融资", "厦门"), ("地标", "泉州市局")):
        words = ("--task", task, "--what", "对接会", "--times", "3", "--enterprises", "56")
        assert run("activity", "add", *words, "--bureau", bureau, "--date", "2026-05-20") == 0
    return run


def test_an_activity_that_was_recorded_is_listed_by_its_tasks_full_name(
    recorded: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert recorded("activity", "list", "--bureau", "厦门") == 0
    [line] = capsys.readouterr().out.splitlines()
    assert line.split() == [
        "2026-05-20",
        "厦门市局",
        "活动1号：开展知识产权质押融资“入园惠企”行动，对接会，3次，惠企56家",
    ]
    assert recorded("activity", "list", "--since", "2026-05-21") == 0
    assert capsys.readouterr().out == ""


def test_an_activity_can_be_taken_back_once(
    recorded: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert recorded("activity", "remove", "1") == 0
    assert recorded("activity", "remove", "1") == 2
    assert "没有活动1号" in capsys.readouterr().err


def test_the_form_is_written_to_the_file_in_the_format_that_its_name_says(
    recorded: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert recorded("demand", "export", "--form", "附件2", "--out", "a.xlsx") == 0
    assert "已导出2项：a.xlsx" in capsys.readouterr().out
    assert any("对接会" in row for row in sheet_rows(sheets(Path("a.xlsx").read_bytes())[0]))
    word = ("--form", "附件2", "--format", "docx", "--out", "b", "--bureau", "厦门")
    assert recorded("demand", "export", *word) == 0
    held = [row for row in word_tables(Path("b").read_bytes())[0] if row[1] == "对接会"]
    assert [row[0] for row in held] == ["开展知识产权质押融资“入园惠企”行动"]


def test_the_head_of_a_bureaus_list_is_filled_from_the_settings_file(recorded: Run) -> None:
    Path("zhixing.toml").write_text(SETTINGS, encoding="utf-8")
    assert recorded("demand", "export", "--out", "a.docx", "--bureau", "厦门市局") == 0
    assert word_tables(Path("a.docx").read_bytes())[0][2][:2] == ["联系人", "林芳"]


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["demand", "export", "--form", "附件9", "--out", "a.docx"], "附件9"),
        (["demand", "export", "--form", "报告", "--out", "a.xlsx"], "Word"),
        (["demand", "export", "--out", "a.pdf"], "docx"),
        (["demand", "export", "--out", "a.docx", "--bureau", "火星"], "火星"),
        (["demand", "export", "--out", "a.docx", "--notice", "x-1"], "x-1"),
        (["demand", "export", "--out", "a.docx", "--since", "2026-13-01"], "2026-13-01"),
        (["demand", "export", "--out", "zhixing.db/a.docx"], "文件没能写成"),
        (["activity", "add", "--task", "质押", "--what", "会", "--times", "0"], "次数"),
        (["activity", "add", "--task", "质押", "--what", "会", "--bureau", "火星"], "火星"),
    ],
)
def test_bad_input_is_told_in_one_line(
    recorded: Run, argv: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert recorded(*argv) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert told in said
    assert not Path("a.docx").exists()


def test_a_database_that_is_not_there_is_not_made_by_an_export(run: Run) -> None:
    assert run("demand", "export", "--out", "a.docx") == 2
    assert not Path("zhixing.db").exists()
