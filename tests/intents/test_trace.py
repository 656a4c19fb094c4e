"""Why a message was answered as it was, as those are told who look over the answers."""

from __future__ import annotations

from intents.conversation import FRESH
from intents.respond import decided, respond
from intents.trace import Trace, trace
from intents.turn import Handed, Said
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import morning, turns


def traced(kb: KnowledgeBase, *messages: str, on: str = "2023-08-01") -> Trace:
    """The trace of the last of the messages."""
    *before, last = messages
    talk = turns(kb, *before, on=on)[-1].conversation if before else FRESH
    return trace(decided(talk, Said(last), kb, morning(on)))


def test_a_question_is_told_with_what_it_asks_of_what_and_where(kb: KnowledgeBase) -> None:
    found = traced(kb, "2023年万里行的优秀案例什么时候报")
    (asked,) = found.asked
    assert found.rules == ("question",)
    assert asked.asks[0] == "deadline"
    assert dict(asked.scope)["years"] == "2023"
    assert dict(asked.scope)["campaign"] == "知识产权服务万里行"
    first = asked.candidates[0]
    assert (first.notice, first.fails, first.lacks) == ("fujian-2023-10", (), False)
    assert first.score > asked.silent


def test_what_the_scope_keeps_out_is_told_with_what_it_fails(kb: KnowledgeBase) -> None:
    (asked,) = traced(kb, "广东2019年万里行的工作方案几号前报送").asked
    assert asked.candidates == ()
    assert asked.outside
    assert all({"years", "regions"} & set(place.fails) for place in asked.outside)


def test_what_a_question_does_with_what_it_names_is_told(kb: KnowledgeBase) -> None:
    (asked,) = traced(kb, "2024年任务清单一共有几项任务", on="2024-09-01").asked
    assert "count" in asked.operators
    assert "asking" not in asked.operators


def test_how_a_question_is_answered_is_told(kb: KnowledgeBase) -> None:
    for question, way in {
        "2024年任务清单一共有几项任务": "list",
        "2023年万里行的优秀案例什么时候报": "evidence",
        "质押登记去哪里办？": "word for word",
        "截止时间是什么时候": "asked back",
        "广东2019年万里行的工作方案几号前报送": None,
    }.items():
        (asked,) = traced(kb, question).asked
        assert asked.way == way, question


def test_a_picked_option_is_told_with_the_rule_that_it_led_to(kb: KnowledgeBase) -> None:
    found = traced(kb, "截止时间是什么时候", "1")
    assert found.rules == ("menu", "question")
    assert found.asked[0].text != "1", "the words of the option were looked at"


def test_of_several_questions_each_is_told(kb: KnowledgeBase) -> None:
    found = traced(kb, "需求清单几号前报送，联系人是谁")
    assert found.rules == ("several",)
    assert [one.asks[0] for one in found.asked] == ["deadline", "contact"]


def test_what_looks_at_no_words_has_nothing_to_tell_but_its_rule(kb: KnowledgeBase) -> None:
    now = morning("2023-08-01")
    for said, rule in (
        (Said(event="welcome"), "not text"),
        (Said("。"), "empty"),
        (Said("问" * 2001), "too long"),
        (Said("你好", handed=Handed("王芳")), "with people"),
    ):
        found = trace(decided(FRESH, said, kb, now))
        assert (found.rules, found.asked) == ((rule,), ())


def test_a_need_and_a_command_are_told_by_their_rules(kb: KnowledgeBase) -> None:
    assert traced(kb, "登记需求").rules == ("command",)
    need = traced(kb, "我们厂想用专利质押贷款，能帮忙找银行吗")
    assert need.rules == ("need",)
    assert need.asked[0].need


def test_the_reply_is_the_one_that_was_given(kb: KnowledgeBase) -> None:
    now = morning("2023-08-01")
    for text in ("优秀案例推荐还来得及吗", "有没有报名费", "你好", "登记需求"):
        assert traced(kb, text).reply == respond(FRESH, Said(text), kb, now).reply
