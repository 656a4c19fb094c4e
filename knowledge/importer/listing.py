"""The list of attachments at a notice's end, on many lines or all in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.importer.passage import Passage, Span, joined
from knowledge.importer.titles import bare, is_closed, is_file, is_sign_off, is_whole, title_in

_CHINESE = "一二三四五六七八九十"
_WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")
_MARK = r"(?:附\s*件|附\s*表|附\s*录)"
_NUMERAL = rf"(?:\d{{1,2}}(?:\s*[-—－]\s*\d{{1,2}})?|[{_CHINESE}]{{1,3}}|[①-⑳])"

# 附件： | 附： | - 附件： | 【附件】 | 附件下载：, then the list or nothing.
_OPENS = re.compile(
    rf"[\s\-*·•>]*[【\[（(]?(?:相关)?(?:{_MARK}(?:下载|列表|清单|目录|材料)?|附)"
    rf"[】\]）)]?\s*[:：]\s*|[\s\-*·•>]*[【\[](?:相关)?{_MARK}(?:下载)?[】\]]\s*"
)
_ALONE = re.compile(rf"[\s\-*·•>]*(?:相关)?{_MARK}(?:下载|列表)?\s*")
# 附件1：X | 附件 1 X | 附件一、X | 附件1.X.docx
_NAMED = re.compile(
    rf"[\s\-*·•>]*[【\[（(]?{_MARK}\s*[【\[（(]?(?P<no>{_NUMERAL})"
    r"(?:\s*[】\]）)]\s*[:：]?\s*|\s*[:：.．、\-—]\s*|\s+|(?=《)|$)"
)
_ITEM = re.compile(
    rf"[\s\-*·•>]*(?:(?P<no>\d{{1,2}}(?:-\d{{1,2}})?)\s*(?:[.．、:：)）]|\s)\s*(?!\d{{1,2}}(?:日|月|[:：]))"
    rf"|[（(]\s*(?P<in>\d{{1,2}}|[{_CHINESE}]{{1,3}})\s*[)）]\s*|(?P<round>[①-⑳])\s*"
    rf"|(?P<han>[{_CHINESE}]{{1,3}})\s*[、.．:：]\s*)"
)
_LONGEST = 120
_LAST_WORDS = re.compile(r"\s*特此")
_SENTENCE = re.compile(r"。.|[！？!?]")


@dataclass(frozen=True, slots=True)
class Entry:
    """`no` is `2`, `1-2`, or empty where the list does not number it; a `file` lies there for
    download."""

    no: str
    title: Passage
    span: Span
    file: bool = False


def lists_in(paragraphs: Sequence[Passage]) -> list[list[Entry]]:
    """Every list, in reading order; an annex that bears its title on the line of its number
    (附件1：申报书) is a list of one."""
    lists: list[list[Entry]] = []
    at = 0
    while at < len(paragraphs):
        entries, used = _list_at(paragraphs[at:])
        if entries:
            lists.append(entries)
        at += max(used, 1)
    return lists


def _list_at(paragraphs: Sequence[Passage]) -> tuple[list[Entry], int]:
    """(the entries of the list that the first paragraph opens, how many paragraphs it takes)."""
    first = paragraphs[0]
    opening = _opening(paragraphs)
    if opening is None:
        return [], 0
    parts = [first.part(opening)] if len(first) > opening else []
    used = 1
    while used < len(paragraphs) and _goes_on(parts, paragraphs[used:]):
        parts.append(paragraphs[used])
        used += 1
    return list(_entries(parts)), used


def _opening(paragraphs: Sequence[Passage]) -> int | None:
    """Where the list begins in the first paragraph, None where it opens none."""
    text = _plain(paragraphs[0])
    if match := _OPENS.match(text):
        return match.end() if _is_listlike(text[match.end() :]) else None
    if _ALONE.fullmatch(text):
        follows = paragraphs[1:2] and _plain(paragraphs[1])
        return len(text) if follows and _begins(follows) == "1" else None
    if (match := _NAMED.match(text)) and text[match.end() :].strip():
        return 0 if _is_listlike(text[match.end() :]) else None
    return None


def _is_listlike(text: str) -> bool:
    """No sentence of the notice that happens to begin with the word."""
    head = title_in(_passage_like(text)).text
    return not _SENTENCE.search(head) and (len(head) <= _LONGEST or _begins(text) == "1")


def _passage_like(text: str) -> Passage:
    return Passage(text, tuple(range(len(text))))


def _plain(passage: Passage) -> str:
    return passage.text.translate(_WIDE)


def _begins(text: str) -> str:
    """The number that the line begins with, empty where with none."""
    if match := _NAMED.match(text) or _ITEM.match(text):
        return number_of(next(group for group in match.groups() if group is not None))
    return ""


def number_of(numeral: str) -> str:
    """`2` of 2, 二, ②; `1-2` of 1—2; `01` is `1`."""
    if numeral[0] in _CHINESE:
        tens, _, ones = numeral.rpartition("十")
        value = (_CHINESE.find(tens) + 1 or 1) * 10 if "十" in numeral else 0
        return str(value + (_CHINESE.find(ones) + 1 if ones else 0))
    if "①" <= numeral <= "⑳":
        return str(ord(numeral) - ord("①") + 1)
    return "-".join(str(int(part)) for part in re.split(r"\s*[-—－]\s*", numeral))


def _goes_on(parts: list[Passage], rest: Sequence[Passage]) -> bool:
    """Whether the next paragraph is another entry, or the rest of the last one's title."""
    text = _plain(rest[0])
    last = next((no for part in reversed(parts) if (no := _last_number(_plain(part)))), "")
    begins = _begins(text)
    if _ALONE.fullmatch(text) or _OPENS.match(text):
        return False
    if begins:
        return _follows(last, begins) and _is_listlike(text) and bool(text[2:].strip())
    if not parts:
        return is_file(text) or (_is_listlike(text) and is_whole(text))
    if is_sign_off(text) or _SENTENCE.search(text) or len(text) > _LONGEST:
        return False
    return _wraps(_plain(parts[-1]), text, rest[1:], last)


