"""Secrets are tried on the platforms that gave them out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.doctor.finding import Finding
from bot.doctor.patient import Patient
from bot.doctor.secrets import of_secrets
from bot.settings import Settings
from tests.platform import dingtalk as ding
from tests.platform import qyapi as corporation
from tests.platform import weixin as accounts
from tests.platform.dingtalk import DingTalk
from tests.platform.loopback import serving
from tests.platform.qyapi import QyApi
from tests.platform.weixin import Weixin


def right_now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def qyapi() -> AsyncIterator[QyApi]:
    async with serving(QyApi(right_now)) as fake:
        yield fake


@pytest.fixture
async def weixin() -> AsyncIterator[Weixin]:
    async with serving(Weixin(right_now)) as fake:
        yield fake


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    async with serving(DingTalk(right_now)) as fake:
        yield fake


async def found(**given: Any) -> list[Finding]:
    async with ClientSession() as session:
        settings = Settings.model_validate(given)
        return [finding async for finding in of_secrets(Patient(settings, session, right_now))]


def of_wecom(fake: QyApi, secret: str) -> dict[str, Any]:
    corp = fake.callbacks
    keys = {"corp_id": corp.corp_id, "token": corp.token, "aes_key": corp.aes_key}
    wecom = {**keys, "agent_id": corp.agent_id, "secret": secret}
    return {"wecom": wecom, "hosts": {"wecom": fake.base}}


async def test_a_secret_that_is_good_is_told(qyapi: QyApi) -> None:
    [finding] = await found(**of_wecom(qyapi, corporation.SECRET))
    assert (finding.level, finding.where) == ("ok", "企业微信")


async def test_a_wrong_secret_is_named_and_not_shown(qyapi: QyApi) -> None:
    [finding] = await found(**of_wecom(qyapi, "a-secret-of-somebody-else"))
    assert finding.level == "bad"
    assert "[wecom]" in finding.mend
    assert "somebody" not in finding.line


async def test_an_address_that_is_not_let_in_is_told_with_where_to_add_it(qyapi: QyApi) -> None:
    qyapi.trusted = False
    [finding] = await found(**of_wecom(qyapi, corporation.SECRET))
    assert finding.level == "bad"
    assert "企业可信 IP" in finding.mend


@pytest.mark.parametrize(
    ("secret", "level"), [(accounts.SECRET, "ok"), ("another-secret-altogether", "bad")]
)
async def test_the_secret_of_a_公众号_is_tried(weixin: Weixin, secret: str, level: str) -> None:
    account = weixin.account
    given = {
        "app_id": account.app_id,
        "token": account.token,
        "aes_key": account.aes_key,
        "secret": secret,
    }
    [finding] = await found(wechat=given, hosts={"wechat": weixin.base})
    assert (finding.where, finding.level) == ("公众号", level)


@pytest.mark.parametrize(
    ("secret", "level"), [(ding.APP_SECRET, "ok"), ("another-secret-altogether", "bad")]
)
async def test_the_secret_of_dingtalk_is_tried(dingtalk: DingTalk, secret: str, level: str) -> None:
    given = {"client_id": ding.APP_KEY, "client_secret": secret}
    hosts = {"dingtalk": dingtalk.base, "dingtalk_robot": dingtalk.base}
    [finding] = await found(dingtalk=given, hosts=hosts)
    assert (finding.where, finding.level) == ("钉钉", level)


async def test_a_platform_that_is_away_says_nothing_of_the_secret(qyapi: QyApi) -> None:
    given = of_wecom(qyapi, corporation.SECRET)
    given["hosts"] = {"wecom": "http://127.0.0.1:1"}
    assert await found(**given) == []
