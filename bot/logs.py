"""The log of a server: lines for people or JSON, each with the request and message that it is of.

Modules log by `logging`. Here their records become events, and lose what no log may hold, whoever
wrote them: libraries log addresses with tokens, and errors quote what people said.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping
from typing import Any, Literal, TextIO

from bot.http import hush_protocol_errors
from bot.structured import (
    EventDict,
    Processor,
    ProcessorFormatter,
    TimeStamper,
    add_log_level,
    add_logger_name,
    merge_contextvars,
)
from knowledge.late import late

Form = Literal["text", "json"]

HIDDEN = "…"

_SECRETS = (
    "access_token|corpsecret|appsecret|secret|key|ticket|session|sign|signature|msg_signature"
    "|echostr|response_code|token|code|nonce|password"
)
_LOOKS = (
    (re.compile(rf"(?i)\b({_SECRETS})=[^&\s'\"<>]+"), rf"\1={HIDDEN}"),
    (re.compile(rf"(?i)(['\"](?:{_SECRETS})['\"]: ?)(['\"])[^'\"]*\2"), rf"\1\2{HIDDEN}\2"),
    (re.compile(r"(?i)\b(bearer|basic) [A-Za-z0-9+/=._~-]{8,}"), rf"\1 {HIDDEN}"),
    (re.compile(r"(://[^/\s:@]+:)[^/\s@]+@"), rf"\1{HIDDEN}@"),
    (re.compile(r"sealed:[0-9a-f]+:\S*"), HIDDEN),
    (re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{43}=?(?![A-Za-z0-9+/=])"), HIDDEN),
    (re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), HIDDEN),
    (re.compile(r"(?<![\d-])0\d{2,3}[- ]\d{7,8}(?!\d)"), HIDDEN),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"), HIDDEN),
)
"""What is secret or personal by where it stands or by its look. Names have no look: no module logs
any, and of fields only those below would."""

_SUSPECT = late(r"[=@'\"]|sealed:|[0-9]{7}|[0-9][- ][0-9]{4}|[A-Za-z0-9+/]{43}|(?i:bearer|basic) ")
"""What all of these have one of: most lines have none, and cost one look."""

_FIELDS = frozenset(
    ["text", "content", "words", "said", "name", "user", "sender", "phone", "mobile", "email"]
) | frozenset(_SECRETS.split("|"))

_BREAKS = late(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
"""What every record has, or gets of other formatters."""

_HEAD = ("timestamp", "level", "logger", "event", "exception")


def begin_to_log(form: Form = "text", stream: TextIO | None = None) -> None:
    """All records from INFO go to `stream`, stderr by default; nothing where logging has begun."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter(form))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("aiohttp.server").addFilter(hush_protocol_errors)


def formatter(form: Form) -> ProcessorFormatter:
    """Records of `logging` as lines."""
    before: list[Processor] = [
        merge_contextvars,
        with_extras,
        without_error_texts,
        redacted,
        add_log_level,
        add_logger_name,
        TimeStamper(fmt="%Y-%m-%d %H:%M:%S.%f", utc=False)
        if form == "text"
        else TimeStamper(fmt="iso"),
    ]
    return ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[
            ProcessorFormatter.remove_processors_meta,
            _as_text if form == "text" else _as_json,
        ],
    )


def with_extras(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The fields that `extra` gave the record. (structlog's own adder takes what other formatters
    have left in it as well.)"""
    for name, value in vars(event["_record"]).items():
        if name not in _OWN:
            event[name] = value
    return event


def without_error_texts(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Of an error its kind and its place in the code: its text may hold what a user wrote."""
    told = event.pop("exc_info", None)
    if told is True:
        told = sys.exc_info()
    error = told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        frames = "".join(traceback.format_tb(error.__traceback__))
        event["exception"] = f"{type(error).__name__}\n{frames}".rstrip()
    return event


def redacted(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """A processor: what no log may hold is gone, in texts as in fields."""
    for name, value in event.items():
        if not name.startswith("_"):  # structlog's own
            event[name] = HIDDEN if name in _FIELDS else clean(value)
    return event


def clean(value: Any) -> Any:
    """Without secrets and personal data, whatever it is made of."""
    if isinstance(value, str):
        if _SUSPECT.search(value):
            for look, hidden in _LOOKS:
                value = look.sub(hidden, value)
        return value
    if isinstance(value, Mapping):
        return {
            str(name): HIDDEN if name in _FIELDS else clean(inner) for name, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [clean(inner) for inner in value]
    return value if isinstance(value, int | float | None) else clean(str(value))


def _as_text(_logger: Any, _method: str, event: Mapping[str, Any]) -> str:
    """`time LEVEL logger: what happened name=value`, and where in the code below it."""
    bound = [f"{name}={_indented(value)}" for name, value in event.items() if name not in _HEAD]
    level = str(event["level"]).upper()
    line = f"{event['timestamp'][:-3]} {level} {event['logger']}: {_indented(event['event'])}"
    below = [event["exception"]] if "exception" in event else []
    return "\n".join([" ".join([line, *bound]), *below])


def _indented(value: Any) -> str:
    """Nobody's words begin a line of their own."""
    return _BREAKS.sub(lambda found: "\n  " if found[0] == "\n" else HIDDEN, str(value))


def _as_json(_logger: Any, _method: str, event: Mapping[str, Any]) -> str:
    return json.dumps(event, ensure_ascii=False, default=str)
