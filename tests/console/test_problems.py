"""What is wrong with a file, in the words of whoever edits it."""

from __future__ import annotations

import pytest

from bot.console.drafts.problems import problem_of
from bot.console.wording import noted


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("报送: 17:00 here, in deadlines[0] 12:00", "“报送”这里是17:00，别处是12:00"),
        (
            "报送: 2026-05-01 here, but 2026-06-01 in deadlines[0]",
            "“报送”这里是2026-05-01，别处是2026-06-01",
        ),
        (
            "报送: 2026-05-01 here, less exactly 2026-05-31 in deadlines[2]",
            "“报送”这里是2026-05-01，别处是2026-05-31",
        ),
        (
            "征集: 2026-05-01 to ? here, but 2026-06-01 to ? in periods[0]",
            "“征集”这里是2026-05-01至?，别处是2026-06-01至?",
        ),
        (
            "2026-05-01 is before the notice was issued, 2026-06-01",
            "2026-05-01早于发文日期2026-06-01",
        ),
        ('2026-05-01, but the words are "6月1日前"', "日期是2026-05-01，原话却是“6月1日前”"),
        ("2021, but issued 2026-05-01", "年度写2021，发文却在2026-05-01"),
        ("国知办〔2026〕1号 is demo-2026-1 too", "国知办〔2026〕1号也是另一份通知的：demo-2026-1"),
        ('"工作方案" is demo-2026-1 too', "工作方案也是另一份通知的：demo-2026-1"),
        ("the title and date of demo-2026-1 too", "标题和日期与另一份通知相同：demo-2026-1"),
        ("goes round in a circle: a → b → a", "替代关系绕成了圈：a → b → a"),
        ("b was issued earlier, 2020-01-01", "替代它的b发文更早：2020-01-01"),
        ("'某地' is no division that users can name", "“某地”不是用户说得出的行政区划"),
        ('"bank": 融资 is no key task', "资源“bank”的融资不是现行表单的重点任务"),
        (
            '"bank": 融资 stands for several key tasks: 甲、乙',
            "资源“bank”的融资可指几项重点任务：甲、乙",
        ),
        ("'二（九）' names no clause of a notice", "“二（九）”不是哪份通知的条款"),
        ("'融资' is no key task of a form", "“融资”不是表单里的重点任务"),
        ("'几号报' expects something else elsewhere", "“几号报”在别处要的是另一种答复"),
    ],
)
def test_what_files_say_against_each_other_is_told_in_chinese(what: str, said: str) -> None:
    assert problem_of(f"demo.yaml:3:5: deadlines[1].due: {what}").what == said


def test_what_the_trail_keeps_is_told_in_the_words_of_pages() -> None:
    assert noted("ticket 5: wecom:lisi") == "人工对话T5: wecom:lisi"
    assert noted("question 7") == "7号问题"
    assert noted("outbox 3") == "3号消息"
    assert noted("草稿1：新建") == "草稿1：新建"
