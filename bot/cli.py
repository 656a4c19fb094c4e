"""`zhixing …`: arguments only; each command is a module. Bad input: one line, status 2."""

from __future__ import annotations

import argparse
import gc
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from bot.allocating import begin_sparingly
from knowledge.late import late

_IN_A_FILE = late(r".+?:\d+:\d+: ")
_OVER_SETTINGS = ("database", "knowledge")
# So many new objects are waited for before any is looked at: what a message makes goes by itself.
_YOUNG = 50_000
_LARGEST = 2**31 - 1


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


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

    serve = _command(commands, "serve", "run the assistant")
    serve.add_argument("--workers", type=_number, metavar="N", help="processes; needs PostgreSQL")
    serve.add_argument("--socket", type=_number, metavar="FD", help=argparse.SUPPRESS)
    _command(commands, "doctor", "check settings, database, knowledge, platforms and callbacks")
    _database_option(_command(commands, "chat", "talk to it in this terminal"))
    _backup_commands(commands)

    _demand_commands(_command(commands, "demand", "the demand list"))
    _activity_commands(_command(commands, "activity", "what bureaus held for enterprises"))

    _privacy_commands(commands)
    _staff_commands(_command(commands, "staff", "who handles demands by chat"))
    _question_commands(_command(commands, "question", "what waits for an answer by a person"))
    _outbox_commands(_command(commands, "outbox", "what waits to be sent, and what was given up"))
    _kb_commands(_command(commands, "kb", "the knowledge base: check, publish, undo"))

    _digest_command(
        _command(commands, "digest", "print the next digest, or put one into the outbox now")
    )
    _subscription_commands(_command(commands, "subscription", "who is pushed what"))
    return parser


def _digest_command(digest: _Parser) -> None:
    digest.add_argument("action", choices=["preview", "push"])
    digest.add_argument("--for", dest="target", metavar="WHOM", help="wecom:zhangsan, robot:NAME")
    digest.add_argument("--weekly", action="store_true")
    _database_option(digest)


def _backup_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    backup = _command(commands, "backup", "all that the database holds, into a file")
    backup.add_argument("--out", type=Path, metavar="FILE", required=True)
    restore = _command(commands, "restore", "a backup into an empty database of either kind")
    restore.add_argument("file", type=Path, metavar="FILE")
    _database_option(backup)
    _database_option(restore)


def _eval_command(evaluate: _Parser) -> None:
    add = evaluate.add_argument
    add("files", nargs="*", type=Path, metavar="FILE", help=".jsonl or .yaml; default: its own")
    add("--as", dest="typed", metavar="NAME,…", help="typed also with typos, in pinyin, …; or all")
    add("--seed", type=int, default=0, metavar="N", help="of the typos")
    add("--misses", type=int, metavar="N", help="show so many at most")
    add("--held", action="store_true", help="show misses of held-back questions as well")
    add("--json", action="store_true", help="all of it as one JSON value")
    _knowledge_option(evaluate)


def _demand_commands(demand: _Parser) -> None:
    actions = demand.add_subparsers(required=True, metavar="ACTION", dest="action")

    listed = _command(actions, "list", "what has been entered", "demand")
    listed.add_argument(
        "--json", action="store_true", help="in full; without it personal data are masked"
    )
    _database_option(listed)

    export = _command(actions, "export", "an official form, filled", "export")
    export.add_argument("--form", default="附件1", metavar="附件1|附件2|报告")
    export.add_argument("--format", choices=["docx", "xlsx"], help="default: as --out ends")
    export.add_argument("--out", type=Path, metavar="FILE", required=True)
    export.add_argument("--bureau", metavar="NAME", help="and those below it; default: all")
    export.add_argument("--notice", metavar="ID", help="whose form; default: the one in use")
    _span_options(export)


def _activity_commands(activity: _Parser) -> None:
    actions = activity.add_subparsers(required=True, metavar="ACTION", dest="action")

    add = _command(actions, "add", "record what was held", "activity")
    add.add_argument("--task", required=True, metavar="NAME", help="key task: 质押融资")
    add.add_argument("--what", required=True, metavar="FORM", help="开展形式: 银企对接会")
    add.add_argument("--times", type=_number, default=1, metavar="N")
    add.add_argument("--enterprises", type=_number, default=0, metavar="N", help="惠企数量")
    add.add_argument("--other", default="", metavar="TEXT", help="其他成效")
    add.add_argument("--bureau", metavar="NAME")
    add.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="default: today")
    _database_option(add)

    listed = _command(actions, "list", "what was recorded", "activity")
    listed.add_argument("--bureau", metavar="NAME", help="and those below it; default: all")
    _span_options(listed)

    remove = _command(actions, "remove", "take one back", "activity")
    remove.add_argument("id", type=_number, metavar="ID")
    _database_option(remove)


def _span_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", type=_date, metavar="YYYY-MM-DD", help="that day included")
    parser.add_argument("--until", type=_date, metavar="YYYY-MM-DD", help="that day included")
    _database_option(parser)


