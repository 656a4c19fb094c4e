"""The parser of `zhixing` and of each command.

What a command takes is put together once that command is given: all of them together are slow to
put together, and a run needs one.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Any, NoReturn


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line. `add_late` adds its arguments when it first reads any."""

    add_late: Callable[[Parser], None] | None = None

    def parse_known_args(self, *given: Any, **named: Any) -> Any:
        if self.add_late is not None:
            self.add_late(self)
            self.add_late = None
        return super().parse_known_args(*given, **named)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


Arguments = Mapping[str, Callable[[Parser], None]]


def add_command(
    commands: argparse._SubParsersAction[Parser], name: str, help_: str, module: str | None = None
) -> Parser:
    """A command, or an action of one, that `bot.commands.<module>` runs."""
    parser = commands.add_parser(name, help=help_)
    parser.set_defaults(module=module or name)
    return parser
