"""A demand goes to the narrowest bureau that serves its place; staff name bureaus as they speak."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.load import KnowledgeError, load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from tests.knowledge.small import lay

CITIES = {"福州", "厦门", "漳州", "泉州", "三明", "莆田", "南平", "龙岩", "宁德"}


def test_the_shipped_ones_are_fujians_and_the_national_office(kb: KnowledgeBase) -> None:
    served = {bureau.region: bureau.level for bureau in kb.bureaus.all}
    assert served == {f"{city}市": "city" for city in CITIES} | {
        "平潭综合实验区": "city", "福建省": "province", "全国": "nation",
    }  # fmt: skip


def test_the_province_has_the_name_that_its_notices_bear(kb: KnowledgeBase) -> None:
    fujian = kb.bureaus.get("fujian")
    assert fujian is not None
    assert fujian.name in kb.issuers


@pytest.mark.parametrize(
    ("region", "bureau"),
    [
        ("厦门市", "xiamen"),
        ("思明区", "xiamen"),
        ("晋江市", "quanzhou"),
        ("平潭县", "pingtan"),
        ("福建省", "fujian"),
        ("成都市", None),
        ("全国", "cnipa"),
        ("某某市", None),
        (None, None),
    ],
)
def test_the_narrowest_bureau_serves_a_place(
    kb: KnowledgeBase, region: str | None, bureau: str | None
) -> None:
    found = kb.bureaus.serving(region)
    assert (found.id if found else None) == bureau


def test_a_province_has_its_own_and_those_of_its_cities(kb: KnowledgeBase) -> None:
    names = {bureau.region for bureau in kb.bureaus.within(["福建省"])}
    assert names == {f"{city}市" for city in CITIES} | {"平潭综合实验区", "福建省"}


def test_the_whole_country_has_all_and_a_city_only_its_own(kb: KnowledgeBase) -> None:
    assert kb.bureaus.within(["全国"]) == kb.bureaus.all
    assert [b.id for b in kb.bureaus.within(["厦门市", "宁德市"])] == ["xiamen", "ningde"]
    assert kb.bureaus.within([]) == kb.bureaus.within(["思明区"]) == ()


@pytest.mark.parametrize(
    ("said", "bureau"),
    [
        ("厦门", "xiamen"),
        ("厦门市", "xiamen"),
        ("厦门局", "xiamen"),
        ("厦门市局", "xiamen"),
        ("厦门市知识产权局", "xiamen"),
        ("厦门市市场监督管理局(厦门市知识产权局)", "xiamen"),
        ("给泉州市局", "quanzhou"),
        ("平潭", "pingtan"),
        ("省局", "fujian"),
        ("福建", "fujian"),
        ("福建省局", "fujian"),
        ("国家局", "cnipa"),
        ("国知局", "cnipa"),
        ("福建省厦门市局", "xiamen"),
        ("思明区", "xiamen"),
        ("成都", None),
        ("厦门或者漳州", None),
        ("隔壁", None),
        ("", None),
    ],
)
def test_a_bureau_is_found_by_what_staff_call_it(
    kb: KnowledgeBase, said: str, bureau: str | None
) -> None:
    found = kb.bureaus.find(said)
    assert (found.id if found else None) == bureau


def own(directory: Path, text: str) -> Path:
    return lay(directory, text, "bureaus.yaml")


def test_a_deployment_lays_its_own_over_the_shipped_ones(tmp_path: Path) -> None:
    text = (
        "bureaus:\n  - {id: chengdu, name: 成都市知识产权局, short: 成都市局, region: 成都市}\n"
        "  - {id: wuhou, name: 武侯局, short: 武侯局, region: 四川省}\n"
    )
    bureaus = load_knowledge(shipped_dir(), own(tmp_path, text)).bureaus
    assert [bureau.id for bureau in bureaus.all] == ["chengdu", "wuhou"]
    assert bureaus.serving("厦门市") is None


@pytest.mark.parametrize(
    ("line", "at", "told"),
    [
        ("{id: a1, name: 甲, short: 甲, region: 成都}", "3:41", 'bureaus[1].region: "成都" is no'),
        ("{id: a1, name: 甲, short: 甲, region: 厦门市}", "3:41", "bureaus[1].region: another"),
        ("{id: xm, name: 甲, short: 甲, region: 漳州市}", "3:10", "bureaus[1].id: there is"),
        ("{id: 甲, name: 甲, short: 甲, region: 漳州市}", "3:10", 'bureaus[1].id: "甲"'),
        ("{id: a1, name: 甲, region: 漳州市}", "3:5", "bureaus[1].short: is missing"),
    ],
)
def test_each_mistake_is_told_at_its_place(tmp_path: Path, line: str, at: str, told: str) -> None:
    text = f"bureaus:\n  - {{id: xm, name: 乙, short: 乙, region: 厦门市}}\n  - {line}\n"
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(shipped_dir(), own(tmp_path, text))
    (problem,) = caught.value.problems
    assert f"bureaus.yaml:{at}: {told}" in problem
