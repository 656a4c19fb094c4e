"""A 公众号, as the settings name it."""

from __future__ import annotations

from functools import partial

from bot.channels.callbacks import add_callbacks
from bot.channels.connection import Connection, House
from bot.channels.keyring import keyring
from bot.channels.wechat.courier import WeChatCourier
from bot.channels.wechat.receive import NAME, SILENCE, WeChat
from bot.platforms.weixin import WeixinApi
from bot.settings import HostsSettings, WeChatSettings

PATH = "/wechat"


def connect(settings: WeChatSettings, hosts: HostsSettings, house: House) -> Connection:
    """Without a secret, or an account's right to, it answers and never writes first."""
    keys = keyring(settings, settings.app_id)
    channel = WeChat(keys, settings.mode, settings.original_id)
    routes = partial(
        add_callbacks,
        path=PATH,
        channel=channel,
        desk=house.desk,
        clock=house.clock,
        silence=SILENCE,
    )
    courier = WeChatCourier(_api(settings, hosts, house), house.jitter)
    return Connection(NAME, couriers=(courier,), add_routes=routes)


def _api(settings: WeChatSettings, hosts: HostsSettings, house: House) -> WeixinApi | None:
    if settings.secret is None or not settings.may_write:
        return None
    secret = settings.secret.get_secret_value()
    return WeixinApi(
        house.session, hosts.wechat, settings.app_id, secret, house.clock, house.sharing
    )
