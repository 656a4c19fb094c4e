"""Reports found out in a process of their own, which holds nobody up, and no server from ending."""

from __future__ import annotations

import json
import logging
import pickle
from collections.abc import AsyncGenerator
from dataclasses import replace

from bot.console.drafts.report import Order, Report, from_json
from bot.console.process import process
from bot.start import only_knowledge

log = logging.getLogger(__name__)

_CHILD = "bot.console.drafts.child"


class BrokenOff(Exception):
    """The process ended before the report was over."""


async def found_out(order: Order) -> AsyncGenerator[Report, None]:
    """More of it each time. Raises BrokenOff."""
    given = pickle.dumps(replace(order, settings=only_knowledge(order.settings)))
    report = None
    async with process(_CHILD, given=given) as child:
        assert child.stdout is not None
        async for line in child.stdout:
            told = json.loads(line)
            if "broke" in told:
                log.error("a report broke off: %s", told["broke"])
                break
            report = from_json(told)
            yield report
    if report is None or report.stage != "over":
        raise BrokenOff
