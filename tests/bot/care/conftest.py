"""The whole application on a port, with WeCom and a group's robot, and what it tells of itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families as families_of

from bot.app import build_app
from bot.settings import Settings
from intents.conversation import Conversation
from intents.turn import Reply, Said, Turn
from knowledge.snapshot import KnowledgeBase
from tests.platform.wecom import Callback, WeComPlatform, right_now

PLATFORM = WeComPlatform()
MOBILE = "13800001111"
WHO = "zhangsan"


def echo(conversation: Conversation, said: Said, _kb: KnowledgeBase, _now: datetime) -> Turn:
    """Stands in for all understanding."""
    return Turn(Reply("answer", f"您说：{said.text}"), conversation)


@dataclass
class House:
    """The assistant and those who talk to it."""

    app: web.Application
    client: TestClient[Any, Any]

    async def says(self, text: str) -> int:
        """The status with which WeCom's call is answered."""
        return (await self.sends(PLATFORM.text(text, right_now(), WHO)))[0]

    async def sends(self, call: Callback) -> tuple[int, bytes]:
        answered = await self.client.post(call.at("/wecom"), data=call.body)
        return answered.status, await answered.read()

    async def metrics(self) -> dict[tuple[str, ...], float]:
        """By name and the values of the labels, in the order of the labels' names."""
        answered = await self.client.get("/metrics")
        assert answered.status == 200
        return {
            (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
            for family in families_of(await answered.text())
            for sample in family.samples
        }


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.model_validate(
        {
            "database": f"sqlite:///{tmp_path / 'zhixing.db'}",
            "digest": {"targets": [{"name": "处室群", "kind": "wecom", "key": "a-key"}]},
            "wecom": {
                "corp_id": PLATFORM.corp_id,
                "agent_id": PLATFORM.agent_id,
                "token": PLATFORM.token,
                "aes_key": PLATFORM.aes_key,
            },
        }
    )


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[House]:
    app = await build_app(settings, respond=echo)
    async with TestClient(TestServer(app)) as client:
        yield House(app, client)
