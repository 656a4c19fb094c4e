"""Talk and commands in anyone's words; who asks for help, who asks about the rules."""

from __future__ import annotations

import pytest

from intents.needs import is_idle, read_need, states_need
from intents.recognise import meant_as
from knowledge.model import DemandForm
from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("你到底是个机器还是活人呀", "who_are_you"),
        ("哎慢点讲嘛我跟不上", "slower"),
        ("你吃饭了没呀", "chat"),
        ("我上次登记的需求处理得怎么样了", "progress"),
        ("我不要跟机器讲，给我接个真人", "human"),
        ("请你把我的个人资料都删除掉", "forget"),
    ],
)
def test_talk_and_commands_are_known_in_other_words(said: str, meant: str) -> None:
    assert meant_as(said) == meant


@pytest.mark.parametrize("said", ["质押融资归哪个司管", "需求清单怎么填", "我们厂想找银行贷款"])
def test_a_question_or_a_need_is_no_talk(said: str) -> None:
    assert meant_as(said) == ""


@pytest.mark.parametrize("said", ["我登记的那个需求进展到哪里了", "啥时候有人联系我"])
def test_who_asks_for_their_progress_is_no_notice_s_question(kb: KnowledgeBase, said: str) -> None:
    reply = ask(kb, said)
    assert (reply.kind, reply.intent) == ("command", "progress")


@pytest.mark.parametrize(
    "said",
    [
        "我县企业不肯报需求该怎么办",
        "我们局要不要给企业组织对接会",
        "能不能多报两个案例",
        "想问下专利质押要带哪些材料",
        "被人告了商标侵权，一般要赔多少",
        "名字跟别人商标一样就不侵权了吧",
        "抵押的专利会不会被银行卖掉",
        "打官司要请律师吗还是代理师就行",
    ],
)
def test_a_question_about_the_rules_is_no_need(said: str) -> None:
    assert not states_need(said)


@pytest.mark.parametrize("said", ["帮我写首诗送给老婆", "给我推荐个股票", "帮我订张火车票"])
def test_what_no_bureau_can_do_is_no_need(said: str) -> None:
    assert not states_need(said)
    assert is_idle(said)


@pytest.mark.parametrize(
    ("said", "task"),
    [
        ("银行都要房子抵押，我厂里只有几张专利证书，愁人", "质押融资"),
        ("俺们山里的核桃没名气，想弄个地理标志", "地理标志"),
        ("代理所年年招不到人，能帮忙去学校吆喝吆喝不", "就业创业"),
        ("发明在抽屉里躺了八年，谁家厂子愿意要", "转移转化"),
        ("写的专利老被审查员打回来，求老师教教", "惠企助企"),
        ("隔壁厂照抄我家外观，气得睡不着，管不管", "其他"),
        ("我要融资", "质押融资"),
        ("工资发不出来了，专利能拿去押吗", "质押融资"),
        ("专利拿到手三年了，不晓得能拿来干啥，给指条路嘛", "转移转化"),
    ],
)
def test_a_complaint_is_a_need_of_its_task(said: str, task: str, shipped_form: DemandForm) -> None:
    need = read_need(said, shipped_form)
    assert need is not None
    assert need.task is not None
    assert task in need.task


@pytest.mark.parametrize("said", ["鞋底用eva好还是橡胶好", "税务登记", "疫苗打不打"])
def test_another_world_is_neither_talk_nor_a_slip(kb: KnowledgeBase, said: str) -> None:
    assert ask(kb, said).kind == "refuse"


def test_who_greets_and_names_a_campaign_asks_about_it(kb: KnowledgeBase) -> None:
    assert ask(kb, "喂你好我想问一下那个万里行是干啥的呀").kind == "answer"


def test_what_is_asked_on_is_no_talk(kb: KnowledgeBase) -> None:
    assert ask(kb, "51号文联系电话", "传真呢").kind == "refuse"


def test_what_others_say_about_a_rule_is_no_need(kb: KnowledgeBase) -> None:
    told = "隔壁老板跟我讲现在申请专利国家不让给补助了 真的假的哟"
    assert ask(kb, told).kind == "answer"
