"""The index of many notices: the sieve loses nothing, the shortlist is what a plain count gives."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.corpus import in_bulk
from knowledge.facets import ANYWHERE, Where
from knowledge.names import Names
from knowledge.search import pairs
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit


def ids(units: list[Unit]) -> set[int]:
    return {unit.number for unit in units}


def test_texts_in_bulk_read_as_they_do_one_by_one(kb: KnowledgeBase) -> None:
    texts = [text for unit in kb.units for text, _ in unit.texts]
    texts += ["", " 前后有空格 ", "二〇二一年 ", "十二月十五", "\ue000夹着"]
    expected = [kb.canonical(text.replace("\ue000", " ")) for text in texts]
    assert in_bulk(texts, kb.canonical) == expected


def test_every_unit_keeps_its_own_texts(kb: KnowledgeBase) -> None:
    for unit in kb.units:
        assert list(kb.texts_of(unit)) == [(kb.canonical(t), w) for t, w in unit.texts]


def test_anywhere_lets_all_through_in_order(kb: KnowledgeBase) -> None:
    assert list(kb.units_at(ANYWHERE)) == list(kb.units)
    assert list(kb.notices_at(ANYWHERE)) == list(kb.notices)


def test_a_kind_is_that_kind_alone(kb: KnowledgeBase) -> None:
    assert list(kb.units_at(Where(kinds=("contact", "target")))) == [
        unit for unit in kb.units if unit.kind in ("contact", "target")
    ]


@pytest.mark.parametrize("year", [2020, 2021, 2023, 2024, 2025, 2035])
def test_a_year_finds_its_notices_and_what_speaks_of_it(kb: KnowledgeBase, year: int) -> None:
    found = ids(list(kb.units_at(Where(years=(year,)))))
    assert found >= {u.number for u in kb.units if u.notice.year == year}
    assert found >= {u.number for u in kb.units if f"{year}年" in kb.text_of(u)}


def test_a_campaign_finds_its_notices_and_what_speaks_of_it(kb: KnowledgeBase) -> None:
    for campaign in {notice.campaign for notice in kb.notices if notice.campaign}:
        name = kb.canonical(campaign)
        found = ids(list(kb.units_at(Where(campaign=campaign))))
        assert found >= {u.number for u in kb.units if u.notice.campaign == campaign}
        assert found >= {u.number for u in kb.units if name in kb.text_of(u)}


def test_a_place_finds_the_notices_around_it_but_the_nations(kb: KnowledgeBase) -> None:
    found = kb.notices_at(Where(regions=("厦门市",)))
    assert {notice.region for notice in found} == {"福建省"}
    assert kb.notices_at(Where(regions=("浙江省",))) == []


def test_who_asks_from_elsewhere_finds_the_nations_notices(kb: KnowledgeBase) -> None:
    found = kb.notices_at(Where(home="浙江省"))
    assert {notice.region for notice in found} == {"全国"}


def test_what_is_not_issued_yet_is_found_only_by_its_year(kb: KnowledgeBase) -> None:
    early = date(2022, 1, 1)
    years = {notice.year for notice in kb.notices_at(Where(today=early))}
    assert 2023 not in years
    assert 2023 in {n.year for n in kb.notices_at(Where(today=early, years=(2023,)))}


def test_the_shortlist_has_the_units_with_most_of_the_rarest_pairs(kb: KnowledgeBase) -> None:
    asked = ["质押融资贴息", "专利导航"]
    two = {pair for segment in asked for pair in pairs(segment)}

    def plainly(unit: Unit) -> float:
        held: dict[str, float] = {}
        for text, weight in kb.texts_of(unit):
            for pair in two & set(pairs(text)):
                held[pair] = max(weight, held.get(pair, 0.0))
        return sum(kb.index.rarity(pair) * weight for pair, weight in held.items())

    found = kb.index.shortlist(asked, lambda unit: True, 10)
    expected = sorted(map(plainly, kb.units), reverse=True)[:10]
    assert [plainly(unit) for unit in found] == pytest.approx(expected)


def test_a_notice_tells_the_pairs_of_its_units_own_words(kb: KnowledgeBase) -> None:
    asked = ["质押", "融资", "贴息", "足球"]
    for notice, told in zip(kb.notices, kb.index.told(asked, kb.notices), strict=True):
        own = [t for u in kb.units_of(notice) for t, weight in kb.texts_of(u) if weight > 0.6]
        assert told == {pair for pair in asked if any(pair in text for text in own)}


def test_of_names_the_longest_counts_and_none_overlap() -> None:
    names = Names(["万里行", "服务万里行", "里行方案", "案"])
    text = "请问服务万里行方案在哪，万里行呢"
    assert [text[i:j] for i, j in names.found_in(text)] == ["服务万里行", "万里行"]
    assert list(names.found_in("案")) == []
