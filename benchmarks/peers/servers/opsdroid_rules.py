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
from opsdroid.skill import Skill

gettext.install("opsdroid")


class Account(Connector):
    async def connect(self): ...
    async def listen(self): ...
    async def send(self, message):
        message.linked_event.raw_event.append(message.text)


class Rules(Skill):
    pass


def rule(number):
    async def answer(self, message):
        await message.respond("需求清单请在2021年5月25日前报送。")

    pattern = "." if number == 99 else f"第{number}项任务.*牵头"
    return match_regex(pattern, matching_condition="search")(answer)


for each in range(100):
    setattr(Rules, f"rule{each}", rule(each))


async def main(port):
    opsdroid = OpsDroid(config={"connectors": {}, "skills": {}})
    account = Account({"name": "account"}, opsdroid=opsdroid)
    opsdroid.connectors = [account]
    opsdroid.register_skills([{"module": sys.modules[__name__], "config": {"name": "rules"}}])

    async def call(request):
        stamp = sorted(["a-token", request.query["timestamp"], request.query["nonce"]])
        if hashlib.sha1("".join(stamp).encode()).hexdigest() != request.query["signature"]:
            return web.Response(status=403)
        said = ET.fromstring(await request.text())
        answers = []
        user, own = said.findtext("FromUserName"), said.findtext("ToUserName")
        message = Message(text=said.findtext("Content"), user=user, connector=account)
        message.raw_event = answers
        await opsdroid.parse(message)
        told = answers[0] if answers else ""
        body = (
            f"<xml><ToUserName>{user}</ToUserName><FromUserName>{own}</FromUserName>"
            f"<CreateTime>1</CreateTime><MsgType>text</MsgType><Content>{told}</Content></xml>"
        )
        return web.Response(text=body, content_type="application/xml")

    app = web.Application()
    app.router.add_post("/wechat", call)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print(f"http://127.0.0.1:{port}", flush=True)
    await asyncio.Event().wait()


asyncio.run(main(int(sys.argv[1])))
