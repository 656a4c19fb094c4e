"""Readers of single values: numbers, addresses, names, choices, yes or no."""

from __future__ import annotations

import pytest

from intents.filling.pieces import tidy
from intents.slots import choice, company, email, person, phone, yesno
from intents.slots.value import Found, Problem, Value
from tests.intents.forms import DEMANDS

MARK = next(s for s in DEMANDS.slots if s.kind == "yesno")


def only(found: list[Found]) -> Found:
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("13900000001", "mobile", "13900000001"),
        ("１３９００００００２２", "mobile", "13900000022"),
        ("139 0000 0001", "mobile", "13900000001"),
        ("139-0000-0001", "mobile", "13900000001"),
        ("1 3 9 0 0 0 0 0 0 0 1", "mobile", "13900000001"),
        ("+86 139 0000 0001", "mobile", "13900000001"),
        ("8613900000001", "mobile", "13900000001"),
        ("幺三九零零零零零零零一", "mobile", "13900000001"),
        ("我的手机号是13900000001，谢谢", "mobile", "13900000001"),
        ("0598-8200001", "phone", "0598-8200001"),
        ("05988200001", "phone", "0598-8200001"),
        ("（0592）5700001", "phone", "0592-5700001"),
        ("+86 10 62083921", "phone", "010-62083921"),
        ("010 62083921", "phone", "010-62083921"),
        ("0591-87654321转801", "phone", "0591-87654321转801"),
        ("0591-87654321-801", "phone", "0591-87654321转801"),
        ("0591 8765 4321 分机 12", "phone", "0591-87654321转12"),
        ("座机87654321", "phone", "87654321"),
        ("400-800-1234", "phone", "400-800-1234"),
    ],
)
def test_number_is_read_and_written_in_one_way(typed: str, kind: str, value: str) -> None:
    found = only(phone.find(tidy(typed)))
    assert isinstance(found, Value)
    assert (found.kind, found.value) == (kind, value)


def test_two_numbers_side_by_side_are_two() -> None:
    found = phone.find("13900000001 0598-8200001")
    assert [f.value for f in found if isinstance(f, Value)] == ["13900000001", "0598-8200001"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("手机1390000", "只有7位"),
        ("手机号139000000012", "有12位"),
        ("电话139****0001", "星号"),
        ("手机12300000001", "123开头"),
        ("座机0598-82000", "区号"),
        ("1390000000", "只有10位"),
    ],
)
def test_wrong_number_is_told_what_is_wrong(typed: str, said: str) -> None:
    found = only(phone.find(tidy(typed)))
    assert isinstance(found, Problem)
    assert said in found.sentence


@pytest.mark.parametrize(
    "typed",
    [
        "专利号202110000000.1",
        "贷款8000000元",
        "手上有12件专利",
        "2023-08-10前",
        "传真0598-8200001",
        "统一社会信用代码91350400MA00000001",
        "国知发运函字〔2021〕51号",
    ],
)
def test_other_figures_are_no_phone(typed: str) -> None:
    assert phone.find(tidy(typed)) == []


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("liner@example.com", "liner@example.com"),
        ("邮箱：liner＠example。com", "liner@example.com"),
        ("liner@example，com", "liner@example.com"),
        ("liner @ example . com", "liner@example.com"),
        ("liner艾特example点com", "liner@example.com"),
        ("我的邮箱是li.ner_1@mail.example.cn。谢谢", "li.ner_1@mail.example.cn"),
        ("ｌｉｎｅｒ＠ｅｘａｍｐｌｅ．ｃｏｍ", "liner@example.com"),
    ],
)
def test_address_is_read_through_the_slips_of_a_keyboard(typed: str, value: str) -> None:
    found = only(email.find(tidy(typed)))
    assert isinstance(found, Value)
    assert found.value == value


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("liner@example", ".com"),
        ("liner@", "核对"),
        ("a..b@example.com", "核对"),
        ("liner.example.com", "@"),
    ],
)
def test_wrong_address_is_told_what_is_wrong(typed: str, said: str) -> None:
    found = only(email.find(typed, expected=True))
    assert isinstance(found, Problem)
    assert said in found.sentence


@pytest.mark.parametrize(
    "name",
    [
        "三明示例木业有限公司",
        "莆田示例鞋业",
        "南平示例茶业合作社",
        "福建示例（集团）股份有限公司",
        "厦门示例大学",
        "泉州市示例行业协会",
        "福建示例有限公司莆田分公司",
    ],
)
def test_organisation_is_known_by_its_ending(name: str) -> None:
    assert company.at_start(name) == name


@pytest.mark.parametrize(
    "said",
    [
        "我们厂有个商标想贷款",
        "银行说看不懂估值",
        "想找个研究院合作",
        "台州一家公司想买我们的专利",
        "隔壁厂",
        "陈一",
        "希望局里组织一次对接",
    ],
)
def test_sentence_is_no_organisation(said: str) -> None:
    assert company.at_start(said) is None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("陈一", "陈一"),
        ("欧阳小明", "欧阳小明"),
        ("王经理", "王经理"),
        ("小林", "小林"),
        ("买买提·艾山", "买买提·艾山"),
        ("林二经理", "林二"),
    ],
)
def test_person_is_known_by_shape(said: str, name: str) -> None:
    read = person.read(said)
    assert read is not None
    assert read.name == name


@pytest.mark.parametrize(
    "said", ["谢谢", "方便", "许可", "单位", "时间", "没有", "商标", "马上", "高新区"]
)
def test_everyday_word_is_no_person(said: str) -> None:
    assert person.read(said) is None


@pytest.mark.parametrize(
    ("said", "number"), [("2", 2), ("第二个", 2), ("选3", 3), ("三", 3), ("二十", None)]
)
def test_option_is_picked_by_number(said: str, number: int | None) -> None:
    assert choice.ordinal(said) == number


@pytest.mark.parametrize(
    ("said", "task"),
    [
        ("转移转化那个", "开展转移转化行动"),
        ("嗯，选质押融资吧", "开展质押融资行动"),
        ("其他", "其他"),
        ("许可的", "开展转移转化行动"),
    ],
)
def test_task_is_picked_by_a_part_of_its_name(said: str, task: str) -> None:
    assert choice.pick(said, DEMANDS, asked=True) == task


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("最好国家局能给支持", True),
        ("需要国家局协调", True),
        ("不用国家局", False),
        ("国家局就不麻烦了", False),
        ("国家局的活动是什么", None),
        ("我们的商标想质押", None),
    ],
)
def test_mark_is_read_from_a_clause(said: str, wish: bool | None) -> None:
    assert yesno.read(said, MARK) is wish


def test_typo_by_sound_still_suggests_a_task() -> None:
    suggestion = choice.suggest("我们的商标想做质压", DEMANDS)
    assert suggestion is not None
    assert suggestion.task == "开展质押融资行动"
