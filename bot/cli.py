"""`zhixing …`: arguments only; each command is a module. Bad input: one line, status 2."""

from __future__ import annotations

import gc
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType

from bot.allocating import begin_sparingly
from bot.arguments.parser import Parser, add_command
from knowledge.late import late

_IN_A_FILE = late(r".+?:\d+:\d+: ")
_OVER_SETTINGS = ("database", "knowledge")
# So many new objects are waited for before any is looked at: what a message makes goes by itself.
_YOUNG = 50_000

# Each command: which module of `bot.arguments` knows what it takes, and what it is for.
_COMMANDS = {
    "ask": ("asking", "answer one question, or JSON lines of them"),
    "eval": ("asking", "how well questions are answered, and every miss"),
    "talk": ("asking", "dialogues as JSON lines, through desk and storage"),
    "serve": ("running", "run the assistant"),
    "doctor": (None, "check settings, database, knowledge, platforms and callbacks"),
    "chat": ("running", "talk to it in this terminal"),
    "backup": ("running", "all that the database holds, into a file"),
    "restore": ("running", "a backup into an empty database of either kind"),
    "demand": ("demands", "the demand list"),
    "activity": ("demands", "what bureaus held for enterprises"),
    "keys": ("running", "the keys under which what people wrote is sealed"),
    "purge": ("running", "erase what is older than the retention"),
    "audit": ("running", "who looked at, changed or was refused what"),
    "staff": ("staff", "who handles demands by chat"),
    "question": ("staff", "what waits for an answer by a person"),
    "outbox": ("pushing", "what waits to be sent, and what was given up"),
    "kb": ("kb", "the knowledge base: check, publish, undo"),
    "digest": ("pushing", "print the next digest, or put one into the outbox now"),
    "subscription": ("pushing", "who is pushed what"),
}


def main(argv: list[str] | None = None) -> int:
    """The exit status: 0 all is well, 1 something asked for is not, 2 bad input."""
    args = _parser().parse_args(argv)
    command = _loaded(args.module)
    from bot.settings import SettingsError, load_settings

    try:
        over = {name: getattr(args, name, None) for name in _OVER_SETTINGS}
        given = {name: value for name, value in over.items() if value is not None}
        settings = load_settings(args.settings).model_copy(update=given)
        status: int = command.run(args, settings)
    except (SettingsError, *command.BAD_INPUT) as error:
        print(_told(error), file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return status


def _loaded(name: str) -> ModuleType:
    """A command's module. Nothing that a program is made of is looked at for garbage meanwhile."""
    gc.disable()
    begin_sparingly()
    command = import_module(f"bot.commands.{name}")
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    gc.enable()
    return command


def _told(error: Exception) -> str:
    """Problems in files begin with `file:line:col`, where editors look for it."""
    return str(error) if _IN_A_FILE.match(str(error)) else f"zhixing: {error}"


def _parser() -> Parser:
    parser = Parser(prog="zhixing", description="the intellectual-property bureau's assistant")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="default: zhixing.toml")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (part, help_) in _COMMANDS.items():
        one = add_command(commands, name, help_)
        if part:
            one.add_late = partial(_add_arguments, part, name)
    return parser


def _add_arguments(part: str, name: str, parser: Parser) -> None:
    import_module(f"bot.arguments.{part}").ARGUMENTS[name](parser)
