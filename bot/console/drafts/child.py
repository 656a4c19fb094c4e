"""The process that finds a report out: `python -m bot.console.drafts.child`.

It reads an `Order`, pickled, from stdin, and ends when that does. It writes a line of JSON for each
report, more in it each time; `{"broke": "…"}` with a traceback where it cannot go on. It takes
minutes of the processor, which are worth less than anybody's message.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import traceback
from typing import Any

from bot.console.drafts.report import as_json, reported
from bot.console.process import end_with_stdin

_NICE = 5


def main() -> None:
    os.nice(_NICE)
    order = pickle.load(sys.stdin.buffer)
    end_with_stdin()
    try:
        for report in reported(order):
            _tell(as_json(report))
    except Exception as error:  # border: the server logs it
        frames = "".join(traceback.format_tb(error.__traceback__))
        _tell({"broke": f"{type(error).__name__}\n{frames}"})


def _tell(what: dict[str, Any]) -> None:
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
