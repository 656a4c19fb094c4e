"""What `staff` and `question` take."""

from __future__ import annotations

from pathlib import Path

from bot.arguments.options import database_option, whole_number
from bot.arguments.parser import Arguments, Parser, add_command


def _staff(staff: Parser) -> None:
    actions = staff.add_subparsers(required=True, metavar="ACTION", dest="action")

    add = add_command(actions, "add", "put somebody on the staff, or change who they are", "staff")
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
    database_option(add)

    database_option(add_command(actions, "list", "those of the settings too", "staff"))

    remove = add_command(actions, "remove", "take somebody off the staff", "staff")
    remove.add_argument("sender", metavar="SENDER")
    database_option(remove)

    password = add_command(actions, "password", "a one-time password for the console", "staff")
    password.add_argument("who", metavar="NAME|SENDER", help="who signs in, or is on the staff")
    database_option(password)


def _question(question: Parser) -> None:
    actions = question.add_subparsers(required=True, metavar="ACTION", dest="action")
    listed = add_command(actions, "list", "open questions, masked", "question")
    draft = add_command(actions, "draft", "an answer as a FAQ entry of a notice's YAML", "question")
    draft.add_argument("id", type=whole_number, metavar="ID")
    draft.add_argument("--clause", metavar="NOTICE#LABEL", help="default: the nearest known one")
    draft.add_argument("--out", type=Path, metavar="DIR", help="default: the knowledge directory")
    database_option(listed)
    database_option(draft)


ARGUMENTS: Arguments = {
    "staff": _staff,
    "question": _question,
}
