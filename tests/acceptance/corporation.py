"""A corporation whose colleagues use the app, and whose customers write to 微信客服."""

from __future__ import annotations

from aiohttp import ClientSession

from tests.platform.posting import deliver
from tests.platform.qyapi import SECRET, QyApi
from tests.platform.wecom import right_now


def connected(wecom: QyApi) -> dict[str, str]:
    """The environment of a server that serves both."""
    common = {
        "CORP_ID": wecom.callbacks.corp_id,
        "SECRET": SECRET,
        "TOKEN": wecom.callbacks.token,
        "AES_KEY": wecom.callbacks.aes_key,
    }
    apps = {f"ZHIXING_{app}__{name}": v for app in ("WECOM", "KF") for name, v in common.items()}
    return {
        **apps,
        "ZHIXING_WECOM__AGENT_ID": str(wecom.callbacks.agent_id),
        "ZHIXING_HOSTS__WECOM": wecom.base,
    }


async def asks(http: ClientSession, url: str, wecom: QyApi, text: str) -> None:
    """A customer of 微信客服, who reads the answer in their chat."""
    [answer] = await deliver(http, f"{url}/kf", wecom.kf_callback(wecom.kf.says(text)))
    assert answer.status == 200


async def says(
    http: ClientSession, url: str, wecom: QyApi, text: str, user: str = "zhangsan"
) -> str:
    """What the app replies to a colleague in the same response; "" for nothing."""
    callback = wecom.callbacks.text(text, right_now(), user)
    async with http.post(callback.at(f"{url}/wecom"), data=callback.body) as answer:
        assert answer.status == 200
        body = await answer.read()
    return wecom.callbacks.read(body)["Content"] if body else ""
