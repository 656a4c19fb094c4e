"""提醒我: of which deadline, by when, and what the notices no longer hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intents.due import named
from intents.respond import respond
from intents.turn import Remind, Said, Turn, Unremind
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, morning, turns

FUJIAN = "我们是福建的企业"
CASES = "优秀案例推荐什么时候截止"
ALL = "万里行有哪些截止时间"
SUMMER = "2023-08-01"


def reminded(turn: Turn) -> list[date]:
    return [effect.due for effect in turn.effects if isinstance(effect, Remind)]


@pytest.mark.parametrize(
    "said",
    [
        "到期提醒我",
        "提醒我",
        "提醒我一下吧",
        "到时候叫我一声",
        "快到期的时候通知我们",
        "到期了提醒一下",
        "能不能到期提醒我？",
        "好的，请到时提醒我，谢谢",
        "设个提醒",
        "帮我加个到期提醒",
    ],
)
def test_after_an_answer_about_a_deadline_it_is_the_one_to_be_reminded_of(
    kb: KnowledgeBase, said: str
) -> None:
    turn = turns(kb, FUJIAN, CASES, said, on=SUMMER)[-1]
    assert reminded(turn) == [date(2023, 8, 18)]
    assert "推荐优秀案例" in turn.reply.text
    assert "2023年8月18日前" in turn.reply.text
    assert "（闽知发〔2023〕10号）五（四）" in turn.reply.text


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("提醒我优秀案例推荐的截止时间", date(2023, 8, 18)),
        ("优秀案例推荐到期前提醒我", date(2023, 8, 18)),
        ("请提醒我们报送总结的截止时间", date(2023, 10, 30)),
        ("书面总结快截止的时候叫我一声", date(2023, 10, 30)),
        ("到期提醒我总结报送", date(2023, 10, 30)),
    ],
)
def test_the_deadline_may_be_named_in_the_same_breath(
    kb: KnowledgeBase, said: str, due: date
) -> None:
    assert reminded(turns(kb, FUJIAN, said, on=SUMMER)[-1]) == [due]


def test_of_several_one_is_chosen(kb: KnowledgeBase) -> None:
    *_, asked, chosen = turns(kb, FUJIAN, ALL, "提醒我", "2", on=SUMMER)
    assert len(asked.reply.options) == 2
    assert reminded(asked) == []
    assert reminded(chosen) == [date(2023, 10, 30)]


def test_it_says_how_one_will_be_told(kb: KnowledgeBase) -> None:
    talk = turns(kb, FUJIAN, CASES, on=SUMMER)[-1].conversation
    said = Said("提醒我")
    told = {
        pushed: respond(talk, replace(said, pushed=pushed), kb, morning(SUMMER)).reply.text
        for pushed in (True, False)
    }
    assert "到期前7天、3天、1天我主动发消息给您" in told[True]
    assert "您下次来说话时我先告诉您" in told[False]


@pytest.mark.parametrize(
    ("on", "says", "again"),
    [
        ("2023-08-12", "到期前3天、1天", True),
        ("2023-08-16", "到期前1天", True),
        ("2023-08-17", "明天就截止了", False),
        ("2023-08-18", "今天就截止了", False),
        ("2023-08-19", "这个时间已经过了", False),
    ],
)
def test_only_what_is_still_to_come_is_promised(
    kb: KnowledgeBase, on: str, says: str, again: bool
) -> None:
    turn = turns(kb, FUJIAN, CASES, "提醒我", on=on)[-1]
    assert says in turn.reply.text
    assert bool(reminded(turn)) == again


def test_a_deadline_without_a_date_is_none_to_be_reminded_of(kb: KnowledgeBase) -> None:
    turn = turns(kb, "福建上报活动进展情况什么时候截止", "提醒我", on=SUMMER)[-1]
    assert reminded(turn) == []
    assert "没有具体日期（原文是“及时”）" in turn.reply.text


def test_with_nothing_to_remind_of_it_is_asked_what(kb: KnowledgeBase) -> None:
    assert "要提醒哪件事" in ask(kb, "提醒我").text
    assert "没有截止日期" in ask(kb, "万里行联系谁", "提醒我").text


def test_what_the_notices_do_not_hold_is_refused_as_ever(kb: KnowledgeBase) -> None:
    assert ask(kb, "提醒我交年费").kind == "refuse"


def test_ones_own_reminders_are_listed_and_called_off(kb: KnowledgeBase) -> None:
    said = ("提醒我优秀案例推荐的截止时间", "提醒我报送总结的截止时间", "我的提醒", "取消提醒", "1")
    *_, listed, asked, off, left = turns(kb, *said, "我的提醒", on=SUMMER)
    assert "您设了2个提醒" in listed.reply.text
    assert asked.reply.options[-1] == "全部取消"
    assert [type(effect) for effect in off.effects] == [Unremind]
    assert "您设了1个提醒" in left.reply.text
    assert "报送书面总结" in left.reply.text


@pytest.mark.parametrize(
    "said", ["取消提醒", "别提醒我了", "不用再提醒了", "取消全部提醒", "取消优秀案例的提醒"]
)
def test_a_reminder_is_called_off_in_many_words(kb: KnowledgeBase, said: str) -> None:
    off, after = turns(kb, "提醒我优秀案例推荐的截止时间", said, "我的提醒", on=SUMMER)[1:]
    assert "不再提醒：推荐优秀案例" in off.reply.text
    assert "您还没有设提醒" in after.reply.text


def test_asking_twice_is_one_reminder(kb: KnowledgeBase) -> None:
    again = turns(kb, FUJIAN, CASES, "提醒我", "到期提醒我", on=SUMMER)[-1]
    assert again.effects == ()
    assert "已经记着了" in again.reply.text


def test_in_a_form_a_need_of_reminders_is_no_command(kb: KnowledgeBase) -> None:
    turn = turns(kb, "登记需求", "三明示例木业有限公司", "提醒我优秀案例推荐的截止时间", on=SUMMER)[
        -1
    ]
    assert reminded(turn) == []
    assert turn.conversation.form is not None


def test_who_is_forgotten_is_reminded_of_nothing(kb: KnowledgeBase) -> None:
    said = ("提醒我优秀案例推荐的截止时间", "删除我的信息", "我的提醒")
    assert "您还没有设提醒" in turns(kb, *said, on=SUMMER)[-1].reply.text


def test_a_deadline_is_known_again_after_its_date_or_its_words_were_changed(
    kb: KnowledgeBase,
) -> None:
    [effect] = turns(kb, "提醒我优秀案例推荐的截止时间", on=SUMMER)[-1].effects
    assert isinstance(effect, Remind)
    today = date.fromisoformat(SUMMER)
    notice = kb.notice("fujian-2023-10")
    moved = [
        d.model_copy(update={"due": date(2023, 9, 1), "who": "各市"}) if "案例" in d.what else d
        for d in notice.deadlines
    ]
    for deadlines, due in ((moved, date(2023, 9, 1)), ([], None)):
        other = _with(kb, notice.id, deadlines=tuple(deadlines))
        found = named(effect.deadline, other, today)
        assert (found.day if found else None) == due
    assert (
        named(effect.deadline, _with(kb, notice.id, superseded_by="cnipa-2021-51"), today) is None
    )


def _with(kb: KnowledgeBase, notice_id: str, **changes: object) -> KnowledgeBase:
    notices = [n.model_copy(update=changes) if n.id == notice_id else n for n in kb.notices]
    return KnowledgeBase(notices, kb.lexicon, kb.regions, divisions=kb.divisions)
