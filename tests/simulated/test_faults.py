"""What goes wrong on purpose goes wrong as a caller meets it, and with that effect only."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession, web
from aiohttp.test_utils import TestServer

from tests.platform.faults import (
    after,
    answered,
    effective_but_held,
    errcode,
    held,
    redirected,
    reset,
    slow,
    status,
    unanswered,
)
from tests.platform.posting import Answer, deliver
from tests.platform.qyapi import SECRET, SEND, QyApi
from tests.platform.wecom import Callback

TEXT = {"touser": "zhangsan", "msgtype": "text", "agentid": 1000002, "text": {"content": "您好"}}
BROKEN = "broken"


async def token(http: ClientSession, qyapi: QyApi) -> str:
    asked = {"corpid": qyapi.callbacks.corp_id, "corpsecret": SECRET}
    async with http.get(f"{qyapi.base}/cgi-bin/gettoken", params=asked) as response:
        answer: dict[str, Any] = await response.json()
        return str(answer["access_token"])


async def sent(http: ClientSession, qyapi: QyApi) -> int | str:
    """The errcode or HTTP status of one text, or that the connection broke."""
    at = f"{qyapi.base}{SEND}"
    query = {"access_token": qyapi.tokens.fetch()[0]}
    try:
        async with http.post(at, params=query, json=TEXT, allow_redirects=False) as response:
            if response.status != 200:
                return response.status
            return int((await response.json())["errcode"])
    except ClientError:
        return BROKEN


async def test_each_fault_meets_one_request(http: ClientSession, qyapi: QyApi) -> None:
    planned = (errcode(45009), status(500), reset(), redirected("/elsewhere"))
    qyapi.faults.then(*planned, answered({"errcode": -1}, status=200))
    met = [await sent(http, qyapi) for _ in range(6)]
    assert met == [45009, 500, BROKEN, 302, -1, 0]
    assert qyapi.arrived.texts() == ["您好"]


async def test_a_fault_for_a_path_waits_for_that_path(http: ClientSession, qyapi: QyApi) -> None:
    qyapi.faults.then(status(503), path=SEND)
    assert await token(http, qyapi)
    assert await sent(http, qyapi) == 503


async def test_a_standing_fault_stays_until_it_is_cleared(
    http: ClientSession, qyapi: QyApi
) -> None:
    qyapi.faults.always(status(503), path=SEND)
    assert [await sent(http, qyapi) for _ in range(3)] == [503] * 3
    qyapi.faults.clear()
    assert await sent(http, qyapi) == 0


async def test_what_is_unanswered_arrived_all_the_same(http: ClientSession, qyapi: QyApi) -> None:
    qyapi.faults.then(unanswered())
    assert await sent(http, qyapi) == BROKEN
    assert qyapi.arrived.texts("zhangsan") == ["您好"]


async def test_what_is_held_arrives_when_it_is_let_go(http: ClientSession, qyapi: QyApi) -> None:
    let_go = asyncio.Event()
    qyapi.faults.then(held(let_go))
    sending = asyncio.create_task(sent(http, qyapi))
    await qyapi.until(lambda: qyapi.in_flight[SEND] == 1)
    assert not qyapi.arrived.texts()
    let_go.set()
    assert await sending == 0
    assert qyapi.arrived.texts() == ["您好"]


async def test_a_caller_may_give_up_though_it_took_effect(
    http: ClientSession, qyapi: QyApi
) -> None:
    qyapi.faults.then(effective_but_held(asyncio.Event()))
    sending = asyncio.create_task(sent(http, qyapi))
    assert await qyapi.arrived.until(1) == ["您好"]
    sending.cancel()
    await qyapi.until(lambda: not qyapi.in_flight[SEND])


async def test_a_slow_platform_answers_in_the_end(http: ClientSession, qyapi: QyApi) -> None:
    qyapi.faults.then(slow(0.01))
    assert await sent(http, qyapi) == 0


async def test_a_token_may_die_just_before_a_request(http: ClientSession, qyapi: QyApi) -> None:
    qyapi.faults.then(after(qyapi.tokens.die))
    assert [await sent(http, qyapi) for _ in range(2)] == [40014, 0]


async def test_too_many_at_once_are_refused(http: ClientSession, qyapi: QyApi) -> None:
    let_go = asyncio.Event()
    qyapi.faults.then(*[held(let_go)] * qyapi.parallel)
    waiting = [asyncio.create_task(sent(http, qyapi)) for _ in range(qyapi.parallel)]
    await qyapi.until(lambda: qyapi.in_flight[SEND] == qyapi.parallel)
    assert await sent(http, qyapi) == 45033
    let_go.set()
    assert await asyncio.gather(*waiting) == [0] * qyapi.parallel


async def test_requests_are_kept_as_they_came(http: ClientSession, qyapi: QyApi) -> None:
    qyapi.faults.then(status(500))
    await sent(http, qyapi)
    assert qyapi.bodies(SEND) == [TEXT]
    assert qyapi.seen[-1].query.keys() == {"access_token"}


@pytest.mark.parametrize(
    ("statuses", "tries"), [([200], 1), ([500, 200], 2), ([500] * 5, 3), ([204, 403, 200], 3)]
)
async def test_a_callback_is_posted_until_it_is_taken_three_times_at_most(
    http: ClientSession, qyapi: QyApi, statuses: list[int], tries: int
) -> None:
    asked: list[bytes] = []

    async def bot(request: web.Request) -> web.Response:
        asked.append(await request.read())
        return web.Response(status=statuses[len(asked) - 1])

    answers = await delivered_to(bot, http, qyapi)
    assert [one.status for one in answers] == statuses[:tries]
    assert len(set(asked)) == 1


async def test_a_repeat_may_be_sealed_anew(http: ClientSession, qyapi: QyApi) -> None:
    asked: list[bytes] = []

    async def bot(request: web.Request) -> web.Response:
        asked.append(await request.read())
        return web.Response(status=500)

    await delivered_to(bot, http, qyapi, anew=True)
    assert len(set(asked)) == 3


async def test_who_is_too_slow_is_asked_again(http: ClientSession, qyapi: QyApi) -> None:
    async def bot(request: web.Request) -> web.Response:
        await asyncio.Event().wait()
        return web.Response()

    answers = await delivered_to(bot, http, qyapi, patience=0.05)
    assert [one.status for one in answers] == [0, 0, 0]


async def delivered_to(
    bot: Any, http: ClientSession, qyapi: QyApi, patience: float = 5, anew: bool = False
) -> list[Answer]:
    xml = qyapi.callbacks.text_xml("您好")

    def sealed() -> Callback:
        return qyapi.callbacks.sealed(xml, int(qyapi.clock().timestamp()))

    app = web.Application()
    app.router.add_post("/wecom", bot)
    async with TestServer(app) as server:
        url = str(server.make_url("/wecom"))
        again = sealed if anew else None
        return await deliver(http, url, sealed(), patience=patience, anew=again)
