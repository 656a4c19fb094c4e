"""Who does what for a task, as its cell words it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.importer.facts import ActionFact
from knowledge.importer.passage import Passage

_WHERE = "地区|地方|省份|各省|地市|城市|省市|市县|县区|部门|单位|机构|企业|高校|院所|园区|协会"
# 国家知识产权局：… | 各地区：… | 省级层面：…; at the beginning or after a whole sentence.
_NAMED = re.compile(r"(?:^|(?<=[。；;\n]))\s*(?P<by>[^，。；：:、\n“”（）\d]{2,16})[：:]\s*")
# 各地区要… | 有条件的地区结合…; only where a paragraph begins so.
_BOUND = re.compile(
    rf"(?:^|\n)\s*(?P<by>(?:各|有关|有条件的|相关|涉及|试点|重点)(?:[^，。；：:\n要应须]{{0,8}}?)(?:{_WHERE}))"
    r"(?=(?:要|应当?|须|需|可|结合|负责|根据|按照|积极|加强|围绕))"
)
_ACTOR = re.compile(
    rf"(?:局|厅|委|办|部|司|处|院|会|署|中心|人民政府|政府|国家|省级?|市级?|县级?|层面|{_WHERE})$"
)
_LEADING = re.compile(r"^(?:要|应当?|须|需)")


def actions_of(cell: Passage, otherwise: str) -> Iterator[ActionFact]:
    """The parts of the cell by actor; what stands before the first one, or a cell that names no
    actor, goes under `otherwise`."""
    text = cell.text
    starts = _starts(text)
    if before := text[: starts[0][0] if starts else None].strip():
        yield ActionFact(by=otherwise, text=_lines(before))
    ends = [start for start, _, _ in starts[1:]] + [len(text)]
    for (_, by, begin), end in zip(starts, ends, strict=False):
        if told := _LEADING.sub("", text[begin:end].strip()):
            yield ActionFact(by=by, text=_lines(told))


def _starts(text: str) -> list[tuple[int, str, int]]:
    """(where it starts, the actor, where what they do begins), in order."""
    found = {m.start(): (m.start(), m["by"].strip(), m.end()) for m in _BOUND.finditer(text)}
    for match in _NAMED.finditer(text):
        if _ACTOR.search(match["by"].strip()):
            found[match.start()] = (match.start(), match["by"].strip(), match.end())
    return [found[at] for at in sorted(found)]


def _lines(text: str) -> str:
    return "\n".join(line for line in (part.strip() for part in text.split("\n")) if line)
