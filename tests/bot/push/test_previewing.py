"""What `zhixing digest preview` shows and `zhixing digest push` leaves for the server."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.delivery.letters import from_json
from bot.push.previewing import preview, push
from bot.settings import DigestSettings, RobotTarget, Settings, SettingsError
from storage import outbox
from storage.database import Database
from storage.outbox import StoredMessage
from tests.data_key import KEYS

NOW = datetime(2021, 5, 20, 0, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    robot = RobotTarget.model_validate({"name": "省局群", "kind": "wecom", "key": "k"})
    url = f"sqlite:///{tmp_path / 'zhixing.db'}"
    key = SecretStr(b64encode(b"a data key of the tests: 32 byte").decode())
    return Settings(database=url, data_key=key, digest=DigestSettings(targets=(robot,)))


async def stored(settings: Settings) -> list[StoredMessage]:
    db = await Database.open(settings.database, keys=KEYS)
    try:
        async with db.transaction() as conn:
            return await outbox.listing(conn)
    finally:
        await db.close()


async def test_preview_shows_what_would_be_sent_now_and_leaves_no_trace(settings: Settings) -> None:
    [text] = await preview(settings, NOW)
    assert text.startswith("## 知行简报 5月20日 周四\n新增需求 **0** 项")
    assert "统计时段：5月19日 09:00 至 5月20日 08:30" in text
    assert "国知发运函字〔2021〕51号" in text
    assert await stored(settings) == []


async def test_push_leaves_for_the_server_what_preview_shows(settings: Settings) -> None:
    assert await push(settings, NOW) == ["robot:省局群"]
    [message] = await stored(settings)
    assert message.payload is not None
    assert [from_json(message.payload).reply.text] == await preview(settings, NOW)
    assert (message.target, message.state, message.due) == ("robot:省局群", "waiting", NOW)


async def test_push_without_a_robot_is_an_error_of_the_settings() -> None:
    with pytest.raises(SettingsError, match="names no robot"):
        await push(Settings(database="sqlite://"), NOW)
