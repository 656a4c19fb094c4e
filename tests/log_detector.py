"""What no log may hold, found in whatever the suite makes the program log.

Secrets are known by where they stand (`access_token=…`), by their look (an EncodingAESKey, a
sealed session address), or because a simulated platform gave them out; personal data by their look.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

_NAMES = (
    "access_token|corpsecret|secret|appsecret|key|ticket|session|sign|signature|msg_signature"
    "|echostr|response_code|token|code"
)
_LOOKS: dict[str, re.Pattern[str]] = {
    "a secret in an address": re.compile(rf"(?i)\b(?:{_NAMES})=[A-Za-z0-9+/%_\-]{{8,}}"),
    "a secret in a mapping": re.compile(rf"(?i)['\"](?:{_NAMES})['\"]: ['\"][^'\"]{{8,}}['\"]"),
    "an EncodingAESKey": re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/=])"),
    "a mobile number": re.compile(r"(?<![\d.])1[3-9]\d{9}(?!\d)"),
    "a mail address": re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}"),
    "a sealed value": re.compile(r"sealed:[0-9a-f]+:"),
}
_OF_OTHERS = ("dingtalk_stream", "aibot", "wecom_aibot_sdk", "pyee", "websockets", "wechatpy")
"""Loggers of the clients against which the simulated platforms are checked."""

_OF_SIMULATORS = "aiohttp.access"
"""Test servers log requests in aiohttp's own way; what the real server logs is read in its file."""

_OURS = ("bot", "intents", "knowledge", "storage", "zhixing")

_FORMAT = logging.Formatter("%(name)s: %(message)s")

given_out: set[str] = set()
"""Secrets that simulated platforms made in this process; they add them here."""


def found(text: str) -> list[str]:
    """What the text holds that no log may hold, by kind."""
    kinds = [kind for kind, look in _LOOKS.items() if look.search(text)]
    return kinds + ["a secret that was given out"] * any(secret in text for secret in given_out)


class Detector(logging.Handler):
    """Keeps what it finds: our own records at every level, those of libraries from INFO, which is
    what a server logs."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.leaks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == _OF_SIMULATORS or record.name.partition(".")[0] in _OF_OTHERS:
            return
        ours = record.name.partition(".")[0] in _OURS
        if ours or record.levelno >= logging.INFO:
            text, place = _FORMAT.format(record), f"{record.pathname}:{record.lineno}"
            self.leaks += [f"{place} ({record.name}): {kind}" for kind in found(text)]


def listening() -> Iterator[None]:
    """Fails with the places, never with what leaked."""
    detector, root = Detector(), logging.getLogger()
    levels = {root: logging.INFO} | {logging.getLogger(name): logging.DEBUG for name in _OURS}
    before = {logger: logger.level for logger in levels}
    root.addHandler(detector)
    try:
        for logger, level in levels.items():
            logger.setLevel(level)
        yield
    finally:
        root.removeHandler(detector)
        for logger, level in before.items():
            logger.setLevel(level)
    assert not detector.leaks, "\n".join(detector.leaks)
