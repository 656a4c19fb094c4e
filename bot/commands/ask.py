"""`zhixing ask`: each question its own fresh conversation, without a database."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.asking import asked, noon
from bot.jsonl import Line, LineError, dumped, rows
from bot.settings import Settings, SettingsError
from bot.start import clock_of, knowledge_of
from knowledge.load import KnowledgeError
from knowledge.snapshot import KnowledgeBase

BAD_INPUT = (SettingsError, KnowledgeError, LineError)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.jsonl == (args.question is not None):
        raise LineError("ask takes a question, or --jsonl and questions on stdin")
    kb, now = knowledge_of(settings), clock_of(settings)()
    now = noon(args.today, now) if args.today else now
    if not args.jsonl:
        print(asked(kb, args.question, now).plain)
        return 0
    for line in answers(sys.stdin.buffer, kb, now):
        print(line, flush=True)
    return 0


def _text_of_a_date(value: object) -> object:
    """A bare number would be read as seconds since 1970."""
    if not isinstance(value, str):
        raise ValueError("not a date like 2023-05-20")
    return value


class Question(Line):
    """`context` holds what the same user said before."""

    id: Any = None
    q: str
    today: Annotated[date, BeforeValidator(_text_of_a_date)] | None = None
    context: list[str] | str | None = None


def answers(lines: Iterable[bytes], kb: KnowledgeBase, now: datetime) -> Iterator[str]:
    """A line of JSON for each line of JSON. Raises LineError."""
    for question in rows(lines, Question):
        context = question.context or []
        said = [context] if isinstance(context, str) else context
        at = noon(question.today, now) if question.today else now
        yield dumped(_timed(kb, question, said, at))


def _timed(kb: KnowledgeBase, question: Question, said: list[str], at: datetime) -> dict[str, Any]:
    begun = time.perf_counter()
    reply = asked(kb, question.q, at, said)
    taken = timedelta(seconds=time.perf_counter() - begun)
    out: dict[str, Any] = {
        "id": question.id,
        "kind": reply.kind,
        "text": reply.plain,
        "citations": [asdict(citation) for citation in reply.citations],
        "options": list(reply.options),
    }
    out |= {name: value for name in ("intent", "task") if (value := getattr(reply, name))}
    return out | {"ms": round(taken / timedelta(milliseconds=1), 3)}
