"""People who ask without end, and the processes that answer them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.acceptance.server import SECONDS, log_of
from tests.platform.wecom import WeComPlatform, right_now

PEOPLE = 4
QUESTION, ANSWER = "2021年万里行的需求清单什么时候报送？", "5月25日"


class Talkers:
    """WeCom sends a message again that was not answered; each try goes to the next of `urls`."""

    def __init__(self, platform: WeComPlatform, urls: tuple[str, ...]) -> None:
        self.asked, self.stop = 0, asyncio.Event()
        self._platform = platform
        self._urls = urls

    async def talk(self, user: str) -> None:
        async with ClientSession(timeout=ClientTimeout(total=5)) as http:
            while not self.stop.is_set():
                self.asked += 1
                answer = await self._answered(http, self.asked, user)
                assert ANSWER in answer, answer
                await asyncio.sleep(0.2)

    async def _answered(self, http: ClientSession, number: int, user: str) -> str:
        """At most thrice, as WeCom does."""
        xml = self._platform.text_xml(QUESTION, FromUserName=user, MsgId=str(number))
        for left in (2, 1, 0):
            callback = self._platform.sealed(xml, right_now())
            url = self._urls[(number + left) % len(self._urls)]
            try:
                async with http.post(callback.at(f"{url}/wecom"), data=callback.body) as got:
                    assert got.status == 200
                    return self._platform.read(await got.read())["Content"]
            except (ClientError, TimeoutError):
                if not left:
                    raise
        raise AssertionError


@asynccontextmanager
async def asked_without_end(platform: WeComPlatform, *urls: str) -> AsyncIterator[Talkers]:
    talkers = Talkers(platform, urls)
    async with asyncio.TaskGroup() as group:
        for n in range(PEOPLE):
            group.create_task(talkers.talk(f"user{n}"))
        yield talkers
        talkers.stop.set()


def workers(tmp_path: Path) -> list[int]:
    """Of all that were ever ready, in their order."""
    return [int(pid) for pid in re.findall(r"worker (\d+) is ready", log_of(tmp_path))]


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS):
        while not so():  # noqa: ASYNC110  other processes set no event
            await asyncio.sleep(0.05)
