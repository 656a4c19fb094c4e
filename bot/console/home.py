"""The first page of each role; and what the server knows of no page."""

from __future__ import annotations

from bot.console import browser
from bot.console.visit import Answer, Elsewhere, Page, Visit, is_at_least


async def home(visit: Visit) -> Answer:
    first = "overview" if is_at_least(visit.staff.role, "head") else "demands"
    return Elsewhere(f"{browser.PATH}/{first}")


async def account(_visit: Visit) -> Answer:
    return Page("account.html")
