"""No figure, phone or title is said that the cited notices do not hold.

A day count may be worked out from today and a cited date, and the items of a list may be counted;
nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.invented import FIGURE, TITLE, days, invented, is_list, told
from intents.turn import Turn
from knowledge.golden import questions
from knowledge.question import Golden
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import LATER, turns

ANSWER_ROOM, LIST_ROOM = 400, 1200


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said to a golden question on its day."""

    golden: Golden
    turn: Turn
    today: date


@pytest.fixture(scope="module")
def spoken(kb: KnowledgeBase) -> list[Spoken]:
    """To every golden question: asked once for all that is looked at here."""
    return [_spoken(kb, golden) for golden, _ in questions(kb)]


def _spoken(kb: KnowledgeBase, golden: Golden) -> Spoken:
    on = str(golden.today or LATER)
    turn = turns(kb, *golden.context, golden.q, on=on)[-1]
    return Spoken(golden, turn, date.fromisoformat(on))


def faults(kb: KnowledgeBase, turn: Turn, today: date) -> list[str]:
    """Everything that is wrong with an answer or a refusal, whatever was asked."""
    reply, text = turn.reply, told(turn.reply)
    if reply.kind not in ("answer", "refuse", "clarify"):
        return []
    found = [f"invents {what}" for what in invented(kb, reply, today)]
    if reply.kind == "answer" and not reply.citations:
        found.append("cites nothing")
    room = LIST_ROOM if is_list(text) else ANSWER_ROOM
    if reply.kind == "answer" and len(text) > room:
        found.append(f"is {len(text)} characters long")
    return found


def test_golden_answers_invent_nothing_and_cite_and_are_short(
    kb: KnowledgeBase, spoken: list[Spoken]
) -> None:
    wrong = {}
    for one in spoken:
        if found := faults(kb, one.turn, one.today):
            wrong[one.golden.q] = found
    assert not wrong


def test_every_answer_names_the_notice_its_number_and_a_clause(
    kb: KnowledgeBase, spoken: list[Spoken]
) -> None:
    nameless = []
    for one in spoken:
        turn = one.turn
        if turn.reply.kind == "answer" and not turn.conversation.more and not named(kb, turn):
            nameless.append(one.golden.q)
    assert not nameless


def named(kb: KnowledgeBase, turn: Turn) -> bool:
    for citation in turn.reply.citations:
        notice = kb.notice(citation.notice)
        parts = re.split("[ （]", citation.clause)
        told = citation.clause in turn.reply.text or parts[0] in turn.reply.text
        if not told or not all(
            part in turn.reply.text for part in (notice.short, notice.doc_number or "")
        ):
            return False
    return True


def test_the_citations_stand_on_the_last_page_at_the_latest(
    kb: KnowledgeBase, spoken: list[Spoken]
) -> None:
    for one in spoken:
        turn = one.turn
        if turn.reply.kind == "answer":
            whole = "\n".join((turn.reply.text, *turn.conversation.more))
            for citation in turn.reply.citations:
                assert kb.notice(citation.notice).short in whole, one.golden.q


def test_the_first_page_names_its_source(kb: KnowledgeBase) -> None:
    (turn,) = turns(kb, "福建万里行方案文号多少")
    assert turn.conversation.more
    assert named(kb, turn)


def test_citations_are_places_of_their_notices(kb: KnowledgeBase, spoken: list[Spoken]) -> None:
    for one in spoken:
        for citation in one.turn.reply.citations:
            notice = kb.notice(citation.notice)
            labels = {c.label for c in notice.clauses} | {a.label for a in notice.attachments}
            labels |= {t.clause for t in notice.tasks} | {"发文信息", "落款"}
            assert citation.clause in labels, one.golden.q
            assert citation.doc_number == notice.doc_number


def test_each_fact_of_each_notice_can_be_asked_for_without_anything_made_up(
    kb: KnowledgeBase,
) -> None:
    wrong = {}
    for question in asked_of_everything(kb):
        for on in ("2021-05-25", "2023-08-01", "2024-06-30", "2027-01-01"):
            (turn,) = turns(kb, question, on=on)
            if found := faults(kb, turn, date.fromisoformat(on)):
                wrong[question, on] = found
    assert not wrong


