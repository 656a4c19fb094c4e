"""微信客服, as the settings name it."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

from bot.channels.callbacks import add_receiver
from bot.channels.connection import Connection, House
from bot.channels.keyring import keyring
from bot.channels.kf.courier import KfCourier
from bot.channels.kf.handover import SessionCourier
from bot.channels.kf.people import NAME
from bot.channels.kf.puller import Puller
from bot.channels.kf.receive import Kf
from bot.channels.kf.taking import Taking
from bot.platforms.qyapi import QyApi
from bot.settings import HostsSettings, KfSettings

PATH = "/kf"


def connect(settings: KfSettings, hosts: HostsSettings, house: House) -> Connection:
    secret = settings.secret.get_secret_value()
    api = QyApi(
        house.session,
        hosts.wecom,
        settings.corp_id,
        secret,
        house.clock,
        section=NAME,
        sharing=house.sharing,
    )
    taking = Taking(house, api, elsewhere=settings.human == "queue")
    puller = Puller(house, api, taking, uuid4().hex, settings.accounts)
    couriers = (KfCourier(api, house.clock, house.jitter), SessionCourier(api, house.jitter))
    receiver = Kf(keyring(settings, settings.corp_id), settings.accounts)
    routes = partial(
        add_receiver, path=PATH, receiver=receiver, answer=puller.woken, clock=house.clock
    )
    return Connection(NAME, couriers, routes, (puller.run,))
