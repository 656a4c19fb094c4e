"""What `kb` takes."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.arguments.options import database_option, whole_number
from bot.arguments.parser import Arguments, Parser, add_command


def _kb(kb: Parser) -> None:
    actions = kb.add_subparsers(required=True, metavar="ACTION", dest="action")

    read = add_command(actions, "import", "published notices to draft YAML", "kb_import")
    read.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files or folders")
    read.add_argument("--out", type=Path, metavar="DIR", help="default: the knowledge directory")
    read.add_argument("--json", action="store_true", help="what was understood, one JSON a file")
    read.add_argument("--force", action="store_true", help="write over a draft that is there")

    check = add_command(
        actions, "check", "are the files sound, the golden questions answered?", "kb"
    )
    check.add_argument("dir", nargs="?", type=Path, metavar="DIR")
    check.add_argument("--held", action="store_true", help="tell of held-back questions as well")

    tune = add_command(
        actions, "tune", "learn from the golden questions how answers are chosen", "tune"
    )
    tune.add_argument("dirs", nargs="*", type=Path, metavar="DIR", help="learn from these as well")
    learnt = ["answers", "newcomers", "kinds", "phrases"]
    tune.add_argument("--what", choices=learnt, default="answers")
    tune.add_argument("--out", type=Path, metavar="FILE", help="default: the shipped scoring.yaml")

    _revision_commands(actions)

    schema = add_command(actions, "schema", "write the JSON Schemas for editors", "kb")
    schema.add_argument("dir", type=Path, metavar="DIR")


def _revision_commands(actions: argparse._SubParsersAction[Parser]) -> None:
    publish = add_command(actions, "publish", "check, then serve it to users", "kb_revisions")
    publish.add_argument("dir", nargs="?", type=Path, metavar="DIR")
    publish.add_argument("--anyway", action="store_true", help="even if golden questions fall")

    database_option(add_command(actions, "history", "what was published", "kb_revisions"))

    rollback = add_command(actions, "rollback", "return to what was served before", "kb_revisions")
    rollback.add_argument(
        "number", nargs="?", type=whole_number, metavar="N", help="0: the shipped alone"
    )
    for signed in (publish, rollback):
        signed.add_argument("--note", default="", metavar="TEXT", help="why")
        signed.add_argument("--by", metavar="NAME", help="who")
        database_option(signed)

    diff = add_command(actions, "diff", "what would change for users, in words", "kb_revisions")
    diff.add_argument("what", nargs="*", metavar="DIR|N", help="a directory, revisions' numbers")
    database_option(diff)


ARGUMENTS: Arguments = {
    "kb": _kb,
}
