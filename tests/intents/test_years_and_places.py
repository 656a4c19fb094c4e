"""What is in force on a day and in a place is told; the rest is history, and is called so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from intents.turn import Forget, OpenQuestion
from knowledge.inforce import last_day, standing
from knowledge.model import Attachment, Clause, Deadline, DemandForm, KeyTask, Notice, Slot
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, notices, turns

NATION, ZHEJIANG, FUJIAN = "全国", "浙江省", "福建省"
LONGEST = 400


def notice(year: int, region: str = NATION, due: date | None = None, **more: Any) -> Notice:
    """A bureau's call of a year for reports within one campaign; due on 30 June by default."""
    place = "" if region == NATION else region.removesuffix("省")
    codes = {NATION: "nation", ZHEJIANG: "zhejiang", FUJIAN: "fujian"}
    given: dict[str, Any] = {
        "id": f"{codes.get(region, 'city')}-{year}",
        "title": f"关于开展{year}年“护航行”活动的通知",
        "short": f"{place}{year}年护航行通知",
        "kind": "通知",
        "region": region,
        "year": year,
        "issued": date(year, 3, 1),
        "campaign": "护航行",
        "clauses": (Clause(label="一", heading="报送台账", text="请按时报送企业台账。"),),
        "deadlines": (
            Deadline(
                clause="一",
                what="报送企业台账",
                due=due or date(year, 6, 30),
                words="6月30日前",
            ),
        ),
    }
    return Notice(**given | more)


@pytest.fixture(scope="module")
def over(kb: KnowledgeBase) -> Any:
    """A snapshot of made-up notices, with the shipped words and places."""

    def built(*made: Notice, home: str | None = None) -> KnowledgeBase:
        return KnowledgeBase(made, kb.lexicon, kb.regions, scoring=kb.scoring, home=home)

    return built


QUESTION = "护航行的企业台账几号前报"


def answered_by(kb: KnowledgeBase, *messages: str, on: str = "2025-05-01") -> list[str]:
    reply = ask(kb, *messages, on=on)
    assert reply.kind == "answer"
    return notices(reply)


# the day


def test_without_a_year_the_newest_in_force_answers(over: Any) -> None:
    base = over(notice(2023), notice(2024), notice(2025))
    assert answered_by(base, QUESTION) == ["nation-2025"]


def test_a_notice_that_is_issued_later_is_not_there_yet(over: Any) -> None:
    base = over(notice(2024), notice(2025))
    assert answered_by(base, QUESTION, on="2024-05-01") == ["nation-2024"]
    assert answered_by(base, QUESTION, on="2025-02-28") == ["nation-2024"]
    assert answered_by(base, QUESTION, on="2025-03-01") == ["nation-2025"]


def test_what_is_not_there_yet_is_refused_where_it_is_alone(over: Any) -> None:
    assert ask(over(notice(2025)), QUESTION, on="2024-05-01").kind == "refuse"


def test_an_older_notice_in_force_goes_before_a_newer_one_that_is_over(over: Any) -> None:
    lasting = notice(2024, due=date(2025, 12, 20))
    short = notice(2025, due=date(2025, 4, 1))
    assert answered_by(over(lasting, short), QUESTION, on="2025-05-01") == ["nation-2024"]


@pytest.mark.parametrize(
    ("on", "history"),
    [("2023-06-30", False), ("2023-07-01", True), ("2026-01-01", True)],
)
def test_an_answer_from_a_notice_that_is_over_says_so(over: Any, on: str, history: bool) -> None:
    text = ask(over(notice(2023)), QUESTION, on=on).text
    assert ("这是2023年的通知" in text) is history


def test_an_answer_from_a_superseded_notice_names_what_replaced_it(over: Any) -> None:
    old = notice(2023, due=date(2030, 1, 1), superseded_by="nation-2024")
    new = notice(2024, deadlines=(), campaign=None)
    named = "2023年" + QUESTION
    assert "已被《2024年护航行通知》取代" in ask(over(old, new), named, on="2024-05-01").text
    assert "取代" not in ask(over(old, new), named, on="2024-02-01").text


def test_a_successor_answers_though_it_is_of_no_campaign(over: Any) -> None:
    old = notice(2023, due=date(2030, 1, 1), superseded_by="nation-2024")
    base = over(old, notice(2024, campaign=None, due=date(2030, 1, 1)))
    assert answered_by(base, "企业台账几号前报", on="2024-05-01") == ["nation-2024"]


def test_what_only_an_old_notice_tells_is_still_told(over: Any) -> None:
    extra = Deadline(clause="一", what="推荐示范园区", due=date(2023, 6, 1), words="6月1日前")
    reply = ask(over(notice(2023, deadlines=(extra,)), notice(2025)), "示范园区几号前推荐")
    assert notices(reply) == ["nation-2023"]
    assert "这是2023年的通知" in reply.text


