"""Options that several commands have, and how their values are read."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

_LARGEST = 2**31 - 1


def database_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", metavar="URL", help="instead of the one in the settings")


def knowledge_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--knowledge", type=Path, metavar="DIR", help="over the shipped notices")


def span_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", type=iso_date, metavar="YYYY-MM-DD", help="that day included")
    parser.add_argument("--until", type=iso_date, metavar="YYYY-MM-DD", help="that day included")
    database_option(parser)


def iso_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2023-05-20") from None


def whole_number(text: str) -> int:
    """A whole number, no larger than a column of the database holds."""
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
    if abs(number) > _LARGEST:
        raise argparse.ArgumentTypeError(f"{text!r} is too large a number")
    return number
