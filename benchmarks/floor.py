"""The floor: an aiohttp handler that decrypts, parses, and answers with wechatpy; nothing else.

`python -m benchmarks.floor` takes the same settings as the assistant, prints its address, and
runs until SIGTERM.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web
from wechatpy.enterprise import create_reply, parse_message
from wechatpy.enterprise.crypto import WeChatCrypto

from bot.settings import SettingsError, load_settings

REPLY = (
    "报送福建省知识产权局的材料请在截止日当天下班前送到，逾期请先电话说明情况。需求清单按附件的"
    "栏目填写，单位名称、联系人和联系电话都要填，电子版发到通知里写明的邮箱，邮件主题注明单位。\n"
    "依据：《关于开展知识产权服务万里行活动的通知》（国知发运函字〔2021〕51号）三（三）"
)
"""As long as the assistant's usual answer, so that both encrypt as much."""


class Floor:
    def __init__(self, crypto: Any) -> None:
        self._crypto = crypto

    async def answer(self, request: web.Request) -> web.Response:
        stamp = [request.query[name] for name in ("msg_signature", "timestamp", "nonce")]
        message = parse_message(self._crypto.decrypt_message(await request.read(), *stamp))
        sealed = self._crypto.encrypt_message(create_reply(REPLY, message), stamp[2], stamp[1])
        return web.Response(text=sealed, content_type="application/xml")


def main() -> None:
    wecom = load_settings().wecom
    if wecom is None:
        raise SettingsError("settings: wecom: is missing")
    token, key = wecom.token.get_secret_value(), wecom.aes_key.get_secret_value()
    app = web.Application()
    app.router.add_post("/wecom", Floor(WeChatCrypto(token, key, wecom.corp_id)).answer)
    web.run_app(app, host="127.0.0.1", port=0, access_log=None)


if __name__ == "__main__":
    main()
