"""What each command takes is there, though it is put together only when the command is given."""

from __future__ import annotations

import re

from tests.bot.cli.running import Run


def test_each_command_tells_what_it_takes(run: Run) -> None:
    commands = re.findall(r"(?m)^    (\w+)", run("--help").out)
    assert {"ask", "doctor", "kb", "serve", "subscription"} <= set(commands)
    for command in commands:
        told = run(command, "--help")
        assert told.status == 0
        assert told.out.startswith(f"usage: zhixing {command} [-h]")
