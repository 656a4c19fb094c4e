"""A callback of our own making, through the public address: what the platform's trial call does.

WeCom doc path/90968 (GET with an encrypted echostr, answered in clear); 公众号, 接入指南 (GET
with a signed echostr, answered as it is). DingTalk has no trial call: a stranger's request, which
must be refused, shows that the path leads here.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels.envelope import Keyring, Stamp, encrypted, signature
from bot.doctor.finding import Finding, bad, hint, ok
from bot.doctor.patient import Patient
from bot.settings import Settings

_TIMEOUT = ClientTimeout(total=5)
_ANSWER = 4096
"""Bytes; what is longer is no answer of ours."""

_PROXY = "请检查反向代理是否转到本服务、是否改动了内容"


@dataclass(frozen=True, slots=True)
class _Trial:
    """A GET whose answer must be `expected`; without it, a POST that must be refused."""

    name: str
    path: str
    query: dict[str, str]
    expected: str | None


async def of_callbacks(patient: Patient) -> AsyncIterator[Finding]:
    settings = patient.settings
    trials = list(_trials(settings, patient.clock()))
    if not trials:
        return
    if settings.public_url is None:
        mend = "请设置 public_url（平台后台里填的 https://域名），才能自测回调"
        yield hint("回调", "没有设置 public_url", mend)
        return
    for trial in trials:
        yield await _tried(trial, settings.public_url, patient.session)


def _trials(settings: Settings, now: datetime) -> list[_Trial]:
    trials: list[_Trial] = []
    sealed = [
        ("企业微信", "/wecom", settings.wecom, settings.wecom.corp_id if settings.wecom else ""),
        ("微信客服", "/kf", settings.kf, settings.kf.corp_id if settings.kf else ""),
        ("智能机器人", "/aibot", settings.aibot, ""),
    ]
    for name, path, section, receiver in sealed:
        if section and section.token and section.aes_key:
            token, key = section.token.get_secret_value(), section.aes_key.get_secret_value()
            trials.append(_sealed(name, path, Keyring.of(token, receiver, key), now))
    if settings.wechat:
        trials.append(_signed("公众号", "/wechat", settings.wechat.token.get_secret_value(), now))
    if settings.dingtalk and settings.dingtalk.mode == "callback":
        trials.append(_Trial("钉钉", "/dingtalk", {}, None))
    return trials


def _sealed(name: str, path: str, keys: Keyring, now: datetime) -> _Trial:
    echo = secrets.token_hex(8)
    ciphertext = encrypted(echo, keys.ciphers[0], keys.receive_id)
    stamp = Stamp("", str(int(now.timestamp())), secrets.token_hex(8))
    query = {
        "msg_signature": signature(ciphertext, stamp, keys.token),
        "timestamp": stamp.timestamp,
        "nonce": stamp.nonce,
        "echostr": ciphertext,
    }
    return _Trial(name, path, query, echo)


def _signed(name: str, path: str, token: str, now: datetime) -> _Trial:
    echo, nonce, timestamp = secrets.token_hex(8), secrets.token_hex(8), str(int(now.timestamp()))
    joined = "".join(sorted((token, timestamp, nonce)))
    sign = hashlib.sha1(joined.encode()).hexdigest()
    query = {"signature": sign, "timestamp": timestamp, "nonce": nonce, "echostr": echo}
    return _Trial(name, path, query, echo)


async def _tried(trial: _Trial, base: str, session: ClientSession) -> Finding:
    where, method = f"回调 {trial.path}", "GET" if trial.expected else "POST"
    try:
        async with session.request(
            method, base + trial.path, params=trial.query, timeout=_TIMEOUT, allow_redirects=False
        ) as response:
            body = (await response.content.read(_ANSWER)).decode("utf-8", "replace")
            return _judged(trial, where, response.status, body)
    except (ClientError, TimeoutError, OSError) as problem:
        mend = "请确认 zhixing serve 正在运行，域名、证书和反向代理都通"
        return bad(where, f"{trial.name}从外面连不上（{type(problem).__name__}）", mend)


def _judged(trial: _Trial, where: str, status: int, body: str) -> Finding:
    name = trial.name
    if trial.expected is None:
        if status == 403 and not body:
            return ok(where, f"{name}的路径通到这里，陌生人的请求会被拒绝")
        return bad(where, f"{name}应当拒绝陌生人，却答了 {status}", _PROXY)
    if status == 200 and body == trial.expected:
        return ok(where, f"{name}的验证请求答对了")
    if status == 403:
        mend = "正在运行的服务用的可能不是这份设置：请重启 zhixing serve 后再试"
        return bad(where, f"{name}的验证请求被拒绝", mend)
    if status in (301, 302, 307, 308):
        mend = "平台不跟随跳转，请直接填最终的 https 地址"
        return bad(where, f"{name}的地址会跳转（{status}）", mend)
    if status == 404:
        mend = "请检查反向代理的转发规则，并确认服务已用这份设置重启"
        return bad(where, "没有这个路径", mend)
    return bad(where, f"{name}的验证请求答了 {status}，内容也不对", _PROXY)
