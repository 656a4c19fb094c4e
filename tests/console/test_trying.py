"""A question tried: the answer as its user would see it, and why it is this one."""

from __future__ import annotations

import re

from bot.console.trying.views import views
from bot.console.trying.words import piece
from intents.conversation import FRESH
from intents.respond import LONGEST
from intents.turn import Reply, Turn
from knowledge.load import shipped_dir
from knowledge.snapshot import KnowledgeBase
from storage import drafts, inbox
from storage.drafts import DraftRow
from tests.bot.counter.office import NOW
from tests.console.office import Browser, Office

DEADLINE = "2023年万里行的优秀案例什么时候报"


async def tries(browser: Browser, q: str, **fields: str) -> str:
    await browser.opens("/try")
    return await browser.sends("/try", q=q, **fields)


async def drafted(office: Office, name: str, text: str) -> str:
    """The number of a draft with one file of the bureau's own."""
    async with office.db.transaction() as conn:
        number = await drafts.begin(conn, DraftRow("试试", "wecom:赵", NOW, 0))
        await drafts.put(conn, number, name, text, NOW, seen=None)
    return str(number)


async def drafted_faq(office: Office, question: str, answer: str) -> str:
    """The number of a draft that answers one more question."""
    name = "fujian-2023-10.yaml"
    text = (shipped_dir() / "notices" / name).read_text(encoding="utf-8")
    entry = f"faq:\n  - question: {question}\n    answer: {answer}\n    clause: 三（二）\n"
    return await drafted(office, name, text.replace("faq:\n", entry))


async def test_an_answer_is_shown_as_on_each_channel_with_the_trace(office: Office) -> None:
    wang = await office.hires("王芳")
    page = await tries(wang, DEADLINE, day="2023-08-01")
    for channel in ("企业微信", "公众号", "微信客服", "智能机器人", "钉钉", "网页"):
        assert channel in page
    assert page.count("8月18日前") >= 6
    assert "还剩17天" in page, "it was asked on that day"
    assert "由哪条规则答 问通知" in page
    assert "问的是 截止时间" in page
    assert "限定年份 2023" in page
    assert "毫秒" in page
    assert "已引用" in page


def test_what_does_not_fit_is_cut_and_continued_as_there(kb: KnowledgeBase) -> None:
    long = "".join(f"第{number}条要求写在这里。" for number in range(190))
    turn = Turn(Reply("answer", long, ("跳过",)), FRESH)
    seen = {view.channel: view for view in views(turn, kb, NOW)}
    assert [len(page) for page in seen["wecom"].pages] == [1, 1, 1]
    assert [len(page) for page in seen["kf"].pages] == [2, 1], "two messages at a time"
    assert len(seen["web"].pages) == 1, "a page has room for all"
    for view in seen.values():
        shown = [message for page in view.pages for message in page]
        assert all(view.limit is None or one.size <= view.limit for one in shown)
        assert "第189条" in shown[-1].text


async def test_buttons_are_shown_where_the_platform_has_them(office: Office) -> None:
    wang = await office.hires("王芳")
    page = await tries(wang, "截止时间是什么时候")
    assert "带按钮的卡片或菜单" in page
    assert '<ul class="taps"' in wang.page
    assert "反问" in page


async def test_what_was_said_before_counts_and_the_talk_can_go_on(office: Office) -> None:
    wang = await office.hires("王芳")
    page = await tries(wang, "报给谁", before=DEADLINE, day="2023-08-01")
    assert "限定通知 福建" in page, "it is about the same notice"
    fields = {name: wang.hidden(name) for name in ("before", "day", "region", "draft")}
    assert fields["before"] == f"{DEADLINE}\n报给谁"
    page = await wang.sends("/try", q="电话呢", **fields)
    assert wang.status == 200
    assert page.count("报给谁") == 2, "in the form, and with what it was answered"


async def test_the_place_of_the_asker_counts(office: Office) -> None:
    wang = await office.hires("王芳")
    assert "福建省知识产权局" in await tries(wang, "需求清单交给谁", region="厦门")
    page = await tries(wang, "需求清单交给谁", region="不存在的地方")
    assert wang.status == 400
    assert "没有找到这个地区" in page
    assert "需求清单交给谁" in page, "what was typed is not lost"


async def test_what_cannot_be_tried_is_told_and_kept(office: Office) -> None:
    wang = await office.hires("王芳")
    for fields, told in (
        ({"q": " "}, "请先写下要试的话"),
        ({"q": DEADLINE, "day": "2023-13-01"}, "这不是一个日期"),
    ):
        page = await tries(wang, **fields)
        assert wang.status == 400
        assert told in page
    assert DEADLINE in page


async def test_the_longest_message_and_more_is_answered_as_there(office: Office) -> None:
    wang = await office.hires("王芳")
    page = await tries(wang, "问" * (LONGEST + 1))
    assert "太长，请对方缩短" in page
    assert "没有候选条款" in page


async def test_an_admin_asks_a_draft(office: Office) -> None:
    admin = await office.hires("赵", "admin", ("全国",))
    asked, told = "个体户能参加优秀案例推荐吗", "个体户可以参加，带上营业执照。"
    assert told not in await tries(admin, asked)
    number = await drafted_faq(office, asked, told)
    assert told in await tries(admin, asked, draft=number)
    assert told not in await tries(admin, asked), "what is in force is as it was"


async def test_a_draft_that_is_wrong_says_where(office: Office) -> None:
    admin = await office.hires("赵", "admin", ("全国",))
    page = await tries(admin, DEADLINE, draft=await drafted(office, "lexicon.yaml", "synonyms: ["))
    assert admin.status == 400
    assert "这份草稿里有错" in page
    assert "lexicon.yaml" in page
    page = await tries(admin, DEADLINE, draft="77")
    assert "没有这份草稿" in page


async def test_a_clerk_asks_no_draft(office: Office) -> None:
    wang = await office.hires("王芳")
    number = await drafted(office, "lexicon.yaml", "synonyms: {}")
    assert "草稿" not in await wang.opens("/try")
    await wang.sends("/try", q=DEADLINE, draft=number)
    assert wang.status == 403


async def test_what_is_tried_leaves_nothing_behind(office: Office) -> None:
    wang = await office.hires("王芳")
    await tries(wang, "有没有报名费")
    async with office.db.transaction() as conn:
        assert await inbox.tallies(conn, NOW) == []
    assert "没有等着答复的问题" in await wang.opens("/questions")


async def test_hostile_words_are_inert_in_the_answer_and_in_the_trace(office: Office) -> None:
    hostile = '"><script>alert(1)</script><img src=x>{{7*7}}几号截止'
    wang = await office.hires("王芳")
    await tries(wang, hostile, before=hostile)
    assert wang.status == 200
    assert "<script>alert" not in wang.page
    assert "<img" not in wang.page


def test_every_piece_of_evidence_has_words(kb: KnowledgeBase) -> None:
    names = [*kb.scoring.answer, *kb.scoring.silence]
    assert [piece(name) for name in names if re.search("[a-z]", piece(name))] == []
