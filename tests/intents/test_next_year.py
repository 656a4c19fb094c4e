"""A notice of another year, laid over the shipped ones as a file, is all that a new round needs."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.push.dialects import WECOM
from bot.push.digest import Rows, compose
from bot.push.digest_text import Frame, render
from bot.push.notices import notices_for
from intents.turn import SubmitDemand
from knowledge.load import load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ZONE, ask, notices, turns

NEW, ZHEJIANG, OLD, FUJIAN = "cnipa-2025-77", "zhejiang-2025-12", "cnipa-2021-51", "fujian-2023-10"
FILES = Path(__file__).parent / "next_year"
TASKS = (
    "开展商标品牌培育行动",
    "开展数据知识产权试验行动",
    "开展海外风险防控行动",
    "开展专利金融行动",
    "其他",
)
DURING, AFTER = "2025-04-05", "2026-06-01"


def with_added(directory: Path, *added: str, home: str | None = None) -> KnowledgeBase:
    """The shipped notices with the bureau's own directory over them, in which the added lie."""
    own = directory / "notices"
    own.mkdir(parents=True)
    for notice in added:
        shutil.copy(FILES / f"{notice}.yaml", own)
    return load_knowledge(shipped_dir(), directory, home=home)


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return with_added(tmp_path_factory.mktemp("nation"), NEW)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return with_added(tmp_path_factory.mktemp("both"), NEW, ZHEJIANG)


# the demand form


def test_the_demand_form_in_use_is_that_of_the_new_notice(both: KnowledgeBase) -> None:
    assert both.form_notice().id == NEW


def test_the_new_key_tasks_are_offered(both: KnowledgeBase) -> None:
    talk = turns(
        both,
        "登记需求",
        "宁波示例机械有限公司",
        "王小明",
        "13900000000",
        "齿轮箱",
        on=DURING,
    )
    assert talk[-1].reply.options == TASKS


@pytest.mark.parametrize(
    ("need", "task"),
    [
        ("我们公司的商标被人仿冒了，想请人帮忙", TASKS[0]),
        ("我们厂想注册商标，不知道怎么弄", TASKS[0]),
        ("我们是老字号，想请人讲讲续展", TASKS[0]),
        ("想把公司的数据做个登记，有没有机构能帮忙", TASKS[1]),
        ("我们想做数据资产入表，请专家指导", TASKS[1]),
        ("我司做跨境电商，店铺被投诉侵权，想找律师", TASKS[2]),
        ("我们在海外参展遇到诉讼，急需帮助", TASKS[2]),
        ("我们公司想拿专利去银行贷款，求对接", TASKS[3]),
        ("我们想给专利买份保险，帮忙推荐", TASKS[3]),
    ],
)
def test_a_need_is_taken_for_a_new_key_task_by_the_words_of_its_clause(
    both: KnowledgeBase, need: str, task: str
) -> None:
    reply = ask(both, need, on=DURING)
    assert reply.kind == "collect"
    assert reply.task == task


@pytest.mark.parametrize("said", ["数据知识产权试验", "第二个", "开展数据知识产权试验行动"])
def test_a_new_key_task_is_picked_by_name_or_number(both: KnowledgeBase, said: str) -> None:
    before = ("登记需求", "宁波示例机械有限公司", "王小明", "13900000000", "齿轮箱")
    turn = turns(both, *before, said, on=DURING)[-1]
    assert turn.conversation.form is not None
    assert turn.conversation.form.values["重点任务"] == TASKS[1]


def test_a_demand_is_filed_under_the_new_notice_with_its_own_slots(both: KnowledgeBase) -> None:
    talk = turns(
        both,
        "我们想做数据资产入表，请专家指导",
        "单位名称：宁波示例机械有限公司，联系人：王小明，手机：13900000000，主营产品：齿轮箱，出口国家：德国",
        "提交",
        on=DURING,
    )
    (filed,) = (e for turn in talk for e in turn.effects if isinstance(e, SubmitDemand))
    assert filed.entry.notice == NEW
    assert filed.entry.region == "宁波市"
    assert filed.entry.fields["主营产品"] == "齿轮箱"
    assert filed.entry.fields["出口国家"] == "德国"
    assert filed.entry.fields["重点任务"] == TASKS[1]


# deadlines


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("今年万里行的需求清单几号前报", "2025年4月28日"),
        ("2025年万里行的需求清单几号前报", "2025年4月28日"),
        ("万里行的需求清单几号前报", "2025年4月28日"),
        ("需求清单什么时候报", "2025年4月28日"),
        ("万里行的总结什么时候交", "2025年11月25日"),
        ("中期进展什么时候报", "2025年7月15日"),
    ],
)
def test_its_deadlines_answer_in_its_year(nation: KnowledgeBase, question: str, told: str) -> None:
    reply = ask(nation, question, on=DURING)
    assert notices(reply) == [NEW]
    assert told in reply.text
    assert "这是" not in reply.text


