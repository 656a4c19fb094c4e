"""The whole application over raw sockets: whatever comes in, it is never our fault (5xx)."""

from __future__ import annotations

import asyncio
import gzip
import logging
import zlib
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web

import bot.http
from bot.app import build_app
from bot.desk import DeskClosed
from bot.http import AccessLog, hush_protocol_errors
from bot.settings import Settings
from intents.conversation import Conversation
from intents.turn import Reply, Said, Turn
from knowledge.snapshot import KnowledgeBase
from tests.platform.wecom import WeComPlatform, right_now

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLATFORM = WeComPlatform()
SECRET = "13800001111"
HOST = b"Host: 127.0.0.1\r\n"
JSON = b"Content-Type: application/json\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"


def echo(conversation: Conversation, said: Said, _kb: KnowledgeBase, _now: datetime) -> Turn:
    """Stands in for all understanding."""
    return Turn(Reply("answer", f"您说：{said.text}"), conversation)


def settings(tmp_path: Path) -> Settings:
    return Settings.model_validate(
        {
            "database": f"sqlite:///{tmp_path / 'zhixing.db'}",
            "wecom": {
                "corp_id": PLATFORM.corp_id,
                "agent_id": PLATFORM.agent_id,
                "token": PLATFORM.token,
                "aes_key": PLATFORM.aes_key,
            },
        }
    )


