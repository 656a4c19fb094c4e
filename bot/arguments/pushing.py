"""What `outbox`, `digest` and `subscription` take."""

from __future__ import annotations

from bot.arguments.options import database_option, whole_number
from bot.arguments.parser import Arguments, Parser, add_command


def _outbox(outbox: Parser) -> None:
    actions = outbox.add_subparsers(required=True, metavar="ACTION", dest="action")
    listed = add_command(actions, "list", "without words and names; in order", "outbox")
    which = listed.add_mutually_exclusive_group()
    for state in ("dead", "waiting"):
        which.add_argument(f"--{state}", dest="state", action="store_const", const=state)
    listed.add_argument("--json", action="store_true")
    retry = add_command(actions, "retry", "try once more what was given up", "outbox")
    retry.add_argument("ids", nargs="+", type=whole_number, metavar="ID")
    database_option(listed)
    database_option(retry)


def _digest(digest: Parser) -> None:
    digest.add_argument("action", choices=["preview", "push"])
    digest.add_argument("--for", dest="target", metavar="WHOM", help="wecom:zhangsan, robot:NAME")
    digest.add_argument("--weekly", action="store_true")
    database_option(digest)


def _subscription(subscription: Parser) -> None:
    kinds = ["daily", "weekly", "national", "handoff", "deadline"]
    actions = subscription.add_subparsers(required=True, metavar="ACTION", dest="action")

    add = add_command(actions, "add", "subscribe somebody, or change how", "subscription")
    add.add_argument("target", metavar="WHOM", help="of the staff, or robot:NAME")
    add.add_argument("--kind", choices=kinds, required=True)
    add.add_argument("--at", metavar="HH:MM", help="default: 09:00")
    add.add_argument(
        "--weekday", type=whole_number, metavar="N", help="of a weekly one; 1 is Monday"
    )
    add.add_argument("--region", action="append", default=[], metavar="NAME")
    add.add_argument("--task", action="append", default=[], metavar="NAME")
    add.add_argument("--empty", action="store_true", help="also when there is nothing to tell")

    listed = add_command(actions, "list", "those of the settings too", "subscription")

    remove = add_command(actions, "remove", "one kind, or all", "subscription")
    remove.add_argument("target", metavar="WHOM")
    remove.add_argument("--kind", choices=kinds)
    for action in (add, listed, remove):
        database_option(action)


ARGUMENTS: Arguments = {
    "outbox": _outbox,
    "digest": _digest,
    "subscription": _subscription,
}
