"""Signing in and out, and changing one's password."""

from __future__ import annotations

import asyncio
from datetime import datetime
from hashlib import blake2b

from bot.console import browser, passwords
from bot.console.visit import Answer, Elsewhere, Page, Visit
from storage import accounts, attempts, audit, sessions
from storage.accounts import AccountRow
from storage.audit import AuditRow
from storage.connection import AsyncConnection

_HOME = f"{browser.PATH}/"
_FREE_TRIES, _FREE_TRIES_OF_ADDRESS = 5, 30
"""An office has one address for all of its people."""


async def sign_in_page(visit: Visit) -> Answer:
    to = own_page(visit.asked("to"))
    return Elsewhere(to) if visit.member else _sign_in(visit, to, problem=visit.asked("wecom"))


async def sign_in(visit: Visit) -> Answer:
    """Each try is counted before the password is looked at."""
    name = visit.form.get("name", "").strip().lower()[:100]
    password, to = visit.form.get("password", ""), own_page(visit.form.get("to", ""))
    keys = _keys(name, visit.address)
    async with visit.transaction() as conn:
        until = await attempts.begin(conn, keys, visit.now)
        account = await accounts.find(conn, name)
    if until is not None:
        return _sign_in(visit, to, name, "wait", minutes_until(until, visit.now), status=429)
    if not await passwords.fits(password, account.hash if account else None):
        await _note_failure(visit, account)
        return _sign_in(visit, to, name, "wrong", status=403)
    assert account is not None
    token = browser.new_token()
    async with visit.transaction() as conn:
        await begin_session(conn, visit, account, token)
    return Elsewhere(to, token)


async def begin_session(
    conn: AsyncConnection, visit: Visit, account: AccountRow, token: str, how: str = "控制台"
) -> None:
    """Whoever it was proved to be is signed in from now on."""
    keys = _keys(account.name, visit.address)
    await attempts.succeeded(conn, *keys)
    await attempts.purge(conn, visit.now)
    await sessions.begin(conn, token, account.name, visit.now)
    await record(conn, visit.now, account.staff, "sign-in", how)


async def sign_out(visit: Visit) -> Answer:
    """Here, or on every machine."""
    everywhere = visit.form.get("everywhere") == "yes"
    async with visit.transaction() as conn:
        if everywhere:
            await sessions.end_all(conn, visit.who.account.name)
        else:
            await sessions.end(conn, visit.token)
        await record(conn, visit.now, visit.staff.sender, "sign-out")
    return Elsewhere(f"{browser.PATH}/sign-in", browser.new_token())


async def password_page(_visit: Visit) -> Answer:
    return Page("password.html", {"problem": ""})


async def change_password(visit: Visit) -> Answer:
    """Signs out everywhere, and in again here."""
    account, new = visit.who.account, visit.form.get("new", "")
    if not account.hash:
        return _not_changed("none")
    if new != visit.form.get("again", ""):
        return _not_changed("differ")
    if passwords.is_weak(new, account.name) or new == visit.form.get("old"):
        return _not_changed("weak")
    keys = _keys(account.name, visit.address)
    async with visit.transaction() as conn:
        until = await attempts.begin(conn, keys, visit.now)
    if until is not None or not await passwords.fits(visit.form.get("old", ""), account.hash):
        return _not_changed("wait" if until else "wrong")
    hash_, token = await asyncio.to_thread(passwords.hashed, new), browser.new_token()
    async with visit.transaction() as conn:
        await attempts.succeeded(conn, *keys)
        await accounts.set_password(conn, account.name, hash_, visit.now, temporary=False)
        await sessions.begin(conn, token, account.name, visit.now)
        await record(conn, visit.now, account.staff, "password")
    return Elsewhere(_HOME, token)


def _sign_in(
    visit: Visit, to: str, name: str = "", problem: str = "", minutes: int = 0, status: int = 200
) -> Page:
    context = {
        "to": to,
        "name": name,
        "problem": problem,
        "minutes": minutes,
        "wecom": visit.console.wecom is not None,
    }
    return Page("sign-in.html", context, status)


def _not_changed(problem: str) -> Page:
    return Page("password.html", {"problem": problem}, 400)


def own_page(to: str) -> str:
    """A page of the console, lest a link to us leads elsewhere after signing in."""
    mine = to.startswith(_HOME) and not to.startswith((f"{_HOME}/", f"{_HOME}sign-"))
    return to if mine and to.isprintable() and "\\" not in to else _HOME


def _keys(name: str, address: str) -> dict[str, int]:
    """The account's, then the address's: hashed, for what was typed may be anything."""
    return {f"account:{_hashed(name)}": _FREE_TRIES, **address_keys(address)}


def address_keys(address: str) -> dict[str, int]:
    """Under which failed tries from there are counted, and how many are free of waiting."""
    return {f"address:{_hashed(address)}": _FREE_TRIES_OF_ADDRESS}


def _hashed(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def account_key(name: str) -> str:
    """Under which failed tries of the account are counted."""
    return next(iter(_keys(name, "")))


def minutes_until(until: datetime, now: datetime) -> int:
    return int((until - now).total_seconds() // 60) + 1


async def _note_failure(visit: Visit, account: AccountRow | None) -> None:
    """Of names that nobody has nothing is kept: a password may be typed into the wrong field."""
    if account is not None:
        async with visit.transaction() as conn:
            await record(conn, visit.now, account.staff, "sign-in-failed")


async def record(
    conn: AsyncConnection, at: datetime, actor: str, act: str, how: str = "控制台"
) -> None:
    await audit.record(conn, [AuditRow(at, actor, act, detail=how)])
