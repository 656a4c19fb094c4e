"""An answer as bytes: templates with what all of them know, headers, the browser's cookie."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.console import browser
from bot.console.visit import Answer, Data, Elsewhere, File, Page, Visit, Who, is_at_least
from bot.console.wording import ACT, CHANNEL, KIND, ROLE, STATE, STATUS, STEP
from bot.templates import Templates
from storage.staff import Role

HERE = Path(__file__).parent
STATIC = HERE / "static"

_TALKS = "/talks"

NAV: tuple[tuple[str, str, Role], ...] = (
    ("/overview", "概览", "head"),
    ("/demands", "需求", "clerk"),
    ("/questions", "待答问题", "clerk"),
    (_TALKS, "人工对话", "clerk"),
    ("/notices", "通知", "clerk"),
    ("/try", "试问", "clerk"),
    ("/drafts", "知识库", "admin"),
    ("/pushes", "推送", "head"),
    ("/subscriptions", "订阅", "clerk"),
    ("/audit", "操作记录", "admin"),
)

_UNDER = {"/import": "/drafts", "/calendar": "/notices", "/turns": "/try"}
"""Pages that stand below an entry of the navigation, whatever their paths say."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with that, browsers send `Origin: null` even to the page's own site.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_FOREVER = "public, max-age=31536000, immutable"


def set_up(app: web.Application) -> None:
    app.on_response_prepare.append(_protect)


def _known() -> Mapping[str, Any]:
    return {
        "files": _version(),
        "root": browser.PATH,
        "STATUS": STATUS,
        "STEP": STEP,
        "ROLE": ROLE,
        "ACT": ACT,
        "STATE": STATE,
        "KIND": KIND,
        "CHANNEL": CHANNEL,
    }


_PAGES = Templates(HERE / "templates", _known, trimmed=True, strict=True)


def shown(answer: Answer, visit: Visit) -> web.Response:
    match answer:
        case File(content, kind, name):
            told = f"attachment; filename*=UTF-8''{quote(name)}"
            headers = {"Content-Disposition": told}
            return web.Response(body=content, content_type=kind, headers=headers)
        case Data(values, status):
            return web.json_response(values, status=status)
        case Elsewhere(path, token):
            response = web.Response(status=303, headers={"Location": path})
        case Page(template, context, status):
            token = None
            response = render(visit.request, template, context, status, visit)
    if token is not None or browser.token_of(visit.request) is None:
        secure = browser.is_secure(visit.request)
        browser.give(response, token or visit.token, secure=secure)
    return response


def render(
    request: web.Request,
    template: str,
    context: Any,
    status: int = 200,
    visit: Visit | None = None,
) -> web.Response:
    """`visit` is None where nobody knows whose request it was."""
    member = visit.member if visit else None
    known = {
        "me": member.staff if member else None,
        "account": member.account if member else None,
        "proof": browser.proof_of(visit.token) if visit else "",
        "here": _entry_of(request.path),
        "nav": _nav(visit),
        "when": _teller(visit.now) if visit else None,
    }
    return _PAGES.page(template, {**known, **context}, status)


def _entry_of(path: str) -> str:
    """The path as the navigation has it."""
    within = path.removeprefix(browser.PATH)
    above = next((nav for head, nav in _UNDER.items() if within.startswith(head)), None)
    return path if above is None else f"{browser.PATH}{above}"


def _nav(visit: Visit | None) -> list[tuple[str, str, int]]:
    """Paths and names of the pages that the member may see, and how many wait there."""
    member = visit.member if visit else None
    if visit is None or member is None or member.account.temporary:
        return []
    return [
        (f"{browser.PATH}{path}", name, _waiting(visit, member) if path == _TALKS else 0)
        for path, name, least in NAV
        if is_at_least(member.staff.role, least)
    ]


def _waiting(visit: Visit, member: Who) -> int:
    """Who wants a person whom the member may take."""
    return sum(
        count
        for region, count in member.waiting.items()
        if region is None or visit.reach.has_region(region, visit.kb)
    )


def _teller(now: datetime) -> Any:
    """5月1日 10:20, with the year where it is another one."""

    def when(at: datetime) -> str:
        there = at.astimezone(now.tzinfo)
        year = "" if there.year == now.year else f"{there.year}年"
        return f"{year}{there.month}月{there.day}日 {there:%H:%M}"

    return when


async def _protect(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)
    static = request.path.startswith(f"{browser.PATH}/static/")
    kept = static and response.status == 200 and "v" in request.query
    response.headers["Cache-Control"] = _FOREVER if kept else "no-store"


def _version() -> str:
    """Of the static files together, so that a new one is fetched at once."""
    files = sorted(file for file in STATIC.iterdir() if file.is_file())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
