"""How things stand, and whether each number leads to its list."""

from __future__ import annotations

import html
import re

from tests.bot.counter.office import ask_question, file_demand
from tests.console.office import Office, text_of


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
