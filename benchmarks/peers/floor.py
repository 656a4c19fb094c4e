"""The floor of this comparison: an aiohttp handler that parses and answers, and keeps nothing."""

from __future__ import annotations

from aiohttp import web
from wechatpy import create_reply, parse_message
from wechatpy.utils import check_signature

from benchmarks.floor import REPLY
from tests.platform.weixin_account import WeixinAccount

_TOKEN = WeixinAccount().token


async def _answer(request: web.Request) -> web.Response:
    check_signature(_TOKEN, *(request.query[name] for name in ("signature", "timestamp", "nonce")))
    message = parse_message(await request.read())
    told = create_reply(REPLY, message).render()
    return web.Response(text=told, content_type="application/xml")


if __name__ == "__main__":
    app = web.Application()
    app.router.add_post("/wechat", _answer)
    web.run_app(app, host="127.0.0.1", port=0, access_log=None)
