"""Lists while the demands are still being read, and after they have changed."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from bot.console import ledger as module
from bot.console.ledger import Filter, Ledger, Line, Sort, Standing, place
from knowledge.snapshot import KnowledgeBase
from storage import handling
from storage.database import Database
from storage.handling import Handled
from tests.bot.counter.office import NOW, file_demand
from tests.console.office import Office, opened

XIAMEN = frozenset({"xiamen"})


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a handful of demands is read in as many steps as a hundred thousand are."""
    monkeypatch.setattr(module, "_AT_A_TIME", 1)
    monkeypatch.setattr(module, "_OUTLINES", 2)


@pytest.fixture
async def filed(db: Database) -> list[int]:
    async with db.transaction() as conn:
        first = await file_demand(conn, "xiamen", company="厦门一诺科技有限公司")
        await file_demand(conn, "xiamen", "draft")
        second = await file_demand(conn, "xiamen", "closed", company="厦门星河电子有限公司")
        third = await file_demand(conn, "xiamen", company="厦门海纳食品有限公司")
    return [first, second, third]


@pytest.fixture
async def outlined(db: Database, office_kb: KnowledgeBase, filed: list[int]) -> Ledger:
    ledger = Ledger()
    await ledger.refresh(db, office_kb, NOW)
    return ledger


def ids(ledger: Ledger, wanted: Filter, sort: Sort = "newest") -> list[int]:
    return [line.id for line in ledger.found(wanted, sort)]


async def test_lists_are_there_before_any_field_is_opened(
    outlined: Ledger, filed: list[int]
) -> None:
    assert outlined.opened == 0
    assert ids(outlined, Filter(XIAMEN)) == filed[::-1]
    assert ids(outlined, Filter(XIAMEN), "oldest") == filed
    assert ids(outlined, Filter(XIAMEN, statuses=frozenset({"closed"}))) == [filed[1]]
    assert outlined.count(Filter(XIAMEN)) == 3
    assert ids(outlined, Filter(frozenset({"zhangzhou"}))) == []
    assert ids(outlined, Filter(XIAMEN, words=str(filed[0]))) == [filed[0]]


async def test_names_are_found_once_they_are_opened_the_newest_first(
    outlined: Ledger, filed: list[int], db: Database, office_kb: KnowledgeBase
) -> None:
    everything, old = Filter(XIAMEN, words="厦门"), Filter(XIAMEN, words="一诺")
    assert outlined.count(everything) == 0
    assert await outlined.open_some(db, office_kb)
    assert ids(outlined, everything) == [filed[2]]
    assert outlined.count(everything) == 1
    assert ids(outlined, old) == []
    while await outlined.open_some(db, office_kb):
        pass
    assert outlined.opened == 1
    assert ids(outlined, old) == [filed[0]]
    assert outlined.count(everything) == 3


async def test_what_changes_while_fields_are_opened_is_not_put_back(
    outlined: Ledger, filed: list[int], db: Database, office_kb: KnowledgeBase
) -> None:
    async with db.transaction() as conn:
        await handling.handle(conn, Handled(filed[2], "accept", "wecom:李强", NOW))
    await outlined.refresh(db, office_kb, NOW)
    while await outlined.open_some(db, office_kb):
        pass
    [line] = outlined.found(Filter(XIAMEN, words="海纳"), "newest")
    assert line.status == "accepted"


async def test_a_page_begins_behind_the_place_where_the_one_before_ended(
    outlined: Ledger, filed: list[int], db: Database, office_kb: KnowledgeBase
) -> None:
    async with db.transaction() as conn:
        later = NOW + timedelta(minutes=1)
        await handling.handle(conn, Handled(filed[0], "accept", "wecom:李强", later))
    await outlined.refresh(db, office_kb, later)
    everything = Filter(XIAMEN)
    sorts: tuple[Sort, ...] = ("newest", "oldest", "longest")
    for sort in sorts:
        whole = list(outlined.found(everything, sort))
        assert len(whole) == 3
        for n, line in enumerate(whole):
            assert list(outlined.found(everything, sort, place(line, sort))) == whole[n + 1 :]
    assert ids(outlined, everything, "longest") == [filed[1], filed[2], filed[0]]


async def test_what_is_counted_by_bureau_status_and_task_is_what_is_there(
    outlined: Ledger, filed: list[int], db: Database, office_kb: KnowledgeBase
) -> None:
    def counted() -> list[tuple[str, str, int]]:
        """By bureau and status, after each step the same as what is listed."""
        there = Counter(Standing(one.bureau, one.status, one.task) for one in lines())
        assert outlined.standing({"xiamen", "zhangzhou"}) == there
        begun = [line.id for line in outlined.begun(NOW.timestamp() - 1)]
        assert sorted(begun) == sorted(line.id for line in lines())
        return sorted((one.bureau, one.status, n) for one, n in there.items())

    def lines() -> list[Line]:
        return list(outlined.found(Filter(frozenset({"xiamen", "zhangzhou"})), "oldest"))

    assert counted() == [("xiamen", "closed", 1), ("xiamen", "submitted", 2)]
    assert outlined.standing({"zhangzhou"}) == {}
    while await outlined.open_some(db, office_kb):
        counted()
    async with db.transaction() as conn:
        later = NOW + timedelta(minutes=1)
        await handling.handle(conn, Handled(filed[0], "accept", "wecom:李强", later))
        moved = Handled(filed[2], "transfer", "wecom:李强", later, bureau="zhangzhou")
        await handling.handle(conn, moved)
        await file_demand(conn, "xiamen", company="厦门天成机械有限公司")
    await outlined.refresh(db, office_kb, later)
    told = {(bureau, status) for bureau, status, _ in counted()}
    assert told == {("xiamen", "accepted"), ("xiamen", "closed"), ("xiamen", "submitted"),
                    ("zhangzhou", "submitted")}  # fmt: skip
    assert list(outlined.begun(NOW.timestamp() + 3600)) == []


async def test_what_is_handed_in_later_is_listed_and_found_by_its_name(
    outlined: Ledger, filed: list[int], db: Database, office_kb: KnowledgeBase
) -> None:
    async with db.transaction() as conn:
        new = await file_demand(conn, "xiamen", company="厦门天成机械有限公司")
    await outlined.refresh(db, office_kb, NOW)
    assert ids(outlined, Filter(XIAMEN)) == [new, *filed[::-1]]
    assert ids(outlined, Filter(XIAMEN, words="天成")) == [new]


async def test_who_searches_too_early_is_told_that_it_may_not_be_all(
    db: Database, office_kb: KnowledgeBase, filed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object) -> bool:
        return False

    monkeypatch.setattr(Ledger, "open_some", never)
    office = await opened(db, office_kb)
    lin = await office.hires("林处", "head")
    assert "可能还不全" not in await lin.opens("/demands?status=all")
    page = await lin.opens("/demands?status=all&q=一诺")
    assert "需求内容读取到0%，这里可能还不全，请稍后刷新" in page
    refused = await lin.sends("/demands/export", q="一诺", format="xlsx")
    assert (lin.status, "请一分钟后再导出" in refused) == (503, True)
    await closed(office)


async def closed(office: Office) -> None:
    for browser in office.browsers:
        await browser.client.close()
    await office.server.close()
