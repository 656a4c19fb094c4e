"""The order of decisions: what each message is taken for, and what follows from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.conversation import FRESH, Conversation, FormDraft, from_json, to_json
from intents.respond import LONGEST, respond
from intents.turn import (
    CancelDemand,
    Event,
    Forget,
    HandOff,
    OpenQuestion,
    Said,
    SaveDraft,
    Turn,
)
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited, morning, turns
from tests.knowledge.small import NOTICE, notice

QUESTION = "2021年万里行的总结几号交？"
REGISTER = "登记需求"
COMPANY = "三明示例木业有限公司"
UNCLEAR = "什么时候截止"


def last(kb: KnowledgeBase, *messages: str) -> Turn:
    return turns(kb, *messages)[-1]


def happens(kb: KnowledgeBase, event: Event, conversation: Conversation = FRESH) -> Turn:
    return respond(conversation, Said(event=event), kb, morning())


def in_form(kb: KnowledgeBase, *messages: str) -> Turn:
    return last(kb, REGISTER, COMPANY, *messages)


def draft(turn: Turn) -> FormDraft:
    assert turn.conversation.form is not None
    return turn.conversation.form


# 0. a call for a person


@pytest.mark.parametrize(
    "call",
    ["转人工，我是郑大宝，手机13766554433", "人工 你们打我电话13766554433", "找人工。质押的事要问"],
)
@pytest.mark.parametrize("before", [(), (REGISTER, COMPANY)], ids=["alone", "in a form"])
def test_a_call_for_a_person_is_handed_over_with_all_that_it_tells(
    kb: KnowledgeBase, before: tuple[str, ...], call: str
) -> None:
    turn = last(kb, *before, call)
    assert [effect.said for effect in turn.effects if isinstance(effect, HandOff)] == [call]
    filled = turn.conversation.form
    assert (filled.values if filled else {}) == ({"单位名称": COMPANY} if before else {})


@pytest.mark.parametrize(
    "need", ["我们要做人工智能专利", "需要人工智能方面的培训", "想找人工智能专家"]
)
def test_artificial_intelligence_is_no_call_for_a_person(kb: KnowledgeBase, need: str) -> None:
    turn = last(kb, need)
    assert not any(isinstance(effect, HandOff) for effect in turn.effects)
    assert turn.reply.intent != "human"


# 1. a pending option


def test_when_it_is_open_what_is_asked_options_are_given(kb: KnowledgeBase) -> None:
    reply = ask(kb, UNCLEAR)
    assert reply.kind == "clarify"
    assert len(reply.options) >= 2
    assert f"2. {reply.options[1]}" in reply.plain


@pytest.mark.parametrize("picked", ["2", "２", "2。", "二", "第二个", "第2项", "选2", "要第二个"])
def test_a_number_picks_an_option(kb: KnowledgeBase, picked: str) -> None:
    option = ask(kb, UNCLEAR).options[1]
    reply = ask(kb, UNCLEAR, picked)
    assert reply.kind == "answer"
    assert reply == ask(kb, UNCLEAR, option)


def test_each_option_is_answered_from_the_notice_that_it_names(kb: KnowledgeBase) -> None:
    for number, option in enumerate(ask(kb, UNCLEAR).options, 1):
        reply = ask(kb, UNCLEAR, str(number))
        assert reply.kind == "answer"
        assert option.startswith(kb.notice(reply.citations[0].notice).short)


def test_a_question_is_answered_though_options_are_pending(kb: KnowledgeBase) -> None:
    assert ask(kb, UNCLEAR, QUESTION) == ask(kb, QUESTION)


def test_options_are_gone_once_something_else_was_answered(kb: KnowledgeBase) -> None:
    talk = turns(kb, UNCLEAR, QUESTION, "2")
    assert talk[1].conversation.menu == ()
    assert talk[2].reply.kind == "refuse"


def test_a_number_without_options_is_no_answer(kb: KnowledgeBase) -> None:
    turn = last(kb, "2")
    assert turn.reply.kind == "refuse"
    assert turn.reply.citations == ()


def test_a_number_past_the_last_option_is_told_so(kb: KnowledgeBase) -> None:
    count = len(ask(kb, UNCLEAR).options)
    turn = last(kb, UNCLEAR, str(count + 1))
    assert str(count) in turn.reply.text
    assert len(turn.conversation.menu) == count


# 2. commands


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("帮助", "help"),
        ("人工", "human"),
        ("转人工", "human"),
        ("請轉人工", "human"),
        ("取消", "cancel"),
        ("删除我的信息", "forget"),
        ("更多", "more"),
        ("帮助！", "help"),
        ("“人工”", "human"),
    ],
)
def test_commands_are_known_in_any_dress(kb: KnowledgeBase, said: str, intent: str) -> None:
    reply = ask(kb, said)
    assert reply.kind == "command"
    assert reply.intent == intent


def test_a_command_within_a_sentence_is_none(kb: KnowledgeBase) -> None:
    assert ask(kb, "2021年万里行取消了吗？").intent != "cancel"


def test_a_person_is_asked_for_and_told_what_it_was_about(kb: KnowledgeBase) -> None:
    (effect,) = last(kb, QUESTION, "人工").effects
    assert isinstance(effect, HandOff)
    assert "总结" in effect.said


def test_a_person_is_asked_for_at_once(kb: KnowledgeBase) -> None:
    assert last(kb, "转人工").effects == (HandOff("转人工"),)


def test_all_is_forgotten_when_the_user_says_so(kb: KnowledgeBase) -> None:
    turn = in_form(kb, "删除我的信息")
    assert turn.effects == (Forget(),)
    assert COMPANY not in str(to_json(turn.conversation))
    assert turn.conversation.form is None
    assert turn.conversation.topic is None


def test_forms_are_still_counted_on_after_forgetting(kb: KnowledgeBase) -> None:
    """The next form must not take the number of one that lies in the database."""
    talk = turns(kb, REGISTER, COMPANY, "删除我的信息", REGISTER)
    assert draft(talk[-1]).number == 2


def test_cancelling_nothing_says_so(kb: KnowledgeBase) -> None:
    turn = last(kb, "取消")
    assert turn.effects == ()
    assert turn.conversation == FRESH


def test_cancelling_ends_the_form(kb: KnowledgeBase) -> None:
    turn = in_form(kb, "取消")
    assert turn.conversation.form is None
    assert turn.effects == (CancelDemand(1),)


def test_the_form_opens_on_demand(kb: KnowledgeBase) -> None:
    turn = last(kb, REGISTER)
    assert turn.reply.kind == "collect"
    assert draft(turn).number == 1
    assert any(isinstance(effect, SaveDraft) for effect in turn.effects)


# 3. small talk


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("你好", "greet"),
        ("您好😊", "greet"),
        ("在吗？", "greet"),
        ("谢谢啦", "thanks"),
        ("再见", "bye"),
        ("好的", "ok"),
        ("你是机器人吗", "who_are_you"),
    ],
)
def test_small_talk(kb: KnowledgeBase, said: str, intent: str) -> None:
    reply = ask(kb, said)
    assert reply.kind == "smalltalk"
    assert reply.intent == intent


def test_a_greeting_before_a_question_does_not_hide_it(kb: KnowledgeBase) -> None:
    assert cited(ask(kb, f"你好，{QUESTION}")) == cited(ask(kb, QUESTION))


# 4. a question, also in the middle of a form


def test_a_question_in_a_form_is_answered_and_the_slot_asked_again(kb: KnowledgeBase) -> None:
    before, during = turns(kb, REGISTER, COMPANY, QUESTION)[1:]
    assert during.reply.kind == "answer"
    assert during.reply.text.startswith(ask(kb, QUESTION).text)
    assert "联系人" in during.reply.text.removeprefix(ask(kb, QUESTION).text)
    assert during.conversation.form == before.conversation.form
    assert during.effects == ()


def test_the_form_goes_on_after_the_question(kb: KnowledgeBase) -> None:
    turn = in_form(kb, QUESTION, "我叫陈一")
    assert draft(turn).values["联系人"] == "陈一"


def test_small_talk_and_help_do_not_end_the_form(kb: KnowledgeBase) -> None:
    for said in ("你好", "谢谢", "帮助"):
        turn = in_form(kb, said)
        assert turn.conversation.form == in_form(kb).conversation.form
        assert "联系人" in turn.reply.text


def test_a_question_that_is_refused_does_not_end_the_form(kb: KnowledgeBase) -> None:
    turn = in_form(kb, "公共服务网的网址是什么？")
    assert turn.reply.kind == "refuse"
    assert draft(turn) == draft(in_form(kb))
    assert any(isinstance(effect, OpenQuestion) for effect in turn.effects)


def test_the_forms_options_can_be_picked_after_a_question(kb: KnowledgeBase) -> None:
    """The number picks the form's option, not one of the answer in between."""
    told = (COMPANY, "我叫陈一，手机13900000001，没有邮箱", "想请人帮忙看看")
    opened = last(kb, REGISTER, *told)
    assert opened.conversation.menu
    asked = last(kb, REGISTER, *told, "万里行有哪些重点任务？")
    assert asked.conversation.menu == opened.conversation.menu
    assert asked.reply.options == ()


