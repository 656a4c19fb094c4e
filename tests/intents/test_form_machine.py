"""Whatever an enterprise says in whatever order, over days and with staff at work between:

what was confirmed is never lost, nothing is submitted unseen, cancelling always works, no reply is
empty, and what staff have taken up is never changed.
"""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from hypothesis.stateful import run_state_machine_as_test as run

from intents.conversation import FormDraft, to_json
from intents.turn import CancelDemand, SubmitDemand, Turn
from knowledge.snapshot import KnowledgeBase
from tests.intents.desk import EDITABLE, Desk

NEEDS = (
    "想转让三件专利",
    "我们的商标想做质押贷款",
    "还想招两个懂专利的大学生",
    "还有一个需求，想请专家来讲专利布局",
    "我们有两个需求，一是想做商标质押贷款，二是想招两个懂专利的大学生",
    "登记需求",
    "莆田示例鞋业，林二 13900000022，邮箱 liner@example.com，商标想做质押，不用国家局",
)
LABELLED = {
    "单位名称": ("三明示例木业有限公司", "莆田示例鞋业有限公司", "示例鞋业有限公司"),
    "联系人": ("陈一", "林二", "王经理"),
    "手机": ("13900000001", "13900000002"),
    "联系电话": ("0598-8200001", "0594-2345678"),
    "电子邮件": ("a@example.com", "b@example.cn"),
    "职务": ("经理", "总监"),
}
SAID = (
    "对", "嗯", "没问题", "不用", "需要", "没有", "跳过", "不方便说", "不知道", "上一步", "重新填",
    "修改", "不对", "继续", "稍等", "看看填了什么", "1", "2", "第三个", "晋江", "我们在厦门",
    "谢谢", "你好", "还是上次那家", "换一家公司", "其他", "转移转化那个", "帮助", "更多", "……",
    "补充一下，最好是本地的机构", "专利号是ZL2020", "电话错了，应该是13900000009",
    "上面的邮箱改成c@example.com",
)  # fmt: skip
QUESTIONS = ("2021年万里行的总结几号交？", "那实施计划呢？", "能不能不填", "附件1有哪些栏目？")
MINE = ("我的需求", "需求1到哪了", "需求2怎么样了", "查进度", "需求7到哪了")
EDITS = ("修改我的需求", "改一下需求1", "刚才那份电话改成13900000005", "需求2的联系人改成张三")
SUMMARIES = ("请核对", "必填的齐了", "目前填好的")


