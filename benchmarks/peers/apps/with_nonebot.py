"""NoneBot2 with its Official Account adapter and a hundred matchers, of which the last answers."""

import sys

import nonebot
from nonebot import on_regex
from nonebot.adapters.wxmp import Adapter

port = int(sys.argv[1])
nonebot.init(
    driver="~fastapi+~httpx",
    host="127.0.0.1",
    port=port,
    log_level="ERROR",
    wxmp_bots=[
        {
            "appid": "wx2c2769f8efd9abc2",
            "token": "a-token",
            "secret": "a-secret",
            "type": "official",
            "approve": False,
        }
    ],
    wxmp_verify=True,
)
nonebot.get_driver().register_adapter(Adapter)


async def answer(bot, event):
    await bot.send(event, "需求清单请在2021年5月25日前报送。")


for number in range(99):
    on_regex(f"第{number}项任务.*牵头", block=True).append_handler(answer)
on_regex("(?s).", block=True).append_handler(answer)
print(f"http://127.0.0.1:{port}", flush=True)
nonebot.run()
