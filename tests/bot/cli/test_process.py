"""The command as it is run from a shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bot.cli.running import QUESTION, ROOT, Run, process


def test_as_a_process_a_bad_line_ends_it_and_the_good_one_stands(tmp_path: Path) -> None:
    ran = process("ask", "--jsonl", stdin='{"id": 1, "q": "你好"}\nnot json\n', cwd=tmp_path)
    assert ran.is_refused() == "zhixing: line 2: not JSON\n"
    assert [row["id"] for row in ran.rows] == [1]


def test_as_a_process_an_answer_is_printed(tmp_path: Path) -> None:
    ran = process("ask", QUESTION, "--today", "2021-10-30", stdin="", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert "今天截止" in ran.out


def test_help_says_what_there_is(run: Run) -> None:
    ran = run("--help")
    assert ran.status == 0
    for command in ("ask", "talk", "demand", "kb", "digest", "serve", "chat"):
        assert command in ran.out


def test_who_reads_no_further_is_not_told_off(tmp_path: Path) -> None:
    """`zhixing ask --jsonl | head -1` ends without a traceback."""
    line = '{"q": "你好"}\n'.encode()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as asking:
        assert asking.stdin
        assert asking.stdout
        assert asking.stderr
        asking.stdin.write(line)
        asking.stdin.flush()
        assert asking.stdout.readline()
        asking.stdout.close()
        try:
            asking.stdin.write(line * 3000)
            asking.stdin.close()
        except BrokenPipeError:
            pass
        assert "Traceback" not in asking.stderr.read().decode()
        assert asking.wait() == 0
