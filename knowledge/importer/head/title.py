"""The notice's title, as one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.importer.head.found import Found
from knowledge.importer.head.number import NUMBER
from knowledge.importer.head.sources import Sources
from knowledge.importer.outline.kinds import is_closing, is_date, is_office
from knowledge.importer.page import Outline
from knowledge.importer.passage import Passage, joined

LOOK_NO_TITLE = "没有找到标题"
LOOK_TITLE = "标题不是常见写法，请核对"
LOOK_ANNEX_TITLE = "标题取自附件"

_KINDS = (
    "通知|公告|通告|通报|公示|意见|方案|办法|细则|指引|指南|规定|规则|函|复函|批复|决定|清单|要点|计划|规划|条例"
    "|标准|规范|目录|名单|措施|制度|章程|须知|说明|启事|邀请函|倡议书|令|公报"
)
_TAIL = r"(?:\s*[（(\[〔【][^（）()]{1,24}[)）\]〕】]){0,2}"
_WHOLE = re.compile(rf"[^。；]*?(?:{_KINDS}){_TAIL}")
_ABOUT = re.compile(
    rf"[^。；]*?(?:关于|印发|转发|公布|发布|征集|开展|做好|举办)[^。；]*(?:{_KINDS}){_TAIL}"
)
_OPEN_TITLE = re.compile(r"[^。；：]*关于[^。；：]*")
_IN_PROSE = re.compile(
    r"[^。；：]{0,50}?关于[^。；：]{2,120}?的(?:通知|公告|通告|意见|函|通报|公示)"
)
_LETTERHEAD = re.compile(r".{2,60}(?:文\s*件|电\s*报|公\s*报)")
_SITE = re.compile(
    rf"(?P<title>.*(?:{_KINDS})[）)]?)\s*[_|｜—–-]+\s*\S{{0,30}}(?:局|厅|委|会|部|府|网|网站|门户|平台|中心|院|频道|专栏|公开)?\s*$"
)
_LABEL = re.compile(r"\s*[\[【]?\s*(?:标\s*题|名\s*称|信息名称)\s*[\]】]?\s*[：:]\s*")
_SIGNER = re.compile(r"\s*(?:签发人|签发|特急|加急|急件|平急|\d{3,}\s*$|份号|密级|信息公开)")
_BRACKETED_NUMBER = re.compile(rf"\s*[（(\[〔【]?\s*(?:{NUMBER.pattern})\s*[)）\]〕】]?\s*")
_NAMES = re.compile(rf"关于|的(?:{_KINDS})")
_VERBS = ("关于", "转发", "印发")
_BLANK = re.compile(r"[\s\u3000]+")
_MOST_LINES = 4
_SHORTEST, _LONGEST = 5, 160


def title_of(sources: Sources, outline: Outline) -> Found[str] | None:
    """The best candidate over the addressees; of an annex without a notice its own title."""
    options = sorted(_candidates(sources), key=lambda c: -c[0])
    if options:
        score, passage = options[0]
        sure, look = (1.0, None) if score >= 3 else (0.75, LOOK_TITLE)
        return Found(plain_title(passage.text), passage.span(), sure, look)
    field = next((sources.meta[n] for n in ("标题", "名称", "信息名称") if n in sources.meta), None)
    if field is not None:
        return Found(plain_title(field.text), field.span(), 0.9)
    return _in_prose(sources) or _of_annex(outline)


def plain_title(text: str) -> str:
    """Without the blanks of a letterhead's setting; those between long parts stay."""

    def keep(found: re.Match[str]) -> str:
        before, after = text[: found.start()], text[found.end() :]
        ascii_words = before[-1:].isascii() and after[:1].isascii()
        return " " if ascii_words or _between_parts(before, after) else ""

    return _BLANK.sub(keep, text).strip()


def _between_parts(before: str, after: str) -> bool:
    """Two offices in a row, or the halves of a title with a break in it."""
    left = _BLANK.split(before)[-1]
    right = _BLANK.split(after)[0]
    if not re.search(r"[一-鿿]$", left) or not re.match(r"[一-鿿]", right):
        return False
    if is_office(left):
        return is_office(right.partition("关于")[0])
    return len(left) >= 8 and len(right) >= 6


