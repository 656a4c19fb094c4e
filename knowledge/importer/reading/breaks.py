"""A text's own lines, also where the line breaks were lost or are written out as \\r\\n."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.importer.passage import Passage
from knowledge.importer.reading.cleaning import replaced

_WRITTEN = re.compile(r"(?:\\r\\n|\\n|\\r)(?![A-Za-z])")
_LINE = re.compile(r"\r\n|[\n\r\f\x1c-\x1e\x85\u2028\u2029]")
# A text of few lines, one of them longer than this, has lost its breaks.
_FEW_LINES = 3
_LOST = 100
# A paragraph longer than this may hold several sections.
_LONG = 400

_OVER = r"(?<=[。；;：:！？”）)\s])"
_WORD = r"(?=\s*[\u4e00-\u9fff“《])"
_NUMERAL = "([一二三四五六七八九十]{1,3})"
_SECTION = re.compile(rf"{_OVER}{_NUMERAL}\s*、{_WORD}")
# （一） also follows right behind the heading of its section.
_ITEM = re.compile(
    rf"(?:{_OVER}|(?=[（(]\s*一\s*[）)]\s*[^的至和及、]))[（(]\s*{_NUMERAL}\s*[）)]{_WORD}"
)
_POINT = re.compile(rf"{_OVER}(\d{{1,2}})\s*[.．、]{_WORD}")
_WIDE = re.compile(r"(?<=\S)(?:\u3000+|[ \xa0\t\u3000]{2,})(?=\S)")
_ENDED = re.compile(r"(?<=[。！？])[ \xa0]+(?=\S)")
_CLOSING = re.compile(
    r"(?<=[。！？\s）)])(?=特此(?:通知|公告|函告|通告|批复|报告)|附\s*件\s*\d{0,2}\s*[:：]|（联系人|\(联系人)"
    r"|(?<=特此(?:通知|公告|函告|通告|批复|报告)。)(?=\S)"
)
# 一、活动主题 以服务为…: the heading and what follows are parted by a blank only.
_HEADED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}\s*、|[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)])"
    r"[^\s，。；：,;:]{2,24}(\s+)(?=\S{8})"
)
# …关于开展…的通知 各市知识产权局：
_TITLED = re.compile(
    r"(?:通知|公告|通告|意见|的函|决定)》?(?:的通知)?(\s+|(?=各[^。，]{2,60}[:：]))[^。]{2,400}?[:：]\s*(?=\S)"
)
_DOC_NUMBER = re.compile(
    r"(?<=\S)\s+(?=[^\s。]{1,12}[〔\[［]\d{4}[〕\]］]\s*\d+\s*号)|(?<=\d号)\s+(?=\S)"
)
# …。江南市知识产权局 2024年3月5日
_SIGNED = re.compile(
    r"(?:(?<=[。）)])|\s)\s*(?=[^\s。，：]{3,30}[局厅委部院会府办室心司]\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
    r"|(?<=[局厅委部院会府办室心司])\s*(?=\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:\s|印发|（|$))"
)


def lines_of(source: Passage) -> Iterator[Passage]:
    """The lines, empty ones too."""
    source = replaced(source, _WRITTEN, "\n") if "\\" in source.text else source
    lines = list(_parted(source, _LINE))
    written = [line for line in lines if line.text.strip()]
    lost = len(written) <= _FEW_LINES
    for line in lines:
        yield from _resplit(line) if lost and len(line) > _LOST else _sections(line)


def _parted(source: Passage, pattern: re.Pattern[str]) -> Iterator[Passage]:
    begin = 0
    for match in pattern.finditer(source.text):
        yield source.part(begin, match.start())
        begin = match.end()
    yield source.part(begin)


def _resplit(line: Passage) -> Iterator[Passage]:
    """A whole text in one line: parted where blanks, numbers and set phrases show a new one."""
    places = {0, *_counted(line.text, _SECTION), *_counted(line.text, _ITEM)}
    places |= _counted(line.text, _POINT)
    for pattern in (_WIDE, _ENDED, _CLOSING):
        places |= {match.end() for match in pattern.finditer(line.text)}
    places |= {match.end() for match in _DOC_NUMBER.finditer(line.text, 0, 200)}
    places |= {match.end() for match in _SIGNED.finditer(line.text) if match.start() > _LOST}
    if title := _TITLED.search(line.text, 0, 600):
        places |= {title.end(1), title.end()}
    for part in _cut(line, places):
        headed = _HEADED.match(part.text)
        yield from _cut(part, {0, headed.end(1)} if headed else {0})


def _sections(line: Passage) -> Iterator[Passage]:
    """A line that holds several sections one after the other (…。二、…。三、…) is parted there."""
    if len(line) < _LONG or "\t" in line.text:
        yield line
        return
    places = _counted(line.text, _SECTION)
    yield from _cut(line, {0, *places} if len(places) > 1 else {0})


def _cut(line: Passage, places: set[int]) -> Iterator[Passage]:
    ordered = sorted(places)
    for start, end in zip(ordered, [*ordered[1:], len(line)], strict=True):
        yield line.part(start, end)


def _counted(text: str, pattern: re.Pattern[str]) -> set[int]:
    """Where numbers begin that count up by one (or begin again): 一、 二、 三、"""
    places: set[int] = set()
    expected = 1
    for match in pattern.finditer(text):
        number = _number(match.group(1))
        if number in (1, expected):
            places.add(match.start())
            expected = number + 1
    return places


def _number(numeral: str) -> int:
    """1 to 99, of digits or 一 to 九十九."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return ("一二三四五六七八九".find(tens) + 1 or 1) * 10 * bool(ten) + (
        "一二三四五六七八九".find(ones) + 1 if ones else 0
    )
