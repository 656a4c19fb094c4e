"""The notice's own document number, told from those that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.importer.head.found import Found
from knowledge.importer.head.sources import Sources
from knowledge.importer.passage import Passage

LOOK_NUMBER_PLACE = "文号不在标题或版头，请核对"

_OPEN, _CLOSE = "[〔\\[［【(（﹝〖「]", "[〕\\]］】)）﹞〗」]"
_YEARED = (
    rf"(?P<word>(?:[一-鿿]\s?){{1,14}})?\s*{_OPEN}\s*(?P<year>(?:19|20)\d{{2}})\s*年?\s*{_CLOSE}"
    r"\s*(?P<th>第?)\s*(?P<n>\d{1,5}(?:[-—]\d{1,3})?)\s*号"
)
_YEARED_TH = r"(?P<year2>(?:19|20)\d{2})\s*年\s*第\s*(?P<n2>\d{1,5})\s*号"
_TH = r"(?P<word3>公告|通告|令)?\s*第\s*(?P<n3>\d{1,5})\s*号(?!令)"
NUMBER = re.compile(rf"{_YEARED}|{_YEARED_TH}")
_ANY = re.compile(rf"{_YEARED}|{_YEARED_TH}|{_TH}")
_CITED_BEFORE = re.compile(r"(?:》|〉)\s*[（(]?\s*$")
_REFERS = re.compile(r"根据|按照|依据|依照|落实|贯彻|参照|执行|废止")
# What may stand right before a number without a blank between and is no part of it.
_NOT_WORD = re.compile(
    r"^.*(?:通知|公告|通告|意见|方案|办法|细则|指引|文件|文号|字号|编号|令|印发|的函)\s*(?=[一-鿿]{2,})"
)
_FIELDS = ("文号", "发文字号", "发布文号", "文件编号", "文件号")


def number_of_notice(sources: Sources) -> Found[str] | None:
    """In the site's table, on a line of its own, in the letterhead or the title, or before the
    addressees on their line."""
    for name in _FIELDS:
        if name in sources.meta and (made := _in(sources.meta[name], _ANY)):
            return made
    return next(_candidates(sources), None)


def numbers_in(line: Passage) -> Iterator[tuple[str, int, int]]:
    """(number as it is written officially, start, end) of each number with a year."""
    for found in NUMBER.finditer(line.text):
        value, start = _written(found)
        yield value, start, found.end()


def year_of_number(number: str | None) -> int | None:
    found = re.search(r"(?:19|20)\d{2}", number or "")
    return int(found[0]) if found else None


def _candidates(sources: Sources) -> Iterator[Found[str]]:
    for line in _unprosaic(sources.top):
        if made := _in(line, _ANY):
            yield made
    if sources.addressed is not None:
        yield from _leading(sources.addressed)
    for line in sources.signed[-2:]:
        found = re.fullmatch(rf"\s*{_OPEN}?\s*(?:{_YEARED})\s*{_CLOSE}?\s*", line.text)
        if found:
            value, start = _written(found)
            yield Found(value, line.span(start, found.end("n") + 1), 0.7, LOOK_NUMBER_PLACE)


def _unprosaic(lines: Iterable[Passage]) -> Iterator[Passage]:
    return (line for line in lines if not _REFERS.match(line.text.strip()))


def _in(line: Passage, form: re.Pattern[str]) -> Found[str] | None:
    for found in form.finditer(line.text):
        if _CITED_BEFORE.search(line.text[: found.start()]) or _inside_title(line.text, found):
            continue
        value, start = _written(found)
        return Found(value, line.span(start, found.end()))
    return None


def _inside_title(text: str, found: re.Match[str]) -> bool:
    """Within 《…》 it is another's; so is one that 的通知 follows."""
    before = text[: found.start()]
    if before.count("《") > before.count("》"):
        return True
    return bool(
        re.match(rf"\s*{_CLOSE}?\s*[文件号]{{0,2}}(?:精神|要求|的通知|规定)", text[found.end() :])
    )


def _leading(line: Passage) -> Iterator[Found[str]]:
    found = re.match(rf"\s*[（(]?\s*(?:{_YEARED})", line.text)
    if found:
        value, start = _written(found)
        yield Found(value, line.span(start, found.end()))


def _written(found: re.Match[str]) -> tuple[str, int]:
    """With 〔〕, half-width digits and no blanks; where the number's first character stands."""
    groups = found.groupdict()
    if groups.get("n2"):
        return f"{int(groups['year2'])}年第{_digits(groups['n2'])}号", found.start("year2")
    if groups.get("n3"):
        value = f"{groups['word3'] or ''}第{_digits(groups['n3'])}号"
        offset = len(found[0]) - len(found[0].lstrip())
        return value, found.start() + offset
    raw = groups["word"] or ""
    word = _NOT_WORD.sub("", raw)
    # Blanks part letterhead and number: 某某局文件 某知发〔2024〕1号.
    start = found.start("word") + len(raw) - len(word) if raw else found.start()
    plain = re.sub(r"\s", "", word)
    value = f"{plain}〔{_digits(groups['year'])}〕{groups['th']}{_digits(groups['n'])}号"
    return value, start + len(word) - len(word.lstrip())


def _digits(written: str) -> str:
    return "".join(str(int(c)) if c.isdecimal() else "-" for c in written)
