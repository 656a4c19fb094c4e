"""All platforms at once on loopback, and the settings with which the server meets them."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.platform import aibot as bots
from tests.platform import dingtalk as ding
from tests.platform import qyapi as corporation
from tests.platform import weixin as accounts
from tests.platform.aibot import AiBot
from tests.platform.dingtalk import DingTalk
from tests.platform.kf_customers import KF_ID
from tests.platform.loopback import serving
from tests.platform.qyapi import QyApi
from tests.platform.weixin import Weixin

ON_DUTY = "lisi"
"""A member of staff whom WeCom knows, and who is told when somebody wants a person."""


def right_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Town:
    qyapi: QyApi
    weixin: Weixin
    dingtalk: DingTalk
    aibot: AiBot


@asynccontextmanager
async def a_town() -> AsyncIterator[Town]:
    async with AsyncExitStack() as opened:
        yield Town(
            qyapi=await opened.enter_async_context(serving(QyApi(right_now))),
            weixin=await opened.enter_async_context(serving(Weixin(right_now))),
            dingtalk=await opened.enter_async_context(serving(DingTalk(right_now))),
            aibot=await opened.enter_async_context(serving(AiBot(right_now))),
        )


def environment(town: Town, database: str) -> dict[str, str]:
    """This process's environment without the developer's own settings, and with the town's."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ZHIXING_")}
    named = {
        f"ZHIXING_{section}__{name}": value
        for section, values in _sections(town).items()
        for name, value in values.items()
    }
    staff = [{"sender": f"wecom:{ON_DUTY}", "name": "李四", "role": "head", "regions": ["全国"]}]
    told = [{"to": f"wecom:{ON_DUTY}", "kinds": ["handoff"]}]
    whole = {
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "ZHIXING_DATABASE": database,
        "ZHIXING_STAFF": json.dumps(staff),
        "ZHIXING_SUBSCRIPTIONS": json.dumps(told),
    }
    return own | named | whole


def _sections(town: Town) -> dict[str, dict[str, str]]:
    """Of the settings: the platforms' keys, and where they are."""
    corp, account = town.qyapi.callbacks, town.weixin.account
    corporation_keys = {
        "CORP_ID": corp.corp_id,
        "TOKEN": corp.token,
        "AES_KEY": corp.aes_key,
        "SECRET": corporation.SECRET,
    }
    return {
        "WECOM": {**corporation_keys, "AGENT_ID": str(corp.agent_id)},
        "KF": {**corporation_keys, "ACCOUNTS": json.dumps([KF_ID])},
        "WECHAT": {
            "APP_ID": account.app_id,
            "TOKEN": account.token,
            "AES_KEY": account.aes_key,
            "SECRET": accounts.SECRET,
        },
        "AIBOT": {"BOT_ID": bots.BOT_ID, "SECRET": bots.SECRET},
        "DINGTALK": {"CLIENT_ID": ding.APP_KEY, "CLIENT_SECRET": ding.APP_SECRET},
        "HOSTS": {
            "WECOM": town.qyapi.base,
            "WECHAT": town.weixin.base,
            "DINGTALK": town.dingtalk.base,
            "DINGTALK_ROBOT": town.dingtalk.base,
            "AIBOT": town.aibot.url.rstrip("/"),
        },
    }
