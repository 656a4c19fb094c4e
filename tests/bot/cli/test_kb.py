"""`zhixing kb`: the knowledge base is checked, compared and published."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from knowledge.golden import is_held
from knowledge.question import Golden
from tests.bot.cli.running import Run
from tests.knowledge.small import FILE, NOTICE, lay, renamed


def test_the_shipped_knowledge_is_checked(run: Run) -> None:
    ran = run("kb", "check")
    assert ran.err == ""
    assert ran.status == 0, ran.out
    assert "5 notices" in ran.out


@pytest.mark.usefixtures("few_questions")
def test_a_golden_question_that_falls_is_told_with_why(run: Run, tmp_path: Path) -> None:
    own = lay(
        tmp_path / "own",
        "golden:\n"
        "  - {q: 你好, kind: refuse}\n"
        "  - {q: 2021年万里行的总结几号交, facts: [10月31日], clauses: ['cnipa-2021-51#一']}\n"
        "  - {q: 谢谢, kind: smalltalk, intent: thanks}\n",
        "golden.yaml",
    )
    ran = run("kb", "check", own)
    assert ran.status == 1
    assert ran.err == ""
    fallen = [line for line in ran.out.splitlines() if line.startswith("golden: ")]
    assert len(fallen) == 2
    assert "你好" in fallen[0]
    assert "smalltalk" in fallen[0]
    assert "10月31日" in fallen[1]
    assert "cnipa-2021-51#六（三）" in fallen[1]


@pytest.mark.usefixtures("few_questions")
def test_a_golden_question_of_a_notice_is_told_with_the_notice(run: Run, tmp_path: Path) -> None:
    own = lay(tmp_path / "own", NOTICE + "golden:\n  - {q: 谢谢, kind: answer}\n")
    ran = run("kb", "check", own)
    assert ran.status == 1
    assert "demo-2030-1: 谢谢: " in ran.out


def of_the_folder(directory: Path, *, held: bool) -> str:
    """A question that falls, laid among those of the folder: one that is held back, or not."""
    texts = (f"第{n}个问题" for n in range(100))
    text = next(text for text in texts if is_held(Golden(q=text)) == held)
    lay(directory / "golden", f"golden:\n  - {{q: {text}, kind: command}}\n", "more.yaml")
    return text


@pytest.mark.usefixtures("few_questions")
def test_a_question_that_is_held_back_counts_apart_and_is_not_shown(
    run: Run, tmp_path: Path
) -> None:
    text = of_the_folder(lay(tmp_path / "own"), held=True)
    ran = run("kb", "check", tmp_path / "own")
    assert re.search(r"^held back: command: \d+ of \d+$", ran.out, re.M)
    assert text not in ran.out
    shown = run("kb", "check", tmp_path / "own", "--held")
    assert shown.status == ran.status
    assert f"golden/more: {text}: " in shown.out


@pytest.mark.usefixtures("few_questions")
def test_a_question_that_is_held_back_keeps_nothing_from_being_published(
    run: Run, tmp_path: Path, database: str
) -> None:
    own = tmp_path / "own"
    text = of_the_folder(own, held=True)
    ran = run("kb", "publish", own, "--database", database)
    assert ran.status == 0, ran.err
    assert text not in ran.err


@pytest.mark.usefixtures("few_questions")
def test_a_question_of_the_folder_that_falls_does(run: Run, tmp_path: Path, database: str) -> None:
    own = tmp_path / "own"
    text = of_the_folder(own, held=False)
    ran = run("kb", "publish", own, "--database", database)
    assert ran.status == 1
    assert f"golden/more: {text}: " in ran.err


@pytest.mark.usefixtures("few_questions")
def test_published_questions_are_told_in_the_difference(
    run: Run, tmp_path: Path, database: str
) -> None:
    own = tmp_path / "own"
    lay(own / "golden", "golden:\n  - {q: 多谢多谢呀, kind: smalltalk}\n", "mine.yaml")
    ran = run("kb", "diff", own, "--database", database)
    assert "新增样题 多谢多谢呀" in ran.out
    assert run("kb", "publish", own, "--database", database).status == 0
    assert "多谢" not in run("kb", "diff", own, "--database", database).out


@pytest.mark.parametrize("number", ["7", "99999999999", "9" * 5000])
def test_a_revision_that_there_is_not_is_told_in_one_line(
    run: Run, database: str, number: str
) -> None:
    ran = run("kb", "diff", number, "--database", database)
    assert (ran.status, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert len(ran.err) < 200
    assert number[:9] in ran.err


def test_bad_files_are_told_with_their_places(run: Run, tmp_path: Path) -> None:
    own = lay(tmp_path / "own", NOTICE.replace("2030-05-20", "2030-13-01"))
    line = NOTICE[: NOTICE.index("2030-05-20")].count("\n") + 1
    lay(own, renamed("demo-2031-1", superseded_by="gone-2031-1"), "demo-2031-1.yaml")
    ran = run("kb", "check", own)
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert f'own/{FILE}:{line}:10: deadlines[0].due: "2030-13-01" is not a date' in ran.err
    assert "own/demo-2031-1.yaml:" in ran.err


@pytest.mark.parametrize("command", [("kb", "check"), ("ask", "你好", "--knowledge")])
def test_a_directory_that_is_not_there_is_told(run: Run, command: tuple[str, ...]) -> None:
    assert "no such directory" in run(*command, "gone").is_refused()


def test_the_schemas_are_written(run: Run, tmp_path: Path) -> None:
    ran = run("kb", "schema", tmp_path / "schemas")
    assert ran.status == 0
    written = sorted((tmp_path / "schemas").iterdir())
    assert [Path(line).name for line in sorted(ran.out.splitlines())] == [p.name for p in written]
    assert "notice.schema.json" in [path.name for path in written]
    assert all(json.loads(path.read_text(encoding="utf-8")) for path in written)
