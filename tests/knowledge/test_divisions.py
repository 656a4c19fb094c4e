"""Where somebody is from is found down to the county, all over the country, and not guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.divisions.source import counties
from knowledge.load import load_knowledge, shipped_dir
from knowledge.regions import NATION
from knowledge.snapshot import KnowledgeBase


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("昆山市示例机械厂", "昆山市"),
        ("昆山示例机械厂", "昆山市"),
        ("江苏昆山示例机械厂", "昆山市"),
        ("沛县示例酒业有限公司", "沛县"),
        ("示例科技（昆山）有限公司", "昆山市"),
        ("上海示例（福建）有限公司", "福建省"),
        ("北京示例科技有限公司厦门分公司", "厦门市"),
        ("示例银行福州鼓楼支行", "鼓楼区"),
        ("厦门银行股份有限公司", "厦门市"),
        ("长阳县示例茶业", "长阳土家族自治县"),
        ("海南东方示例渔业有限公司", "东方市"),
        ("北京朝阳示例商行", "北京市朝阳区"),
        ("济源市示例钢厂", "济源市"),
        ("苏州工业园区示例电子", "苏州市"),
        ("平潭县示例水产", "平潭县"),
        ("昆 山 市示例厂", "昆山市"),
        ("崑山市示例廠", "昆山市"),
        ("河北省承德市示例机械有限公司", "承德市"),  # there is 承德县 as well
        ("晋中华兴电子科技有限公司", "晋中市"),
        ("日照示例海产有限公司", "日照市"),
        ("开封鼓楼示例商行", "开封市鼓楼区"),
        ("平和示例蜜柚合作社", "平和县"),
        ("老北京示例布鞋店", None),
        ("鑫泉港示例物流有限公司", None),
        ("国网福建省示例公司厦门供电公司", "厦门市"),
        ("东方示例有限公司", None),
        ("长兴示例有限公司", None),
        ("新华示例书店", None),
        ("示例科技有限公司", None),
        ("", None),
    ],
)
def test_an_enterprises_name_tells_its_place(
    kb: KnowledgeBase, name: str, place: str | None
) -> None:
    assert kb.divisions.find(name, company=True) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("我们是江苏昆山的，做精密模具", "昆山市"),
        ("我们厂在义乌", "义乌市"),
        ("泉州 晋江 安海镇", "晋江市"),
        ("客户在浦东，我们公司在厦门", "厦门市"),
        ("我们在厦门，客户在浦东", "厦门市"),
        ("台湾企业，在厦门", "厦门市"),
        ("不在福建，在江西赣州", "赣州市"),
        ("厂子去年搬到龙岩了", "龙岩市"),
        ("想向厦门市局求助", "厦门市"),
        ("跟江苏苏州一家公司有纠纷", None),
        ("想去北京参加展会", None),
        ("想与上海交通大学合作", None),
        ("国内江苏的企业", "江苏省"),
        ("西安区域的企业", "西安市"),
        ("内蒙古准格尔旗", "准格尔旗"),
        ("香港元朗", "元朗区"),
        ("南京东路300号", None),
        ("想向北京银行贷款", None),
        ("搭建公开平台，共同安排培训", None),
        ("资金门槛太高，推广元宇宙", None),
        ("把老城区的门店做成品牌", None),
        ("灯具日照时间长的专利", None),
        ("福建晋江和比如东莞这样的地方", "晋江市"),
    ],
)
def test_a_text_tells_where_its_sender_is_from(
    kb: KnowledgeBase, text: str, place: str | None
) -> None:
    assert kb.divisions.find(text) == place


@pytest.mark.parametrize(
    ("text", "near", "place"),
    [
        ("鼓楼区", None, None),
        ("鼓楼区", "福建省", "鼓楼区"),
        ("鼓楼区", "江苏省", "江苏省"),  # in Nanjing and in Xuzhou
        ("南京市鼓楼区", "福建省", "南京市鼓楼区"),
        ("鼓楼区，就是南京那个", None, "南京市鼓楼区"),
        ("长春朝阳区", None, "长春市朝阳区"),
        ("市中区", None, None),
        ("乐山市市中区", None, "乐山市市中区"),
    ],
)
def test_a_name_of_several_places_needs_another_that_decides(
    kb: KnowledgeBase, text: str, near: str | None, place: str | None
) -> None:
    assert kb.divisions.find(text, near=near) == place


def test_a_county_lies_in_its_city_and_has_an_address(kb: KnowledgeBase) -> None:
    find = kb.divisions
    assert find.lineage("昆山市") == ("昆山市", "苏州市", "江苏省", "全国")
    assert find.lineage("南京市鼓楼区")[1:3] == ("南京市", "江苏省")
    assert find.lineage("思明区") == kb.regions.lineage("思明区")
    assert find.full("南京市鼓楼区") == "江苏省南京市鼓楼区"
    assert find.full("昆山市") == "江苏省苏州市昆山市"
    assert find.full("仙桃市") == "湖北省仙桃市"
    assert find.full("全国") == "全国"


def full(kb: KnowledgeBase, text: str) -> str:
    place = kb.divisions.find(text)
    return kb.divisions.full(place) if place else ""


def test_every_county_is_found_behind_what_it_lies_in(kb: KnowledgeBase) -> None:
    lines = (shipped_dir() / "divisions" / "counties.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(": ") for line in lines if not line.startswith("#")]
    fujian = {city.name for p in kb.regions.regions for city in p.cities if city.counties}
    listed = [(p, n) for p, names in pairs if p not in fujian for n in names.split()]
    assert len(listed) > 2800
    lost = [f"{p}{n}" for p, n in listed if not full(kb, f"{p}{n}").endswith(f"{p}{n}")]
    assert not lost, lost


def test_the_whole_address_before_an_enterprises_name_is_its_place(kb: KnowledgeBase) -> None:
    cities = [city.name for p in kb.regions.regions for city in p.cities]
    addresses = [kb.divisions.full(city) for city in cities]
    named = [kb.divisions.find(f"{a}示例机械有限公司", company=True) for a in addresses]
    assert named == cities


def test_questions_do_not_see_the_counties(kb: KnowledgeBase) -> None:
    assert kb.regions.find("昆山的企业") is None


def test_a_demand_of_another_province_is_no_bureaus_here(kb: KnowledgeBase) -> None:
    place = kb.divisions.find("昆山市示例机械厂", company=True)
    assert place is not None
    assert kb.bureaus.serving(place) is None


def test_a_deployments_regions_give_a_city_its_counties(tmp_path: Path) -> None:
    own = "regions:\n  - name: 江苏省\n    cities:\n      - {name: 苏州市, counties: [新昆市]}\n"
    (tmp_path / "regions.yaml").write_text(own, encoding="utf-8")
    (tmp_path / "bureaus.yaml").write_text("bureaus: []\n", encoding="utf-8")
    divisions = load_knowledge(shipped_dir(), tmp_path).divisions
    assert divisions.find("苏州新昆市") == "新昆市"
    assert divisions.find("苏州昆山市") == "苏州市"


def package(directory: Path) -> Path:
    """A package of the kind that the data come from, with one of each sort of line."""
    data = directory / "dist"
    data.mkdir()
    (directory / "package.json").write_text('{"name": "some", "version": "1.2.3"}')
    (data / "provinces.csv").write_text('code,name\n32,"江苏省"\n42,"湖北省"\n', "utf-8-sig")
    (data / "cities.csv").write_text(
        'code,name,provinceCode\n3205,"苏州市",32\n4290,"省直辖县级行政区划",42\n', "utf-8"
    )
    (data / "areas.csv").write_text(
        "code,name,cityCode,provinceCode\n"
        '320583,"昆山市",3205,32\n320576,"苏州工业园区",3205,32\n'
        '429004,"仙桃市",4290,42\n429099,"某某街道",4290,42\n',
        "utf-8",
    )
    outside = {"香港特别行政区": {"新界": ["元朗区"]}, "台湾省": {"台北市": ["大安区"]}}
    (data / "HK-MO-TW.json").write_text(json.dumps(outside), "utf-8")
    return directory


def test_the_data_file_is_made_from_a_package(tmp_path: Path) -> None:
    made = counties(package(tmp_path)).splitlines()
    assert "some 1.2.3" in made[1]
    assert made[2:] == [
        "苏州市: 昆山市",
        "湖北省: 仙桃市",
        "香港特别行政区: 元朗区",
        "台湾省: 台北市",
    ]


@given(
    st.text("福建省厦门市鼓楼区江苏南京(（）) 县公司分行去在我们，。0a\x00\ud800🎉\n", max_size=30)
)
def test_whatever_is_said_what_is_found_is_a_place(kb: KnowledgeBase, text: str) -> None:
    for company in (False, True):
        place = kb.divisions.find(text, company=company, near="福建省")
        assert place is None or kb.divisions.lineage(place)[-1] == NATION
