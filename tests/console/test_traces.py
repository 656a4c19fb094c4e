"""Any past answer, looked into: what was said then, and why it was answered so."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import quote

from bot.console.app import CONSOLE
from bot.message import Sender
from knowledge.load import file_of, load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from storage import questions, revisions
from storage.revisions import RevisionRow
from tests.bot.counter.office import NOW
from tests.console.office import Browser, Office
from tests.console.talking import COMPANY, Enterprise

DEADLINE = "2023年万里行的优秀案例什么时候报"
MINE = "厦门一诺科技有限公司的联系人林小燕，电话13900000001，个体户能参加吗"


async def looks_into(browser: Browser, key: str) -> str:
    return await browser.opens(f"/turns?key={quote(key, safe='')}")


async def test_an_answer_is_found_from_the_talk_beside_a_demand(office: Office) -> None:
    enterprise = Enterprise(office)
    number = await enterprise.files()
    wang = await office.hires("王芳")
    await wang.opens(f"/demands/{number}")
    [*_, last] = re.findall(r'href="/console(/turns\?key=[^"]+)"', wang.page)
    page = await wang.opens(last)
    assert "当时的答复" in page
    assert "已提交" in page
    assert "由哪条规则答 填表单里正在问的栏目" in page
    assert f"{number}号需求" in page
    assert "另一种答复" not in page, "said once more it is answered alike"


async def test_each_answer_of_a_whole_talk_is_the_same_when_it_is_said_again(
    office: Office,
) -> None:
    enterprise = Enterprise(office)
    await enterprise.says("你好", DEADLINE, "报给谁", "截止时间是什么时候", "2")
    await enterprise.files()
    await enterprise.says("我的需求", "2024年任务清单有哪些任务", "吃饭了吗", "有没有报名费")
    lin = await office.hires("林处", "head")
    for row in await enterprise.messages():
        page = await looks_into(lin, row.key)
        assert lin.status == 200
        assert "另一种答复" not in page, row.reply
        assert "为什么这样答" in page


async def test_an_answer_is_told_by_the_knowledge_that_gave_it(office: Office) -> None:
    """A revision in which the notice's date is another one has come since."""
    current = office.app[CONSOLE].current
    enterprise = Enterprise(office)
    async with office.db.transaction() as conn:
        await revisions.add(conn, RevisionRow(1, NOW, "一"), {})
        await revisions.add(conn, RevisionRow(2, NOW, "二"), {})
    current.revision = 1
    await enterprise.says(DEADLINE)
    current.revision = 2
    [row] = await enterprise.messages()
    lin = await office.hires("林处", "head")
    assert "用的是当时生效的知识（第1版）；现在是第2版" in await looks_into(lin, row.key)
    await enterprise.says(DEADLINE)
    row = (await enterprise.messages())[-1]
    assert "用的是现在生效的知识（第2版），当时也是它" in await looks_into(lin, row.key)


async def test_where_saying_it_again_gives_another_answer_both_are_shown(office: Office) -> None:
    current = office.app[CONSOLE].current
    enterprise = Enterprise(office)
    current.revision = 7  # of which the database holds nothing
    served, current.kb = current.kb, _by_another_day()
    await enterprise.says(DEADLINE)
    current.kb, current.revision = served, 0
    [row] = await enterprise.messages()
    lin = await office.hires("林处", "head")
    page = await looks_into(lin, row.key)
    assert "现在重放得到的是另一种答复" in page
    assert "当时的第7版已不能载入" in page
    then, again = page.split("重放得到的 ")
    assert "8月25日前" in then
    assert "8月18日前" in again


async def test_a_clerk_sees_answers_of_demands_within_the_region_alone(office: Office) -> None:
    enterprise = Enterprise(office)
    await enterprise.says(DEADLINE)
    await enterprise.files()
    first, *_, last = await enterprise.messages()
    wang = await office.hires("王芳")
    other = await office.hires("陈明", regions=("漳州市",))
    assert "当时的答复" in await looks_into(wang, last.key)
    for browser, row in ((wang, first), (other, last), (other, first)):
        page = await looks_into(browser, row.key)
        assert browser.status == 403
        assert DEADLINE not in browser.page
        assert COMPANY not in browser.page
        assert "不在您负责的地区" in page
    acts = [(one.actor, one.act, one.demand) for one in await office.on_record()]
    assert ("wecom:王芳", "look", 1) in acts
    assert ("wecom:陈明", "refused", None) in acts


