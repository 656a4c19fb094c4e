"""Every kind of hostile callback, made of genuine ones by a seeded generator."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from random import Random
from urllib.parse import urlencode

from benchmarks.attacks.platforms import CHANNELS, Platforms
from benchmarks.attacks.shots import Manner, Shot, request
from tests.platform.wecom import Callback

POOL = 40
"""Genuine callbacks of each channel at hand; one of them is renewed each time it is taken."""

_BOMB = gzip.compress(b"a" * 5_000_000)
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_GARBAGE = (
    "%zz",
    "%ff%fe",
    "%00",
    "a" * 3_000,
    "&" * 500,
    "=&=&",
    "%ed%a0%80",
    "\u202e企业",
    "[]=",
)
_SPOOFED = (
    "http://169.254.169.254/latest/meta-data",
    "https://oapi.dingtalk.com.evil.example/robot/sendBySession?session=x",
    "file:///etc/passwd",
)


class Forger:
    """The same seed makes the same attacks, but for what sealing draws by itself."""

    def __init__(self, platforms: Platforms, rng: Random) -> None:
        self._platforms = platforms
        self._rng = rng
        self._pool = {
            channel: [platforms.fresh(channel, rng) for _ in range(POOL)] for channel in CHANNELS
        }
        kinds: tuple[tuple[Callable[[str, Callback], Shot], int], ...] = (
            (self._flipped, 16),
            (self._signature, 8),
            (self._query, 10),
            (self._stamp, 8),
            (self._truncated, 6),
            (self._oversized, 4),
            (self._claimed, 8),
            (self._encoded, 7),
            (self._nested, 7),
            (self._inside, 10),
            (self._replayed, 6),
            (self._reordered, 4),
            (self._pipelined, 3),
            (self._chunked, 4),
            (self._no_http, 4),
            (self._gone, 4),
            (self._deaf, 1),
            (self._slow, 1),
        )
        self._kinds = [kind for kind, _ in kinds]
        self._weights = [weight for _, weight in kinds]

    def shot(self) -> Shot:
        rng = self._rng
        channel = rng.choice(CHANNELS)
        number = rng.randrange(POOL)
        sent = self._pool[channel][number]
        if rng.random() < 0.1:  # kept for a while, so that replays are fresh enough to be read
            self._pool[channel][number] = self._platforms.fresh(channel, rng)
        (kind,) = rng.choices(self._kinds, self._weights)
        return kind(channel, sent)

    def _bits(self, data: bytes) -> bytes:
        changed = bytearray(data)
        for _ in range(self._rng.choice((1, 1, 2, 8))):
            changed[self._rng.randrange(len(changed))] ^= 1 << self._rng.randrange(8)
        return bytes(changed)

    def _flipped(self, channel: str, sent: Callback) -> Shot:
        return Shot("flipped bits", request(f"/{channel}", sent, body=self._bits(sent.body)))

    def _signature(self, channel: str, sent: Callback) -> Shot:
        rng = self._rng
        name = "msg_signature" if sent.query else "sign"
        right = (sent.query or sent.headers)[name]
        wrong = rng.choice(("", "0" * 40, right[::-1], right + "0", right.upper() + "x", "企" * 8))
        if sent.query:
            forged = replace(sent, query={**sent.query, name: wrong})
            return Shot("signature", request(f"/{channel}", forged))
        header = f"sign: {wrong}\r\n".encode()
        return Shot(
            "signature",
            request(f"/{channel}", sent, headers=header, drop=frozenset({"sign"})),
        )

    def _query(self, channel: str, sent: Callback) -> Shot:
        rng = self._rng
        pairs = [*sent.query.items(), ("x", "1")]
        rng.shuffle(pairs)
        if rng.random() < 0.5:
            pairs += pairs[: rng.randrange(3)]
        else:
            del pairs[: rng.randrange(3)]
        query = urlencode(pairs) + rng.choice(("", *_GARBAGE))
        target = "".join(one if " " < one < "\x7f" else f"%{ord(one) % 256:02x}" for one in query)
        method = rng.choice((b"POST", b"POST", b"GET"))
        return Shot("query", request(f"/{channel}", sent, query=target, method=method))

    def _stamp(self, channel: str, sent: Callback) -> Shot:
        rng = self._rng
        of = sent.query or sent.headers
        right = of["timestamp"]
        shifted = str(int(right) + rng.choice((-86_400_000, -3_700_000, 4_000, 10**8)))
        wrong = rng.choice((shifted, "", "-1", "9" * 400, "1e9", "٣" * 10, right + " ", right[:-1]))
        if sent.query:
            forged = replace(sent, query={**sent.query, "timestamp": wrong})
            return Shot("timestamp", request(f"/{channel}", forged))
        header = f"timestamp: {wrong}\r\n".encode()
        dropped = frozenset({"timestamp"})
        return Shot("timestamp", request(f"/{channel}", sent, headers=header, drop=dropped))

    def _truncated(self, channel: str, sent: Callback) -> Shot:
        cut = sent.body[: self._rng.randrange(len(sent.body))]
        return Shot("truncated", request(f"/{channel}", sent, body=cut))

    def _oversized(self, channel: str, sent: Callback) -> Shot:
        rng = self._rng
        match rng.randrange(4):
            case 0:
                body = sent.body.ljust(rng.choice((65_537, 200_000, 1_000_000)))
                return Shot("oversized body", request(f"/{channel}", sent, body=body))
            case 1:
                many = b"".join(b"X-%d: %s\r\n" % (n, b"a" * 100) for n in range(300))
                return Shot("oversized headers", request(f"/{channel}", sent, headers=many))
            case 2:
                long = b"X: " + b"a" * 50_000 + b"\r\n"
                return Shot("oversized headers", request(f"/{channel}", sent, headers=long))
            case _:
                path = f"/{channel}/" + "a" * rng.choice((300, 20_000))
                return Shot("oversized path", request(path, sent))

    def _claimed(self, channel: str, sent: Callback) -> Shot:
        lengths = (b"-1", b"abc", b"9" * 30, b"0", b"1", b"+5", b"0x10", b"1,2")
        claimed = self._rng.choice(lengths)
        both = self._rng.choice((b"", b"", b"Transfer-Encoding: chunked\r\n"))
        data = request(f"/{channel}", sent, length=claimed, headers=both)
        return Shot("claimed length", data)

    def _encoded(self, channel: str, sent: Callback) -> Shot:
        rng = self._rng
        raw = sent.body.decode(errors="replace")
        headers, body = rng.choice(
            (
                (b"Content-Encoding: gzip\r\n", sent.body),
                (b"Content-Encoding: gzip\r\n", _BOMB),
                (b"Content-Encoding: deflate\r\n", zlib.compress(sent.body)[:-4]),
                (b"Content-Encoding: br\r\n", sent.body),
                (b"", raw.encode("utf-16")),
                (b"", raw.encode("utf-7")),
                (b"", b"\xef\xbb\xbf" + sent.body),
                (b"", b"\xff\xfe\x00" * 500),
                (b"", sent.body.replace(b"<", b"\x00<").replace(b"{", b"\x00{")),
            )
        )
        kind = rng.choice(("text/xml; charset=utf-9", "text/xml; charset=\x7f", "multipart/x", ""))
        typed = b"Content-Type: " + kind.encode() + b"\r\n"
        dropped = frozenset({"Content-Type"})
        data = request(f"/{channel}", sent, headers=headers + typed, body=body, drop=dropped)
        return Shot("encoding", data)

    def _nested(self, channel: str, sent: Callback) -> Shot:
        body = self._rng.choice(
            (
                b"<a>" * 20_000,
                (_LAUGHS + "]><xml><Encrypt>&i;</Encrypt></xml>").encode(),
                b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml>&x;</xml>',
                b"[" * 60_000,
                b'{"encrypt":' * 5_000,
                b'{"encrypt":' + b"[" * 50_000,
                b"1" * 50_000,
                b"<Encrypt>" * 7_000,
                b"<Encrypt>" + b" " * 60_000,
            )
        )
        return Shot("nested", request(f"/{channel}", sent, body=body))

    def _inside(self, channel: str, _sent: Callback) -> Shot:
        """Genuine outside: as if the platform itself were in hostile hands."""
        rng = self._rng
        plain = self._platforms.plain(channel, rng)
        match rng.randrange(7):
            case 0:
                text = self._bits(plain.encode()).decode(errors="replace")
            case 1:
                text = plain[: rng.randrange(len(plain))]
            case 2:
                text = _LAUGHS + "]><xml><Content>&i;</Content></xml>"
            case 3:
                text = rng.choice(("<xml>" + "<a>" * 9_000, '{"a":' * 9_000, "[" * 40_000, "\x00"))
            case 4:
                text = plain.replace("hostile", rng.choice(("", "x" * 5_000, "\u202e", "]]>", "/")))
            case 5:
                text = plain.replace("text", rng.choice(("event", "video", "", "link", "{}")))
            case _:
                text = self._spoofed(plain)
        return Shot("inside", request(f"/{channel}", self._platforms.sealed(channel, text)))

    def _spoofed(self, plain: str) -> str:
        if not plain.startswith("{"):
            return plain.replace("<xml>", "<xml><PicUrl>" + _SPOOFED[0] + "</PicUrl>")
        body = json.loads(plain)
        name = "sessionWebhook" if "sessionWebhook" in body else "response_url"
        return json.dumps({**body, name: self._rng.choice(_SPOOFED), "extra": {"a": [1e308, None]}})

    def _replayed(self, channel: str, sent: Callback) -> Shot:
        data = request(f"/{channel}", sent)
        return Shot("replayed", data * self._rng.choice((1, 1, 2, 5)))

    def _reordered(self, channel: str, _sent: Callback) -> Shot:
        several = self._rng.sample(self._pool[channel], 4)
        return Shot("reordered", b"".join(request(f"/{channel}", one) for one in several))

    def _pipelined(self, channel: str, sent: Callback) -> Shot:
        rng = self._rng
        good = request(f"/{channel}", sent)
        bad = request(f"/{channel}", sent, body=self._bits(sent.body))
        get = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        parts = rng.choices((good, bad, get, b"\r\n\r\n", b"GARBAGE\r\n"), k=rng.randrange(2, 12))
        return Shot("pipelined", b"".join(parts))

    def _chunked(self, channel: str, sent: Callback) -> Shot:
        rng = self._rng
        chunks = rng.choice(
            (
                b"zz\r\nabc\r\n",
                b"1;" + b"x" * 9_000 + b"\r\na\r\n0\r\n\r\n",
                b"".join(b"1\r\n%c\r\n" % byte for byte in sent.body[:500]) + b"0\r\n\r\n",
                b"fffffffffffffffff\r\n",
                b"ffff\r\n" + b"a" * 0xFFFF + b"\r\nffff\r\n" + b"a" * 0xFFFF + b"\r\n0\r\n\r\n",
                b"0\r\n" + b"T: x\r\n" * 300 + b"\r\n",
                b"-1\r\na\r\n",
            )
        )
        coding = b"Transfer-Encoding: chunked\r\n"
        return Shot(
            "chunked", request(f"/{channel}", sent, headers=coding, body=chunks, length=b"")
        )

    def _no_http(self, channel: str, sent: Callback) -> Shot:
        rng = self._rng
        good = request(f"/{channel}", sent)
        data = rng.choice(
            (
                rng.randbytes(300) + b"\r\n\r\n",
                b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + rng.randbytes(150),
                b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                good.replace(b"HTTP/1.1", b"HTTP/9.9"),
                good.replace(b"POST", b"BREW"),
                good.replace(b"POST", b"PUT"),
                good.replace(b"Host: ", b"Host : "),
                good.replace(b"\r\n", b"\n"),
                good.replace(b"Host: 127.0.0.1\r\n", b"Host: a\r\nHost: b\r\n"),
                good.replace(b"Host", b"Upgrade: websocket\r\nConnection: upgrade\r\nHost"),
                self._bits(good),
            )
        )
        return Shot("no HTTP", data)

    def _gone(self, channel: str, sent: Callback) -> Shot:
        data = request(f"/{channel}", sent)
        manner: Manner = self._rng.choice(("gone", "reset"))
        return Shot("half-open", data[: self._rng.randrange(len(data))], manner)

    def _deaf(self, channel: str, sent: Callback) -> Shot:
        return Shot("deaf", request(f"/{channel}", sent) * 20, "deaf")

    def _slow(self, channel: str, sent: Callback) -> Shot:
        """A head that never ends, or a body."""
        data = request(f"/{channel}", sent)
        head = data.index(b"\r\n\r\n")
        at = self._rng.choice((0, 20, head, head + 4, head + 60))
        return Shot("slow", data[:at], "slow")
