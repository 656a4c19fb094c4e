"""Who issued the notice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.importer.head.found import Found
from knowledge.importer.head.sources import Sources
from knowledge.importer.outline.kinds import DATE, OFFICE_END, half, is_date, is_office, is_seal
from knowledge.importer.passage import Passage, Span

LOOK_NO_ISSUER = "没有找到发文机关"
LOOK_SITE_ISSUER = "发文机关取自网页信息，请核对"

_LETTERHEAD = re.compile(r"\s*(.{2,60}?)\s*文\s*件(?:\s.*)?")
_ANNOUNCES = re.compile(rf"\s*(.{{2,40}}?{OFFICE_END})\s*(?:公\s*告|通\s*告|令)")
_SEAL = re.compile(r"\s*[（(](?:代章|章|盖章|印章|印|公章)[)）]\s*")
_DATE_BEHIND = re.compile(rf"\s*{DATE}\s*(?:印\s*发|印)?\s*$")
_BETWEEN = re.compile(r"[\s\u3000、]+")
_FIELDS = ("发文机关", "发文单位", "发文机构", "制发机关", "发布机构", "发布单位", "公开主体")
_VERB = re.compile(r"(?:转发|印发|批转|关于)")


def issuer_of(sources: Sources, title: Found[str] | None) -> Found[str] | None:
    """What stands before 关于 in the title, the letterhead, the offices that signed, the site's
    table, an office alone over the title; several are joined with 、."""
    titled, signed = _of_title(title), _of_signing(sources)
    if titled and signed and signed.value.replace("、", "") == titled.value:
        # Two offices in a row without a blank: only the sign-off parts them.
        return signed
    return titled or _of_letterhead(sources) or signed or _of_site(sources) or _of_top(sources)


def offices_in(text: str) -> tuple[str, ...]:
    """某省知识产权局 某省财政厅 -> both; () where one of the parts is no office."""
    parts = [part for part in _BETWEEN.split(_SEAL.sub("", text).strip()) if part]
    whole = "".join(parts)
    if len(parts) > 1 and not all(map(_stands_alone, parts)):
        # Blanks that set a name wide: 某 某 市 科 技 局.
        return (whole,) if _stands_alone(whole) else ()
    return tuple(parts) if parts and all(map(_stands_alone, parts)) else ()


def _stands_alone(text: str) -> bool:
    return len(text) > 3 and is_office(text)


def _of_title(title: Found[str] | None) -> Found[str] | None:
    if title is None or title.span is None:
        return None
    verb = _VERB.search(title.value)
    before = title.value[: verb.start()] if verb else ""
    offices = offices_in(before)
    if not offices and (announced := _ANNOUNCES.match(title.value)):
        offices = offices_in(announced[1])
    if not offices:
        return None
    start = title.span.start
    return Found(
        "、".join(offices), Span(start, min(start + len(before) or start + 1, title.span.end))
    )


def _of_letterhead(sources: Sources) -> Found[str] | None:
    for line in sources.top:
        found = _LETTERHEAD.fullmatch(line.text)
        if found and (offices := offices_in(found[1])):
            return Found("、".join(offices), line.span(found.start(1), found.end(1)))
        if (found := _ANNOUNCES.fullmatch(line.text)) and (offices := offices_in(found[1])):
            return Found("、".join(offices), line.span(found.start(1), found.end(1)))
    return None


def _of_signing(sources: Sources) -> Found[str] | None:
    signed = list(_signing_lines(sources.signed))
    if not signed:
        return None
    names = [name for line in signed for name in offices_in(line.text)]
    span = Span(signed[0].span().start, signed[-1].span().end)
    return Found("、".join(dict.fromkeys(names)), span) if names else None


def _signing_lines(lines: tuple[Passage, ...]) -> Iterator[Passage]:
    """The offices over the first day, or at the end where no day stands."""
    days = [i for i, line in enumerate(lines) if is_date(line.text) or _dated(line)]
    end = days[0] if days else len(lines) - 1
    first = end
    while first > 0 and _signs(lines[first - 1].text):
        first -= 1
    for line in lines[first : end + 1]:
        day = _DATE_BEHIND.search(half(line.text))
        bare = (line.part(0, day.start()) if day else line).strip()
        if bare and offices_in(bare.text):
            yield bare


def _signs(text: str) -> bool:
    return bool(offices_in(text)) or is_seal(text)


def _dated(line: Passage) -> bool:
    day = _DATE_BEHIND.search(half(line.text))
    return day is not None and bool(offices_in(line.text[: day.start()]))


def _of_site(sources: Sources) -> Found[str] | None:
    for name in _FIELDS:
        value = sources.meta.get(name)
        if value is not None and (offices := offices_in(value.text)):
            return Found("、".join(offices), value.span(), 0.85, LOOK_SITE_ISSUER)
    return None


def _of_top(sources: Sources) -> Found[str] | None:
    for line in sources.top:
        if offices := offices_in(line.text):
            return Found("、".join(offices), line.span(), 0.85)
    return None
