"""`zhixing …`: arguments only; each command is a module. Bad input: one line, status 2."""

from __future__ import annotations

import argparse
import gc
import re
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from bot.settings import SettingsError, load_settings

_IN_A_FILE = re.compile(r".+?:\d+:\d+: ")
_OVER_SETTINGS = ("database", "knowledge")
# So many new objects are waited for before any is looked at: nearly all that is made at the start
# stays, and nearly all that a message makes goes by itself.
_YOUNG = 50_000


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(argv: list[str] | None = None) -> int:
    """The exit status: 0 all is well, 1 something asked for is not, 2 bad input."""
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    args = _parser().parse_args(argv)
    command = import_module(f"bot.commands.{args.module}")
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


def _told(error: Exception) -> str:
    """Problems in files begin with `file:line:col`, where editors look for it."""
    return str(error) if _IN_A_FILE.match(str(error)) else f"zhixing: {error}"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="zhixing", description="the intellectual-property bureau's assistant")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="default: zhixing.toml")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = _command(commands, "ask", "answer one question, or JSON lines of them")
    ask.add_argument("question", nargs="?")
    ask.add_argument("--jsonl", action="store_true", help="questions on stdin, one JSON a line")
    ask.add_argument("--today", type=_date, metavar="YYYY-MM-DD", help="answer as on that day")
    _knowledge_option(ask)

    _eval_command(_command(commands, "eval", "how well questions are answered, and every miss"))

    talk = _command(commands, "talk", "dialogues as JSON lines, through desk and storage")
    talk.add_argument("--jsonl", action="store_true", required=True)
    _database_option(talk)
    _knowledge_option(talk)

    _command(commands, "serve", "run the assistant")
    _database_option(_command(commands, "chat", "talk to it in this terminal"))

    demand = _command(commands, "demand", "the demand list")
    demand.add_argument("action", choices=["list"])
    demand.add_argument(
        "--json", action="store_true", help="in full, un it personal data are masked"
    )
    _database_option(demand)

    _kb_commands(_command(commands, "kb", "the knowledge base: check, publish, undo"))

    digest = _command(commands, "digest", "print the next digest, or put one into the outbox now")
    digest.add_argument("action", choices=["preview", "push"])
    _database_option(digest)
    return parser


def _eval_command(evaluate: _Parser) -> None:
    add = evaluate.add_argument
    add("files", nargs="*", type=Path, metavar="FILE", help=".jsonl or .yaml; default: its own")
    add("--as", dest="typed", metavar="NAME,…", help="typed also with typos, in pinyin, …; or all")
    add("--seed", type=int, default=0, metavar="N", help="of the typos")
    add("--misses", type=int, metavar="N", help="show so many at most")
    add("--held", action="store_true", help="show misses of held-back questions as well")
    add("--json", action="store_true", help="all of it as one JSON value")
    _knowledge_option(evaluate)


def _kb_commands(kb: _Parser) -> None:
    actions = kb.add_subparsers(required=True, metavar="ACTION", dest="action")

    read = _command(actions, "import", "published notices to draft YAML", "kb_import")
    read.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files or folders")
    read.add_argument("--out", type=Path, metavar="DIR", help="default: the knowledge directory")
    read.add_argument("--json", action="store_true", help="what was understood, one JSON a file")
    read.add_argument("--force", action="store_true", help="write over a draft that is there")

    check = _command(actions, "check", "are the files sound, the golden questions answered?", "kb")
    check.add_argument("dir", nargs="?", type=Path, metavar="DIR")
    check.add_argument("--held", action="store_true", help="tell of held-back questions as well")

    tune = _command(
        actions, "tune", "learn from the golden questions how answers are chosen", "tune"
    )
    tune.add_argument("dirs", nargs="*", type=Path, metavar="DIR", help="learn from these as well")
    tune.add_argument("--what", choices=["answers", "kinds", "phrases"], default="answers")
    tune.add_argument("--out", type=Path, metavar="FILE", help="default: the shipped scoring.yaml")

    publish = _command(actions, "publish", "check, then serve it to users", "kb_revisions")
    publish.add_argument("dir", nargs="?", type=Path, metavar="DIR")
    publish.add_argument("--anyway", action="store_true", help="even if golden questions fall")

    _database_option(_command(actions, "history", "what was published", "kb_revisions"))

    rollback = _command(actions, "rollback", "return to what was served before", "kb_revisions")
    rollback.add_argument("number", nargs="?", type=int, metavar="N", help="0: the shipped alone")
    for signed in (publish, rollback):
        signed.add_argument("--note", default="", metavar="TEXT", help="why")
        signed.add_argument("--by", metavar="NAME", help="who")
        _database_option(signed)

    diff = _command(actions, "diff", "what would change for users, in words", "kb_revisions")
    diff.add_argument("what", nargs="*", metavar="DIR|N", help="a directory, revisions' numbers")
    _database_option(diff)

    schema = _command(actions, "schema", "write the JSON Schemas for editors", "kb")
    schema.add_argument("dir", type=Path, metavar="DIR")


def _command(
    commands: argparse._SubParsersAction[_Parser], name: str, help_: str, module: str | None = None
) -> _Parser:
    """A command, or an action of one, that `bot.commands.<module>` runs."""
    parser = commands.add_parser(name, help=help_)
    parser.set_defaults(module=module or name)
    return parser


def _database_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", metavar="URL", help="instead of the one in the settings")


def _knowledge_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--knowledge", type=Path, metavar="DIR", help="over the shipped notices")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2023-05-20") from None
