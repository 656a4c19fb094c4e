"""The platforms, simulated: real servers on loopback, strict about what their documents say.

`qyapi` (WeCom: applications, 微信客服, login), `weixin` (Official Account), `dingtalk` (both API
hosts and the Stream gateway), `aibot` (智能机器人's WebSocket; `aibot_callbacks` its HTTP mode),
`robots` (group robots). Each takes a clock, keeps what reached people in `arrived` and every
request in `seen`, and meets planned faults (`faults`):

    async with serving(QyApi(clock)) as fake:
        fake.faults.then(errcode(45009), unanswered(), path=SEND)
        ...  # our client, pointed at fake.base
        assert fake.arrived.texts("zhangsan") == ["您好"]

What they post to us: `wecom`, `weixin_account`, `dingtalk_callbacks`, `aibot_callbacks`, and
`posting`, which repeats what is not taken. tests/simulated checks them against clients that we
did not write. Where a document leaves something open, the module says what it does instead.
"""