def test_a_year_that_is_named_is_answered_from_its_notice(over: Any) -> None:
    base = over(notice(2023), notice(2025), notice(2025, ZHEJIANG))
    assert answered_by(base, "2023年" + QUESTION) == ["nation-2023"]
    assert answered_by(base, "今年" + QUESTION) == ["nation-2025"]
    assert answered_by(base, "前年" + QUESTION) == ["nation-2023"]


def test_a_year_without_a_notice_is_refused_with_the_nearest(over: Any) -> None:
    reply = ask(over(notice(2023), notice(2025)), "2024年" + QUESTION, on="2026-01-01")
    assert reply.kind == "refuse"
    assert "没有2024年的" in reply.text
    assert "2025年6月30日" in reply.text


@pytest.mark.parametrize(
    ("more", "last"),
    [
        ({}, date(2023, 6, 30)),
        ({"effective_to": date(2023, 12, 1)}, date(2023, 12, 1)),
        # what is still due counts after the campaign's end
        ({"effective_to": date(2023, 5, 1)}, date(2023, 6, 30)),
        # without a date, the year of the title
        ({"deadlines": ()}, date(2023, 12, 31)),
        ({"deadlines": (), "title": "护航行三年计划（2023—2025年）"}, date(2025, 12, 31)),
        ({"deadlines": (), "title": "关于加强护航的通知"}, None),
        # a title that names a year already past when it was issued says nothing of its end
        ({"deadlines": (), "title": "关于2022年护航行情况的通知"}, None),
        # opinions and measures hold until they are replaced
        ({"kind": "办法"}, None),
        ({"kind": "指导意见", "effective_to": date(2028, 1, 1)}, date(2028, 1, 1)),
    ],
)
def test_the_last_day_of_a_notice(more: dict[str, Any], last: date | None) -> None:
    assert last_day(notice(2023, **more)) == last


def test_what_is_due_every_year_is_never_over() -> None:
    yearly = Deadline(clause="一", what="报年报", open="--06-30", words="每年6月30日前")
    dated = Deadline(clause="一", what="报方案", due=date(2023, 5, 1), words="5月1日前")
    made = notice(2023, deadlines=(yearly, dated))
    assert standing(made, date(2026, 1, 1)) == "in force"


# the place


BOTH = (notice(2025), notice(2025, ZHEJIANG), notice(2025, FUJIAN))


def test_who_says_no_place_is_answered_by_the_nation(over: Any) -> None:
    for on in ("2025-05-01", "2026-05-01"):
        assert answered_by(over(*BOTH), QUESTION, on=on) == ["nation-2025"]


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("我们是浙江的企业", "zhejiang-2025"),
        ("我是宁波的", "zhejiang-2025"),
        ("我们公司在杭州", "zhejiang-2025"),
        ("来自厦门的企业", "fujian-2025"),
        ("我们是广东的企业", "nation-2025"),
        ("我在深圳", "nation-2025"),
    ],
)
def test_who_has_said_where_they_are_from_is_answered_by_their_province_or_the_nation(
    over: Any, said: str, source: str
) -> None:
    assert answered_by(over(*BOTH), said, QUESTION) == [source]
    assert answered_by(over(*BOTH), f"{said}，{QUESTION}") == [source]


def test_where_the_sender_is_from_stays_known_and_is_forgotten_on_request(over: Any) -> None:
    talk = turns(
        over(*BOTH), "我们是宁波的企业", QUESTION, "谢谢", "删除我的信息", QUESTION, on="2025-05-01"
    )
    assert talk[0].reply.kind == "smalltalk"
    assert "宁波市" in talk[0].reply.text
    assert notices(talk[1].reply) == ["zhejiang-2025"]
    assert talk[2].conversation.region == "宁波市"
    assert talk[3].effects == (Forget(),)
    assert talk[3].conversation.region is None
    assert notices(talk[4].reply) == ["nation-2025"]


def test_another_provinces_notice_is_told_to_nobody_but_who_asks_for_it(over: Any) -> None:
    base = over(notice(2025, ZHEJIANG))
    assert ask(base, "我们是广东的企业", QUESTION, on="2025-05-01").kind == "refuse"
    assert ask(base, "我们是广东的企业", "今年" + QUESTION, on="2025-05-01").kind == "refuse"
    assert answered_by(base, "我们是广东的企业", "浙江" + QUESTION) == ["zhejiang-2025"]


def test_what_the_province_does_not_say_the_nation_does(over: Any) -> None:
    extra = Deadline(clause="一", what="推荐示范园区", due=date(2025, 6, 1), words="6月1日前")
    base = over(notice(2025, deadlines=(extra,)), notice(2025, ZHEJIANG))
    assert answered_by(base, "我们是浙江的企业，示范园区几号前推荐") == ["nation-2025"]
    assert answered_by(base, "我们是浙江的企业", "示范园区几号前推荐") == ["nation-2025"]


