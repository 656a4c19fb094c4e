"""Whatever the bytes: a page whose spans are true, or a ReadingError of one line."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.importer.page import Block, Page, Paragraph, ReadingError
from knowledge.importer.passage import Passage
from knowledge.importer.reading import SUFFIXES, page_of_text, read_file

SOURCE = (
    "根据《专利法》：\u3000\xa0\u200b\t\r\n，。；—-3一二、（）()1.<p></p><b>**#|&nbsp;{}[](#)\\附件"
)
LINES = st.text(st.sampled_from(SOURCE), max_size=300) | st.text(max_size=100)
STARTS = (b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xff\xfe", b"<html><body>", b"\xd0\xcf\x11\xe0")


def passages(block: Block) -> Iterator[Passage]:
    if isinstance(block, Paragraph):
        yield block.passage
    else:
        yield from (cell for row in block.rows for cell in row)


def read(data: bytes, suffix: str) -> Page:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"notice{suffix}")
        path.write_bytes(data)
        return read_file(path)


@given(st.binary(max_size=400), st.sampled_from(STARTS), st.sampled_from(SUFFIXES))
@example(b"", b"", ".html")
@example(b"<frameset>", b"", ".htm")
@example(b"<table><tr><td colspan=99999 rowspan=x>", b"<html><body>", ".html")
@example(b"<div>" * 3000, b"", ".html")
def test_reading_fails_with_one_line_or_not_at_all(data: bytes, start: bytes, suffix: str) -> None:
    try:
        blocks, reason = len(read(start + data, suffix).blocks), ""
    except ReadingError as error:
        blocks, reason = 0, str(error)
    assert blocks > 0 or f"notice{suffix}: " in reason
    assert "\n" not in reason


@given(LINES)
def test_every_character_stands_where_its_passage_says(text: str) -> None:
    page = page_of_text(text)
    assert page.text == text
    for passage in (p for block in page.blocks for p in passages(block)):
        assert len(passage.text) == len(passage.at)
        assert list(passage.at) == sorted(passage.at)
        for character, at in zip(passage.text, passage.at, strict=True):
            source = text[at]
            put_in = character in " \n*" or source in "&<"
            assert character == source or source.isspace() or put_in


@given(st.lists(st.sampled_from("甲乙丙丁戊己，。；"), min_size=1, max_size=40), st.integers(0, 40))
def test_a_line_break_never_costs_a_character(characters: list[str], at: int) -> None:
    text = "".join(characters)
    page = page_of_text(text[:at] + "\n\n" + text[at:])
    assert "".join(p.text for block in page.blocks for p in passages(block)) == text


@given(st.text(st.characters(codec="gb18030", categories=["Lo"], min_codepoint=0x4E00), min_size=4))
def test_utf_8_and_utf_16_read_the_same(characters: str) -> None:
    text = f"通知{characters}"  # a line of its own may be a site's, which is left out
    pages = [read(text.encode(code), ".txt").text for code in ("utf-8", "utf-8-sig", "utf-16")]
    assert pages == [text] * 3


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "gb2312"])
def test_the_chinese_encodings_are_known(encoding: str) -> None:
    text = "各区知识产权局：\n请于2024年5月10日前报送申报材料。"
    assert read(text.encode(encoding), ".txt").text == text


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("notice.xls", b"text", "不支持"),
        ("notice.txt", b"", "没有可读的文字"),
        ("notice.txt", bytes(range(256)) * 4, "编码|文本"),
        ("notice.html", b"<html><frameset><frame src=a></frameset></html>", "框架"),
    ],
)
def test_the_reason_is_told(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadingError, match=reason):
        read_file(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=f"none.txt: .*{os.strerror(2)}"):
        read_file(tmp_path / "none.txt")
