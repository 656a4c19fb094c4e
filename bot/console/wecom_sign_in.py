"""Signing in as WeCom knows one: there with the browser, and back with a code.

The way back counts only for the browser that left, for ten minutes: `state` is proved by the
browser's own token, which is another one afterwards, however it ended.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from aiohttp import ClientSession

from bot.console import browser
from bot.console.signing import address_keys, begin_session, own_page, record
from bot.console.visit import Answer, Elsewhere, Page, Visit
from bot.platforms.qyapi import QyApi
from bot.platforms.wecom_login import Member, WeComLogin
from bot.settings import Settings
from knowledge.late import late
from storage import accounts, attempts, staff
from storage.accounts import AccountRow
from storage.connection import AsyncConnection
from storage.keys import key_of

_BACK = f"{browser.PATH}/sign-in/wecom/back"
_HOW = "控制台，企业微信"
_GOOD_FOR = timedelta(minutes=10)
_STATE = late(r"([0-9a-f]{8})([0-9a-f]{64})")
_OURS = late(r"\bwxwork/", re.IGNORECASE)
"""In the name of the browser that WeCom itself is."""


def login_of(
    settings: Settings, session: ClientSession, clock: Callable[[], datetime]
) -> WeComLogin | None:
    """None where the settings do not want it."""
    app, hosts = settings.wecom, settings.hosts
    if not settings.console.wecom_sign_in or app is None or app.secret is None:
        return None
    api = QyApi(session, hosts.wecom, app.corp_id, app.secret.get_secret_value(), clock)
    return WeComLogin(api, app.corp_id, app.agent_id, hosts.wecom_login, hosts.wecom_oauth)


async def leave(visit: Visit) -> Answer:
    """To WeCom's page, outside or inside its app."""
    wecom, to = visit.console.wecom, own_page(visit.asked("to"))
    if wecom is None:
        return Page("problem.html", {"status": 404}, 404)
    if visit.member:
        return Elsewhere(to)
    back = f"{visit.console.settings.public_url}{_BACK}?{urlencode({'to': to})}"
    inside = _OURS.search(visit.request.headers.get("User-Agent", "")) is not None
    return Elsewhere(wecom.page(back, _state(visit.token, to, visit.now), inside=inside))


async def come_back(visit: Visit) -> Answer:
    """Each try is counted before WeCom is asked."""
    wecom, to = visit.console.wecom, own_page(visit.asked("to"))
    if wecom is None:
        return Page("problem.html", {"status": 404}, 404)
    if visit.member:
        return Elsewhere(to)
    if not _is_ours(visit.asked("state"), visit.token, to, visit.now):
        return _not_in("stale", to)
    async with visit.transaction() as conn:
        until = await attempts.begin(conn, address_keys(visit.address), visit.now)
    if until is not None:
        return _not_in("often", to)
    known = await wecom.who(visit.query.get("code", ""))
    if not isinstance(known, Member):
        return _not_in(known, to)
    sender, token = key_of(f"wecom:{known.userid}"), browser.new_token()
    async with visit.transaction() as conn:
        account = await _account(conn, visit, sender)
        if account is None:
            await record(conn, visit.now, sender, "sign-in-failed", _HOW)
            return _not_in("stranger", to)
        await begin_session(conn, visit, account, token, _HOW)
    return Elsewhere(to, token)


async def _account(conn: AsyncConnection, visit: Visit, sender: str) -> AccountRow | None:
    """That of a member of staff, opened without a password unless there is one; a one-time
    password that they never used is void from now on."""
    listed = sender in visit.console.provided.listed
    if not listed and not await staff.of(conn, [sender]):
        return None
    account = await accounts.of_staff(conn, sender)
    if account is None:
        row = AccountRow(sender.lower(), sender, "", False, visit.now)
        await accounts.add(conn, row)
    elif account.temporary:
        await accounts.set_password(conn, account.name, "", visit.now, temporary=False)
    return await accounts.of_staff(conn, sender)


def _not_in(why: str, to: str) -> Elsewhere:
    """With another token, so that nobody comes the same way again."""
    told = urlencode({"wecom": why, "to": to})
    return Elsewhere(f"{browser.PATH}/sign-in?{told}", browser.new_token())


def _state(token: str, to: str, at: datetime) -> str:
    """Letters and digits, at most 128, as WeCom wants it."""
    moment = f"{int(at.timestamp()):08x}"
    return moment + hmac.digest(token.encode(), f"wecom {moment} {to}".encode(), "sha256").hex()


def _is_ours(state: str, token: str, to: str, now: datetime) -> bool:
    found = _STATE.fullmatch(state)
    if found is None:
        return False
    begun = datetime.fromtimestamp(int(found[1], 16), now.tzinfo)
    fresh = timedelta() <= now - begun <= _GOOD_FOR
    return fresh and hmac.compare_digest(_state(token, to, begun), state)
