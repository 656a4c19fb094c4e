"""Whether the platforms give us a token for our secrets, and let our address in.

WeCom path/91039 and 公众号 getcallbackip: a call that changes nothing and counts for little.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from bot.doctor.finding import Finding, bad, hint, ok
from bot.doctor.patient import Patient
from bot.platforms.calls import Unreachable
from bot.platforms.dingtalk import DingTalkApi
from bot.platforms.qyapi import QyApi
from bot.platforms.tokens import NoToken
from bot.platforms.weixin import WeixinApi
from bot.settings import Settings

_ANYTHING = "/cgi-bin/getcallbackip"
_BARRED = frozenset({60020, 40164})


@dataclass(frozen=True, slots=True)
class _Key:
    """`ask` gives an errcode, 0 where all is well. `list`: where our address is to be let in."""

    name: str
    section: str
    ask: Callable[[], Awaitable[int | None]]
    list: str


async def of_secrets(patient: Patient) -> AsyncIterator[Finding]:
    """A platform that cannot be reached is no matter of secrets."""
    for key in _keys(patient):
        try:
            code = await key.ask()
        except Unreachable:
            continue
        except NoToken as problem:
            if problem.hopeless:
                mend = f"请核对 [{key.section}] 里的编号和密钥，注意不要多空格、少字符"
                yield bad(key.name, f"平台不认我们的凭证（{problem.reason}）", mend)
            continue
        yield _judged(key, code)


def _judged(key: _Key, code: int | None) -> Finding:
    if code == 0:
        return ok(key.name, "凭证有效")
    if code in _BARRED:
        return bad(key.name, "平台不接受这台服务器的地址", f"请把出口 IP 加进“{key.list}”")
    return hint(key.name, f"凭证有效，但试调用返回 {code}", "请在平台后台查看应用的接口权限")


def _keys(patient: Patient) -> list[_Key]:
    settings, hosts = patient.settings, patient.settings.hosts
    session, clock = patient.session, patient.clock
    keys: list[_Key] = []
    for name, section, given in (
        ("企业微信", "wecom", settings.wecom),
        ("微信客服", "kf", settings.kf),
    ):
        if given and given.secret:
            secret = given.secret.get_secret_value()
            api = QyApi(session, hosts.wecom, given.corp_id, secret, clock, section=section)
            keys.append(_Key(name, section, _asking(api), "企业可信 IP"))
    if settings.wechat and settings.wechat.secret:
        secret = settings.wechat.secret.get_secret_value()
        account = WeixinApi(session, hosts.wechat, settings.wechat.app_id, secret, clock)
        keys.append(_Key("公众号", "wechat", _asking(account), "IP 白名单"))
    if settings.dingtalk:
        keys.append(_Key("钉钉", "dingtalk", _dingtalk(patient, settings), "服务器出口 IP"))
    return keys


def _asking(api: QyApi | WeixinApi) -> Callable[[], Awaitable[int | None]]:
    async def ask() -> int | None:
        answer = await api.call(_ANYTHING)
        return 0 if "ip_list" in answer.body else answer.errcode

    return ask


def _dingtalk(patient: Patient, settings: Settings) -> Callable[[], Awaitable[int | None]]:
    given, hosts = settings.dingtalk, settings.hosts
    assert given is not None
    secret = given.client_secret.get_secret_value()
    api = DingTalkApi(
        patient.session,
        hosts.dingtalk,
        hosts.dingtalk_robot,
        given.client_id,
        secret,
        patient.clock,
    )

    async def ask() -> int | None:
        await api.prove()
        return 0

    return ask