def test_the_bureaus_own_division_goes_first_where_nothing_else_is_known(over: Any) -> None:
    base = over(*BOTH, home="浙江")
    assert answered_by(base, QUESTION) == ["zhejiang-2025"]
    assert answered_by(base, "我们是福建的企业", QUESTION) == ["fujian-2025"]


def test_the_enterprise_of_the_open_form_tells_where_the_sender_is_from(over: Any) -> None:
    base = over(notice(2025, **_with_form()), notice(2025, ZHEJIANG))
    talk = turns(base, "登记需求", "单位名称：宁波示例机械有限公司", QUESTION, on="2025-05-01")
    assert talk[-1].conversation.form is not None
    assert notices(talk[-1].reply) == ["zhejiang-2025"]


def _with_form() -> dict[str, Any]:
    slots = (
        Slot(name="单位名称", kind="company", prompt="请问单位全称是？", required=True, ask=True),
        Slot(name="需求", kind="text", prompt="请问需要什么？", required=True, ask=True),
    )
    form = DemandForm(
        attachment="附件1",
        title="清单",
        slots=slots,
        key_tasks=(KeyTask(name="护航", cues=("护航",)),),
    )
    sheet = Attachment(label="附件1", title="清单", clause="一")
    return {"form": form, "attachments": (sheet,)}


# what leaves the date open


@pytest.mark.parametrize(
    ("given", "words", "said"),
    [
        ("--07-31", "7月31日前", "没有写明是哪一年"),
        ("--07-31", "每年7月底前", "每年7月底前"),
        ("P3D", "收到通知后3个工作日内", "没有给出固定日期"),
    ],
)
def test_a_deadline_that_is_left_open_is_told_in_the_notices_words(
    over: Any, given: str, words: str, said: str
) -> None:
    left_open = Deadline(clause="一", what="报送企业台账", who="各县", open=given, words=words)
    base = over(notice(2025, deadlines=(left_open,)))
    reply = ask(base, QUESTION, on="2025-05-01")
    assert reply.kind == "answer"
    assert f"各县应在{words}报送企业台账" in reply.text
    assert said in reply.text
    assert "还剩" not in reply.text
    assert "2025年7月" not in reply.text


def test_a_deadline_that_is_left_open_is_never_listed_as_ahead(over: Any) -> None:
    left_open = Deadline(clause="一", what="报送名册", open="--05-10", words="5月10日前")
    dated = Deadline(clause="一", what="报送企业台账", due=date(2025, 5, 12), words="5月12日前")
    base = over(notice(2025, deadlines=(left_open, dated)))
    text = ask(base, "最近有什么要交的", on="2025-05-01").text
    assert "企业台账" in text
    assert "名册" not in text


# without a form


@pytest.mark.parametrize(
    "said", ["我们公司想办专利质押贷款，请帮忙对接银行", "我要登记需求：想找专家讲商标"]
)
def test_without_a_form_a_need_goes_to_staff(over: Any, said: str) -> None:
    (turn,) = turns(over(notice(2025)), said, on="2025-05-01")
    assert [type(effect) for effect in turn.effects] == [OpenQuestion]
    assert "转给工作人员" in turn.reply.text
    assert turn.conversation.form is None


def test_without_a_form_the_command_says_what_to_do(over: Any) -> None:
    (turn,) = turns(over(notice(2025)), "登记需求", on="2025-05-01")
    assert turn.reply.kind == "command"
    assert "请直接说" in turn.reply.text


def test_an_open_form_whose_notice_was_taken_out_is_dropped(over: Any) -> None:
    (opened,) = turns(over(notice(2025, **_with_form())), "登记需求", on="2025-05-01")
    assert opened.conversation.form is not None
    for said in ("护航行的企业台账几号前报", "宁波示例机械有限公司", "取消"):
        (turn,) = turns(over(notice(2025)), said, on="2025-05-01", after=opened.conversation)
        assert turn.conversation.form is None


# long official wording


def _long(sentences: Iterable[str]) -> Notice:
    filler = "各地要统一思想、提高站位，把各项安排抓实抓细，形成上下联动、左右协同的局面。"
    said = "".join(f"{filler * 4}{sentence}" for sentence in sentences)
    return notice(2025, clauses=(Clause(label="一", heading="有关事项", text=said),))


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("护航行的专家团怎么坐诊", "专家团每季度到园区坐诊一次。"),
        ("护航行的周报怎么写", "周报只写数字，不写过程。"),
        ("护航行的求助热线怎么值守", "求助热线由各市轮流值守。"),
    ],
)
def test_of_a_long_clause_the_sentence_that_is_asked_for_is_told(
    over: Any, kb: KnowledgeBase, question: str, fact: str
) -> None:
    base = over(
        *kb.notices,
        _long(
            [
                "专家团每季度到园区坐诊一次。",
                "周报只写数字，不写过程。",
                "求助热线由各市轮流值守。",
            ]
        ),
    )
    reply = ask(base, question, on="2025-05-01")
    assert fact in reply.text
    assert len(reply.text) <= LONGEST
