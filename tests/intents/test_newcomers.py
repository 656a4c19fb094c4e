"""A notice that nobody has asked of yet: its own words decide, not how others were asked of."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.model import Clause, Deadline, Notice
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited

NEW = Notice(
    id="yunjiang-2026",
    title="云江省知识产权局关于申报2026年度专利补助资金的通知",
    short="2026年度专利补助资金申报通知",
    kind="通知",
    region="云江省",
    year=2026,
    issued=date(2026, 3, 1),
    clauses=(
        Clause(label="一", heading="补助标准", text="每件发明专利补助2万元，最多补助3件。"),
        Clause(label="二", heading="申报材料", text="申请表、营业执照复印件，一式三份。"),
        Clause(label="三", heading="申报时间", text="申报单位于6月30日前在线填报并上传材料。"),
    ),
    deadlines=(
        Deadline(
            clause="三",
            what="上传材料",
            who="申报单位",
            due=date(2026, 6, 30),
            inferred=True,
            words="6月30日前",
        ),
    ),
)


@pytest.fixture(scope="module")
def with_new(kb: KnowledgeBase) -> KnowledgeBase:
    """The shipped notices with all that is known of how people ask of them, and the new one."""
    return KnowledgeBase(
        (*kb.notices, NEW),
        kb.lexicon,
        kb.regions,
        scoring=kb.scoring,
        asked=kb.askings.all,
        leanings=kb.askings.leanings,
    )


@pytest.mark.parametrize(
    ("question", "place", "fact"),
    [
        ("云江专利补助一件发明给多少钱", "yunjiang-2026#一", "2万元"),
        ("云江2026年专利补助材料几号前上传", "yunjiang-2026#三", "6月30日"),
    ],
)
def test_it_is_answered_from_by_its_own_words(
    with_new: KnowledgeBase, question: str, place: str, fact: str
) -> None:
    reply = ask(with_new, question, on="2026-05-01")
    assert (reply.kind, place in cited(reply)) == ("answer", True)
    assert fact in reply.text


def test_what_it_does_not_hold_is_refused(with_new: KnowledgeBase) -> None:
    assert ask(with_new, "云江的专利补助在哪个酒店评审", on="2026-05-01").kind == "refuse"


def test_the_others_are_answered_from_as_they_were(
    kb: KnowledgeBase, with_new: KnowledgeBase
) -> None:
    question = "2023年福建万里行的优秀案例最多报几个"
    assert cited(ask(with_new, question)) == cited(ask(kb, question))
