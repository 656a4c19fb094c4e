"""People on every platform: each says one thing after the other and reads what comes back.

What the platform does not get rid of it sends again: WeCom and the Official Account up to three
times; here for as long as the server takes to come back, since it is killed far more often than
in life. DingTalk's Stream and the aibot's socket send nothing twice.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from random import Random

from aiohttp import ClientSession

from benchmarks.kills.ledger import Account
from benchmarks.kills.town import Town, right_now
from tests.platform.arrivals import Arrivals
from tests.platform.kf_customers import KF_ID
from tests.platform.posting import Answer, post
from tests.platform.wecom import Callback

LONGEST_AWAY = 300.0
"""Seconds in which a server that was killed takes a message again, on the slowest machine."""

FRESH = 60.0
"""Seconds after which a message is sealed anew: the server refuses what was sealed long ago."""

PAUSE = 0.25
"""Seconds between tries."""

THOUGHT = 0.2
"""Seconds between an answer and the next message, at most."""

PATIENCE = 600.0
"""Seconds for an answer that comes by itself. A lost wake-up takes a minute, and so does every kill
while it is on its way; who wrote on meanwhile would spend what 微信客服 lets us send them."""

REPEATED = 0.2
"""The share of acknowledged callbacks that the platform sends once more all the same."""

Over = Callable[[], bool]
Seal = Callable[[], Callback]
"""The same message each time, as of now."""

_weixin_ids = count(7_054_768_590_064_713_728)


class People:
    """All who write. They stop when `over` says so, each after the answer to their last word."""

    def __init__(self, town: Town, http: ClientSession, url: str, rng: Random, over: Over) -> None:
        self._town = town
        self._http = http
        self._url = url
        self._rng = rng
        self._over = over

    async def talk(self, account: Account, words: Iterator[str]) -> None:
        """All that `account` says, on its platform."""
        ways = {
            "wecom": self._at_wecom,
            "wechat": self._at_wechat,
            "kf": self._at_kf,
            "dingtalk": self._at_dingtalk,
            "aibot": self._at_aibot,
        }
        await ways[account.channel](account, words)

    def read_up(self, account: Account) -> None:
        """What came after they had stopped waiting is an answer too."""
        arrived = {
            "kf": self._town.qyapi.arrived,
            "dingtalk": self._town.dingtalk.arrived,
            "aibot": self._town.aibot.arrived,
        }.get(account.channel)
        if arrived is not None:
            account.answers = arrived.texts(account.user.rpartition("/")[2])

    async def _at_wecom(self, account: Account, words: Iterator[str]) -> None:
        corp = self._town.qyapi.callbacks

        def sealed(text: str) -> Seal:
            xml = corp.text_xml(text, FromUserName=account.user)
            return lambda: corp.sealed(xml, int(right_now().timestamp()))

        def shown(answer: Answer) -> str:
            return corp.read(answer.body)["Content"] if answer.body else ""

        await self._called_back("/wecom", account, words, sealed, shown)

    async def _at_wechat(self, account: Account, words: Iterator[str]) -> None:
        weixin = self._town.weixin

        def sealed(text: str) -> Seal:
            written = {"Content": text, "MsgId": next(_weixin_ids)}
            return lambda: weixin.sends("text", account.user, **written)

        def shown(answer: Answer) -> str:
            return weixin.account.shown([answer]) or ""

        await self._called_back("/wechat", account, words, sealed, shown)

    async def _called_back(
        self,
        path: str,
        account: Account,
        words: Iterator[str],
        sealed: Callable[[str], Seal],
        shown: Callable[[Answer], str],
    ) -> None:
        for text in words:
            if self._over():
                return
            seal = sealed(text)
            answer = await self._until_taken(path, seal)
            account.said += 1
            account.answers.append(shown(answer))
            await asyncio.sleep(self._rng.uniform(0.0, THOUGHT))
            if self._rng.random() < REPEATED:
                again = await self._until_taken(path, seal)
                account.anew += shown(again) != account.answers[-1]

    async def _until_taken(self, path: str, seal: Seal) -> Answer:
        clock, came = asyncio.get_running_loop().time, Counter[int]()
        begun = fresh = clock()
        sent = seal()
        while clock() - begun < LONGEST_AWAY:
            answer = await post(self._http, self._url + path, sent, patience=5)
            if answer.taken:
                return answer
            came[answer.status] += 1
            await asyncio.sleep(PAUSE)
            if clock() - fresh > FRESH:
                sent, fresh = seal(), clock()
        raise RuntimeError(f"{path} took nothing in {LONGEST_AWAY:.0f} s: {dict(came)}")

    async def _at_kf(self, account: Account, words: Iterator[str]) -> None:
        """The wake-up may be lost, the message never: it waits to be fetched."""
        qyapi, external = self._town.qyapi, account.user.partition("/")[2]
        for text in words:
            if self._over():
                return
            wake = qyapi.kf.says(text, external)
            account.said += 1
            await post(self._http, self._url + "/kf", qyapi.kf_callback(wake), patience=5)
            await self._read(account, qyapi.arrived, external)

    async def _at_dingtalk(self, account: Account, words: Iterator[str]) -> None:
        ding = self._town.dingtalk
        ding.users.add(account.user)
        for text in words:
            if self._over():
                return
            if await self._acknowledged(text, account.user):
                account.said += 1
                await self._read(account, ding.arrived, account.user)
            else:
                account.unsure += 1
                await asyncio.sleep(PAUSE)
                account.answers = ding.arrived.texts(account.user)

    async def _acknowledged(self, text: str, user: str) -> bool:
        stream = self._town.dingtalk.stream
        message_id = await stream.say(self._town.dingtalk.message(text, user))
        if message_id is None:
            return False
        try:
            async with asyncio.timeout(3):
                await stream.acknowledged(message_id)
        except TimeoutError:
            return False
        return True

    async def _at_aibot(self, account: Account, words: Iterator[str]) -> None:
        """Nothing on this socket says that a message was taken, but its answer."""
        bot = self._town.aibot
        for text in words:
            if self._over():
                return
            before = len(bot.arrived.texts(account.user))
            await bot.says(text, account.user)
            try:
                async with asyncio.timeout(5):
                    await bot.arrived.until(before + 1, account.user)
                account.said += 1
            except TimeoutError:
                account.unsure += 1
            account.answers = bot.arrived.texts(account.user)

    async def _read(self, account: Account, arrived: Arrivals, reader: str) -> None:
        """Waits for one answer more; none at all in `PATIENCE` is found in the balance."""
        awaited = len(account.answers) + 1
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await _until(arrived, awaited, reader)
        account.answers = arrived.texts(reader)


async def _until(arrived: Arrivals, count: int, reader: str) -> None:
    """A wait of the simulated platforms gives up sooner than a server may be away."""
    while len(arrived.texts(reader)) < count:
        with suppress(TimeoutError):
            await arrived.until(count, reader)


def kf_user(number: int) -> str:
    return f"{KF_ID}/wmcustomer{number:06}"