def test_its_contact_and_key_tasks_answer_in_its_year(nation: KnowledgeBase) -> None:
    assert "010-66010077" in ask(nation, "万里行联系谁", on=DURING).text
    text = ask(nation, "万里行有哪些重点任务", on=DURING).text
    assert all(task in text for task in TASKS[:-1])


def test_the_old_notice_answers_where_its_year_is_named_and_is_called_history(
    nation: KnowledgeBase,
) -> None:
    reply = ask(nation, "2021年万里行的需求清单几号前报", on=DURING)
    assert notices(reply) == [OLD]
    assert "2021年5月25日" in reply.text
    assert "这是2021年的通知，活动已结束。" in reply.text


def test_a_province_still_answers_for_its_own_year(nation: KnowledgeBase) -> None:
    reply = ask(nation, "福建2023年万里行的总结几号交", on=DURING)
    assert notices(reply) == [FUJIAN]
    assert "这是2023年的工作方案，活动已结束。" in reply.text


def test_before_it_was_issued_the_old_notice_answers(nation: KnowledgeBase) -> None:
    assert notices(ask(nation, "需求清单几号前报", on="2021-05-10")) == [OLD]


def test_after_it_is_over_it_is_history_too(nation: KnowledgeBase) -> None:
    text = ask(nation, "2025年万里行的需求清单几号前报", on=AFTER).text
    assert "这是2025年的通知，活动已结束。" in text


def test_what_falls_due_is_listed(nation: KnowledgeBase) -> None:
    reply = ask(nation, "最近有什么要交的", on=DURING)
    assert notices(reply) == [NEW]
    assert "报送工作方案和需求清单" in reply.text
    assert "还剩23天" in reply.text


# the digest


def digest(kb: KnowledgeBase, on: str) -> str:
    now = datetime.fromisoformat(f"{on}T09:00").replace(tzinfo=ZONE)
    since = (now - timedelta(days=1)).astimezone(UTC)
    digest = compose(Rows(), kb, now, since, notices_for((), kb))
    return "\n".join(render(digest, Frame(WECOM)))


def test_the_digest_lists_its_deadlines_ahead(nation: KnowledgeBase) -> None:
    assert "4月28日 还剩23天" in digest(nation, DURING)
    assert "2025年万里行通知" in digest(nation, DURING)
    assert "中期进展" in digest(nation, "2025-07-01")
    assert "截止 **0** 项" in digest(nation, AFTER)


def test_the_digest_of_a_bureau_leaves_out_other_provinces(tmp_path: Path) -> None:
    fujian = with_added(tmp_path / "fujian", NEW, ZHEJIANG, home="福建省")
    zhejiang = with_added(tmp_path / "zhejiang", NEW, ZHEJIANG, home="浙江省")
    assert "浙江2025年" not in digest(fujian, DURING)
    assert "浙江2025年" in digest(zhejiang, DURING)


# a province's notice of that year


QUESTION = "万里行的需求清单几号前报"


@pytest.mark.parametrize(
    ("before", "source"),
    [
        ((), NEW),
        (("我们是浙江的企业",), ZHEJIANG),
        (("我是温州的",), ZHEJIANG),
        (("我们公司在广州",), NEW),
        (("我们是福建的企业",), NEW),
    ],
)
@pytest.mark.parametrize("question", [QUESTION, "今年" + QUESTION])
def test_it_answers_its_own_users_only(
    both: KnowledgeBase, before: tuple[str, ...], source: str, question: str
) -> None:
    assert notices(ask(both, *before, question, on=DURING)) == [source]


def test_it_answers_whoever_asks_for_it(both: KnowledgeBase) -> None:
    assert notices(ask(both, "浙江万里行的需求清单几号前报", on=DURING)) == [ZHEJIANG]


def test_its_users_are_told_the_nations_key_tasks(both: KnowledgeBase) -> None:
    reply = ask(both, "我们是浙江的企业", "万里行有哪些重点任务", on=DURING)
    assert notices(reply) == [NEW]


def test_what_falls_due_in_the_province_is_listed_to_its_users(both: KnowledgeBase) -> None:
    assert notices(ask(both, "最近有什么要交的", on=DURING)) == [NEW]
    told = notices(ask(both, "我们是浙江的企业", "最近有什么要交的", on=DURING))
    assert ZHEJIANG in told