# 5. a need


@pytest.mark.parametrize(
    "need", ["我们公司想招两个专利代理师", "我想把手里的专利转让出去", "缺钱，想拿专利去银行贷款"]
)
def test_a_need_opens_the_form_with_what_it_tells(kb: KnowledgeBase, need: str) -> None:
    turn = last(kb, need)
    assert turn.reply.kind == "collect"
    assert turn.reply.task
    assert draft(turn).values["服务需求事项"]


@pytest.mark.parametrize(
    "opening",
    [
        "登记需求，单位：三明示例木业有限公司",
        "登记需求 我叫陈一，手机13900000001",
        "你好，我要登记需求",
    ],
)
def test_the_form_opens_with_what_is_said_beside_the_command(
    kb: KnowledgeBase, opening: str
) -> None:
    assert ask(kb, opening).kind == "collect"


def test_a_question_about_a_need_is_a_question(kb: KnowledgeBase) -> None:
    assert ask(kb, "福建专利质押贷款有没有贴息？").kind == "answer"


# events, and what is no message


def test_who_comes_in_is_welcomed_with_something_to_tap(kb: KnowledgeBase) -> None:
    turn = happens(kb, "welcome")
    assert turn.reply.kind == "smalltalk"
    assert turn.reply.options
    assert turn.effects == ()
    for number in range(1, len(turn.reply.options) + 1):
        (picked,) = turns(kb, str(number), after=turn.conversation)
        assert picked.reply.kind in ("answer", "collect"), picked.reply.text


