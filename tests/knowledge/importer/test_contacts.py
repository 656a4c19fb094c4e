"""Whom to turn to, in every layout that notices have."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importer.contacts import NO_AREA, contacts_of
from knowledge.importer.contacts.names import is_name
from knowledge.importer.contacts.orgs import is_office
from knowledge.importer.contacts.phones import phones_in
from knowledge.importer.contacts.plain import plain
from knowledge.importer.facts import ContactFact, Head
from knowledge.importer.page import Outline, Page, Place
from tests.knowledge.importer.building import one_place, table

HEAD = Head(title=None, issuer=None, doc_number=None, kind="通知", issued=None)


def read(text: str) -> list[ContactFact]:
    return contacts_of(one_place(text, "落款"), HEAD)


def one(text: str) -> ContactFact:
    (fact,) = read(text)
    return fact


def told(text: str) -> list[tuple[str | None, tuple[str, ...], tuple[str, ...]]]:
    return [(fact.org, fact.names, fact.phones) for fact in read(text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("010—62083921", ("010-62083921",)),
        ("(010)62083921", ("010-62083921",)),
        ("（0591）8785 1234", ("0591-87851234",)),
        ("01062083921", ("010-62083921",)),
        ("86-10-62083921", ("86-10-62083921",)),
        ("138 0013 8000", ("13800138000",)),
        ("138-0013-8000", ("13800138000",)),
        ("400-810-8888", ("400-810-8888",)),
        ("62083906/07", ("62083906", "62083907")),
        ("62083906、3907", ("62083906", "62083907")),
        ("010-62083906/07", ("010-62083906", "010-62083907")),
        ("0591-87851234转8012", ("0591-87851234-8012",)),
        ("0591-87851234-801", ("0591-87851234-801",)),
        ("010—62083921 62083316", ("010-62083921", "62083316")),
        ("０１０－６２０８３９２１", ("010-62083921",)),
    ],
)
def test_a_number_is_read_digit_by_digit(text: str, numbers: tuple[str, ...]) -> None:
    assert one(f"联系电话：{text}").phones == numbers


@pytest.mark.parametrize(
    "text",
    [
        "20240115",
        "2021—2025年",
        "国知发运函字〔2023〕58号",
        "滇ICP备05069085号-14",
        "投入3000000元",
        "2024-01-15",
        "9:00-17:00",
    ],
)
def test_dates_sums_and_document_numbers_are_no_telephones(text: str) -> None:
    assert [p for p in phones_in(plain(text)) if p.strength != "short"] == []
    assert read(text) == []


def test_office_names_and_numbers_in_one_bracket() -> None:
    text = "（联系人及电话：产业促进司 裴小松 路一波 010—62083921 62083316）"
    expected = ("产业促进司", ("裴小松", "路一波"), ("010-62083921", "62083316"))
    assert told(text) == [expected]


def test_labels_with_blanks_inside() -> None:
    fact = one("联 系 人：张　三\n电　　话：０１０－６２０８３９２１\n邮　箱：zhang＠qh．gov．cn")
    assert fact.names == ("张三",)
    assert fact.phones == ("010-62083921",)
    assert fact.emails == ("zhang@qh.gov.cn",)


def test_an_office_in_the_last_sentence() -> None:
    text = "如有问题请与我局知识产权运用促进处联系，电话：0591-87851234。"
    assert told(text) == [("我局知识产权运用促进处", (), ("0591-87851234",))]


def test_fax_postcode_and_web_groups_are_left_out() -> None:
    fact = one("电话：0591-87851234 传真：0591-87851235 邮编：350001 QQ群：123456789")
    assert fact.phones == ("0591-87851234",)


def test_each_name_with_its_own_number_is_a_contact() -> None:
    text = "联系人：科技处 张三 010-62083921，李四 010-62083922"
    assert told(text) == [
        ("科技处", ("张三",), ("010-62083921",)),
        ("科技处", ("李四",), ("010-62083922",)),
    ]


def test_names_in_brackets_behind_their_numbers() -> None:
    text = "联系电话：010-62083921（张三）、010-62083922（李四）"
    assert [fact.names for fact in read(text)] == [("张三",), ("李四",)]


def test_several_offices_each_on_its_line() -> None:
    text = "联系方式：\n省科技厅农村处0791-86253790\n高新科5820679 农业科5820676"
    assert told(text) == [
        ("省科技厅农村处", (), ("0791-86253790",)),
        ("高新科", (), ("5820679",)),
        ("农业科", (), ("5820676",)),
    ]


def test_technical_support_is_a_contact_of_its_own() -> None:
    text = "业务咨询：张三，010-62083921；技术支持：李四，010-62083922"
    assert told(text) == [
        ("业务咨询", ("张三",), ("010-62083921",)),
        ("技术支持", ("李四",), ("010-62083922",)),
    ]


def test_an_address_is_kept_without_its_postcode() -> None:
    fact = one("联系人：张三，电话：87851234\n邮寄地址：长春市建设街199号，邮编：130051")
    assert fact.address == "长春市建设街199号"


def test_the_mail_that_things_are_sent_to() -> None:
    fact = one("请于5月20日前将电子版发送至bao song@qh.gov.cn、ip[at]qh.gov.cn。")
    assert fact.emails[-1] == "ip@qh.gov.cn"


def test_rows_of_a_table_are_contacts() -> None:
    rows = [
        ["单位", "联系人", "联系电话", "传真", "邮箱"],
        ["青河市局", "王五", "0531-88886666", "0531-88886667", "ww@qh.gov.cn"],
        ["白山市局", "赵六", "87654321", "", ""],
    ]
    block, text = table(rows)
    place = Place("三", "clause", None, (block,))
    first, second = contacts_of(Outline(Page(text, (block,)), (place,)), HEAD)
    assert (first.org, first.names, first.phones) == ("青河市局", ("王五",), ("0531-88886666",))
    assert first.emails == ("ww@qh.gov.cn",)
    assert (second.org, second.phones, second.emails) == ("白山市局", ("87654321",), ())


@pytest.mark.parametrize(
    "text",
    [
        "联系人：________　联系电话：________",
        "单位名称：　　联系人：　　联系电话：　　",
        "请各单位确定联系人和联系电话，并填写附件2。",
        "群众可拨打12345热线反映问题。",
        "政府网站找错 网站标识码3700000001\n主办：某局 电话：0531-12345678\n鲁ICP备05069085号",
        "组长：张三，副组长：李四",
        "附件：1.联系人汇总表 2.邮箱清单",
    ],
)
def test_blank_forms_footers_and_hot_lines_are_no_contacts(text: str) -> None:
    assert read(text) == []


def test_a_number_without_area_code_is_looked_at() -> None:
    assert NO_AREA in one("联系电话：87851234").look
    assert one("联系电话：0591-87851234").look == ()


def test_the_same_contact_is_told_once() -> None:
    text = "联系人：张三，电话：87851234\n其余照此办理。\n联系人：张三，电话：87851234"
    assert len(read(text)) == 1


def test_spans_show_where_each_value_stands() -> None:
    text = "联系人：张三，电话：0591-87851234"
    fact = one(text)
    cut = {name: text[span.start : span.end] for name, span in fact.spans.items()}
    assert cut == {"names": "张三", "phones": "0591-87851234"}


@pytest.mark.parametrize(
    "word", ["张三", "欧阳小明", "阿依古丽·买买提", "王处长", "李老师", "李工"]
)
def test_names(word: str) -> None:
    assert is_name(word)


@pytest.mark.parametrize(
    "word", ["咨询", "电话", "高新科", "办公室", "上午", "周一", "时间", "江苏局"]
)
def test_words_that_are_no_names(word: str) -> None:
    assert not is_name(word)


@pytest.mark.parametrize("word", ["办公室", "省知识产权局运用促进处", "高新科", "会务组", "省局"])
def test_offices(word: str) -> None:
    assert is_office(word)


@pytest.mark.parametrize("word", ["全部", "内部", "工作格局", "申请本科", "联合主办"])
def test_words_that_are_no_offices(word: str) -> None:
    assert not is_office(word)


_NAMES = st.sampled_from(["张三", "李小四", "欧阳明", "裴松", "王处长", "司马光明", "何静", "吴昊"])
_OFFICES = st.sampled_from([None, "运用促进处", "省知识产权局保护司", "办公室", "市服务中心"])
_AREAS = st.sampled_from(["", "010", "0591", "021", "0898"])
_LOCALS = st.from_regex(r"[35678][0-9]{7}", fullmatch=True)
_DASHES = st.sampled_from(["-", "—", "－", "–", " - "])
_BLANKS = st.sampled_from(["", " ", "　", "  "])
_BETWEEN = st.sampled_from(["、", "，", " ", "；"])
_MAILS = st.from_regex(r"[a-z]{3,8}[0-9]{0,3}@[a-z]{2,6}\.(gov\.cn|com)", fullmatch=True)


@st.composite
def _numbers(draw: st.DrawFn) -> tuple[str, str]:
    """A number as it is printed, and as it is to be read."""
    area, local = draw(_AREAS), draw(_LOCALS)
    if not area:
        return local, local
    boxed = draw(st.booleans())
    shown = f"（{area}）{local}" if boxed else f"{area}{draw(_DASHES)}{local}"
    return shown, f"{area}-{local}"


@given(st.data())
def test_a_contact_in_any_layout_is_read_back(data: st.DataObject) -> None:
    draw = data.draw
    office = draw(_OFFICES)
    people = draw(st.lists(_NAMES, min_size=1, max_size=3, unique=True))
    numbers = draw(st.lists(_numbers(), min_size=1, max_size=2, unique_by=lambda n: n[1]))
    mail = draw(st.none() | _MAILS)
    colon = draw(st.sampled_from(["：", ":", "： "]))
    end = draw(st.sampled_from(["\n", "，", "；", "　　"]))
    comma = draw(st.sampled_from(["、", " ", "，", "　"]))
    spread = draw(_BLANKS)
    parts = [
        spread.join("联系人") + colon + (f"{office} " if office else "") + comma.join(people),
        spread.join("联系电话") + colon + draw(_BETWEEN).join(shown for shown, _ in numbers),
    ]
    if mail:
        parts.append(spread.join("邮箱") + colon + mail.replace("@", draw(st.sampled_from("@＠"))))
    fact = one(end.join(parts))
    assert fact.org == office
    assert fact.names == tuple(people)
    assert fact.phones == tuple(number for _, number in numbers)
    assert fact.emails == ((mail,) if mail else ())


@given(
    st.text(alphabet="0123456789-—()（）/、 转联系电话：张三省局处传真邮箱@a.cn年\n", max_size=60)
)
def test_no_number_is_made_up(text: str) -> None:
    digits = re.sub(r"\D", "", plain(text))
    for fact in read(text):
        for phone in fact.phones:
            bare = phone.replace("-", "")
            assert bare in digits or bare[:-4].lstrip("0") in digits


@given(_numbers(), st.integers(min_value=1, max_value=4), st.integers(0, 9999))
def test_a_shortened_number_replaces_the_last_digits(
    number: tuple[str, str], size: int, tail: int
) -> None:
    last = f"{tail:04d}"[-size:]
    fact = one(f"电话：{number[0]}/{last}")
    assert fact.phones in ((number[1], number[1][:-size] + last), (number[1],))
    assert len(fact.phones) == 2 or number[1].endswith(last)
