"""JSON lines: what is good is read and written, what is bad is named by its line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.jsonl import Line, LineError, dumped, rows


class Item(Line):
    name: str
    id: Any = None
    tags: tuple[str, ...] = ()


def read(*lines: bytes) -> list[Item]:
    return list(rows(lines, Item))


def test_each_line_is_an_item() -> None:
    assert [item.name for item in read(b'{"name": "a"}\n', '{"name": "二"}\r\n'.encode())] == [
        "a",
        "二",
    ]


def test_empty_lines_are_passed_over_and_counted() -> None:
    with pytest.raises(LineError, match="line 3: "):
        read(b'{"name": "a"}\n', b"  \n", b"?\n")


def test_a_byte_order_mark_may_stand_at_the_beginning() -> None:
    assert read(b'\xef\xbb\xbf{"name": "a"}')[0].name == "a"


def test_fields_that_are_not_known_are_passed_over() -> None:
    assert read(b'{"name": "a", "new": 1}')[0].name == "a"


def test_what_comes_before_a_bad_line_is_had() -> None:
    items = rows([b'{"name": "a"}', b"?", b'{"name": "b"}'], Item)
    assert next(items).name == "a"
    with pytest.raises(LineError, match="line 2: not JSON"):
        next(items)


@pytest.mark.parametrize(
    "line",
    [
        b"?",
        b'{"name": "a"',
        b'{"name": "a"} {"name": "b"}',
        b"{'name': 'a'}",
        b"[" * 100_000,
        b'{"name": "a", "id": NaN}',
        b'{"name": "a", "id": [-Infinity]}',
        b'{"name": "a", "id": 1e999}',
        b'{"name": "a", "id": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda line: line[:24].decode(),
)
def test_what_is_no_json_is_told(line: bytes) -> None:
    with pytest.raises(LineError, match=r"^line 1: not JSON$"):
        read(line)


def test_other_bytes_are_told() -> None:
    with pytest.raises(LineError, match="line 1: not UTF-8 text"):
        read('{"name": "二"}'.encode("gbk"))


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b"{}", "name"),
        (b'{"name": 1}', "name"),
        (b'{"name": null}', "name"),
        (b'{"name": "a", "tags": ["x", 2]}', "tags.1"),
        (b'{"name": "a", "tags": "x"}', "tags"),
    ],
)
def test_a_bad_field_is_named(line: bytes, field: str) -> None:
    with pytest.raises(LineError, match=f"^line 1: {field}: [^\n]+$"):
        read(line)


@pytest.mark.parametrize("line", [b"[]", b'"a"', b"1", b"null"])
def test_what_is_no_object_is_told(line: bytes) -> None:
    with pytest.raises(LineError, match=r"^line 1: [^\n]+$"):
        read(line)


@pytest.mark.parametrize(
    "value", ["二", "a\nb", "😊", "\u2028", "\ud83d", {"x": [1, None, True]}, 0, None]
)
def test_what_is_written_is_one_line_that_reads_as_the_same(value: Any) -> None:
    line = dumped({"id": value})
    assert "\n" not in line
    assert json.loads(line.encode("utf-8")) == {"id": value}


def test_chinese_is_written_as_it_is() -> None:
    assert dumped({"name": "需求清单"}) == '{"name": "需求清单"}'
