"""opsdroid with a hundred regex rules behind a connector for the Official Account's callback."""

import asyncio
import gettext
import hashlib
import sys
import xml.etree.ElementTree as ET

from aiohttp import web
from opsdroid.connector import Connector
from opsdroid.core import OpsDroid
from opsdroid.events import Message
from opsdroid.matchers import match_regex

gettext.install("opsdroid")
ANSWER = "需求清单请在2021年5月25日前报送。"
REPLY = (
    "<xml><ToUserName>{user}</ToUserName><FromUserName>{own}</FromUserName>"
    "<CreateTime>1</CreateTime><MsgType>text</MsgType><Content>{told}</Content></xml>"
)


class Account(Connector):
    """What is sent rides back in the request."""

    async def connect(self): ...
    async def listen(self): ...
    async def send(self, message):
        message.linked_event.raw_event.append(message.text)


def rule(number):
    """Of the hundred the last one answers whatever is asked."""
    pattern = "(?s)." if number == 99 else f"第{number}项任务.*牵头"

    @match_regex(pattern, matching_condition="search")
    async def answer(opsdroid, config, message):
        await message.respond(ANSWER)

    return answer


async def main(port):
    opsdroid = OpsDroid(config={"connectors": {}, "skills": {}})
    opsdroid.__enter__()  # whoever answers asks for the one that runs
    account = Account({"name": "account"}, opsdroid=opsdroid)
    opsdroid.connectors = [account]
    for number in range(100):
        opsdroid.register_skill(rule(number), {"name": f"rule{number}"})

    async def call(request):
        stamp = sorted(["a-token", request.query["timestamp"], request.query["nonce"]])
        if hashlib.sha1("".join(stamp).encode()).hexdigest() != request.query["signature"]:
            return web.Response(status=403)
        said = ET.fromstring(await request.text())
        user, own = said.findtext("FromUserName"), said.findtext("ToUserName")
        answers = []
        message = Message(
            text=said.findtext("Content"), user=user, connector=account, raw_event=answers
        )
        await opsdroid.parse(message)
        body = REPLY.format(user=user, own=own, told=answers[0] if answers else "")
        return web.Response(text=body, content_type="application/xml")

    app = web.Application()
    app.router.add_post("/wechat", call)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print(f"http://127.0.0.1:{port}", flush=True)
    await asyncio.Event().wait()


asyncio.run(main(int(sys.argv[1])))
