"""Who is in charge: names of departments out of a table's cell or of a mark in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.importer.passage import Passage

# What a Chinese office, its part or a body of offices ends with.
_ENDS = (
    "局|厅|委|办|部|司|处|室|科|院|会|署|站|所|队|组|府|行|社|校|中心|集团|公司|银行|单位|部门|机关"
    "|法院|检察院|大学|学院|基地|园区|高新区|开发区|联盟|窗口|平台|地区|各地|各市|各县|各区"
)
NAME = re.compile(rf"(?:{_ENDS})(?:（[^）]*）|\([^)]*\))?$")
# Not within brackets: 各县（市、区）人民政府 is one name.
_BREAK = re.compile(r"(?:[、，,；;。\n/]|\s*[|｜]\s*|会同)(?![^（(]*[）)])")
_BLANK = re.compile(r"\s+")
_TAIL = re.compile(
    r"(?:等(?:有关|相关)?(?:部门|单位)?)?(?:(?:按照?|根据|依)(?:各自)?职责分工|分别|共同|具体|组织|联合)*"
    r"(?:牵头负责|负责落实|组织实施|负责|牵头|配合|参与|落实|承办|实施|推进|完成)+[。；]?$"
)
_ROLE = re.compile(
    r"^(?:按职责分工|分工)?[（(]?(?:局内|省级|市级|地方)?(?:主要)?"
    r"(?:责任|牵头|配合|负责|主办|协办|承办|参与|参加|实施|落实|支持)?(?:责任)?"
    r"(?:单位|部门|处室|司局|科室|机构|局内|分工)[）)]?[：:]"
)
_PART_OF = re.compile(
    r"(?P<whole>.+?(?:局|委|厅|署|委员会|研究院))(?P<part>.{1,8}(?:部|司|处|室|科))"
)
_BARE_PART = re.compile(r"[^省市县区国中]{1,8}?(?:部|司|处|室|科)")
# Ministries are named without the State Council before them; none is another office's part.
_MINISTRY = re.compile(
    r"(?:教育|科技|科学技术|财政|公安|商务|司法|外交|民政|水利|国防|应急管理|自然资源|生态环境"
    r"|农业农村|交通运输|工业和信息化|文化和旅游|住房城乡建设|人力资源社会保障"
    r"|住房和城乡建设|人力资源和社会保障)部"
)

_OTHER_LABEL = re.compile(r"[^：:、，,]{2,8}[：:]")
_BRACKETED = re.compile(
    r"[（(【\[]([^（）()【】\[\]]*(?:[（(][^（）()]*[）)][^（）()]*)*)[）)】\]]"
)
_LABELLED = re.compile(
    r"(?:责任|牵头|配合|负责|主办|协办|承办|参与|参加|实施|落实)(?:责任)?"
    r"(?:单位|部门|处室|司局|科室|机构)[：:]"
)
_IN_CHARGE = re.compile(r"(?:负责|牵头|配合|参与|落实|承办|组织实施)[。；]?$")
_PART = re.compile(r"[；;。\n]")
_CLAUSE = re.compile(r"[；;。，,]")
_LONGEST = 30


def departments_of(passage: Passage) -> tuple[str, ...]:
    """The departments that marks in a clause name, in order, each once: （科技处负责）,
    （责任单位：科技处、产业处；配合单位：各县区）, a line 牵头单位：…"""
    names: list[str] = []
    for mark in _marks(passage.text):
        names.extend(name for name in names_of(mark) if NAME.search(name))
    return tuple(dict.fromkeys(names))


def _marks(text: str) -> Iterator[str]:
    for match in _BRACKETED.finditer(text):
        inner = match[1]
        if _LABELLED.search(inner) or _names_who_is_in_charge(inner):
            yield inner
    for line in text.split("\n"):
        if _LABELLED.match(line.strip()):
            yield line.strip()


def _names_who_is_in_charge(inner: str) -> bool:
    """A list of names with 负责 behind it; a sentence in brackets is none."""
    if not any(_IN_CHARGE.search(part) for part in _CLAUSE.split(inner)):
        return False
    first = _BREAK.split(inner)[0]
    plain = _TAIL.sub("", first)
    return len(plain) <= _LONGEST and bool(NAME.search(plain))


def names_of(text: str) -> tuple[str, ...]:
    """The names in a list of departments, each once; `专利局审业部、自动化部` are two parts of
    专利局. What is not the name of a department stays as it is written."""
    found: list[str] = []
    for clause in _PART.split(text):
        told = _ROLE.sub("", clause.strip())
        if not _OTHER_LABEL.match(told):
            found.extend(_inherited(list(_named(told))))
    return tuple(dict.fromkeys(found))


def _named(clause: str) -> Iterator[str]:
    for piece in _BREAK.split(clause):
        plain = _TAIL.sub("", _ROLE.sub("", piece.strip()))
        yield from (name for name in _spaced(plain) if 1 < len(name) <= _LONGEST)


def _spaced(piece: str) -> Iterator[str]:
    """A blank parts two names where the first is whole (市科技局 市财政局); else a line broke."""
    whole = ""
    for word in _BLANK.split(piece):
        if whole and NAME.search(whole):
            yield whole
            whole = ""
        whole += word
    yield whole


def _inherited(names: list[str]) -> Iterator[str]:
    whole = kind = ""
    for name in names:
        if part := _PART_OF.fullmatch(name):
            whole, kind = part["whole"], name[-1]
            yield name
        elif whole and name.endswith(kind) and _is_bare_part(name):
            yield whole + name
        else:
            whole = ""
            yield name


def _is_bare_part(name: str) -> bool:
    return bool(_BARE_PART.fullmatch(name)) and not _MINISTRY.fullmatch(name)
