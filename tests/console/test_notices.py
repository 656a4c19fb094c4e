"""Notices are listed, searched and shown with where each fact came from; and their calendar."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.load import load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from storage.database import Database
from tests.console.office import Browser, Office, opened

TEXT = """
id: jiangnan-2026
title: 江南省知识产权局关于开展2026年专利转化活动的通知
short: 江南2026年专利转化通知
issuer: 江南省知识产权局
doc_number: 江知发〔2026〕7号
kind: 通知
region: 江苏省
year: 2026
issued: 2026-04-06
cites:
  - title: 某上级通知
    doc_number: 国知发运函字〔2021〕51号
clauses:
  - label: 一
    heading: 活动时间
    summary: 活动从4月20日办到9月30日。
  - label: 二
    heading: 材料报送
    summary: 各市局要报两样东西。请各市局于5月25日前报送方案。另请及时报送进展。
    text: 请各市局于5月25日前报送方案。
deadlines:
  - clause: 二
    what: 报送方案
    who: 各市局
    to: 省局
    due: 2026-05-25
    inferred: true
    words: 5月25日前
  - {clause: 二, what: 报送进展, precision: event, words: 及时}
periods:
  - {clause: 一, what: 活动时间, start: 2026-04-20, end: 2026-09-30, words: 4月20日办到9月30日}
contacts:
  - {clause: 二, org: 省局, names: [林小燕], phones: [0591-87654321]}
faq:
  - {question: 个人能报吗, answer: 不能。, clause: 二}
"""
OLD = """
id: jiangnan-2025
title: 江南省知识产权局关于开展2025年专利转化活动的通知
short: 江南2025年专利转化通知
kind: 通知
region: 江苏省
year: 2025
issued: 2025-04-06
superseded_by: jiangnan-2026
clauses:
  - {label: 一, heading: 时间, summary: 全年。}
deadlines:
  - {clause: 一, what: 报送旧方案, due: 2026-05-20, words: 5月20日前}
"""


@pytest.fixture(scope="module")
def own_kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("own")
    for text in (TEXT, OLD):
        name = re.search("id: (.*)", text)
        assert name
        (Path(folder) / f"{name[1]}.yaml").write_text(text, "utf-8")
    return load_knowledge(shipped_dir(), folder)


@pytest.fixture
async def desk(db: Database, own_kb: KnowledgeBase) -> AsyncIterator[Office]:
    office = await opened(db, own_kb)
    office.clock.now = datetime(2026, 5, 6, 9, tzinfo=UTC)
    yield office
    for browser in office.browsers:
        await browser.client.close()
    await office.server.close()


@pytest.fixture
async def clerk(desk: Office) -> Browser:
    return await desk.hires("王芳")


async def test_notices_are_listed_with_how_each_stands(clerk: Browser) -> None:
    page = await clerk.opens("/notices")
    assert (
        "江南2026年专利转化通知 江知发〔2026〕7号 江南省知识产权局 江苏省 2026-04-06 有效" in page
    )
    assert re.search("江南2025年专利转化通知 江苏省 2025-04-06 已被替代", page)
    assert re.search("2021年万里行通知 .{0,60}已到期", page)


@pytest.mark.parametrize(
    ("asked", "found", "left_out"),
    [
        ("words=江知发〔2026〕", "江南2026年", "江南2025年"),
        ("words=专利转化 2025", "江南2025年", "江南2026年"),
        ("stands=superseded", "江南2025年", "江南2026年"),
        ("region=江苏省", "江南2026年", "万里行"),
        ("year=2021", "万里行", "江南2026年"),
        ("words=没有这样的通知", "没有符合条件的通知", "江南2026年"),
        ("page=99999&year=x", "没有符合条件的通知", "江南2026年"),
    ],
)
async def test_notices_are_searched_and_filtered(
    clerk: Browser, asked: str, found: str, left_out: str
) -> None:
    page = await clerk.opens(f"/notices?{asked}")
    assert found in page
    assert left_out not in page.partition("清空条件")[2]


async def test_each_fact_stands_with_the_sentence_that_it_came_from(clerk: Browser) -> None:
    page = await clerk.opens("/notices/jiangnan-2026")
    assert (
        "5月25日 （年份为推定） 各市局报送方案 二 报送：省局 请各市局于 5月25日前 报送方案。"
        in page
    )
    assert "4月20日至9月30日 活动时间 一 活动从 4月20日办到9月30日 。" in page
    assert "及时 报送进展 二 另请 及时 报送进展。" in page
    assert "个人能报吗 不能。" in page
    assert 'href="#二"' in clerk.page


async def test_what_takes_the_place_of_what_is_told_on_both(clerk: Browser) -> None:
    assert "替代了 江南2025年专利转化通知" in await clerk.opens("/notices/jiangnan-2026")
    assert 'href="/console/notices/cnipa-2021-51"' in clerk.page
    page = await clerk.opens("/notices/jiangnan-2025")
    assert "这份通知已由 江南2026年专利转化通知 替代" in page


async def test_the_form_in_use_is_shown_with_its_fields(clerk: Browser) -> None:
    page = await clerk.opens("/notices/cnipa-2021-51")
    assert "附件1，正在使用" in page
    assert "联系电话" in page


async def test_the_calendar_begins_with_this_month(clerk: Browser) -> None:
    page = await clerk.opens("/calendar")
    months = re.findall(r"(2026年\d+月)", page)
    assert months[0] == "2026年5月"
    now, _, rest = page.partition("已过去的月份")
    assert "4月20日至9月30日 进行中 活动时间" in now
    assert "5月25日 年份为推定 报送方案 各市局 江南2026年专利转化通知 二" in now
    assert "2026年4月" in rest
    assert "没有写明日期" in page
    assert "及时 报送进展" in page
    assert "报送旧方案" not in page


async def test_the_calendar_shows_another_year_and_region_and_what_is_over(clerk: Browser) -> None:
    assert "2021年没有截止时间或安排" in await clerk.opens("/calendar?year=2021")
    page = await clerk.opens("/calendar?year=2021&all=yes")
    assert "2021年5月" in page
    assert "（已到期）" in page
    assert "报送方案" not in await clerk.opens("/calendar?region=福建省")
    assert "报送旧方案" in await clerk.opens("/calendar?region=江苏省&all=yes")
    assert "日历" in await clerk.opens("/calendar?year=oops&region=火星")
