"""The chat page and its one address for messages: `/`, `/chat`, `/static`."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from aiohttp import web

from bot.answered import Answered
from bot.message import Message
from bot.templates import Templates
from bot.web.shown import Shown, shown
from bot.web.visitor import Visitor, from_own_page, remember, visitor
from intents.turn import Said
from intents.wording import talk
from knowledge.late import late

LIMIT = 2_000
"""Characters of one message."""

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    # Not no-referrer: with that, browsers send `Origin: null` even to the page's own site.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

Problem = Literal["empty", "too-long", "unreadable", "foreign"]
_STATUS: dict[Problem, int] = {"empty": 400, "too-long": 413, "unreadable": 400, "foreign": 403}

_HERE = Path(__file__).parent
_PAGES = Templates(_HERE / "templates")
_ID = late(r"[A-Za-z0-9-]{8,64}")


class Desk(Protocol):
    async def take(self, message: Message) -> Answered: ...


@dataclass(frozen=True, slots=True)
class Post:
    """What the page sent: its own message id, and the text."""

    id: str
    text: str


class Refused(Exception):
    """The message cannot be taken; `text` is what the user had typed, to be kept in the field."""

    def __init__(self, problem: Problem, text: str = "") -> None:
        super().__init__(problem)
        self.problem: Problem = problem
        self.text = text


class WebChat:
    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock
        self._version = _version()

    async def page(self, request: web.Request) -> web.Response:
        return self._page(request, visitor(request))

    async def back_to_page(self, request: web.Request) -> web.Response:
        """A reload of `/chat` by its address."""
        raise web.HTTPSeeOther("./")

    async def take(self, request: web.Request) -> web.Response:
        """JSON in, JSON out for the script; a form in, the whole page out without it."""
        who = visitor(request)
        scripted = request.content_type == "application/json"
        try:
            post = await _read(request, scripted=scripted)
        except Refused as refused:
            return self._refuse(request, who, refused, scripted=scripted)
        reply = await self._answer(who, post)
        if scripted:
            return _with_cookie(request, who, web.json_response(reply, headers=HEADERS))
        return self._page(request, who, said=post, reply=reply)

    async def _answer(self, who: Visitor, post: Post) -> Shown:
        # The id is the page's; bound to its sender, it can never fetch someone else's reply.
        sender = who.sender
        message = Message(f"{sender.user}:{post.id}", sender, Said(post.text), self._clock())
        answered = await self._desk.take(message)
        return shown(answered.reply)

    def _refuse(
        self, request: web.Request, who: Visitor, refused: Refused, *, scripted: bool
    ) -> web.Response:
        status = _STATUS[refused.problem]
        if scripted:
            answer = {"problem": refused.problem}
            return web.json_response(answer, status=status, headers=HEADERS)
        return self._page(request, who, refused=refused, status=status)

    def _page(
        self,
        request: web.Request,
        who: Visitor,
        *,
        said: Post | None = None,
        reply: Shown | None = None,
        refused: Refused | None = None,
        status: int = 200,
    ) -> web.Response:
        context = {
            "version": self._version,
            "limit": LIMIT,
            "too_long": talk.too_long(),
            "next_id": uuid.uuid4(),
            "said": said,
            "reply": reply,
            "refused": refused,
        }
        response = _PAGES.page("chat.html", context, status)
        response.headers.update(HEADERS)
        return _with_cookie(request, who, response)


def add_web_chat(app: web.Application, desk: Desk, clock: Callable[[], datetime]) -> None:
    """Serve the chat page at `/`; `clock` gives the time at which a message came in."""
    chat = WebChat(desk, clock)
    app.router.add_get("/", chat.page)
    app.router.add_get("/chat", chat.back_to_page)
    app.router.add_post("/chat", chat.take)
    app.router.add_static("/static", _HERE / "static")


async def _read(request: web.Request, *, scripted: bool) -> Post:
    """Raises Refused."""
    if not from_own_page(request):
        raise Refused("foreign")
    fields = await _fields(request, scripted=scripted)
    text = (fields.get("option") or fields.get("text", "")).strip()
    message_id = fields.get("id", "")
    if not _ID.fullmatch(message_id):
        raise Refused("unreadable", text)
    if not text:
        raise Refused("empty")
    if len(text) > LIMIT:
        raise Refused("too-long", text)
    return Post(message_id, text)


async def _fields(request: web.Request, *, scripted: bool) -> dict[str, str]:
    try:
        sent = await (request.json() if scripted else request.post())
    except web.HTTPRequestEntityTooLarge:
        raise Refused("too-long") from None
    except (ValueError, RecursionError):  # the latter for JSON that is nested too deep
        raise Refused("unreadable") from None
    if scripted and not isinstance(sent, dict):
        raise Refused("unreadable")
    return {name: value for name, value in sent.items() if isinstance(value, str)}


def _with_cookie(request: web.Request, who: Visitor, response: web.Response) -> web.Response:
    remember(response, who, secure=request.secure)
    return response


def _version() -> str:
    """Of the static files together: a new one is fetched at once, an old one never asked for."""
    files = sorted((_HERE / "static").iterdir())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
