"""The demand form as a conversation: what each turn stores, asks and never does."""

from __future__ import annotations

import pytest

from intents import form
from intents.turn import SaveDraft, SubmitDemand
from tests.intents.dialogue import NOW, Talk

ALL = (
    "莆田示例鞋业，林二 13900000022，liner@example.com，我们的商标想做质押，银行说看不懂，"
    "希望局里组织一次对接，最好国家局能给支持"
)
FILLED = (
    "登记需求",
    "三明示例木业有限公司",
    "陈一",
    "13900000001",
    "没有",
    "想转让三件专利",
    "对",
    "不用",
)


def test_slots_are_asked_in_the_order_of_the_form(talk: Talk) -> None:
    asked = []
    for said in FILLED:
        talk.say(said)
        draft = talk.conversation.form
        assert draft is not None
        asked.append(draft.asking)
    assert asked == [
        "单位名称", "联系人", "手机", "电子邮件", "重点任务", "重点任务", "需国家局协调", None
    ]  # fmt: skip


def test_one_message_with_everything_leads_to_the_summary(talk: Talk) -> None:
    turn = talk.say(ALL)
    draft = talk.conversation.form
    assert draft is not None
    assert draft.stage == "confirming"
    assert turn.reply.kind == "collect"
    assert turn.reply.task == "开展质押融资行动"
    for part in ("莆田示例鞋业", "林二", "13900000022", "liner@example.com", "质押"):
        assert part in turn.reply.text
    assert turn.reply.options == ("提交", "修改", "取消")


def test_suggested_task_is_told_with_its_reason_and_confirmed_with_the_summary(talk: Talk) -> None:
    turn = talk.say(ALL)
    assert "因为提到“质押”" in turn.reply.text
    assert "重点任务" not in talk.fields
    talk.say("提交")
    assert talk.fields["重点任务"] == "开展质押融资行动"


def test_consent_is_asked_for_once_in_the_first_reply(talk: Talk) -> None:
    first, *others = [talk.say(said).reply.text for said in FILLED]
    assert "继续填写即表示同意" in first
    assert not any("继续填写即表示同意" in text for text in others)


def test_personal_fields_are_kept_only_after_the_user_has_gone_on(talk: Talk) -> None:
    talk.say(ALL)
    assert {"联系人", "手机", "电子邮件"}.isdisjoint(talk.drafts[1].fields)
    assert talk.drafts[1].fields["单位名称"] == "莆田示例鞋业"
    talk.say("稍等一下")
    assert talk.drafts[1].fields["手机"] == "13900000022"
    assert talk.drafts[1].personal == ("联系人", "手机", "电子邮件")


def test_refusing_consent_cancels(talk: Talk) -> None:
    talk.say(ALL)
    turn = talk.say("不同意")
    assert turn.reply.intent == "cancel"
    assert talk.outcome == "cancelled"
    assert "手机" not in talk.drafts[1].fields


def test_every_turn_of_an_open_form_stores_the_draft(talk: Talk) -> None:
    for said in FILLED:
        turn = talk.say(said)
        assert [type(e) for e in turn.effects] == [SaveDraft]


def test_submission_happens_once_and_closes_the_form(talk: Talk) -> None:
    talk.all(*FILLED)
    turn = talk.say("提交")
    assert [type(e) for e in turn.effects] == [SubmitDemand]
    assert talk.conversation.form is None
    again = talk.say("提交")
    assert again.effects == ()
    assert "已经提交" in again.reply.text
    assert len(talk.submitted) == 1


