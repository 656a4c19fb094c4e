"""What `serve` and `chat` take, and what is done with a database as a whole."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.arguments.options import database_option, iso_date, whole_number
from bot.arguments.parser import Arguments, Parser


def _serve(serve: Parser) -> None:
    serve.add_argument(
        "--workers", type=whole_number, metavar="N", help="processes; needs PostgreSQL"
    )
    serve.add_argument("--socket", type=whole_number, metavar="FD", help=argparse.SUPPRESS)


def _backup(backup: Parser) -> None:
    backup.add_argument("--out", type=Path, metavar="FILE", required=True)
    database_option(backup)


def _restore(restore: Parser) -> None:
    restore.add_argument("file", type=Path, metavar="FILE")
    database_option(restore)


def _keys(keys: Parser) -> None:
    keys.add_argument(
        "action", choices=["new", "rotate"], help="print one; seal all with the first"
    )
    database_option(keys)


def _audit(audit: Parser) -> None:
    audit.add_argument("action", choices=["list"])
    audit.add_argument("--since", type=iso_date, metavar="YYYY-MM-DD")
    audit.add_argument("--demand", type=whole_number, metavar="N", help="of this demand alone")
    audit.add_argument("--json", action="store_true")
    database_option(audit)


ARGUMENTS: Arguments = {
    "serve": _serve,
    "chat": database_option,
    "backup": _backup,
    "restore": _restore,
    "keys": _keys,
    "purge": database_option,
    "audit": _audit,
}