def _candidates(sources: Sources) -> Iterator[tuple[float, Passage]]:
    marked = {line.at[0] for line in sources.headings if line}
    lines = [_stripped(line) for line in sources.top]
    for i in range(len(lines)):
        for n in range(1, min(_MOST_LINES, len(lines) - i) + 1):
            rows = [line for line in lines[i : i + n] if line is not None]
            if len(rows) < n or _is_no_title(rows[-1].text) or not _of_one_look(rows, marked):
                break
            passage = _cut(joined(rows, " " if _are_offices(rows[:-1]) else ""))
            if (score := _score(passage.text)) > 0:
                yield score - 0.1 * i - _price(rows), passage


def _of_one_look(rows: Sequence[Passage], marked: set[int]) -> bool:
    """All are set as headings, or none."""
    return len({row.at[0] in marked for row in rows}) == 1


def _price(rows: Sequence[Passage]) -> float:
    """A title on fewer lines is likelier, but for offices over 关于…: they are its beginning."""
    if len(rows) > 1 and _are_offices(rows[:-1]) and rows[-1].text.startswith(_VERBS):
        return -0.5
    return 0.5 * (len(rows) - 1)


def _are_offices(rows: Sequence[Passage]) -> bool:
    return bool(rows) and all(is_office(row.text) for row in rows)


def _score(text: str) -> float:
    plain = _BLANK.sub("", text)
    if not _SHORTEST <= len(plain) <= _LONGEST:
        return 0
    if _ABOUT.fullmatch(plain):
        return 5 if "关于" in plain else 4
    if _WHOLE.fullmatch(plain):
        return 3.5
    return 1 if _OPEN_TITLE.fullmatch(plain) else 0


def _is_no_title(text: str) -> bool:
    return (
        _LETTERHEAD.fullmatch(text.strip()) is not None
        or is_date(text)
        or is_closing(text)
        or _SIGNER.match(text) is not None
    )


def _stripped(line: Passage) -> Passage | None:
    """Without a number before or behind it, a label, the site's name; None for what is no title."""
    label = _LABEL.match(line.text)
    passage = line.part(label.end()) if label else line
    leading = _BRACKETED_NUMBER.match(passage.text)
    if leading and not _NAMES.search(leading["word"] or ""):
        passage = passage.part(leading.end())
    if letterhead := re.match(r"\s*.{2,40}?文\s*件\s+", passage.text):
        passage = passage.part(letterhead.end())
    return passage.strip() or None


def _cut(passage: Passage) -> Passage:
    site = _SITE.fullmatch(passage.text)
    if site:
        passage = passage.part(0, site.end("title"))
    for found in _BRACKETED_NUMBER.finditer(passage.text):
        quoted = passage.text[: found.start()].count("《") > passage.text[: found.start()].count(
            "》"
        )
        if found.end() == len(passage.text) and not quoted:
            return passage.part(0, _word_start(passage.text, found)).strip()
    return passage.strip()


def _word_start(text: str, found: re.Match[str]) -> int:
    """A number in brackets begins with them; without, its word begins behind the title."""
    if text[found.start() : found.end()].lstrip()[:1] in "（([〔【":
        return found.start()
    ends = [m.end() for m in re.finditer(rf"的(?:{_KINDS})", text[: found.end()])]
    return ends[-1] if ends else found.start()


def _in_prose(sources: Sources) -> Found[str] | None:
    """Of a text that was all put on one line."""
    for line in sources.opening[:1]:
        if found := _IN_PROSE.match(line.text):
            passage = line.part(0, found.end()).strip()
            if not re.match(r"根据|按照|为|依据|现", passage.text):
                return Found(plain_title(passage.text), passage.span(), 0.7, LOOK_TITLE)
    return None


def _of_annex(outline: Outline) -> Found[str] | None:
    first = next(iter(outline.places), None)
    if first is None or first.role != "annex" or not first.heading:
        return None
    return Found(plain_title(first.heading.text), first.heading.span(), 0.7, LOOK_ANNEX_TITLE)
