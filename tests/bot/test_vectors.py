"""The platforms' published samples, opened by our own receive layer.

V1 WeCom developer documentation (path/90968); V2 the test suite of wechatpy; V3 Tencent's sample
for Official Accounts; V4 the Official Account documentation (message push); V5, V7 DingTalk's event
callbacks, whose cipher is the same but whose timestamp has milliseconds; V6 is DingTalk's header
signature: see the tests of its callback.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.envelope import (
    MILLISECONDS,
    Keyring,
    Reason,
    Rejected,
    Stamp,
    encrypted_field,
    seal,
    signature,
    unseal,
)


@dataclass(frozen=True)
class Vector:
    keys: Keyring
    stamp: Stamp
    ciphertext: str
    holds: tuple[str, ...]

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(int(self.stamp.timestamp), UTC)


WECOM = Keyring.of("QDG6eK", "wx5823bf96d3bd56c7", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")
WECHATPY = Keyring.of("123456", "wx49f0ab532d5d035a", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR")
SAMPLE = Keyring.of("spamtest", "wx2c2769f8efd9abc2", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
PUSH = Keyring.of("AAAAA", "wxba5fad812f8e6fb9", "A" * 43)

V1_ECHO = Vector(
    WECOM,
    Stamp("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780"),
    "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
    ("1616140317555161061",),
)
V1 = Vector(
    WECOM,
    Stamp("477715d11cdb4164915debcba66cb864d751f3e6", "1409659813", "1372623149"),
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdC"
    "Upj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4X"
    "gpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+K"
    "qCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XX"
    "ZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHB"
    "ZZIs2pDBS8R07+qN+E7Q==",
    (
        "<Content><![CDATA[hello]]></Content>",
        "<FromUserName><![CDATA[mycreate]]></FromUserName>",
        "<ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>",
        "<MsgId>4561255354251345929</MsgId>",
        "<AgentID>218</AgentID>",
        "<CreateTime>1409659813</CreateTime>",
    ),
)
V2_ECHO = Vector(
    WECHATPY,
    Stamp("dd6b9c95b495b3f7e2901bfbc76c664930ffdb96", "1411443780", "437374425"),
    "4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q==",
    ("5927782489442352469",),
)
V2 = Vector(
    WECHATPY,
    Stamp("74d92dfeb87ba7c714f89d98870ae5eb62dff26d", "1411525903", "461056294"),
    "RgqEoJj5A4EMYlLvWO1F86ioRjZfaex/gePD0gOXTxpsq5Yj4GNglrBb8I2BAJVODGajiFnXBu7mCPatfjsu6IHCrs"
    "TyeDXzF6Bv283dGymzxh6ydJRvZsryDyZbLTE7rhnus50qGPMfp2wASFlzEgMW9z1ef/RD8XzaFYgm7iTdaXpXaG4+"
    "BiYyolBug/gYNx410cvkKR2/nPwBiT+P4hIiOAQqGp/TywZBtDh1yCF2KOd0gpiMZ5jSw3e29mTvmUHzkVQiMS6td7"
    "vXUaWOMZnYZlF3So2SjHnwh4jYFxdgpkHHqIrH/54SNdshoQgWYEvccTKe7FS709/5t6NMxuGhcUGAPOQipvWTT4dS"
    "hyqio7mlsl5noTrb++x6En749zCpQVhDpbV6GDnTbcX2e8K9QaNWHp91eBdCRxthuL0=",
    (
        "<Content><![CDATA[test]]></Content>",
        "<FromUserName><![CDATA[messense]]></FromUserName>",
        "<MsgId>4363689963896700987</MsgId>",
    ),
)
V3 = Vector(
    SAMPLE,
    Stamp("5d197aaffba7e9b25a30732f161a50dee96bd5fa", "1409735669", "1320562132"),
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8"
    "PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jis"
    "a+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6"
    "X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl"
    "9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE=",
    (
        "<Content><![CDATA[abcdteT]]></Content>",
        "<MsgId>6054768590064713728</MsgId>",
        "<CreateTime>1409735668</CreateTime>",
    ),
)
V4 = Vector(
    PUSH,
    Stamp("046e02f8204d34f8ba5fa3b1db94908f3df2e9b3", "1714112445", "415670741"),
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQq"
    "cvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuM"
    "cp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3"
    "VIYnSeOBrebufAlr7F9mFUPAJGj04=",
    ('"debug_str":"hello world"',),
)
WITH_SECONDS = {"V1 echo": V1_ECHO, "V1": V1, "V2 echo": V2_ECHO, "V2": V2, "V3": V3, "V4": V4}

DINGTALK = {
    "V5": (
        Keyring.of(
            "123456", "suite4xxxxxxxxxxxxxxx", "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij"
        ),
        Stamp("5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0", "1445827045067", "nEXhMP4r"),
        "1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWV"
        "dUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNO"
        "S9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==",
        ("Random", "LPIdSnlF"),
    ),
    "V7": (
        Keyring.of("mryue", "ding6ccabc44d2c8d38b", "Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7"),
        Stamp("03044561471240d4a14bb09372dfcfd4fd0e40cb", "1608001896814", "WL4PK6yA"),
        "0vJiX6vliEpwG3U45CtXqi+m8PXbQRARJ8p8BbDuD1EMTDf0jKpQ79QS93qEk7XHpP6u+oTTrd15NRPvNvmBKyDCY"
        "xxOK+HZeKju4yhELOFchzNukR+t8SB/qk4ROMu3",
        ("EventType", "check_url"),
    ),
}


@pytest.mark.parametrize("name", WITH_SECONDS)
def test_a_published_callback_opens_to_its_plaintext(name: str) -> None:
    vector = WITH_SECONDS[name]
    opened = unseal(vector.ciphertext, vector.stamp, vector.keys, vector.now)
    assert all(part in opened.text for part in vector.holds), opened.text


@pytest.mark.parametrize("echo", [V1_ECHO, V2_ECHO])
def test_an_echo_is_exactly_the_number(echo: Vector) -> None:
    assert unseal(echo.ciphertext, echo.stamp, echo.keys, echo.now).text == echo.holds[0]


@pytest.mark.parametrize("name", DINGTALK)
def test_dingtalk_events_open_by_their_milliseconds(name: str) -> None:
    keys, stamp, ciphertext, (field, value) = DINGTALK[name]
    now = datetime.fromtimestamp(int(stamp.timestamp) / 1000, UTC)
    opened = unseal(ciphertext, stamp, keys, now, digits=MILLISECONDS)
    assert json.loads(opened.text)[field] == value


@pytest.mark.parametrize("name", DINGTALK)
def test_milliseconds_are_no_timestamp_of_the_wechat_family(name: str) -> None:
    keys, stamp, ciphertext, _ = DINGTALK[name]
    now = datetime.fromtimestamp(int(stamp.timestamp) / 1000, UTC)
    with pytest.raises(Rejected) as refused:
        unseal(ciphertext, stamp, keys, now)
    assert refused.value.reason is Reason.SHAPE


def test_the_signature_of_a_published_reply() -> None:
    reply = (
        "9s4gMv99m88kKTh/H8IdkOiMg6bisoy3ypwy9H4hvSPe9nsGaqyw5hhSjdYbcrKk+j3nba4HMOTzHrluLBYqxgNcBq"
        "GsL8GqxlhZgURnAtObvesEl5nZ+uBE8bviY0LWke8Zy9V/QYKxNV2FqllNXcfmstttyIkMKCCmVbCFM2JTF5wY0nFh"
        "HZSjPUL2Q1qvSUCUld+/WIXrx0oyKQmpB6o8NRrrNrsDf03oxI1p9FxUgMnwKKZeOA/uu+2IEvEBtb7muXsVbwbgX0"
        "5UPPJvFurDXafG0RQyPR+mf1nDnAtQmmNOuiR5MIkdQ39xn1vWwi1O5oazPoQJz0nTYjxxEE8kv3kFxtAGVRe3ypD3"
        "WeK2XeFYFMNMpatF9XiKzHo3"
    )
    stamp = Stamp("", "1411525903", "461056294")
    assert signature(reply, stamp, "123456") == "407518b7649e86ef23978113f92d27afa9296533"


def test_sealing_gives_the_published_ciphertext_when_its_random_bytes_are_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("secrets.token_bytes", lambda _: b"707722b803182950")
    now = datetime.fromtimestamp(1713424427, UTC)
    xml = seal('{"demo_resp":"good luck"}', PUSH.ciphers[0], PUSH, now)
    assert encrypted_field(xml.encode()) == (
        "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    )


def test_the_signature_of_the_published_ciphertext() -> None:
    ciphertext = (
        "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    )
    stamp = Stamp("", "1713424427", "415670741")
    assert signature(ciphertext, stamp, "AAAAA") == "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"


@pytest.mark.parametrize(
    ("token", "timestamp", "nonce", "signed"),
    [
        ("AAAAA", "1714036504", "1514711492", "f464b24fc39322e44b38aa78f5edd27bd1441696"),
        ("AAAAA", "1714037059", "486452656", "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
    ],
)
def test_the_plain_signature_covers_no_body(
    token: str, timestamp: str, nonce: str, signed: str
) -> None:
    assert signature("", Stamp("", timestamp, nonce), token) == signed


def refusal(vector: Vector, stamp: Stamp, now: datetime) -> Reason:
    with pytest.raises(Rejected) as refused:
        unseal(vector.ciphertext, stamp, vector.keys, now)
    return refused.value.reason


def test_digits_moved_from_timestamp_to_nonce_are_refused_though_the_hash_is_the_same() -> None:
    moved = Stamp(V1.stamp.signature, "409659813", "13726231491")
    assert signature(V1.ciphertext, moved, V1.keys.token) == V1.stamp.signature
    assert refusal(V1, moved, V1.now) is Reason.SHAPE


def test_timestamp_and_nonce_swapped_are_stale_though_the_hash_is_the_same() -> None:
    swapped = Stamp(V1.stamp.signature, V1.stamp.nonce, V1.stamp.timestamp)
    assert signature(V1.ciphertext, swapped, V1.keys.token) == V1.stamp.signature
    assert refusal(V1, swapped, V1.now) is Reason.STALE


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_a_callback_is_fresh_for_five_minutes_either_way(seconds: int) -> None:
    now = V1.now + timedelta(seconds=seconds)
    assert "hello" in unseal(V1.ciphertext, V1.stamp, V1.keys, now).text


@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_a_callback_is_stale_after_that(seconds: int) -> None:
    assert refusal(V1, V1.stamp, V1.now + timedelta(seconds=seconds)) is Reason.STALE


def test_the_receiver_in_the_plaintext_must_be_ours() -> None:
    ours = Keyring(WECOM.token, WECOM.ciphers, "wx0000000000000000")
    foreign = Vector(ours, V1.stamp, V1.ciphertext, ())
    assert refusal(foreign, V1.stamp, V1.now) is Reason.CIPHER


def test_a_wrong_signature_is_refused_before_the_ciphertext_is_looked_into() -> None:
    forged = Stamp("0" * 40, V1.stamp.timestamp, V1.stamp.nonce)
    garbage = Vector(WECOM, forged, base64.b64encode(bytes(48)).decode(), ())
    assert refusal(garbage, forged, V1.now) is Reason.SIGNATURE
