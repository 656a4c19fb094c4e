"""What an answer of a platform means for a letter: errcode or HTTP status to an outcome.

Sources: WeCom path/90313 (codes), 90236, 90454, 94670, 99110; developers.weixin.qq.com, return
codes of message/custom/send; DingTalk open platform, robot messages and API limits. A code that is
not known here is tried again, until the outbox gives up.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from bot.delivery.outcome import Closed, Outcome, Refused, Retry, Sent
from bot.platforms.calls import Answer, Unreachable
from bot.platforms.tokens import NoToken
from knowledge.late import late

T = TypeVar("T")

_MINUTE = timedelta(minutes=1)
_TEN_MINUTES = timedelta(minutes=10)
_HOUR = timedelta(hours=1)
_USED_UP = "ApiCountLimit"
_BARRED = "IpNotInWhiteList"
_TOO_FAST = late(r"QpsLimit|too\.?fast", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Codes:
    """What errcodes mean beside 0. `pause`: nothing more to this person for so long. The others
    say why, for those who run the assistant; what is `barred` goes on once they have mended it."""

    pause: Mapping[int, timedelta] = field(default_factory=dict)
    barred: Mapping[int, str] = field(default_factory=dict)
    closed: Mapping[int, str] = field(default_factory=dict)
    refused: Mapping[int, str] = field(default_factory=dict)


_OURS = {
    40007: "the file is gone",
    40058: "malformed",
    44001: "empty file",
    44004: "empty",
    45001: "the file is too large",
    45002: "too long",
    47001: "malformed",
}

_TRUSTED = {60020: "mend the app's 企业可信IP"}

WECOM = Codes(
    pause={45009: _MINUTE},
    barred=_TRUSTED,
    refused=_OURS
    | {
        40003: "no member of this id",
        40056: "mend wecom: agent_id",
        48002: "mend the app's permissions: this API",
        60011: "mend the app's 可见范围",
        60111: "no member of this id",
        81013: "not in the app's 可见范围",
        82001: "not in the app's 可见范围",
        301002: "mend wecom: agent_id or secret",
    },
)
"""45033 (too many calls at once) is over in a moment: tried again like what is not known."""

KF = Codes(
    pause={45009: _MINUTE},
    barred=_TRUSTED,
    closed={
        95001: "the 5 messages are used up",
        95002: "48 hours are over",
        95013: "the session has ended",
        95018: "the session is with a person",
    },
    refused=_OURS
    | {
        48002: "mend 可调用接口的应用 of 微信客服",
        95000: "no account of this open_kfid",
    },
)

WECHAT = Codes(
    pause={45009: _HOUR, 45011: _MINUTE},
    closed={
        43004: "follows no more",
        43019: "has blocked the account",
        45015: "48 hours are over",
        45047: "the messages are used up",
        48001: "the account has no 客服消息",
    },
    barred={40164: "mend API IP白名单 of the account"},
    refused=_OURS | {40003: "no follower of this id"},
)

_EGRESS = "mend 服务器出口IP of the app"
DINGTALK = Codes(
    pause=dict.fromkeys((90002, 90018, 90019, 130101, 302033), _MINUTE),
    barred={60020: _EGRESS},
    closed={300001: "the session is over", 90020: "the month's calls are used up"},
    refused=_OURS | {40035: "malformed", 460101: "too long"},
)
"""Of the session webhook (300001: as users report) and of oapi.dingtalk.com."""

WECOM_ROBOT = Codes(
    pause=dict.fromkeys((45009, 130101, 302033), _MINUTE),
    refused=_OURS | {93000: "no such robot: mend its key", 93004: "the robot is disabled"},
)
DINGTALK_ROBOT = Codes(
    pause=dict.fromkeys((130101, 302033, 90002, 90018, 90019), _TEN_MINUTES),
    refused=_OURS
    | {
        90030: "the robot is disabled",
        101002: "malformed",
        310000: "mend its keywords, secret, access_token or addresses",
        460101: "too long",
    },
)
"""Custom robots of groups: after 20 messages a minute DingTalk is silent for ten."""


def by_errcode(answer: Answer, codes: Codes, later: timedelta) -> Outcome:
    """WeCom's, 公众号's and oapi.dingtalk.com's verdict. `later`: when to try once more."""
    code = answer.errcode
    if answer.status == 429:
        return Retry(_MINUTE, "HTTP 429", all_wait=True)
    if answer.status != 200 or code is None:
        return _by_status(answer, later)
    if code == 0:
        return Sent()
    if pause := codes.pause.get(code):
        return Retry(max(pause, later), f"too fast, errcode {code}", all_wait=True)
    if reason := codes.barred.get(code):
        return Retry(max(_TEN_MINUTES, later), f"errcode {code}: {reason}")
    if reason := codes.closed.get(code):
        return Closed(f"errcode {code}: {reason}")
    if reason := codes.refused.get(code):
        return Refused(f"errcode {code}: {reason}")
    return Retry(later, f"errcode {code}")


def by_status(answer: Answer, later: timedelta) -> Outcome:
    """api.dingtalk.com's verdict: an HTTP status, with a `code` in words where it says no."""
    code = answer.body.get("code")
    reason = code if isinstance(code, str) and len(code) <= 100 else f"HTTP {answer.status}"
    if answer.status == 200:
        return Sent()
    if answer.status == 429 or _TOO_FAST.search(reason):
        return Retry(max(_MINUTE, later), f"too fast, {reason}", all_wait=True)
    if answer.status == 401 or answer.status >= 500:
        return Retry(later, reason)
    if _BARRED in reason:
        return Retry(max(_TEN_MINUTES, later), f"{reason}: {_EGRESS}")
    return Closed(reason) if _USED_UP in reason else Refused(reason)


def _by_status(answer: Answer, later: timedelta) -> Outcome:
    if 300 <= answer.status < 500:
        return Refused(f"HTTP {answer.status}")
    return Retry(later, "no errcode" if answer.status == 200 else f"HTTP {answer.status}")


def uploaded(answer: Answer, codes: Codes, later: timedelta) -> str | Outcome:
    """The `media_id` of an upload's answer."""
    media = answer.body.get("media_id")
    outcome = by_errcode(answer, codes, later)
    if not isinstance(outcome, Sent):
        return outcome
    return media if isinstance(media, str) and media else Retry(later, "no media_id")


async def attempted(
    calling: Awaitable[Answer], judge: Callable[[Answer], T], later: timedelta
) -> T | Retry | Refused:
    """What `judge` makes of the answer of a call that is awaited here, or that none came.

    A call without an answer may have taken effect. It is made again all the same: twice is
    better than not at all.
    """
    try:
        return judge(await calling)
    except Unreachable as error:
        return Retry(later, error.reason)
    except NoToken as error:
        if error.hopeless:
            return Refused(error.reason)
        return Retry(max(error.after, later), error.reason)