def test_region_comes_from_the_name_of_the_enterprise(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司")
    assert talk.drafts[1].region == "三明市"
    assert talk.drafts[1].campaign == "惠企活动"


def test_nothing_is_submitted_before_a_summary_was_shown(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司", "提交")
    assert not talk.submitted
    assert "还差" in talk.turns[-1].reply.text
    talk.say("陈一 13900000001 想转让专利 提交")
    assert not talk.submitted
    assert "请核对" in talk.turns[-1].reply.text or "必填的齐了" in talk.turns[-1].reply.text


def test_agreeing_and_changing_at_once_shows_the_summary_again(talk: Talk) -> None:
    talk.all(*FILLED)
    turn = talk.say("对，不过手机改成13900000009")
    assert not talk.submitted
    assert "13900000009" in turn.reply.text
    talk.say("对")
    assert talk.fields["手机"] == "13900000009"


def test_submitting_with_a_last_correction_takes_it(talk: Talk) -> None:
    talk.all(*FILLED, "手机改成13900000009，提交")
    assert talk.outcome == "submitted"
    assert talk.fields["手机"] == "13900000009"


@pytest.mark.parametrize(
    "said",
    [
        "提交",
        "那提交吧",
        "没错，提交",
        "对的",
        "确认",
        "可以",
        "没问题",
        "就这样",
        "OK",
        "好的，谢谢",
    ],
)
def test_many_words_confirm_the_summary(said: str, talk: Talk) -> None:
    talk.all(*FILLED, said)
    assert talk.outcome == "submitted"


@pytest.mark.parametrize(
    "said", ["先不提交", "不对", "等等", "修改", "看看填了什么", "联系人写错了", "没有"]
)
def test_other_words_do_not(said: str, talk: Talk) -> None:
    talk.all(*FILLED, said)
    assert talk.outcome == "draft"


@pytest.mark.parametrize(
    "said",
    [
        "取消",
        "先不弄了",
        "不填了",
        "算了，不报了",
        "先不弄了，取消",
        "不想填了",
        "取消登记吧",
        "退出",
    ],
)
@pytest.mark.parametrize("turns", [1, 3, 5, len(FILLED)])
def test_cancel_works_at_any_time(said: str, turns: int, talk: Talk) -> None:
    talk.all(*FILLED[:turns])
    turn = talk.say(said)
    assert (turn.reply.kind, turn.reply.intent) == ("command", "cancel")
    assert talk.outcome == "cancelled"
    assert talk.conversation.form is None


def test_a_new_form_after_a_cancel_is_another_demand(talk: Talk) -> None:
    talk.all("登记需求", "取消", "登记需求", "三明示例木业有限公司")
    assert talk.cancelled == [1]
    assert talk.drafts[2].number == 2


def test_bad_number_is_told_kindly_and_loses_nothing(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司", "联系人陈一，手机1390000")
    assert "只有7位，手机号是11位" in talk.turns[-1].reply.text
    assert talk.fields["联系人"] == "陈一"
    talk.say("13900000003")
    assert talk.fields["手机"] == "13900000003"


def test_bad_new_number_leaves_the_good_old_one(talk: Talk) -> None:
    talk.all(*FILLED, "手机改成139000")
    assert talk.fields["手机"] == "13900000001"


def test_required_slot_is_explained_asked_once_more_and_then_left(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司")
    first = talk.say("不方便说").reply.text
    assert "工作人员才好联系您" in first
    assert "联系人怎么称呼？" in first
    second = talk.say("不方便").reply.text
    assert "联系人怎么称呼？" not in second


def test_landline_is_enough_where_a_mobile_is_refused(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司", "陈一", "0598-8200001")
    assert talk.conversation.form is not None
    assert talk.conversation.form.asking == "电子邮件"


def test_need_itself_cannot_be_skipped(talk: Talk) -> None:
    talk.all(*FILLED[:5], "其他")
    turn = talk.say("跳过")
    assert "不能空着" in turn.reply.text
    assert talk.conversation.form is not None
    assert talk.conversation.form.asking == "需求事项"


def test_back_shows_the_value_and_takes_a_new_one(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司", "陈一")
    assert "陈一" in talk.say("上一步").reply.text
    talk.say("陈二")
    assert talk.fields["联系人"] == "陈二"
    assert talk.conversation.form is not None
    assert talk.conversation.form.asking == "手机"


def test_back_and_on_changes_nothing(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司", "陈一", "返回", "不改")
    assert talk.fields["联系人"] == "陈一"
    assert talk.conversation.form is not None
    assert talk.conversation.form.asking == "手机"


def test_restart_empties_the_draft_and_keeps_its_number(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司", "陈一", "重新填")
    assert talk.fields == {}
    assert list(talk.drafts) == [1]


def test_plain_number_picks_the_option(talk: Talk) -> None:
    turn = talk.all(*FILLED[:5])
    assert turn.reply.options == ("开展质押融资行动", "开展转移转化行动", "其他")
    talk.say("2")
    assert talk.fields["重点任务"] == "开展转移转化行动"


def test_suggestion_stands_first_among_the_options(talk: Talk) -> None:
    turn = talk.all(*FILLED[:6])
    assert turn.reply.options[0] == "开展转移转化行动"
    assert turn.reply.task == "开展转移转化行动"


def test_no_idea_which_task_takes_the_one_for_everything_else(talk: Talk) -> None:
    talk.all(*FILLED[:5], "不知道", "我们想请人看看合同", "不用", "提交")
    assert talk.fields["重点任务"] == "其他"


def test_edit_offers_what_can_be_changed(talk: Talk) -> None:
    turn = talk.all(*FILLED, "修改")
    assert "手机" in turn.reply.options
    talk.say("手机")
    assert talk.conversation.form is not None
    assert talk.conversation.form.asking == "手机"
    talk.say("13900000009")
    assert talk.fields["手机"] == "13900000009"


def test_mobile_given_for_the_landline_goes_to_the_mobile(talk: Talk) -> None:
    talk.all("登记需求", "联系电话：13900000001")
    assert talk.fields["手机"] == "13900000001"
    assert "联系电话" not in talk.fields


def test_second_mobile_goes_to_the_phone(talk: Talk) -> None:
    talk.all("登记需求", "手机13900000001，备用13900000002")
    assert (talk.fields["手机"], talk.fields["联系电话"]) == ("13900000001", "13900000002")


def test_wrong_mobile_is_replaced_by_a_landline(talk: Talk) -> None:
    talk.all("登记需求", "陈一 13900000001", "电话错了，应该是0598-8200001")
    assert talk.fields["联系电话"] == "0598-8200001"
    assert "手机" not in talk.fields


def test_more_is_added_to_the_need_and_never_taken_twice(talk: Talk) -> None:
    talk.all(*FILLED, "还有一点，最好能请专家来讲讲", "还有一点，最好能请专家来讲讲")
    assert talk.fields["需求事项"] == "想转让三件专利；最好能请专家来讲讲"


def test_text_of_the_need_keeps_the_users_own_words(talk: Talk) -> None:
    said = "我们的Logo商标、２件专利（含“竹编”），想转让；急！"
    talk.all(*FILLED[:5], said)
    assert talk.fields["需求事项"] == "我们的Logo商标、2件专利（含“竹编”），想转让；急"


def test_question_is_no_value(talk: Talk) -> None:
    talk.say("登记需求")
    for said in ("万里行什么时候结束？", "需求清单报到哪里", "有哪些任务"):
        assert form.continue_form(talk.conversation, said, talk.kb, NOW) is None


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("联系人吴三，对了万里行什么时候结束？", "联系人", "吴三"),
        ("13900000003，万里行联系谁？", "手机", "13900000003"),
        ("我们是三明示例木业有限公司，请问活动几号结束？", "单位名称", "三明示例木业有限公司"),
    ],
)
def test_value_beside_a_question_is_not_lost(said: str, slot: str, value: str, talk: Talk) -> None:
    talk.say("登记需求")
    turn = form.continue_form(talk.conversation, said, talk.kb, NOW)
    assert turn is not None
    assert turn.conversation.form is not None
    assert turn.conversation.form.values == {slot: value}


def test_small_talk_gives_the_form_nothing(talk: Talk) -> None:
    talk.say("登记需求")
    for said in ("今天天气真好呀", "帮我写首诗", "哈哈哈哈哈哈"):
        assert form.continue_form(talk.conversation, said, talk.kb, NOW) is None or (
            talk.fields == {}
        )


def test_question_in_the_middle_is_followed_by_the_open_slot(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司")
    assert "联系人怎么称呼？" in form.reask(talk.conversation, talk.kb)
    talk.all(*FILLED[2:])
    assert "提交" in form.reask(talk.conversation, talk.kb)


def test_why_a_field_is_asked_for(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司", "陈一")
    assert "联系您" in talk.say("要手机干什么").reply.text
    assert talk.conversation.form is not None
    assert talk.conversation.form.asking == "手机"


def test_pausing_keeps_everything_for_another_day(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司", "明天再填")
    talk.all("陈一", "13900000001")
    assert talk.fields["单位名称"] == "三明示例木业有限公司"
    assert talk.fields["联系人"] == "陈一"


def test_what_is_filled_in_can_be_looked_at(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司")
    turn = talk.say("我填了什么")
    assert "三明示例木业有限公司" in turn.reply.text
    assert "联系人怎么称呼？" in turn.reply.text


def test_removed_field_is_gone(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司 陈一 13900000001 chen@example.com", "邮箱不要了")
    assert "电子邮件" not in talk.fields


def test_unmarked_support_counts_as_no(talk: Talk) -> None:
    talk.all(*FILLED[:7], "提交")
    assert talk.fields["需国家局协调"] is False


def test_long_need_is_kept_whole_and_shown_in_short(talk: Talk) -> None:
    need = "我们想转让专利，" + "情况比较复杂，" * 60 + "请专家来看看"
    talk.all(*FILLED[:5], need)
    assert talk.fields["需求事项"] == need
    assert len(talk.turns[-1].reply.text) < 400


def test_opening_an_open_form_goes_on_with_it(talk: Talk) -> None:
    talk.all("登记需求", "三明示例木业有限公司", "登记需求")
    assert talk.conversation.demands == 1
    assert talk.fields["单位名称"] == "三明示例木业有限公司"


def test_cancel_without_a_form_says_so(talk: Talk) -> None:
    turn = form.cancel_form(talk.conversation, talk.kb)
    assert turn.effects == ()
    assert turn.reply.text
    assert form.reask(talk.conversation, talk.kb) == ""


BEFORE_THE_NEED = ("登记需求", "三明示例木业有限公司", "陈一", "13900000001")


@pytest.mark.parametrize("nod", ["好的", "收到", "嗯嗯", "嗯", "好", "ok", "明白", "好的，谢谢"])
def test_who_only_nods_while_the_mail_is_asked_for_has_taken_no_task(talk: Talk, nod: str) -> None:
    for said in (*BEFORE_THE_NEED, "需求：想做商标质押贷款", nod):
        talk.say(said)
    draft = talk.conversation.form
    assert draft is not None
    assert draft.asking == "电子邮件"
    assert draft.suggested is not None
    assert "重点任务" not in draft.values
    talk.say("对")
    assert talk.fields["重点任务"] == draft.suggested


def test_a_task_that_no_word_speaks_for_is_an_open_choice(talk: Talk) -> None:
    for said in (*BEFORE_THE_NEED, "没有"):
        talk.say(said)
    asked = talk.say("需求：想请人来看看").reply
    assert "这项需求归到哪一类合适" in asked.text
    assert "建议" not in asked.text
    draft = talk.conversation.form
    assert draft is not None
    assert asked.options[-1] == draft.suggested
    for nod in ("好的", "收到", "嗯"):
        assert talk.say(nod).reply.options == asked.options
        assert "重点任务" not in talk.fields
    talk.say("2")
    assert talk.fields["重点任务"] == asked.options[1]
