"""A self-built app of WeCom, as the settings name it."""

from __future__ import annotations

from functools import partial

from bot.channels.callbacks import add_callbacks
from bot.channels.connection import Connection, House
from bot.channels.keyring import keyring
from bot.channels.wecom.courier import WeComCourier
from bot.channels.wecom.receive import NAME, WeCom
from bot.platforms.qyapi import QyApi
from bot.settings import HostsSettings, WeComSettings

PATH = "/wecom"


def connect(settings: WeComSettings, hosts: HostsSettings, house: House) -> Connection:
    """Without a secret it answers, and never writes first."""
    channel = WeCom(keyring(settings, settings.corp_id), settings.agent_id)
    routes = partial(add_callbacks, path=PATH, channel=channel, desk=house.desk, clock=house.clock)
    return Connection(NAME, couriers=_couriers(settings, hosts, house), add_routes=routes)


def _couriers(
    settings: WeComSettings, hosts: HostsSettings, house: House
) -> tuple[WeComCourier, ...]:
    if settings.secret is None:
        return ()
    secret = settings.secret.get_secret_value()
    api = QyApi(
        house.session,
        hosts.wecom,
        settings.corp_id,
        secret,
        house.clock,
        sharing=house.sharing,
    )
    return (WeComCourier(api, settings.agent_id, house.jitter),)
