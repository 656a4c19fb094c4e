"""How things stand, and whether each number leads to its list."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from bot.care.state import State
from bot.console.overview.health import parts
from bot.console.timeline import timeline
from bot.platforms import tokens
from storage import inbox, outbox
from storage.health import Queue
from storage.inbox import InboxRow
from storage.outbox import OutboxRow
from storage.schema import outbox as outbox_table
from tests.bot.counter.office import NOW, ask_question, file_demand
from tests.console.office import Office, text_of


@pytest.fixture(autouse=True)
def tokens_are_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever other tests of this process did to them."""
    monkeypatch.setattr(tokens, "ailing", {})


async def test_each_number_leads_to_a_list_of_so_many(office: Office) -> None:
    async with office.db.transaction() as conn:
        for bureau in ("xiamen", "xiamen", "zhangzhou", "fujian", None):
            await file_demand(conn, bureau)
        await file_demand(conn, "xiamen", "closed")
        await file_demand(conn, "xiamen", "cancelled")
        await file_demand(conn, "xiamen", "draft")
    lin = await office.hires("林处", "head", ("福建省",))
    await lin.opens("/overview")
    links = re.findall(r'<a href="/console(/demands\?[^"]+)">(\d+)</a>', lin.page)
    assert sum(int(count) for path, count in links if "since=" in path) == 6
    assert len(links) > 12
    for path, count in links:
        assert f"共 {count} 项" in await lin.opens(html.unescape(path)), path


async def test_a_head_sees_their_own_region_alone(office: Office) -> None:
    async with office.db.transaction() as conn:
        await file_demand(conn, "xiamen")
        await ask_question(conn, "厦门市")
    assert "1 待受理" in await (await office.hires("林处", "head")).opens("/overview")
    elsewhere = await office.hires("陈处", "head", ("漳州市",))
    page = await elsewhere.opens("/overview")
    assert "0 待受理" in page
    assert "0 待答问题" in page


async def test_the_deadlines_of_ninety_days_are_told_with_their_notices(office: Office) -> None:
    admin = await office.hires("赵", "admin", ())
    page = await admin.opens("/overview")
    due = text_of(f"<main>{admin.page.partition('90天内的截止时间')[2].partition('</section>')[0]}")
    assert "还剩" in due or "近90天没有截止时间" in due
    assert "概览" in page


async def said(office: Office, kind: str, times: int, at: datetime) -> None:
    """Messages of users, answered so."""
    async with office.db.transaction() as conn:
        rows = [
            InboxRow(f"web:{kind}{at}{n}", "web:lin", at, {}, at + timedelta(days=90), kind)
            for n in range(times)
        ]
        await inbox.store(conn, rows)


def part_of(page: str, heading: str) -> str:
    """The words of the section of that heading."""
    return text_of(f"<main>{page.partition(f'>{heading}')[2].partition('</section>')[0]}")


async def test_questions_are_counted_by_the_bureau_s_days_with_the_shares_of_their_answers(
    office: Office,
) -> None:
    early = NOW.replace(hour=1)  # of the day before in UTC
    await said(office, "answer", 6, early)
    await said(office, "clarify", 1, early)
    await said(office, "refuse", 3, NOW)
    await said(office, "collect", 2, NOW)
    await said(office, "smalltalk", 9, NOW)
    await said(office, "answer", 1, NOW - timedelta(days=29))
    await said(office, "answer", 7, NOW - timedelta(days=30))
    lin = await office.hires("林处", "head")
    page = await lin.opens("/overview")
    assert "10 今日提问，答上60%" in page
    days = part_of(lin.page, "近30天提问")
    assert "全部地区合计" in days
    assert "近30天 11 7 64% 1 3 2" in days
    assert "5月15日 10 6 60% 1 3 2" in days
    assert "4月16日 1 1 100% 0 0 0" in days
    assert "4月15日" not in days


async def test_what_is_asked_now_counts_at_once_and_hours_that_are_over_are_counted_again_later(
    office: Office,
) -> None:
    lin = await office.hires("林处", "head")
    await said(office, "answer", 1, NOW)
    assert "1 今日提问" in await lin.opens("/overview")
    await said(office, "answer", 2, NOW + timedelta(seconds=1))
    await said(office, "answer", 4, NOW - timedelta(hours=3))
    assert "3 今日提问" in await lin.opens("/overview")
    office.clock.now += timedelta(minutes=10)
    assert "7 今日提问" in await lin.opens("/overview")


