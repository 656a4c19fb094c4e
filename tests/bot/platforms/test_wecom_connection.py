"""A WeCom app as the settings name it: it answers, and writes first if it has a secret."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.connection import Connection, House
from bot.channels.wecom.connect import connect
from bot.delivery.letters import Letter, to_json
from bot.delivery.worker import Worker
from bot.settings import HostsSettings, WeComSettings
from intents.turn import Reply
from storage import outbox
from storage.database import Database
from storage.outbox import OutboxRow
from tests.bot.noting_desk import NotingDesk
from tests.clock import Clock
from tests.platform.qyapi import SECRET, QyApi
from tests.platform.wecom import right_now


@dataclass
class Office:
    connection: Connection
    desk: NotingDesk


@pytest.fixture(params=[SECRET, None], ids=["with a secret", "without"])
def office(
    request: pytest.FixtureRequest,
    wecom: QyApi,
    db: Database,
    session: ClientSession,
    clock: Clock,
) -> Office:
    callbacks, desk = wecom.callbacks, NotingDesk()
    settings = WeComSettings.model_validate(
        {
            "corp_id": callbacks.corp_id,
            "agent_id": callbacks.agent_id,
            "token": callbacks.token,
            "aes_key": callbacks.aes_key,
            "secret": request.param,
        }
    )
    house = House(desk, db, session, clock, lambda: 0.0, lambda: None)
    return Office(connect(settings, HostsSettings(wecom=wecom.base), house), desk)


async def test_a_message_is_answered(wecom: QyApi, office: Office) -> None:
    app = web.Application()
    assert office.connection.add_routes is not None
    office.connection.add_routes(app)
    callback = wecom.callbacks.text("什么时候报送", right_now())
    async with TestClient(TestServer(app)) as client:
        answer = await client.post(callback.at("/wecom"), data=callback.body)
        assert wecom.callbacks.read(await answer.read())["Content"] == "5月25日前报送。"
    assert office.desk.texts == ["什么时候报送"]


@pytest.mark.parametrize("office", [SECRET], indirect=True)
async def test_what_lies_in_the_outbox_reaches_its_member_once(
    wecom: QyApi, office: Office, db: Database, clock: Clock
) -> None:
    letter = to_json(Letter(Reply("command", "您的需求1已受理。")))
    row = OutboxRow("note:1", "wecom:lisi", letter, clock(), "wecom", "wecom:lisi")
    async with db.transaction() as conn:
        await outbox.add(conn, [row])
    worker = Worker(db, office.connection.couriers, clock)
    assert [await worker.round(), await worker.round()] == [1, 0]
    assert wecom.arrived.texts("lisi") == ["您的需求1已受理。"]


@pytest.mark.parametrize("office", [None], indirect=True)
async def test_without_a_secret_it_never_writes_first(office: Office) -> None:
    assert office.connection.couriers == ()
