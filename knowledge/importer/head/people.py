"""To whom a notice goes, and which documents it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.importer.facts import CitedFact
from knowledge.importer.head.found import Found
from knowledge.importer.head.number import numbers_in
from knowledge.importer.head.sources import Sources
from knowledge.importer.head.title import plain_title
from knowledge.importer.outline.kinds import OFFICE_END, bare
from knowledge.importer.page import Outline
from knowledge.importer.passage import Passage

_NUMBER_FIRST = re.compile(r"\s*[（(][^（）()]*号[)）]\s*")
_GROUPS = "；;，,"
_ITEMS = "、"
_SHORTEST = 5
_OFFICE = re.compile(rf".*(?:{OFFICE_END}|[）)])")
_ANYONE = re.compile(
    rf".*(?:{OFFICE_END}|[）)]|单位|企业|机构|团体|人员|部门|处室|高校|院校|园区|申请人|个人|人)"
)
_QUOTED = re.compile(
    r"《(?P<title>(?:[^《》]|《[^《》]*》)+)》(?P<number>\s*[（(][^（）()]*号[^（）()]*[)）])?"
)
_RESTS_ON = re.compile(
    r"(?:根据|按照|依据|依照|遵照|落实|贯彻|实施|执行|按)[^。；，《]{0,24}$|[、和及与]\s*$"
)
_MAKES = re.compile(
    r"(?:制定|印发|编制|起草|形成|研究|填写|填报|修订|出台|下载|提交|签署|报送)(?:了|本)?[^。；，《]{0,16}$"
)
_ATTACHED = re.compile(r"\s*[（(]?\s*(?:详?见)?附件")


def addressees_of(sources: Sources) -> Found[tuple[str, ...]] | None:
    """Cut at ；and ，; at 、 only where all the parts are names by themselves (各省、自治区
    知识产权局 is one)."""
    line = sources.addressed
    if line is None:
        return None
    number = _NUMBER_FIRST.match(line.text)
    line = (line.part(number.end()) if number else line).strip(" \t\u3000：:")
    groups = list(_cut(line.text, _GROUPS))
    whole = _OFFICE if len(groups) > 1 else _ANYONE
    names = tuple(name for group in groups for name in _names(group, whole))
    return Found(names, line.span()) if names else None


def cites_of(sources: Sources, outline: Outline, title: str | None) -> tuple[CitedFact, ...]:
    """What the opening rests on, and of the clauses what they say to be carried out; in order,
    once each. The document that the notice itself sends is none."""
    found: dict[str, CitedFact] = {}
    opening = [*sources.opening]
    clauses = [p for place in outline.of("clause") for p in place.paragraphs]
    for line, loose in (*((p, True) for p in opening), *((p, False) for p in clauses)):
        for cited in _cited(line, loose):
            if title is None or bare(cited.title) not in bare(title):
                found.setdefault(bare(cited.title), cited)
    return tuple(found.values())


def _cited(line: Passage, loose: bool) -> Iterator[CitedFact]:
    for quoted in _QUOTED.finditer(line.text):
        before, after = line.text[: quoted.start()], line.text[quoted.end() :]
        number = _number(line, quoted)
        if _ATTACHED.match(after) or (_MAKES.search(before) and number is None):
            continue
        if number or (
            _RESTS_ON.search(before) and (loose or not before.endswith(("、", "和", "及", "与")))
        ):
            span = line.span(quoted.start(), quoted.end())
            yield CitedFact(title=plain_title(quoted["title"]), doc_number=number, span=span)


def _number(line: Passage, quoted: re.Match[str]) -> str | None:
    if not quoted["number"]:
        return None
    part = line.part(quoted.start("number"), quoted.end("number"))
    return next((value for value, _, _ in numbers_in(part)), None)


def _names(group: str, whole: re.Pattern[str]) -> Iterator[str]:
    parts = list(_cut(group, _ITEMS))
    if all(whole.fullmatch(part) and _stands_alone(part) for part in parts):
        yield from parts
    else:
        yield group


def _stands_alone(name: str) -> bool:
    """各县区教育局、科技局 are one group: 科技局 alone names none."""
    return name.startswith("各") or len(name) >= _SHORTEST


def _cut(text: str, marks: str) -> Iterator[str]:
    """The parts between the marks that stand in no brackets."""
    depth, start = 0, 0
    for i, sign in enumerate(text):
        depth += (sign in "（(") - (sign in "）)")
        if sign in marks and depth <= 0:
            if part := text[start:i].strip():
                yield part
            start = i + 1
    if part := text[start:].strip():
        yield part
