"""Whatever is said in whatever order, the form keeps its promises."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from intents.turn import SubmitDemand
from tests.intents import forms
from tests.intents.dialogue import Talk, base

SAID = st.sampled_from(
    """
登记需求
三明示例木业有限公司
莆田示例鞋业，林二 13900000022
陈一
我叫陈一，手机13900000001
联系人改成李四
电话错了，应该是13900000009
手机1390000
0598-8200001
liner@example.com
liner@example
没有邮箱
没有
跳过
不方便说
我们的商标想做质押
想转让三件专利
还有一点，想请专家
对
不对
嗯对，转移转化那个
其他
1
2
第三个
不用国家局
最好国家局能给支持
不用
需要
上一步
重新填
修改
看看填了什么
稍等
提交
没错，提交
取消
先不弄了
万里行什么时候结束？
哈哈
你好
……
手机
邮箱不要了
职务：经理
我是法务部的王五
随便
不知道
继续
公司
需求：想贷款
那就这样吧
👍
""".strip().split("\n")
)
KB = base(forms.DEMANDS)


@settings(max_examples=150)
@given(st.lists(SAID, max_size=25))
def test_no_empty_reply_and_no_submission_without_a_summary(said: list[str]) -> None:
    talk = Talk(KB)
    shown = False
    for text in ["登记需求", *said]:
        turn = talk.say(text)
        assert turn.reply.text.strip()
        if any(isinstance(e, SubmitDemand) for e in turn.effects):
            assert shown
        summary = "请核对" in turn.reply.text or "必填的齐了" in turn.reply.text
        shown = talk.conversation.form is not None and (shown or summary)
    assert len({e.number for e in talk.submitted}) == len(talk.submitted)


@settings(max_examples=100)
@given(st.lists(SAID, max_size=20))
def test_cancel_always_works(said: list[str]) -> None:
    talk = Talk(KB)
    talk.all("登记需求", *said)
    if talk.conversation.form is None:
        talk.say("登记需求")
    turn = talk.say("取消")
    assert turn.reply.intent == "cancel"
    assert talk.conversation.form is None


@settings(max_examples=100)
@given(st.lists(SAID, max_size=20))
def test_submitted_demand_has_a_need_and_a_task(said: list[str]) -> None:
    talk = Talk(KB)
    talk.all("登记需求", *said)
    for entry in talk.submitted:
        assert entry.fields["需求事项"]
        assert entry.fields["重点任务"] in {t.name for t in forms.DEMANDS.key_tasks}


@settings(max_examples=200)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_at_all_is_survived(said: list[str]) -> None:
    talk = Talk(KB)
    talk.say("登记需求")
    for text in said:
        assert talk.say(text).reply.text.strip()


@settings(max_examples=60)
@given(
    st.sampled_from(["我们", "那就", "1 ", "联系人", "有限公司", "a@", "电话改成", "13900000001 "]),
    st.integers(100, 900),
)
def test_endless_repetition_is_survived(word: str, times: int) -> None:
    talk = Talk(KB)
    talk.say("登记需求")
    assert talk.say((word * times)[:2000]).reply.text.strip()
