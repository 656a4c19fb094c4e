"""Where the pages of a console are."""

from __future__ import annotations

import re
from urllib.parse import quote

from bot.console.routes import ROUTES
from tests.acceptance.console_office import Filled

NOTICE = "cnipa-2021-51"


def addresses(filled: Filled) -> dict[str, str]:
    """Of every page, by its route; what only leads elsewhere, or goes on for ever, has none."""
    numbers = {"demands": filled.demand, "questions": filled.question, "talks": filled.ticket}
    numbers["pushes"] = filled.digest
    drawn = {"drafts": filled.draft, "import": filled.draft}
    file = f"?name={filled.notice}.yaml"
    more = {"file": file, "turns": f"?key={quote(filled.message)}", "compare": "?old=0&new=0"}
    found = {}
    for route in ROUTES:
        if route.method != "GET" or route.path == "/" or route.path.endswith("/live"):
            continue
        if route.path.startswith("/sign-in/"):
            continue
        first = route.path.split("/")[1]
        notice = filled.notice if first == "import" else NOTICE
        number = (numbers | drawn).get(first, 1)
        path = re.sub(r"\{number:[^/]*\}", str(number), route.path)
        path = re.sub(r"\{id:[^/]*\}", notice, path)
        found[route.path] = path + more.get(path.rpartition("/")[2], "")
    return found
