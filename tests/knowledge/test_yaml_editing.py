"""A value is exchanged where it stands in a file, and nothing else in the file moves."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.load import shipped_dir
from knowledge.yaml_editing import NoPlace, Value, with_value, without
from knowledge.yaml_source import parse_yaml

TEXT = """\
# 某通知
id: a-notice
title: 关于开展活动的通知  # 待核
phones: [010-1, '010-2']
deadlines:
  - clause: 三（一）
    what: "报送：方案"
    due: 2021-05-25
    words: |
      5月25日前
      报送
  # 第二项
  - clause: 四
    what: 报送总结
    names:
      - 甲
      - 乙
    words: 年底前
faq: []
"""


def data(text: str) -> Any:
    return parse_yaml(text, Path("x.yaml")).data


def lines_changed(before: str, after: str) -> tuple[set[str], set[str]]:
    old, new = before.splitlines(), after.splitlines()
    return set(old) - set(new), set(new) - set(old)


@pytest.mark.parametrize(
    ("loc", "value", "line"),
    [
        (("title",), "新：标题", "title: '新：标题'  # 待核"),
        (("title",), "- 甲: 乙", "title: '- 甲: 乙'  # 待核"),
        (("deadlines", 0, "due"), date(2021, 6, 1), "    due: 2021-06-01"),
        (("deadlines", 1, "words"), "年底", "    words: 年底"),
        (("phones",), ["010-3"], "phones: [010-3]"),
        (("deadlines", 1, "names"), ["丙"], "      - 丙"),
        (("deadlines", 0, "inferred"), True, "    inferred: true"),
    ],
)
def test_a_value_is_exchanged_and_the_rest_stays(
    loc: tuple[int | str, ...], value: Value, line: str
) -> None:
    after = with_value(TEXT, loc, value)
    gone, come = lines_changed(TEXT, after)
    assert come <= {line, line.replace("'新：标题'", "新：标题")}
    assert len(gone) <= 2
    found = data(after)
    for step in loc:
        found = found[step]
    assert found == (str(value) if isinstance(value, date) else value)


def test_a_block_of_lines_gives_way_to_one_line() -> None:
    after = with_value(TEXT, ("deadlines", 0, "words"), "5月26日前")
    assert data(after)["deadlines"][0]["words"] == "5月26日前"
    assert data(after)["deadlines"][1] == data(TEXT)["deadlines"][1]
    assert "  # 第二项\n" in after


def test_a_new_field_stands_where_the_model_has_it() -> None:
    after = with_value(TEXT, ("deadlines", 0, "who"), "各局", ("clause", "what", "who", "due"))
    assert list(data(after)["deadlines"][0]) == ["clause", "what", "who", "due", "words"]
    after = with_value(after, ("deadlines", 0, "time"), "17:00", ("due", "time", "words"))
    assert data(after)["deadlines"][0]["time"] == "17:00"
    after = with_value(after, ("deadlines", 1, "emails"), ["a@b.cn", "c@d.cn"])
    assert data(after)["deadlines"][1]["emails"] == ["a@b.cn", "c@d.cn"]
    assert data(after)["faq"] == []


@pytest.mark.parametrize("field", ["what", "due", "words"])
def test_a_field_without_a_value_goes(field: str) -> None:
    after = with_value(TEXT, ("deadlines", 0, field), None)
    expected = data(TEXT)
    del expected["deadlines"][0][field]
    assert data(after) == expected


def test_items_of_a_list_go_and_the_list_with_its_last() -> None:
    once = without(TEXT, ("deadlines", 0))
    assert data(once)["deadlines"] == data(TEXT)["deadlines"][1:]
    other = without(TEXT, ("deadlines", 1))
    assert data(other)["deadlines"] == data(TEXT)["deadlines"][:1]
    assert data(other)["faq"] == []
    none = without(once, ("deadlines", 0))
    assert "deadlines" not in data(none)
    assert data(without(TEXT, ("phones", 1)))["phones"] == ["010-1"]


@pytest.mark.parametrize("loc", [("deadlines", 5, "what"), ("title", "x"), ("deadlines",)])
def test_what_has_no_place_is_told(loc: tuple[int | str, ...]) -> None:
    with pytest.raises(NoPlace):
        with_value(TEXT, loc, "x")
    with pytest.raises(NoPlace):
        without(TEXT, loc)


@pytest.mark.parametrize("file", sorted((shipped_dir() / "notices").glob("*.yaml")), ids=str)
def test_every_value_of_the_shipped_notices_can_be_exchanged(file: Path) -> None:
    """Only that value changes, whatever stands there."""
    text = file.read_text("utf-8")
    before = data(text)
    items = [
        (family, place, field)
        for family in ("deadlines", "periods", "contacts", "attachments", "tasks", "targets")
        for place, item in enumerate(before.get(family, ()))
        for field in item
        if not isinstance(item[field], dict)
        and not (isinstance(item[field], list) and isinstance(item[field][0], dict))
    ]
    for loc in random.Random(7).sample(items, min(len(items), 12)):
        family, place, field = loc
        value = ["甲", "乙: 丙"] if isinstance(before[family][place][field], list) else "# 甲"
        expected = data(text)
        expected[family][place][field] = value
        assert data(with_value(text, loc, value)) == expected
    for family in ("deadlines", "contacts", "targets"):
        if len(before.get(family, ())) > 1:
            expected = data(text)
            del expected[family][1]
            assert data(without(text, (family, 1))) == expected
