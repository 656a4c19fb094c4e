"""Open questions that one answer answers are together, and near ones that it does not are not."""

from __future__ import annotations

from itertools import permutations

import pytest

from intents.alike.question import Asked, grouped
from knowledge.snapshot import KnowledgeBase

TOGETHER = [
    ("个体户能报吗？", "个体户可以申报吗"),
    ("个体户能报吗？", "我是个体工商户，可以报名吗"),
    ("个体户能报吗？", "请问个体工商户能不能参加"),
    ("2023年个体户能报吗", "23年个体工商户可以申报么"),
    ("福建的个体户能报吗", "福建省个体工商户可以报吗"),
    ("商标注册要多少钱", "注册商标需要多少费用"),
    ("商标注册收费吗", "商标注册要不要钱"),
    ("质押贷款利率是多少", "质押融资的利息多少"),
    ("能不能网上办理", "线上能办理吗"),
    ("需求清单要盖公章吗", "需求清单需不需要盖章"),
    ("优秀案例选上了奖励多少钱", "优秀案例选上了给多少奖金"),
    ("地理标志专用标志使用要交多少费用", "用地理标志专用标志要多少钱"),
    ("参加万里行活动要交多少报名费", "万里行参加要收多少报名费"),
    ("软著登记要多久", "登记软著多长时间"),
    ("著作权登记怎么办", "如何办理著作权登记"),
    ("发票怎么开", "怎么开发票"),
    ("个体户能报吗", "个体护能报吗"),
    ("驾照年审要多少钱", "驾照年申要多少钱"),
]
APART = [
    ("个体户能报吗", "2023年个体户能报吗"),
    ("2022年个体户能报吗", "2023年个体户能报吗"),
    ("福建的个体户能报吗", "浙江的个体户能报吗"),
    ("国家局的优秀案例奖多少", "省局的优秀案例奖多少"),
    ("51号文有没有英文版", "10号文有没有英文版"),
    ("附件1要盖章吗", "附件2要盖章吗"),
    ("运用促进司的传真", "保护司的传真"),
    ("个体户能报吗", "高校能报吗"),
    ("高校能报吗", "高校和企业能报吗"),
    ("个体户能报吗", "个体户不能报吗"),
    ("个体户能报吗", "个体户怎么报名"),
    ("个体户能报吗", "个体户什么时候报名"),
    ("商标注册要多少钱", "商标注册要多久"),
    ("商标注册要多少钱", "商标续展要多少钱"),
    ("商标注册要多少钱", "商标国际注册要多少钱"),
    ("商标注册费多少", "商标代理费多少"),
    ("商标注册收费吗", "商标注册收多少钱"),
    ("发明专利要多少钱", "实用新型要多少钱"),
    ("质押贷款利率是多少", "质押贷款最多能贷多少"),
    ("质押贷款最多能贷多少", "质押贷款最少能贷多少"),
    ("贷款300万利率多少", "贷款500万利率多少"),
    ("需求清单要盖章吗", "成效汇总表要盖章吗"),
    ("培训几点开始", "培训几点结束"),
    ("数据知识产权试点是哪些省", "数据知识产权试点的省要干点啥"),
    ("专利能转让给个人吗", "个人能转让给专利吗"),
    ("逾期了还能补交吗", "没有逾期还能补交吗"),
    ("那浙江呢", "那浙江要吗"),
    ("交给谁", "交给哪个部门"),
]


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_who_asks_the_same_in_other_words_is_answered_with_the_others(
    kb: KnowledgeBase, one: str, other: str
) -> None:
    assert grouped([Asked(1, one, 2024), Asked(2, other, 2024)], kb) == [(1, 2)]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_asks_something_else_is_never_answered_along(
    kb: KnowledgeBase, one: str, other: str
) -> None:
    assert grouped([Asked(1, one, 2024), Asked(2, other, 2024)], kb) == [(1,), (2,)]


def test_this_year_is_the_year_in_which_it_was_asked(kb: KnowledgeBase) -> None:
    asked = [Asked(1, "今年个体户能报吗", 2023), Asked(2, "今年个体户能报吗", 2024)]
    assert grouped(asked, kb) == [(1,), (2,)]
    assert grouped([asked[0], Asked(3, "2023年个体户能报吗", 2024)], kb) == [(1, 3)]


def test_who_is_from_another_province_asks_something_else(kb: KnowledgeBase) -> None:
    text = "个体户能报吗"
    asked = [
        Asked(n, text, 2024, region) for n, region in enumerate(["厦门市", "漳州市", "杭州市"])
    ]
    assert grouped(asked, kb) == [(0, 1), (2,)]


def test_who_wants_a_person_is_in_no_group(kb: KnowledgeBase) -> None:
    asked = [Asked(n, "转人工", 2024, alone=True) for n in (1, 2)]
    assert grouped(asked, kb) == [(1,), (2,)]


def test_what_is_left_of_a_group_after_an_answer_is_a_group(kb: KnowledgeBase) -> None:
    """Whatever was answered, and whoever asked first, no two come together that were apart."""
    asked = [
        Asked(n, text, 2024)
        for n, text in enumerate(
            ["个体户能报吗？", "个体户可以申报吗", "高校能报吗", "个体工商户能不能参加"]
        )
    ]
    for order in permutations(asked):
        for left in range(1, len(order) + 1):
            together = {frozenset(group) for group in grouped(order[:left], kb)}
            ids = frozenset(one.id for one in order[:left])
            assert together == {g for g in (ids & {0, 1, 3}, ids & {2}) if g}
