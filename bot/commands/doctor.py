"""`zhixing doctor`: one line a finding; status 1 if anything is wrong."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from aiohttp import ClientSession, DummyCookieJar

from bot.doctor.checking import examine
from bot.doctor.patient import Patient
from bot.settings import DEFAULT_FILE, Settings
from bot.start import clock_of
from intents.wording import doctor as say

BAD_INPUT = ()


def run(args: argparse.Namespace, settings: Settings) -> int:
    file = args.settings or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
    return asyncio.run(_examine(settings, file))


async def _examine(settings: Settings, file: Path | None) -> int:
    wrong = 0
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        async for finding in examine(Patient(settings, session, clock_of(settings), file)):
            print(finding.line, flush=True)
            wrong += finding.level == "bad"
    print(say.examined(wrong))
    return 1 if wrong else 0
