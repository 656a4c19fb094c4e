"""An office that serves customers of 微信客服: its desk, its outbox, and WeCom on loopback."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import cast

from aiohttp import ClientSession

from bot.channels.connection import House
from bot.channels.kf.account import Account
from bot.channels.kf.courier import KfCourier
from bot.channels.kf.handover import SessionCourier
from bot.channels.kf.puller import Puller
from bot.channels.kf.taking import Taking
from bot.current import Current
from bot.delivery.courier import Courier
from bot.delivery.worker import Worker
from bot.desk import Desk, Respond
from bot.platforms.qyapi import QyApi
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests.bot.stand_in import respond as stand_in
from tests.clock import Clock
from tests.platform.kf_customers import CUSTOMER, KF_ID
from tests.platform.qyapi import SECRET
from tests.platform.wecom import WeComPlatform

NOW = datetime(2024, 5, 1, 9, 0, tzinfo=UTC)
CORP = WeComPlatform().corp_id
SENDER = f"kf:{KF_ID}/{CUSTOMER}"


class Office:
    """One worker process, with WeCom at `base`: `serve` fetches and takes what there is, `post`
    sends what lies in the outbox, `settle` does both."""

    def __init__(
        self,
        base: str,
        db: Database,
        session: ClientSession,
        clock: Clock,
        *,
        respond: Respond = stand_in,
        elsewhere: bool = False,
        owner: str = "worker-1",
    ) -> None:
        self.clock, self.db = clock, db
        self.wake = asyncio.Event()
        current = Current(cast(KnowledgeBase, None))
        self.desk = Desk(db, current, clock, respond, wake=self.wake.set)
        house = House(self.desk, db, session, clock, lambda: 0.0, self.wake.set)
        self.api = QyApi(session, base, CORP, SECRET, clock, section="kf")
        self.taking = Taking(house, self.api, elsewhere=elsewhere)
        self.account = Account(house, self.api, self.taking, KF_ID, owner)
        couriers: list[Courier] = [
            KfCourier(self.api, clock, lambda: 0.0),
            SessionCourier(self.api, lambda: 0.0),
        ]
        self.worker = Worker(db, couriers, clock, wake=self.wake, jitter=lambda: 0.0)
        self.puller = Puller(house, self.api, self.taking, owner, poll=timedelta(seconds=0.05))

    async def serve(self, token: str = "") -> None:
        self.account.woken(token)
        await self.account.serve()

    async def post(self) -> None:
        while await self.worker.round():
            pass

    async def settle(self, token: str = "") -> None:
        await self.serve(token)
        await self.post()
