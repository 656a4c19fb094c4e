"""What is wanted of one's own demands, in the words that people use; and what is none of that."""

from __future__ import annotations

import pytest

from intents.mine.wish import LAST, Verb, read


@pytest.mark.parametrize(
    ("said", "verb", "number"),
    [
        ("我的需求", "list", None),
        ("查一下我登记的需求", "list", None),
        ("我登记过哪些需求", "list", None),
        ("我想看看我提交的需求", "list", None),
        ("需求3到哪了", "where", 3),
        ("需求三到哪一步了？", "where", 3),
        ("我的第二个需求办得怎么样了", "where", 2),
        ("需求1为什么退回", "where", 1),
        ("之前登记的那个需求有结果了吗", "where", LAST),
        ("上次报的怎么样了", "where", LAST),
        ("我的需求有没有人处理啊", "where", None),
        ("撤回需求3", "withdraw", 3),
        ("2号需求撤销", "withdraw", 2),
        ("把第二份撤了吧", "withdraw", 2),
        ("取消刚才那份", "withdraw", LAST),
        ("刚才那份不要了", "withdraw", LAST),
        ("修改我的需求", "edit", None),
        ("改一下需求1", "edit", 1),
        ("需求1的手机改成13900000009", "edit", 1),
        ("补充需求1：专利号ZL2020", "edit", 1),
        ("刚才那份邮箱改成a@example.com", "edit", LAST),
        ("刚才提交的手机号写错了", "edit", LAST),
        ("我那个需求再加一句，急用", "edit", LAST),
    ],
)
def test_a_wish_about_ones_own_demand_is_known(said: str, verb: Verb, number: int | None) -> None:
    wish = read(said)
    assert wish is not None
    assert (wish.verb, wish.number) == (verb, number)


@pytest.mark.parametrize(
    "said",
    [
        "登记需求",
        "想报个需求",
        "提交需求",
        "我有三个需求",
        "需求：想贷款",
        "我们的需求是想做质押贷款",
        "需求1：商标质押；需求2：招人",
        "需求清单怎么填",
        "公司的需求清单报到哪里",
        "需求汇总表什么时候交",
        "第二个",
        "刚才的电话写错了，应该是13900000009",
        "上面的邮箱改成a@example.com",
    ],
)
def test_what_is_about_the_form_or_the_notices_is_no_such_wish(said: str) -> None:
    assert read(said) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("需求1的手机改成13900000009", "手机改成13900000009"),
        ("补充需求1：专利号ZL2020", "专利号ZL2020"),
        ("刚才提交的手机号写错了", "手机号写错了"),
        ("需求改成：想用专利质押贷款", "需求改成：想用专利质押贷款"),
        ("修改需求1", ""),
    ],
)
def test_what_an_edit_brings_along_is_kept_as_it_was_said(said: str, told: str) -> None:
    wish = read(said)
    assert wish is not None
    assert wish.told == told


@pytest.mark.parametrize("word", ["我们", "需求", "刚才提交的", "我的需求", "修改", "撤回需求"])
def test_endless_repetition_is_survived(word: str) -> None:
    read((word * 1000)[:2000])
