"""A DingTalk app's robot, put together from its settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from aiohttp import web

from bot.channels.connection import Connection, House
from bot.channels.dingtalk import cards, messages
from bot.channels.dingtalk.callback import Callback, Guard
from bot.channels.dingtalk.courier import DingTalkCourier, monthly
from bot.channels.dingtalk.frames import CARD, Frame
from bot.channels.dingtalk.gateway import Gateway
from bot.channels.dingtalk.messages import NAME, Robot
from bot.channels.dingtalk.stream import Stream
from bot.channels.intake import Intake
from bot.channels.objects import json_object
from bot.message import Message
from bot.platforms.dingtalk import DingTalkApi
from bot.settings import DingTalkSettings, HostsSettings

PATH = "/dingtalk"


def connect(settings: DingTalkSettings, hosts: HostsSettings, house: House) -> Connection:
    """By Stream, or with a callback at `PATH`."""
    robot = Robot(settings.robot, settings.corp_id, hosts.dingtalk_robot)
    couriers = (_courier(settings, hosts, house),)
    if settings.mode == "stream":
        stream = _stream(settings, hosts, house, robot)
        return Connection(NAME, couriers, loops=(stream.run,))
    callback = Callback(_guard(settings), robot, house.desk, house.clock)
    return Connection(NAME, couriers, partial(_add_route, callback))


def reader(robot: Robot, house: House) -> Callable[[Frame], Message]:
    """What a frame of the Stream says. It raises Rejected."""

    def read(frame: Frame) -> Message:
        data = json_object(frame.data)
        if frame.topic == CARD:
            return cards.decode(data, frame.message_id, robot.corp, house.clock())
        return messages.decode(data, robot, house.clock())

    return read


def _stream(settings: DingTalkSettings, hosts: HostsSettings, house: House, robot: Robot) -> Stream:
    secret = settings.client_secret.get_secret_value()
    gateway = Gateway(house.session, hosts.dingtalk, settings.client_id, secret)
    intake = Intake(house.desk, house.jitter)
    read = reader(robot, house)
    return Stream(house.session, gateway, intake, read, house.clock, house.jitter)


def _guard(settings: DingTalkSettings) -> Guard:
    token, key = settings.token, settings.aes_key
    return Guard.of(
        settings.client_secret.get_secret_value(),
        key.get_secret_value() if key else None,
        token.get_secret_value() if token else None,
    )


def _courier(settings: DingTalkSettings, hosts: HostsSettings, house: House) -> DingTalkCourier:
    api = DingTalkApi(
        house.session,
        hosts.dingtalk,
        hosts.dingtalk_robot,
        settings.client_id,
        settings.client_secret.get_secret_value(),
        house.clock,
        house.sharing,
    )
    return DingTalkCourier(
        api,
        settings.robot,
        house.clock,
        house.jitter,
        card_template=settings.card_template if settings.mode == "stream" else None,
        spend=monthly(house.db, house.clock, settings.monthly_calls),
    )


def _add_route(callback: Callback, app: web.Application) -> None:
    app.router.add_post(PATH, callback.receive)