def _staff_commands(staff: _Parser) -> None:
    actions = staff.add_subparsers(required=True, metavar="ACTION", dest="action")

    add = _command(actions, "add", "put somebody on the staff, or change who they are", "staff")
    add.add_argument("sender", metavar="SENDER", help="how the bot knows them: wecom:zhangsan")
    add.add_argument("--name", required=True)
    add.add_argument("--role", choices=["clerk", "head", "admin"], default="clerk")
    add.add_argument(
        "--region", action="append", required=True, metavar="NAME", help="theirs; may be repeated"
    )
    add.add_argument(
        "--console",
        nargs="?",
        const="",
        metavar="NAME",
        help="and let them sign in; default: the part of SENDER behind the colon",
    )
    _database_option(add)

    _database_option(_command(actions, "list", "those of the settings too", "staff"))

    remove = _command(actions, "remove", "take somebody off the staff", "staff")
    remove.add_argument("sender", metavar="SENDER")
    _database_option(remove)

    password = _command(actions, "password", "a one-time password for the console", "staff")
    password.add_argument("who", metavar="NAME|SENDER", help="who signs in, or is on the staff")
    _database_option(password)


def _question_commands(question: _Parser) -> None:
    actions = question.add_subparsers(required=True, metavar="ACTION", dest="action")
    listed = _command(actions, "list", "open questions, masked", "question")
    draft = _command(actions, "draft", "an answer as a FAQ entry of a notice's YAML", "question")
    draft.add_argument("id", type=_number, metavar="ID")
    draft.add_argument("--clause", metavar="NOTICE#LABEL", help="default: the nearest known one")
    draft.add_argument("--out", type=Path, metavar="DIR", help="default: the knowledge directory")
    _database_option(listed)
    _database_option(draft)


def _subscription_commands(subscription: _Parser) -> None:
    kinds = ["daily", "weekly", "national", "handoff", "deadline"]
    actions = subscription.add_subparsers(required=True, metavar="ACTION", dest="action")

    add = _command(actions, "add", "subscribe somebody, or change how", "subscription")
    add.add_argument("target", metavar="WHOM", help="of the staff, or robot:NAME")
    add.add_argument("--kind", choices=kinds, required=True)
    add.add_argument("--at", metavar="HH:MM", help="default: 09:00")
    add.add_argument("--weekday", type=_number, metavar="N", help="of a weekly one; 1 is Monday")
    add.add_argument("--region", action="append", default=[], metavar="NAME")
    add.add_argument("--task", action="append", default=[], metavar="NAME")
    add.add_argument("--empty", action="store_true", help="also when there is nothing to tell")

    listed = _command(actions, "list", "those of the settings too", "subscription")

    remove = _command(actions, "remove", "one kind, or all", "subscription")
    remove.add_argument("target", metavar="WHOM")
    remove.add_argument("--kind", choices=kinds)
    for action in (add, listed, remove):
        _database_option(action)


def _outbox_commands(outbox: _Parser) -> None:
    actions = outbox.add_subparsers(required=True, metavar="ACTION", dest="action")
    listed = _command(actions, "list", "without words and names; in order", "outbox")
    which = listed.add_mutually_exclusive_group()
    for state in ("dead", "waiting"):
        which.add_argument(f"--{state}", dest="state", action="store_const", const=state)
    listed.add_argument("--json", action="store_true")
    retry = _command(actions, "retry", "try once more what was given up", "outbox")
    retry.add_argument("ids", nargs="+", type=_number, metavar="ID")
    _database_option(listed)
    _database_option(retry)


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
    learnt = ["answers", "newcomers", "kinds", "phrases"]
    tune.add_argument("--what", choices=learnt, default="answers")
    tune.add_argument("--out", type=Path, metavar="FILE", help="default: the shipped scoring.yaml")

    _revision_commands(actions)

    schema = _command(actions, "schema", "write the JSON Schemas for editors", "kb")
    schema.add_argument("dir", type=Path, metavar="DIR")


def _revision_commands(actions: argparse._SubParsersAction[_Parser]) -> None:
    publish = _command(actions, "publish", "check, then serve it to users", "kb_revisions")
    publish.add_argument("dir", nargs="?", type=Path, metavar="DIR")
    publish.add_argument("--anyway", action="store_true", help="even if golden questions fall")

    _database_option(_command(actions, "history", "what was published", "kb_revisions"))

    rollback = _command(actions, "rollback", "return to what was served before", "kb_revisions")
    rollback.add_argument(
        "number", nargs="?", type=_number, metavar="N", help="0: the shipped alone"
    )
    for signed in (publish, rollback):
        signed.add_argument("--note", default="", metavar="TEXT", help="why")
        signed.add_argument("--by", metavar="NAME", help="who")
        _database_option(signed)

    diff = _command(actions, "diff", "what would change for users, in words", "kb_revisions")
    diff.add_argument("what", nargs="*", metavar="DIR|N", help="a directory, revisions' numbers")
    _database_option(diff)


def _privacy_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    keys = _command(commands, "keys", "the keys under which what people wrote is sealed")
    keys.add_argument(
        "action", choices=["new", "rotate"], help="print one; seal all with the first"
    )
    _database_option(keys)

    _database_option(_command(commands, "purge", "erase what is older than the retention"))

    audit = _command(commands, "audit", "who looked at, changed or was refused what")
    audit.add_argument("action", choices=["list"])
    audit.add_argument("--since", type=_date, metavar="YYYY-MM-DD")
    audit.add_argument("--demand", type=_number, metavar="N", help="of this demand alone")
    audit.add_argument("--json", action="store_true")
    _database_option(audit)


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


def _number(text: str) -> int:
    """A whole number, no larger than a column of the database holds."""
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
    if abs(number) > _LARGEST:
        raise argparse.ArgumentTypeError(f"{text!r} is too large a number")
    return number
