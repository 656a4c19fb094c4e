"""Which notice is meant: by its year, place, number or name; and what no notice covers."""

from __future__ import annotations

import pytest

from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited, notices, turns

W2021, FUJIAN = "cnipa-2021-51", "fujian-2023-10"
GUIDE, OPINION, TASKS = "cnipa-2021-3", "cnipa-2024-22", "cnipa-2024-tasks"


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        # the year
        ("2021年万里行的总结几号交", W2021),
        ("21年万里行的总结几号交", W2021),
        ("二〇二一年万里行的总结几号交", W2021),
        ("2023年万里行的总结几号交", FUJIAN),
        ("2021年任务清单有多少项任务", GUIDE),
        ("2024年任务清单有多少项任务", TASKS),
        # the place, also one that lies within
        ("福建万里行的总结几号交", FUJIAN),
        ("福建省的总结几号交", FUJIAN),
        ("厦门2023年万里行的总结几号交", FUJIAN),
        ("思明区2023年万里行的总结几号交", FUJIAN),
        # who issued it
        ("国家局的总结几号交", W2021),
        ("国知局的万里行总结几号交", W2021),
        ("省局的总结几号交", FUJIAN),
        ("省里的总结几号交", FUJIAN),
        # the document number, in every dress
        ("国知发运函字〔2021〕51号的总结几号交", W2021),
        ("国知发运函字[2021]51号的总结几号交", W2021),
        ("国知发运函字（2021）51号的总结几号交", W2021),
        ("51号文的总结几号交", W2021),
        ("闽知发〔2023〕10号的总结几号交", FUJIAN),
        ("闽知发10号的总结几号交", FUJIAN),
        ("国知发运字〔2021〕3号的成效几号报", GUIDE),
        ("22号文的指导思想是什么", OPINION),
        ("二十二号文的指导思想是什么", OPINION),
        # its name
        ("公共服务效能意见的主要目标是什么", OPINION),
        ("推动知识产权高质量发展年度工作指引的成效几号报", GUIDE),
        ("福建万里行方案的主题是什么", FUJIAN),
    ],
)
def test_a_question_that_names_a_notice_is_answered_from_it(
    kb: KnowledgeBase, question: str, notice: str
) -> None:
    reply = ask(kb, question)
    assert reply.kind == "answer"
    assert notices(reply) == [notice]


@pytest.mark.parametrize(
    "question", ["万里行的总结几号交", "需求清单几号前报", "企业需求调研是哪段时间"]
)
def test_where_the_year_is_open_the_newest_comes_first_and_the_other_is_told(
    kb: KnowledgeBase, question: str
) -> None:
    reply = ask(kb, question)
    assert notices(reply) == [FUJIAN, W2021]
    assert reply.text.index("2023年") < reply.text.index("2021年")


def test_where_a_list_is_long_the_other_notice_is_an_option(kb: KnowledgeBase) -> None:
    first, picked = (turn.reply for turn in turns(kb, "万里行有哪些重点任务", "1"))
    assert notices(first) == [FUJIAN]
    assert any("2021" in option for option in first.options)
    assert notices(picked) == [W2021]


def test_a_notice_of_a_later_day_does_not_answer_for_one_in_force(kb: KnowledgeBase) -> None:
    assert notices(ask(kb, "万里行的总结几号交", on="2021-06-01")) == [W2021]


def test_years_may_be_said_from_today(kb: KnowledgeBase) -> None:
    assert notices(ask(kb, "去年万里行的总结几号交", on="2022-03-01")) == [W2021]
    assert notices(ask(kb, "今年万里行的总结几号交", on="2023-05-01")) == [FUJIAN]
    assert ask(kb, "今年万里行的总结几号交", on="2022-05-01").kind == "refuse"


def test_where_the_asker_is_from_narrows_nothing_where_the_nation_is_asked(
    kb: KnowledgeBase,
) -> None:
    reply = ask(kb, "我们广东2021年万里行的总结几号交")
    assert reply.kind == "answer"
    assert notices(reply) == [W2021]


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("2022年万里行的总结几号交", "2022年"),
        ("2025年万里行的总结几号交", "2025年"),
        ("2020年万里行的需求清单几号报", "2020年"),
        ("国家局2023年万里行的总结几号交", "2023年"),
        ("福建2022年万里行的总结几号交", "2022年"),
        ("2022年任务清单有哪些任务", "2022年"),
    ],
)
def test_a_year_that_no_notice_covers_is_said_to_be_lacking(
    kb: KnowledgeBase, question: str, lacking: str
) -> None:
    reply = ask(kb, question)
    assert reply.kind == "refuse"
    assert lacking in reply.text.splitlines()[0]