def asked_of_everything(kb: KnowledgeBase) -> Iterator[str]:
    for notice in kb.notices:
        for clause in notice.clauses:
            yield f"{notice.short}{clause.label}讲什么"
            yield f"{notice.short}里{clause.heading}怎么说"
        for deadline in notice.deadlines:
            yield f"{notice.short}{deadline.what}什么时候截止"
        for period in notice.periods:
            yield f"{notice.short}{period.what}到什么时候"
        for task in notice.tasks:
            yield f"{notice.short}第{task.no}项谁负责"
            yield f"{notice.short}第{task.no}项怎么做"
        for target in notice.targets:
            yield f"{notice.short}{target.what}是多少"
        for attachment in notice.attachments:
            yield f"{notice.short}{attachment.label}填什么"


WHERE = [
    "，", "2021年", "2022年", "2023年", "2024年", "福建", "广东", "51号文", "22号文", "3号文",
    "闽知发〔2023〕10号", "省里的", "国家局的", "万里行", "任务清单里", "2025年万里行",
]  # fmt: skip
ABOUT = [
    "总结", "需求清单", "优秀案例", "质押融资", "地理标志", "专利导航", "存量专利", "中小企业",
    "审查周期", "人才", "一带一路", "重点任务", "附件1", "附件2", "第三项", "三（三）",
    "保护司", "活动", "目标", "海外维权", "TISC", "5月25日", "12月", "裴松伟", "资源匹配",
]  # fmt: skip
ASKED = [
    "几号前报", "谁负责", "电话多少", "有哪些", "填什么", "是什么", "交给谁", "结束了没有",
    "要多少钱", "怎么做", "必做的有哪些", "还剩几天", "文号多少", "呢", "目标是多少",
]  # fmt: skip
TODAY = st.dates(date(2021, 1, 1), date(2026, 12, 31))


@settings(max_examples=400, derandomize=True, deadline=None)
@given(
    where=st.sampled_from(WHERE),
    about=st.lists(st.sampled_from(ABOUT), min_size=1, max_size=2),
    asked=st.lists(st.sampled_from(ASKED), min_size=1, max_size=2),
    today=TODAY,
)
def test_whatever_is_asked_nothing_is_made_up(
    kb: KnowledgeBase, where: str, about: list[str], asked: list[str], today: date
) -> None:
    (turn,) = turns(kb, where + "和".join(about) + "，".join(asked), on=str(today))
    assert not faults(kb, turn, today), turn.reply.text


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    first=st.tuples(*map(st.sampled_from, (WHERE, ABOUT, ASKED))),
    then=st.tuples(st.sampled_from(WHERE + ABOUT), st.just("呢")),
    today=TODAY,
)
def test_follow_ups_make_nothing_up(
    kb: KnowledgeBase, first: tuple[str, ...], then: tuple[str, ...], today: date
) -> None:
    turn = turns(kb, "".join(first), "那" + "".join(then), on=str(today))[-1]
    assert not faults(kb, turn, today), turn.reply.text


def test_the_year_that_is_lacking_is_told_beside_years_that_are_there(kb: KnowledgeBase) -> None:
    years = {str(notice.year) for notice in kb.notices}
    for year in (2019, 2020, 2022, 2025, 2026):
        (turn,) = turns(kb, f"{year}年万里行的总结几号交")
        known = turn.reply.text.splitlines()[0].partition("只有")[2]
        assert set(FIGURE.findall(known)) <= years


def test_the_check_finds_what_is_made_up(kb: KnowledgeBase) -> None:
    (turn,) = turns(kb, "2021年万里行的总结几号交")
    today = date.fromisoformat(LATER)
    assert not faults(kb, turn, today)
    elsewhere = "5月25日"  # stands in the notice, but not in the clause that is cited
    lies = [
        "10月31日",
        "2021年10月4日",
        "010-62083922",
        "《示范办法》",
        "还剩77天",
        "共9项",
        elsewhere,
    ]
    for lie in lies:
        lying = turn.reply.__class__("answer", turn.reply.text + lie, (), turn.reply.citations)
        assert faults(kb, Turn(lying, turn.conversation), today), lie


def test_prepared_answers_hold_no_figure_that_the_notice_lacks(kb: KnowledgeBase) -> None:
    for notice in kb.notices:
        written = notice.model_dump_json(exclude={"golden", "form", "faq"})
        known = set(FIGURE.findall(written))
        known |= {str(n) for day in days(notice) for n in (day.month, day.day)}
        for faq in notice.faq:
            assert set(FIGURE.findall(faq.answer)) <= known, faq.question
            assert all(title in written for title in TITLE.findall(faq.answer)), faq.question
