"""The server's log: one line a record, for people or as JSON, and nothing in it that may not be."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.app import build_app
from bot.logs import Form, formatter
from bot.settings import Settings
from tests.log_detector import found
from tests.platform.wecom import WeComPlatform, right_now

PLATFORM = WeComPlatform()
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
Write = Callable[[Form], io.StringIO]


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    """A library's: the suite looks at what we log ourselves."""
    library = logging.getLogger("a_library")
    library.propagate = False
    library.setLevel(logging.INFO)
    yield library
    library.handlers.clear()
    library.propagate = True


@pytest.fixture
def write(logger: logging.Logger) -> Write:
    def begin(form: Form) -> io.StringIO:
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(formatter(form))
        logger.addHandler(handler)
        return stream

    return begin


SECRETS = {
    "a token in an address": "GET https://x/cgi-bin/send?access_token=ABCDEFGH12345678&debug=1",
    "a secret in a mapping": "sent {'corpsecret': 'ABCDEFGH12345678', 'a': 1}",
    "an EncodingAESKey": f"the key {KEY} is wrong",
    "a password of the database": "postgresql://zhixing:hunter2hunter2@db/zhixing",
    "a mobile": "cannot reach 13800001111",
    "a mobile with spaces": "cannot reach +86 138 0000 1111",
    "a landline": "cannot reach 0591-87654321",
    "a mail address": "cannot reach li.si@example.com.cn",
    "a sealed value": "cannot open sealed:0a1b2c:AAAAAAAA",
    "a header": "Authorization: Bearer ABCDEFGH12345678",
}
HELD = ("ABCDEFGH", KEY, "hunter2", "1380000", "0000 1111", "87654321", "li.si", "AAAAAAAA")


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("name", SECRETS)
def test_what_no_log_may_hold_is_taken_out(
    write: Write, logger: logging.Logger, name: str, form: Form
) -> None:
    stream = write(form)
    logger.warning("%s", SECRETS[name])
    logger.warning("as a field", extra={"detail": {"inside": [SECRETS[name]]}})
    line = stream.getvalue()
    assert not [held for held in HELD if held in line]
    assert not found(line)
    assert "…" in line


def test_what_says_nothing_of_anybody_stays_as_it_is(write: Write, logger: logging.Logger) -> None:
    stream = write("text")
    said = "POST /wecom 200 3.1 ms, 14 notices, 2026-05-20, revision 12, a1b2c3d4e5f6, 20210103"
    logger.info(said)
    assert stream.getvalue().endswith(f" INFO a_library: {said}\n")


def test_of_an_error_kind_and_place_are_told_and_not_its_text(
    write: Write, logger: logging.Logger
) -> None:
    stream, words = write("text"), "张三说的话"
    try:
        raise KeyError(words)
    except KeyError:
        logger.exception("it failed")
    assert "KeyError" in stream.getvalue()
    assert "test_logs.py" in stream.getvalue()
    assert "张三" not in stream.getvalue()


def test_nobody_writes_a_line_of_their_own_into_the_log(
    write: Write, logger: logging.Logger
) -> None:
    stream = write("text")
    logger.info("asked for %s", "x\n2026-01-01 00:00:00 INFO bot: all is well\x1b[2J")
    first, *others = stream.getvalue().splitlines()
    assert first.endswith("asked for x")
    assert all(line.startswith("  ") for line in others)
    assert "\x1b" not in stream.getvalue()


def test_as_json_each_record_is_an_object_with_its_fields(
    write: Write, logger: logging.Logger
) -> None:
    stream = write("json")
    logger.warning("%d refusals", 3, extra={"channel": "wecom", "name_of_file": "x", "phone": "1"})
    record = json.loads(stream.getvalue())
    assert record["event"] == "3 refusals"
    assert (record["level"], record["logger"]) == ("warning", "a_library")
    assert (record["channel"], record["phone"]) == ("wecom", "…")
    assert record["timestamp"].endswith("Z")


async def test_the_lines_of_a_message_carry_its_name_and_that_of_its_request(
    tmp_path: Path,
) -> None:
    wecom: dict[str, Any] = {
        "corp_id": PLATFORM.corp_id,
        "agent_id": PLATFORM.agent_id,
        "token": PLATFORM.token,
        "aes_key": PLATFORM.aes_key,
    }
    database = f"sqlite:///{tmp_path / 'zhixing.db'}"
    settings = Settings.model_validate({"database": database, "wecom": wecom})
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter("json"))
    runner = web.AppRunner(await build_app(settings))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    callbacks = [PLATFORM.text(text, right_now()) for text in ("您好", "万里行联系谁")]
    logging.getLogger("bot").addHandler(handler)
    try:
        async with ClientSession() as http:  # one connection, one task of the server's
            for one in (*callbacks, callbacks[0]):
                async with http.post(base + one.at("/wecom"), data=one.body) as answer:
                    assert answer.status == 200
            async with http.post(base + "/wecom", data=b"") as answer:
                assert answer.status == 403
    finally:
        logging.getLogger("bot").removeHandler(handler)
        await runner.cleanup()
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    first, second, repeated, refused = (line for line in lines if "wecom:" in line["event"])
    assert first["message"] == repeated["message"] != second["message"]
    assert "message" not in refused
    assert len({line["request"] for line in (first, second, repeated, refused)}) == 4