class Enterprise(RuleBasedStateMachine):
    """One enterprise at the desk. `filed` is what it confirmed, by number; `seen` are the forms
    of which it was shown a summary since they were opened."""

    kb: KnowledgeBase

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk(self.kb)
        self.filed: dict[int, dict[str, Any]] = {}
        self.seen: set[int] = set()

    @property
    def form(self) -> FormDraft | None:
        return self.desk.conversation.form

    def say(self, text: str) -> Turn:
        before = self.form
        turn = self.desk.say(text)
        assert turn.reply.text.strip()
        for effect in turn.effects:
            if isinstance(effect, SubmitDemand):
                self._submitted(effect, before)
            elif isinstance(effect, CancelDemand):
                self.filed.pop(effect.number, None)
        after, aside = self.form, self.desk.conversation.aside
        self.seen &= {form.number for form in (after, aside) if form}
        if after is not None and any(part in turn.reply.text for part in SUMMARIES):
            self.seen.add(after.number)
        return turn

    def _submitted(self, effect: SubmitDemand, before: FormDraft | None) -> None:
        number, fields = effect.entry.number, effect.entry.fields
        if before is None:  # the place alone was told after it was filed
            assert fields == self.filed[number]
        else:
            assert before.number == number
            assert number in self.seen
            kept = before.values.items() - fields.items()
            assert not kept, kept
        self.filed[number] = dict(fields)

    @initialize(filed=st.integers(0, 2))
    def before(self, filed: int) -> None:
        """A talk that starts in the middle: some demands are filed, another form is open."""
        for _ in range(filed):
            self.whole("想转让三件专利", 2)
        self.say("登记需求")

    @rule(text=st.sampled_from(NEEDS), words=st.integers(0, 2))
    def whole(self, text: str, words: int) -> None:
        """All that a form wants, and as many words of confirmation."""
        self.say(text)
        self.say(
            "单位名称：三明示例木业有限公司，联系人：陈一，手机：13900000001，没有邮箱，不用国家局"
        )
        for word in ("提交", "提交")[:words]:
            self.say(word)

    @precondition(lambda self: self.filed and (self.form is None or not self.form.editing))
    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        """What is changed and confirmed again lies there, unless staff have taken it up."""
        number = data.draw(st.sampled_from(sorted(self.filed)))
        own, asked = self.desk.entries[number], len(self.desk.questions)
        editable, before = own.status in EDITABLE, dict(own.entry.fields)
        self.say(f"需求{number}的手机改成13900000005")
        assert own.entry.fields == before
        if not editable:
            assert len(self.desk.questions) == asked + 1
        else:
            self.say("提交")
            assert own.entry.fields["手机"] == "13900000005"

    @rule()
    def placed(self) -> None:
        """Where the enterprise is may be told after its demand was filed."""
        self.say("登记需求")
        self.say(
            "单位名称：示例鞋业有限公司，联系人：陈一，手机：13900000001，没有邮箱，不用国家局，"
            "需求：想转让三件专利"
        )
        for word in ("提交", "提交", "晋江"):
            self.say(word)

    @rule(text=st.sampled_from(NEEDS))
    def need(self, text: str) -> None:
        self.say(text)

    @rule(text=st.sampled_from(SAID + QUESTIONS))
    def anything(self, text: str) -> None:
        self.say(text)

    @rule(text=st.sampled_from(EDITS + MINE))
    def one_of_mine(self, text: str) -> None:
        self.say(text)

    @precondition(lambda self: self.form is not None)
    @rule(name=st.sampled_from(sorted(LABELLED)), data=st.data())
    def value(self, name: str, data: st.DataObject) -> None:
        value = data.draw(st.sampled_from(LABELLED[name]))
        self.say(f"{name}：{value}")
        assert self.form is not None
        assert self.form.values[name] == value

    @precondition(lambda self: self.form is not None)
    @rule(text=st.sampled_from(QUESTIONS[:2]))
    def question(self, text: str) -> None:
        before = self.form
        self.say(text)
        assert before is not None
        assert self.form is not None
        assert self.form.values == before.values
        assert self.form.asking == before.asking

    @rule(text=st.sampled_from(("提交", "没问题，提交", "确认", "对")))
    def submit(self, text: str) -> None:
        self.say(text)

    @rule(text=st.sampled_from(("取消", "算了", "不报了")))
    def cancel(self, text: str) -> None:
        before, aside = self.form, self.desk.conversation.aside
        turn = self.say(text)
        if before is None:
            return
        assert turn.reply.intent == "cancel"
        assert (self.form.number if self.form else None) == (aside.number if aside else None)
        if not before.editing:
            assert self.desk.entries[before.number].status == "cancelled"

    @rule(number=st.integers(1, 3), sure=st.booleans())
    def withdraw(self, number: int, sure: bool) -> None:
        own = self.desk.entries.get(number)
        live = own is not None and own.status not in ("draft", "closed", "cancelled")
        if self.desk.conversation.withdrawing:
            self.say("不撤回")
        self.say(f"撤回需求{number}")
        asked = self.desk.conversation.withdrawing == number
        assert asked or not live
        self.say("确定撤回" if sure else "不撤回")
        if own is not None and live:
            assert (own.status == "cancelled") == sure

    @rule()
    def forget(self) -> None:
        self.say("删除我的信息")
        told = str(to_json(self.desk.conversation))
        for lying in self.desk.entries.values():
            personal = [lying.entry.fields.get(n) for n in lying.entry.personal]
            assert not any(personal)
            if lying.entry.number in self.filed:
                self.filed[lying.entry.number] = dict(lying.entry.fields)
        assert "139" not in told
        assert "example.c" not in told
        self.seen.clear()

    @rule(days=st.integers(1, 9))
    def time_goes_by(self, days: int) -> None:
        self.desk.wait(days=days)

    @rule(status=st.sampled_from(("accepted", "returned", "closed")), data=st.data())
    def staff(self, status: Any, data: st.DataObject) -> None:
        taken = [n for n, one in self.desk.entries.items() if one.status in EDITABLE[1:]]
        if taken:
            told = "请补充专利号" if status == "returned" else ""
            self.desk.staff(status, data.draw(st.sampled_from(taken)), told)

    @invariant()
    def what_was_confirmed_lies_there(self) -> None:
        for number, fields in self.filed.items():
            assert self.desk.entries[number].entry.fields == fields
            assert self.desk.entries[number].status not in ("draft", "cancelled")

    @invariant()
    def nothing_else_was_submitted(self) -> None:
        for number, lying in self.desk.entries.items():
            assert lying.status in ("draft", "cancelled") or number in self.filed


def test_nothing_confirmed_is_lost_whatever_is_said(kb: KnowledgeBase) -> None:
    Enterprise.kb = kb
    run(
        Enterprise,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