@pytest.mark.parametrize("event", ["welcome", "unsupported"])
def test_an_event_does_not_touch_what_is_being_talked_about(
    kb: KnowledgeBase, event: Event
) -> None:
    before = in_form(kb, QUESTION).conversation
    after = happens(kb, event, before).conversation
    assert replace(after, menu=before.menu) == before


def test_a_picture_is_answered_politely(kb: KnowledgeBase) -> None:
    turn = happens(kb, "unsupported")
    assert turn.reply.intent == "unsupported"
    assert "文字" in turn.reply.text


@pytest.mark.parametrize("said", ["", "   ", "？", "……", "😊", "[微笑]", "\u200b", "\ud83d"])
def test_nothing_said_is_told_so(kb: KnowledgeBase, said: str) -> None:
    turn = last(kb, said)
    assert turn.reply.intent == "empty"
    assert turn.effects == ()


def test_too_much_said_is_told_so(kb: KnowledgeBase) -> None:
    turn = last(kb, "问" * (LONGEST + 1))
    assert turn.reply.intent == "too_long"
    assert turn.effects == ()
    assert ask(kb, (QUESTION + "。" * LONGEST)[:LONGEST]).intent != "too_long"


# longer than one message

MANY = 100


@pytest.fixture(scope="module")
def long_winded(tmp_path_factory: pytest.TempPathFactory, kb: KnowledgeBase) -> KnowledgeBase:
    """A notice with a hundred tasks of long names, and the shipped lexicon to ask for them."""
    grown = "成长" * 10
    tasks = "".join(
        f'  - {{"no": {n}, clause: 附件 任务{n}, section: 一, title: 扶持第{n}类企业{grown}}}\n'
        for n in range(1, MANY + 1)
    )
    made = notice(tmp_path_factory.mktemp("long"), f"{NOTICE}tasks:\n{tasks}")
    return KnowledgeBase([made], kb.lexicon, kb.regions)


def pages(kb: KnowledgeBase, question: str) -> list[Turn]:
    """The first page, and each that "更多" brings."""
    talk = turns(kb, question)
    while talk[-1].conversation.more:
        talk += turns(kb, "更多", after=talk[-1].conversation)
    return talk


LONG = "2030年惠企通知有哪些任务"


def test_a_long_list_comes_page_by_page_and_whole(long_winded: KnowledgeBase) -> None:
    shown = pages(long_winded, LONG)
    assert len(shown) > 2
    whole = "\n".join(turn.reply.text for turn in shown)
    places = [whole.index(f"扶持第{n}类企业") for n in range(1, MANY + 1)]
    assert places == sorted(places)


def test_each_page_but_the_last_says_how_to_read_on(long_winded: KnowledgeBase) -> None:
    *before, end = (turn.reply.text for turn in pages(long_winded, LONG))
    assert all("更多" in text.splitlines()[-1] for text in before)
    assert "更多" not in end


@pytest.mark.parametrize("word", ["更多", "继续", "下一页", "还有呢"])
def test_reading_on_may_be_said_in_other_words(long_winded: KnowledgeBase, word: str) -> None:
    second = turns(long_winded, LONG, word)[-1]
    assert second.reply.kind == "answer"
    assert second.reply == turns(long_winded, LONG, "更多")[-1].reply


def test_after_the_last_page_there_is_no_more(long_winded: KnowledgeBase) -> None:
    end = pages(long_winded, LONG)[-1]
    (beyond,) = turns(long_winded, "更多", after=end.conversation)
    assert beyond.reply.kind == "command"
    assert beyond.reply.intent == "more"


def test_another_answer_in_between_drops_the_pages(long_winded: KnowledgeBase) -> None:
    talk = turns(long_winded, LONG, "实施计划几号前报", "更多")
    assert talk[1].reply.kind == "answer"
    assert talk[2].reply.intent == "more"


# whatever is said


SAID = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "万里行总结几号交那呢更多取消人工2第个12〔〕（）？附件需求登记福建省年月日"
        ),
    ),
    max_size=25,
)


@settings(max_examples=60)
@given(said=st.lists(SAID, min_size=1, max_size=4))
def test_there_is_always_a_reply_and_the_talk_can_be_stored(
    kb: KnowledgeBase, said: list[str]
) -> None:
    for turn in turns(kb, *said):
        assert turn.reply.text.strip()
        assert from_json(to_json(turn.conversation)) == turn.conversation


@given(said=SAID)
@settings(max_examples=30)
def test_the_same_message_gives_the_same_turn(kb: KnowledgeBase, said: str) -> None:
    assert turns(kb, said) == turns(kb, said)
