"""Every page of the console: who may see it, and whether regions limit what it shows."""

from __future__ import annotations

from bot.console import entry, home, listing, signing
from bot.console.guard import Route

_NUMBER = r"{number:[1-9]\d{0,8}}"

ROUTES: tuple[Route, ...] = (
    Route("GET", "/sign-in", signing.sign_in_page, None, False),
    Route("POST", "/sign-in", signing.sign_in, None, False),
    Route("POST", "/sign-out", signing.sign_out, "clerk", False),
    Route("GET", "/password", signing.password_page, "clerk", False),
    Route("POST", "/password", signing.change_password, "clerk", False),
    Route("GET", "/account", home.account, "clerk", False),
    Route("GET", "/", home.home, "clerk", False),
    Route("GET", "/demands", listing.demand_list, "clerk", True),
    Route("POST", "/demands/act", listing.do_several, "clerk", True),
    Route("POST", "/demands/export", listing.export, "head", True),
    Route("GET", f"/demands/{_NUMBER}", entry.entry, "clerk", True),
    Route("POST", f"/demands/{_NUMBER}", entry.act, "clerk", True),
)
"""Method, path, handler, least role (None: everybody's), within the regions of who looks."""