@pytest.fixture(autouse=True)
def _hushed() -> Iterator[None]:
    server = logging.getLogger("aiohttp.server")
    server.addFilter(hush_protocol_errors)
    yield
    server.removeFilter(hush_protocol_errors)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def port(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[int]:
    """One server for all of them: what one request does to it shows in the next."""
    app = await build_app(settings(tmp_path_factory.mktemp("server")), respond=echo)
    runner = web.AppRunner(app, access_log_class=AccessLog, lingering_time=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(port: int) -> AsyncIterator[ClientSession]:
    async with ClientSession(f"http://127.0.0.1:{port}") as session:
        yield session


def request(line: bytes, *headers: bytes, body: bytes = b"", length: int | None = None) -> bytes:
    size = b"Content-Length: %d\r\n" % (len(body) if length is None else length)
    return line + b" HTTP/1.1\r\n" + HOST + b"".join(headers) + size + b"\r\n" + body


def without_length(line: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    return line + b" HTTP/1.1\r\n" + b"".join(headers) + b"\r\n" + body


GET, POST, CHAT = b"GET /wecom", b"POST /wecom", b"POST /chat"
DEFLATED = zlib.compress(b"a" * 5000)
BAD = {
    "TLS to a plain port": b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\r\n\r\n",
    "no HTTP at all": "您好\r\n\r\n".encode(),
    "unknown method": request(b"BREW /wecom"),
    "other method": request(b"PUT /wecom"),
    "unknown path": request(b"GET /wp-login.php?x=1"),
    "endless path": request(b"GET /static/" + b"a" * 5000),
    "path upwards": request(b"GET /static/%2e%2e/%2e%2e/app.py"),
    "path with NUL": request(b"GET /static/%00"),
    "path of raw bytes": request(b"GET /\xff\xfe\xe4\xbd"),
    "broken escapes": request(GET + b"?msg_signature=%zz%&timestamp=%ff"),
    "surrogates": request(GET + b"?timestamp=%ed%a0%80&nonce=%00"),
    "query of raw bytes": request(GET + b"?timestamp=\xff\xfe\xe4\xbd"),
    "fields twice": request(GET + b"?nonce=1&nonce=2&timestamp=1&timestamp=2&echostr=&echostr"),
    "broken address": request(b"GET http://[::1/wecom"),
    "no host": without_length(GET),
    "endless query": request(GET + b"?" + b"a" * 20_000),
    "endless header": request(GET, b"X: " + b"a" * 20_000 + b"\r\n"),
    "length no number": without_length(POST, HOST, b"Content-Length: abc\r\n"),
    "length below zero": without_length(POST, HOST, b"Content-Length: -1\r\n"),
    "length beyond all": request(POST, length=99_999_999_999_999_999_999),
    "length and chunks": request(POST, CHUNKED, body=b"0\r\n\r\n"),
    "broken chunks": without_length(POST, HOST, CHUNKED, body=b"zz\r\nabc\r\n"),
    "no gzip": request(POST, b"Content-Encoding: gzip\r\n", body=b"no gzip at all"),
    "no deflate": request(CHAT, JSON, b"Content-Encoding: deflate\r\n", body=b"no deflate"),
    "half a gzip": request(POST, b"Content-Encoding: deflate\r\n", body=DEFLATED[:-6]),
    "unknown encoding": request(POST, b"Content-Encoding: br\r\n", body=b"no brotli"),
    "unknown charset": request(CHAT, b"Content-Type: application/json; charset=x\r\n", body=b"{}"),
    "broken form": request(
        CHAT, b"Content-Type: multipart/form-data; boundary=x\r\n", body=b"--x\r\n\r\nfoo"
    ),
    "strange part": request(
        CHAT,
        b"Content-Type: multipart/form-data; boundary=x\r\n",
        body=b"--x\r\nContent-Disposition: form-data; name=text\r\n"
        b"Content-Transfer-Encoding: strange\r\n\r\nfoo\r\n--x--\r\n",
    ),
    "JSON without end": request(CHAT, JSON, body=b'{"text":'),
    "JSON too deep": request(CHAT, JSON, body=b"[" * 60_000),
    "JSON number too long": request(CHAT, JSON, body=b"1" * 20_000),
    "broken origin": request(CHAT, JSON, b"Origin: http://[::\r\n", body=b"{}"),
    "unknown expectation": request(POST, b"Expect: tea\r\n", body=b"x"),
}


async def answer(port: int, sent: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    status = await reader.readline()
    writer.close()
    return status


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_request_is_the_senders_fault(
    port: int, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    status = (await answer(port, BAD[name])).split()[1]
    assert status.startswith(b"4")
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_a_compressed_bomb_is_refused_before_it_is_large(port: int) -> None:
    bomb = gzip.compress(b"a" * 20_000_000)
    for line, status in ((POST, b"403"), (CHAT, b"413")):
        sent = request(line, JSON, b"Content-Encoding: gzip\r\n", body=bomb)
        assert (await answer(port, sent)).split()[1] == status


@pytest.mark.parametrize(
    ("line", "status"), [(POST, b"403"), (CHAT, b"408"), (b"POST /nowhere", b"408")]
)
async def test_a_body_that_does_not_come_in_time_is_given_up(
    port: int, line: bytes, status: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.http, "BODY_SECONDS", 0.05)
    assert (await answer(port, request(line, JSON, body=b"{", length=100))).split()[1] == status


@pytest.mark.parametrize("line", [POST, CHAT])
async def test_who_hangs_up_in_the_middle_leaves_no_traceback(
    port: int, client: ClientSession, line: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request(line, JSON, body=b"{", length=100))
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()
    async with client.get("/healthz") as response:
        assert response.status == 200
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("path", ["/", "/healthz"])
async def test_head_is_answered_like_get_without_the_body(client: ClientSession, path: str) -> None:
    async with client.head(path) as response:
        assert (response.status, await response.read()) == (200, b"")


async def test_the_server_does_not_name_its_software(client: ClientSession) -> None:
    for path in ("/", "/wecom", "/nowhere", "/healthz"):
        async with client.get(path) as response:
            assert response.headers["Server"] == "zhixing"


async def test_health_says_what_is_served(client: ClientSession) -> None:
    async with client.get("/healthz") as response:
        health = await response.json()
    assert health["status"] == "ok"
    assert health["notices"] >= 5


async def test_without_wecom_in_the_settings_there_is_no_callback(tmp_path: Path) -> None:
    bare = settings(tmp_path).model_copy(update={"wecom": None, "web_chat": False})
    runner = web.AppRunner(await build_app(bare, respond=echo))
    await runner.setup()
    paths = {resource.canonical for resource in runner.app.router.resources()}
    await runner.cleanup()
    assert "/healthz" in paths
    assert not paths & {"/wecom", "/", "/chat"}


async def test_the_log_has_no_query_and_nothing_that_was_said(
    client: ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    callback = PLATFORM.text(f"我的电话是{SECRET}", right_now())
    async with client.post(callback.at("/wecom"), data=callback.body) as response:
        assert SECRET in PLATFORM.read(await response.read())["Content"]
    async with client.get(f"/nowhere?access_token={SECRET}") as response:
        assert response.status == 404
    own = [r.getMessage() for r in caplog.records if r.name.startswith(("bot", "aiohttp.access"))]
    assert len(own) == 2
    assert not [line for line in own if SECRET in line or "zhangsan" in line]


async def failing(tmp_path: Path, error: Exception) -> tuple[int, bytes]:
    """What comes back where a handler raises `error`."""
    app = await build_app(settings(tmp_path), respond=echo)

    async def broken(_request: web.Request) -> web.Response:
        raise error

    app.router.add_get("/broken", broken)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/broken"
    async with ClientSession() as session, session.get(url) as response:
        answered = response.status, await response.read()
    await runner.cleanup()
    return answered


async def test_a_fault_of_ours_is_an_empty_500_and_keeps_words_out_of_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert await failing(tmp_path, KeyError(SECRET)) == (500, b"")
    assert "KeyError" in caplog.text
    assert SECRET not in caplog.text


async def test_a_database_that_cannot_be_reached_is_a_fault_of_ours(tmp_path: Path) -> None:
    assert await failing(tmp_path, ConnectionRefusedError()) == (500, b"")


async def test_a_message_that_comes_while_shutting_down_is_to_be_sent_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert await failing(tmp_path, DeskClosed()) == (503, b"")
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
