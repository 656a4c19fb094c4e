"""Places are known by their full and their everyday names, and not seen in other words."""

from __future__ import annotations

import pytest

from knowledge.load import load_knowledge, shipped_dir
from knowledge.regions import Regions


@pytest.fixture(scope="module")
def regions() -> Regions:
    return load_knowledge(shipped_dir()).regions


def test_all_divisions_of_the_first_two_levels_are_there(regions: Regions) -> None:
    assert len(regions.regions) == 34
    cities = [city.name for province in regions.regions for city in province.cities]
    assert len(cities) == 333 + 1  # the prefectures, and Pingtan
    assert len(set(cities)) == len(cities)


def test_fujian_has_its_counties(regions: Regions) -> None:
    (fujian,) = (province for province in regions.regions if province.name == "福建省")
    assert len(fujian.cities) == 10
    assert sum(len(city.counties) for city in fujian.cities) == 84


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("厦门的工作方案报给哪个处", "厦门市"),
        ("我们福建晋江有家鞋厂", "晋江市"),
        ("平潭的总结几号报", "平潭综合实验区"),
        ("福州市长乐区的企业", "长乐区"),
        ("恩施有没有这个活动", "恩施土家族苗族自治州"),
        ("广西呢", "广西壮族自治区"),
        ("新疆的方案", "新疆维吾尔自治区"),
        ("吉林的万里行", "吉林省"),
        ("南平市政和县的茶叶", "政和县"),
    ],
)
def test_the_narrowest_place_that_is_named(regions: Regions, text: str, place: str) -> None:
    assert regions.find(text) == place


@pytest.mark.parametrize(
    "text",
    ["健全行政和司法保护衔接", "坚持公平和公开", "做好推广安排", "加强重大理论研究", "朝阳产业"],
)
def test_no_place_is_seen_inside_other_words(regions: Regions, text: str) -> None:
    assert regions.find(text) is None


def test_a_county_lies_in_its_city_and_province(regions: Regions) -> None:
    assert regions.lineage("思明区") == ("思明区", "厦门市", "福建省", "全国")


def test_a_place_that_only_notices_know_is_one(regions: Regions) -> None:
    joined = regions.joined(["云江省", "厦门市", "高新区"], {"高新"}.__contains__)
    assert [name for _, _, name in joined.spans("云江的培育中心，厦门也报")] == ["云江省", "厦门市"]
    assert joined.lineage("云江省") == ("云江省", "全国")
    assert joined.find("高新区的企业") == "高新区"
    assert joined.find("高新技术企业") is None
    assert regions.joined(["厦门市"], str.isdigit) is regions
