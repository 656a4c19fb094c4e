"""What `ask`, `eval` and `talk` take."""

from __future__ import annotations

from pathlib import Path

from bot.arguments.options import database_option, iso_date, knowledge_option
from bot.arguments.parser import Arguments, Parser


def _ask(ask: Parser) -> None:
    ask.add_argument("question", nargs="?")
    ask.add_argument("--jsonl", action="store_true", help="questions on stdin, one JSON a line")
    ask.add_argument("--today", type=iso_date, metavar="YYYY-MM-DD", help="answer as on that day")
    knowledge_option(ask)


def _eval(evaluate: Parser) -> None:
    add = evaluate.add_argument
    add("files", nargs="*", type=Path, metavar="FILE", help=".jsonl or .yaml; default: its own")
    add("--as", dest="typed", metavar="NAME,…", help="typed also with typos, in pinyin, …; or all")
    add("--seed", type=int, default=0, metavar="N", help="of the typos")
    add("--misses", type=int, metavar="N", help="show so many at most")
    add("--held", action="store_true", help="show misses of held-back questions as well")
    add("--json", action="store_true", help="all of it as one JSON value")
    knowledge_option(evaluate)


def _talk(talk: Parser) -> None:
    talk.add_argument("--jsonl", action="store_true", required=True)
    database_option(talk)
    knowledge_option(talk)


ARGUMENTS: Arguments = {
    "ask": _ask,
    "eval": _eval,
    "talk": _talk,
}
