"""Whether the platforms can be reached from here, and whether our clock agrees with theirs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from aiohttp import ClientError, ClientTimeout

from bot.channels.envelope import WINDOW
from bot.doctor.finding import Finding, bad, hint, ok
from bot.doctor.patient import Patient
from bot.settings import Settings

_TIMEOUT = ClientTimeout(total=5)
_DRIFT = timedelta(seconds=30)
"""More than a slow answer explains."""


async def of_hosts(patient: Patient) -> AsyncIterator[Finding]:
    """Any answer will do; its Date header is the time there."""
    hosts = _hosts(patient.settings)
    dates = await asyncio.gather(*(_asked(patient, base) for base in hosts.values()))
    for (name, base), answer in zip(hosts.items(), dates, strict=True):
        if isinstance(answer, str):
            mend = "请检查 DNS、防火墙和出口白名单；经中转时在 [hosts] 里填中转地址"
            yield bad("外网", f"连不上{name} {base}（{answer}）", mend)
        else:
            yield ok("外网", f"{name} {base} 连得上")
    drifts = [answer for answer in dates if isinstance(answer, timedelta)]
    if drifts:
        yield _clock(max(drifts, key=abs))


def _clock(drift: timedelta) -> Finding:
    seconds = round(drift.total_seconds())
    side = "快" if seconds > 0 else "慢"
    told = f"比平台{side} {abs(seconds)} 秒"
    if abs(drift) > WINDOW:
        return bad("时钟", told, "相差超过 5 分钟，所有回调都会被拒绝：请开启 NTP 校时")
    if abs(drift) > _DRIFT:
        return hint("时钟", told, "请开启 NTP 校时，超过 5 分钟回调就会被拒绝")
    return ok("时钟", "与平台一致")


async def _asked(patient: Patient, base: str) -> timedelta | str | None:
    """How far our clock is ahead of theirs, None where they do not tell; or what went wrong."""
    url = base.replace("wss://", "https://", 1).replace("ws://", "http://", 1)
    try:
        async with patient.session.get(
            f"{url}/", timeout=_TIMEOUT, allow_redirects=False
        ) as response:
            told = response.headers.get("Date")
    except (ClientError, TimeoutError, OSError) as problem:
        return type(problem).__name__
    there = _moment(told)
    return patient.clock() - there if there else None


def _moment(told: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(told or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _hosts(settings: Settings) -> dict[str, str]:
    """Those that the settings' platforms need, by name."""
    hosts, robots = settings.hosts, {target.kind for target in settings.digest.targets}
    needed: dict[str, str] = {}
    if settings.wecom or settings.kf or "wecom" in robots:
        needed["企业微信"] = hosts.wecom
    if settings.wechat:
        needed["公众号"] = hosts.wechat
    if settings.aibot and settings.aibot.mode == "socket":
        needed["智能机器人"] = hosts.aibot
    if settings.dingtalk:
        needed["钉钉"] = hosts.dingtalk
    if settings.dingtalk or "dingtalk" in robots:
        needed["钉钉机器人"] = hosts.dingtalk_robot
    return needed
