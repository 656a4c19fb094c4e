"""`python -m benchmarks.peers`: WeRoBot, opsdroid and NoneBot2 beside us and a bare handler.

In each round all of them in turn, on the same core, with the same questions, no two alike, from
the same senders. Every body is read. Status 1 where one was wrong, or a peer could not be had.
"""

from __future__ import annotations

import argparse
import socket
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.load import LoadError, Utterance, exchange
from benchmarks.machine import LOAD_CORE, facts, pin
from benchmarks.measure import SEED
from benchmarks.peers.installing import APPS, PEERS, NotInstalled, Peer, python_of
from benchmarks.questions import Asked, unlike
from benchmarks.servers import Server, ServerError, environment, running
from benchmarks.table import Budget, Row, lines
from bot.settings import Settings
from bot.start import knowledge_of
from intents.wording.talk import apology
from tests.platform.wecom import WeComPlatform
from tests.platform.weixin_account import WeixinAccount

_ACCOUNT = WeixinAccount(mode="plain")
_ANSWER = "需求清单请在2021年5月25日前报送。"
_TWICE = Budget(2.0, least=True, text="≥ 2.00")
OURS, FLOOR = "zhixing serve, SQLite", "floor: aiohttp, wechatpy, nothing kept"


@dataclass(frozen=True, slots=True)
class Driven:
    """A server under load. `answer`: what each reply must say, "" where that differs."""

    title: str
    server: Server
    path: str
    answer: str = ""
    per_second: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def load(self, said: Sequence[Utterance], connections: int) -> None:
        """Raises LoadError where a reply is wrong."""
        requests = [_request(self.server.port, self.path, one) for one in said]
        before = self.server.cpu_seconds
        seconds, bodies = exchange(self.server.port, requests, connections)
        spent = self.server.cpu_seconds - before
        for one, body in zip(said, bodies, strict=True):
            self._check(one, body)
        self.per_second.append(len(said) / seconds)
        self.cpu_ms.append(spent * 1000 / len(said))

    def _check(self, one: Utterance, body: bytes) -> None:
        try:
            fields = {child.tag: child.text or "" for child in ET.fromstring(body)}
        except ET.ParseError:
            fields = {}
        told = fields.get("Content", "").strip()
        right = told == self.answer if self.answer else bool(told) and told != apology()
        if not right or fields.get("ToUserName") != one.user:
            raise LoadError(f"{self.title}: a wrong reply to {one.text!r}: {body[:300]!r}")


def _request(port: int, path: str, one: Utterance) -> bytes:
    call = _ACCOUNT.message(one.user, int(time.time()), "text", Content=one.text)
    head = (
        f"POST {call.at(path)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Content-Type: text/xml\r\nContent-Length: {len(call.body)}\r\n\r\n"
    )
    return head.encode() + call.body


def _own(opened: ExitStack, folder: Path) -> Iterator[Driven]:
    env = environment(folder, WeComPlatform()) | {
        "ZHIXING_WECHAT__APP_ID": _ACCOUNT.app_id,
        "ZHIXING_WECHAT__ORIGINAL_ID": _ACCOUNT.original_id,
        "ZHIXING_WECHAT__TOKEN": _ACCOUNT.token,
        "ZHIXING_WECHAT__MODE": "plain",
    }
    bare = running("benchmarks.peers.floor", directory=folder / "floor", env=env)
    yield Driven(FLOOR, opened.enter_context(bare), "/wechat")
    us = running("bot", "serve", directory=folder / "us", env=env)
    yield Driven(OURS, opened.enter_context(us), "/wechat")


def _peer(opened: ExitStack, peer: Peer, folder: Path) -> Driven:
    """Raises NotInstalled, ServerError, LoadError."""
    app = str(APPS / f"{peer.app}.py")
    python, env = str(python_of(peer)), {"PYTHONUNBUFFERED": "1"}
    context = running(app, str(_free_port()), directory=folder, env=env, python=python)
    driven = Driven(peer.title, opened.enter_context(context), peer.path, _ANSWER)
    ends = time.monotonic() + 30
    while True:  # its address is told a little before it listens
        try:
            socket.create_connection(("127.0.0.1", driven.server.port), 1).close()
            return driven
        except OSError:
            if time.monotonic() > ends:
                raise ServerError(f"{peer.title}: it does not listen") from None
            time.sleep(0.1)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        port: int = bound.getsockname()[1]
        return port


def _rows(all_: Sequence[Driven], of: str, unit: str, reference: Driven) -> list[Row]:
    """With their ratios to the reference of the same round."""
    known: list[float] = getattr(reference, of)
    rows = []
    for one in all_:
        samples: list[float] = getattr(one, of)
        ratios = [a / b for a, b in zip(samples, known, strict=True) if b]
        rows.append(Row(one.title, samples, unit, ratios))
    return rows


def _against(all_: Sequence[Driven], ours: Driven) -> list[Row]:
    rows = []
    for one in all_:
        if one.title in (OURS, FLOOR):
            continue
        ratios = [a / b for a, b in zip(ours.per_second, one.per_second, strict=True)]
        budget = _TWICE if "WeRoBot" in one.title else None
        rows.append(Row(f"we against {one.title}", ours.per_second, "/s", ratios, budget))
    return rows


def _measured(all_: Sequence[Driven], asked: Asked, args: argparse.Namespace) -> None:
    """Raises LoadError."""
    for number in range(args.rounds + 1):
        said = asked.take(args.messages)
        for one in all_:
            one.load(said, args.connections)
            if number == 0:  # the first round warms up
                one.per_second.clear()
                one.cpu_ms.clear()


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--messages", type=int, default=200, help="to each server in each round")
    parser.add_argument("--connections", type=int, default=8)
    args = parser.parse_args()
    pin(LOAD_CORE)
    asked = unlike(knowledge_of(Settings(), golden=True), lambda _text: frozenset(), SEED)
    missing = 0
    print(f"{facts()}; {args.rounds} rounds of {args.messages} messages", flush=True)
    with TemporaryDirectory() as made, ExitStack() as opened:
        folder = Path(made)
        all_ = list(_own(opened, folder))
        for peer in PEERS:
            try:
                all_.append(_peer(opened, peer, folder / peer.app))
            except (NotInstalled, ServerError) as error:
                missing = 1
                print(f"{peer.title}: not run: {str(error).splitlines()[-1]}", file=sys.stderr)
        try:
            _measured(all_, asked, args)
        except (LoadError, OSError) as error:
            print(f"benchmarks.peers: {error}", file=sys.stderr)
            return 1
        floor, ours = all_[:2]
        title = f"plain Official Account messages, no two alike, {args.connections} connections"
        sections: dict[str, Sequence[Row]] = {
            title: _rows(all_, "per_second", "/s", floor),
            "processor time a message": _rows(all_, "cpu_ms", "ms", floor),
            "the ratio is to the peer": _against(all_, ours),
            "resident": [Row(o.title, [o.server.resident_mb], "MB") for o in all_],
        }
        print(*lines(sections), sep="\n")
        print(f"{(args.rounds + 1) * args.messages * len(all_):,} replies, all right.")
    return missing


if __name__ == "__main__":
    sys.exit(main())