def test_a_year_that_the_places_notice_does_not_cover_is_said_to_be_lacking(
    kb: KnowledgeBase,
) -> None:
    reply = ask(kb, "福建2021年万里行的优秀案例几号推荐")
    assert reply.kind == "refuse"
    assert "2021年" in reply.text.splitlines()[0]


@pytest.mark.parametrize("question", ["2023年任务清单有哪些任务", "2023年工作指引有哪些任务"])
def test_a_kind_of_document_that_the_year_does_not_have_is_refused(
    kb: KnowledgeBase, question: str
) -> None:
    assert ask(kb, question).kind == "refuse"


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("广东省2023年万里行的总结几号交", "广东省"),
        ("浙江2023年万里行的方案报给哪个处", "浙江省"),
        ("广州2023年万里行的总结几号交", "广州市"),
        ("四川的万里行有几项重点任务", "四川省"),
        ("香港的万里行哪天截止", "香港"),
    ],
)
def test_a_place_that_no_notice_covers_is_said_to_be_lacking(
    kb: KnowledgeBase, question: str, lacking: str
) -> None:
    reply = ask(kb, question)
    assert reply.kind == "refuse"
    assert lacking in reply.text.splitlines()[0]


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("2022年万里行的总结几号交", f"{FUJIAN}#五（四）"),
        ("广东省2023年万里行的总结几号交", f"{FUJIAN}#五（四）"),
        ("2025年万里行的需求清单几号前报", f"{FUJIAN}#五（一）"),
        ("2022年高质量发展成效几号报", f"{GUIDE}#五"),
    ],
)
def test_a_refusal_offers_the_nearest_and_says_where_it_is_from(
    kb: KnowledgeBase, question: str, nearest: str
) -> None:
    reply = ask(kb, question)
    assert reply.kind == "refuse"
    assert cited(reply)[0] == nearest
    assert kb.notice(nearest.split("#")[0]).short in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "闽知发〔2024〕11号的总结几号交",
        "国知发运函字〔2021〕52号的总结几号交",
        "国知发运函字〔2023〕58号的重点任务有哪些",
        "99号文的总结几号交",
    ],
)
def test_a_document_number_that_is_not_known_is_refused(kb: KnowledgeBase, question: str) -> None:
    assert ask(kb, question).kind == "refuse"


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("闽知发〔2024〕11号的总结几号交", "11号"),
        ("国知发运函字〔2021〕52号的总结几号交", "52号"),
    ],
)
def test_a_refusal_names_the_document_number_that_is_lacking(
    kb: KnowledgeBase, question: str, number: str
) -> None:
    assert number in ask(kb, question).text.splitlines()[0]


def test_a_place_in_an_addressees_name_is_no_place_of_the_notice(kb: KnowledgeBase) -> None:
    assert ask(kb, "广东省的重点任务有哪些").kind == "refuse"


@pytest.mark.parametrize("question", ["福建2025年万里行", "台湾的万里行"])
def test_the_nearest_is_of_the_campaign_that_was_asked_for(
    kb: KnowledgeBase, question: str
) -> None:
    assert notices(ask(kb, question))[0] in (FUJIAN, W2021)


@pytest.mark.parametrize(
    "question", ["2022年万里行的总结几号交", "2025年任务清单有哪些任务", "福建2021年万里行的总结"]
)
def test_a_refusal_does_not_contradict_itself(kb: KnowledgeBase, question: str) -> None:
    """没有 2021 年的，只有 2021 年的: what is lacking is not listed as known."""
    first = ask(kb, question).text.splitlines()[0]
    lacking, _, known = first.partition("只有")
    for year in range(2019, 2027):
        assert not (f"{year}年" in lacking and f"{year}年" in known), first


@pytest.mark.parametrize(
    "question", ["国家局2023年万里行几号开始", "国家局2023年的需求清单几号前报"]
)
def test_an_issuer_has_no_notice_of_another_issuers_year(kb: KnowledgeBase, question: str) -> None:
    """The notice of 2023 is Fujian's; the national office's of that year is not there."""
    assert ask(kb, question).kind == "refuse"
