"""A 智能机器人, put together from its settings."""

from __future__ import annotations

from functools import partial
from typing import Any

from bot.channels.aibot import messages
from bot.channels.aibot.callback import AibotCallback
from bot.channels.aibot.courier import AibotCourier
from bot.channels.aibot.holder import Holder
from bot.channels.aibot.link import Hear
from bot.channels.aibot.people import NAME
from bot.channels.callbacks import add_callbacks
from bot.channels.connection import Connection, House
from bot.channels.intake import Intake
from bot.channels.keyring import keyring
from bot.channels.lease import Lease
from bot.channels.objects import Object
from bot.message import Message, Route, Sender
from bot.settings import AibotSettings, HostsSettings

PATH = "/aibot"


def connect(settings: AibotSettings, hosts: HostsSettings, house: House) -> Connection:
    """By WebSocket; or with a callback at `PATH`, and then it never writes first."""
    if settings.mode == "callback":
        # Its envelopes name no receiver (W101033).
        channel = AibotCallback(keyring(settings, ""), settings.bot_id)
        routes = partial(
            add_callbacks, path=PATH, channel=channel, desk=house.desk, clock=house.clock
        )
        return Connection(NAME, add_routes=routes)
    intake = Intake(house.desk, house.jitter)
    secret = settings.secret.get_secret_value() if settings.secret else ""
    holder = Holder(
        house.session,
        hosts.aibot,
        settings.bot_id,
        secret,
        Lease(house.db, f"{NAME}:{settings.bot_id}", house.clock),
        hearing(settings.bot_id, intake, house),
        house.clock,
        house.jitter,
    )
    courier = AibotCourier(holder, house.jitter)
    return Connection(NAME, (courier,), loops=(partial(_run, holder, intake),))


def hearing(bot_id: str, intake: Intake, house: House) -> Hear:
    """What is said goes to the desk, with the way back."""

    async def hear(req_id: str, body: Object) -> None:
        heard = messages.decode(body, bot_id)
        if heard is None:
            return
        via: dict[str, Any] = {"req_id": req_id}
        if heard.entered:
            via["welcome"] = True
        if heard.pressed:
            via |= {"pressed": heard.pressed, "chosen": heard.said.text}
        sender, at = Sender(NAME, heard.user), house.clock()
        message = Message(heard.id, sender, heard.said, at, messages.ROOM, Route(via))
        await intake.give(message, _nothing_to_acknowledge)

    return hear


async def _nothing_to_acknowledge() -> None: ...


async def _run(holder: Holder, intake: Intake) -> None:
    try:
        await holder.run()
    finally:
        await intake.close()