async def test_what_was_asked_most_and_not_answered_leads_to_its_group(office: Office) -> None:
    async with office.db.transaction() as conn:
        await ask_question(conn, "厦门市", "有没有英文版？")
        first = await ask_question(conn, "厦门市", "个体户能报吗？")
        await ask_question(conn, "厦门市", "个体户能报吗")
        await ask_question(conn, "厦门市", "高校能报吗？", answered=True)
        await ask_question(conn, "漳州市", "漳州的能报吗？")
    lin = await office.hires("林处", "head")
    await lin.opens("/overview")
    asked = part_of(lin.page, "问得最多、还没答上的")
    assert "几人问 个体户能报吗？ 2 有没有英文版？ 1" in asked
    assert "漳州" not in asked
    assert "高校" not in asked
    assert f'href="/console/questions/{first}"' in lin.page
    assert "几人问 2" in await lin.opens(f"/questions/{first}")


async def test_last_digests_are_told_with_how_many_got_them(office: Office) -> None:
    async with office.db.transaction() as conn:
        rows = [
            OutboxRow(f"digest:daily:2024-05-14:{to}", to, {}, NOW, "wecom", region="厦门市")
            for to in ("wecom:甲", "wecom:乙", "wecom:丙")
        ]
        second = replace(rows[0], key="digest:daily:2024-05-14:wecom:甲:2")
        extra = OutboxRow("digest:2024-05-15T08:00:00:robot:群", "robot:群", {}, NOW)
        extra = replace(extra, region="厦门市")
        await outbox.add(conn, [*rows, second, extra])
        of = update(outbox_table)
        await conn.execute(of.values(state="sent"))
        await conn.execute(of.where(outbox_table.c.target == "wecom:丙").values(state="dead"))
    lin = await office.hires("林处", "head")
    await lin.opens("/overview")
    digests = part_of(lin.page, "最近的简报")
    assert "临时简报 5月15日 09:00 1 0 0 每日简报 5月15日 09:00 2 0 1" in digests


async def test_what_is_wrong_stands_on_top_and_nothing_does_where_all_is_well(
    office: Office,
) -> None:
    lin = await office.hires("林处", "head")
    page = await lin.opens("/overview")
    assert "需要处理" not in page
    assert "后台任务 都在运行" in page
    async with office.db.transaction() as conn:
        late = NOW - timedelta(hours=3)
        await outbox.add(conn, [OutboxRow("note:1", "wecom:甲", {}, late, "wecom")])
    page = await lin.opens("/overview")
    assert "需要处理 发件箱：企业微信：1条等着发送，最早的已等3小时" in page
    assert page.index("需要处理") < page.index("待受理")


def test_each_trouble_is_told_in_words() -> None:
    state = State(5, 2, 3, {"outbox": False, "purge": True}, {"kf": Queue(4, 2)})
    told = [f"{part.name}：{part.told}" for part in parts(state, {"wecom": "errcode 40001"})]
    assert told == [
        "数据库：正常",
        "知识库：已发布第3版，还在用第2版，5件通知，请看运行日志",
        "后台任务：发送停了，请重启服务",
        "发件箱：微信客服：4条等着发送，2条多次没发出",
        "平台凭证：企业微信：取不到（errcode 40001）",
    ]
    assert not any(part.well for part in parts(State(0, 0, None, {"x": False}), {}))


@given(st.lists(st.integers(0, 90), max_size=40))
def test_dates_on_the_line_never_cover_one_another(offsets: list[int]) -> None:
    today = NOW.date()
    drawn = timeline([today + timedelta(days=days) for days in offsets], today, 90)
    if not offsets:
        assert drawn == ""
        return
    assert drawn.count("<circle") == len(set(offsets))
    labels: dict[str, list[int]] = {}
    for x, y in re.findall(r'<text x="(\d+)" y="(\d+)"[^>]*>\d+\.\d+<', drawn):
        labels.setdefault(y, []).append(int(x))
    for places in labels.values():
        gaps = [b - a for a, b in pairwise(places)]
        assert all(gap >= 40 for gap in gaps)