def _wraps(before: str, text: str, rest: Sequence[Passage], last: str) -> bool:
    if not is_closed(before) or is_file(text):
        return True
    if last and rest and _follows(last, _begins(_plain(rest[0]))):
        return not is_whole(before) or is_whole(text)
    if not is_whole(text) or is_file(before) or _LAST_WORDS.match(text):
        return False
    return not is_whole(before) or (not last and bare(text) not in bare(before))


def _last_number(text: str) -> str:
    numbers = [no for no, _, _ in _marks(text)]
    return numbers[-1] if numbers else ""


def _follows(last: str, no: str) -> bool:
    """`2` follows `1`, `1-2` follows `1-1`, `2` follows `1-2`; the first is 1 or 1-1."""
    if not no:
        return False
    old = [int(part) for part in (last or "0").split("-")]
    new = [int(part) for part in no.split("-")]
    if new[0] == old[0]:
        return len(new) == 2 and new[1] == (old[1] if len(old) == 2 else 0) + 1
    return new[0] == old[0] + 1 and new[1:] in ([], [1])


def _marks(text: str) -> list[tuple[str, int, int]]:
    """(number, where its mark starts, where its title begins) of entries in their order."""
    found: list[tuple[str, int, int]] = []
    at = 0
    while match := _next_mark(text, at, found[-1][0] if found else ""):
        found.append(match)
        at = match[2]
    return found


def _next_mark(text: str, start: int, last: str) -> tuple[str, int, int] | None:
    """The first has to stand at the very beginning, the others may follow anything but a digit."""
    for at in range(start, len(text) if start else 1):
        if at and not _may_start(text, at):
            continue
        match = _NAMED.match(text, at) or _ITEM.match(text, at)
        if match:
            no = number_of(next(group for group in match.groups() if group is not None))
            if not last or _follows(last, no):
                return no, at, match.end()
    return None


def _may_start(text: str, at: int) -> bool:
    """A number in the middle of a title is none of the list: `2.0版`, `第2、3批`, `“1.5”`."""
    before, mark = text[at - 1], text[at]
    if mark.isspace() or mark in "-*·•>":
        return False
    if mark.isdigit():
        spaced = before.isspace() or before in ";；。,，"
        glued = re.match(r"\d{1,2}(?:-\d{1,2})?[.．、](?!\d{1,2}(?!\d))", text[at:]) is not None
        return spaced or (glued and re.match(r"[^\W\d第]|[）》”)]", before) is not None)
    return mark == "附" or before.isspace() or before in ";；。"


def _entries(parts: Sequence[Passage]) -> Iterator[Entry]:
    """Parts that begin with no number go on with the title before them."""
    whole: list[Passage] = []
    for part in parts:
        if whole and not _begins(_plain(part)) and not _stands_alone(whole[-1], part):
            whole[-1] = joined((whole[-1], part.strip()))
        else:
            whole.append(part)
    for part in whole:
        yield from _entries_in(part)


def _stands_alone(before: Passage, part: Passage) -> bool:
    """Another entry of a list without numbers."""
    unnumbered = not _begins(_plain(before))
    return is_file(before.text) or (unnumbered and is_whole(before.text) and is_whole(part.text))


def _entries_in(part: Passage) -> Iterator[Entry]:
    marks = _marks(_plain(part))
    if not marks:
        yield from (e for piece in part.split(re.compile("[；;]")) if (e := _entry("", piece)))
        return
    ends = [start for _, start, _ in marks[1:]] + [len(part)]
    for (no, start, begin), end in zip(marks, ends, strict=True):
        if title := title_in(part.part(begin, end)):
            whole = part.part(start, end).strip()
            yield Entry(no, title, whole.span(), is_file(whole.text))


def _entry(no: str, piece: Passage) -> Entry | None:
    title = title_in(piece)
    return Entry(no, title, title.span(), is_file(piece.text)) if title else None