async def test_a_head_sees_any_answer_which_goes_on_record_without_personal_data(
    office: Office,
) -> None:
    enterprise = Enterprise(office)
    await enterprise.says(MINE)
    [row] = await enterprise.messages()
    lin = await office.hires("林处", "head")
    page = await looks_into(lin, row.key)
    assert "个体户能参加吗" in page
    assert "13900000001" not in lin.page
    assert "林小燕" not in lin.page
    [look] = [one for one in await office.on_record() if one.act == "look"]
    assert (look.actor, look.demand) == ("wecom:林处", None)
    assert row.key in look.detail


async def test_a_head_of_another_region_sees_no_answer_that_is_known_to_be_of_this_one(
    office: Office,
) -> None:
    enterprise = Enterprise(office)
    await enterprise.files()
    await enterprise.says("广东2019年的工作方案几号前报送")
    asks = Enterprise(office, Sender("wecom", "one"))
    await asks.says("广东2019年的工作方案几号前报送")
    async with office.db.transaction() as conn:
        left = (await questions.open_questions(conn))[-1]
    last, asked = (await enterprise.messages())[-1], (await asks.messages())[-1]
    chen = await office.hires("陈处", "head", ("漳州市",))
    for query in (f"key={last.key}", f"key={asked.key}", f"question={left.id}"):
        page = await chen.opens(f"/turns?{query.replace(' ', '%20')}")
        assert chen.status == 403, query
        assert "不在您负责的地区" in page
        assert "2019年的工作方案" not in chen.page


async def test_an_answer_is_found_from_the_question_that_it_left_open(office: Office) -> None:
    enterprise = Enterprise(office)
    await enterprise.says("广东2019年的工作方案几号前报送")
    async with office.db.transaction() as conn:
        [question] = await questions.open_questions(conn)
    lin = await office.hires("林处", "head", ("全国",))
    await lin.opens(f"/questions/{question.id}")
    assert f'href="/console/turns?question={question.id}"' in lin.page
    page = await lin.opens(f"/turns?question={question.id}")
    assert "广东2019年的工作方案几号前报送" in page
    assert "通知里没有，如实说明" in page


async def test_what_there_is_not_is_not_found(office: Office) -> None:
    lin = await office.hires("林处", "head")
    for query in ("", "?key=", "?key=nobody%201", "?question=77", "?question=oops"):
        await lin.opens(f"/turns{query}")
        assert lin.status == 404


async def test_what_was_erased_is_not_shown(office: Office) -> None:
    enterprise = Enterprise(office)
    await enterprise.says(DEADLINE, "删除我的信息", "确认删除")
    first, *_ = await enterprise.messages()
    lin = await office.hires("林处", "head")
    page = await looks_into(lin, first.key)
    assert "说的话没有保留" in page
    assert "优秀案例" not in page


async def test_what_was_sent_and_what_staff_commanded_is_not_said_again(office: Office) -> None:
    enterprise = Enterprise(office)
    await enterprise.sends("image", "执照.jpg")
    lin = await office.hires("林处", "head")
    [sent] = await enterprise.messages()
    page = await looks_into(lin, sent.key)
    assert "发来图片、文件或视频" in page
    assert "这一句不能重放" in page
    number = await Enterprise(office, Sender("wecom", "one")).files()
    await office.hires("王芳")
    staff = Enterprise(office, Sender("wecom", "王芳"))
    await staff.says(f"需求 {number}")
    [shown] = await staff.messages()
    page = await looks_into(lin, shown.key)
    assert "这是工作人员在聊天里办事" in page
    assert COMPANY not in lin.page


async def test_the_days_since_then_make_no_other_answer(office: Office) -> None:
    office.clock.now = NOW.replace(year=2023, month=8, day=1)
    enterprise = Enterprise(office)
    await enterprise.says(DEADLINE)
    [row] = await enterprise.messages()
    office.clock.now = NOW + timedelta(days=1)
    lin = await office.hires("林处", "head")
    page = await looks_into(lin, row.key)
    assert "还剩17天" in page
    assert "另一种答复" not in page


def _by_another_day() -> KnowledgeBase:
    """The shipped notices, in one of which the day of DEADLINE is another."""
    name = "fujian-2023-10.yaml"
    text = (shipped_dir() / "notices" / name).read_text(encoding="utf-8")
    text = text.replace("2023-08-18", "2023-08-25").replace("8月18日", "8月25日")
    return load_knowledge(shipped_dir(), [file_of(name, text)], golden=False)
