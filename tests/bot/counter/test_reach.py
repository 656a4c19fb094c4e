"""Whose demands and questions one sees: those of the bureaus within one's regions."""

from __future__ import annotations

import pytest

from bot.staff.counter.reach import reach_of
from knowledge.snapshot import KnowledgeBase
from storage.staff import Role
from tests.bot.counter.office import clerk

FROM = {
    "厦门市": "厦门市",
    "漳州市": "漳州市",
    "平潭": "平潭综合实验区",
    "福建省": "福建省",
    "全国": "全国",
    "省外": "宁波市",
    "不明": None,
}


@pytest.mark.parametrize(
    ("role", "regions", "seen"),
    [
        ("clerk", ("厦门市",), {"厦门市"}),
        ("head", ("厦门市",), {"厦门市"}),
        ("admin", ("厦门市",), {"厦门市"}),
        ("clerk", ("厦门市", "漳州市"), {"厦门市", "漳州市"}),
        ("clerk", ("福建省",), {"厦门市", "漳州市", "平潭", "福建省", "省外", "不明"}),
        ("clerk", ("全国",), set(FROM)),
        ("admin", (), set(FROM)),
        ("clerk", (), set()),
        ("head", ("四川省",), set()),
    ],
)
def test_a_member_of_staff_reaches_what_lies_in_their_regions(
    role: Role, regions: tuple[str, ...], seen: set[str], kb: KnowledgeBase
) -> None:
    reach = reach_of(clerk(role=role, regions=regions), kb)
    assert {name for name, region in FROM.items() if reach.has_region(region, kb)} == seen


def test_a_demand_of_no_known_bureau_is_the_provinces(kb: KnowledgeBase) -> None:
    assert reach_of(clerk(regions=("福建省",)), kb).has(None)
    assert not reach_of(clerk(regions=("厦门市",)), kb).has(None)
