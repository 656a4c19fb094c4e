"""What styles say of a paragraph of a Word document: heading, bold, list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from docx.oxml.ns import qn

_NAMED_HEADING = re.compile(r"(?:heading|标题)\s*([1-6])", re.I)
_NAMED_TITLE = re.compile(r"title|标题", re.I)
_OFF = ("0", "false", "off", "none")
_BLACK = ("黑体", "SimHei")
_DEEPEST = 20


class ListPlace(NamedTuple):
    number: str
    level: int | None


@dataclass(frozen=True, slots=True)
class Styles:
    by_id: dict[str, Any]

    def chain(self, style: str | None) -> list[Any]:
        """The style and those that it is based on."""
        found: list[Any] = []
        while style in self.by_id and len(found) < _DEEPEST:
            assert style is not None
            found.append(self.by_id[style])
            style = value_of(found[-1], "w:basedOn")
        return found

    def heading(self, paragraph: Any) -> int | None:
        """1 to 6, by the outline level or by the style's name."""
        places = [paragraph, *self.chain(style_of(paragraph))]
        for place in places:
            level = value_of(place.find(qn("w:pPr")), "w:outlineLvl")
            if level is not None and level.isdecimal():
                return int(level) + 1 if int(level) < 6 else None
        for style in places[1:]:
            name = value_of(style, "w:name") or ""
            if match := _NAMED_HEADING.fullmatch(name):
                return int(match.group(1))
            if _NAMED_TITLE.fullmatch(name):
                return 1
        return None

    def is_bold(self, run: Any, paragraph: Any) -> bool:
        """By the run, its style or the paragraph's; 黑体 counts as bold."""
        properties = run.find(qn("w:rPr"))
        places = [properties]
        for style in (value_of(properties, "w:rStyle"), style_of(paragraph)):
            places += [s.find(qn("w:rPr")) for s in self.chain(style)]
        return next((bold for p in places if (bold := _bold(p)) is not None), False)

    def list_place(self, paragraph: Any) -> ListPlace | None:
        for place in [paragraph, *self.chain(style_of(paragraph))]:
            properties = place.find(qn("w:pPr"))
            listed = properties.find(qn("w:numPr")) if properties is not None else None
            if listed is None:
                continue
            level = value_of(listed, "w:ilvl")
            number = value_of(listed, "w:numId")
            if number is not None:
                return ListPlace(number, int(level) if level and level.isdecimal() else None)
        return None


def styles_of(root: Any | None) -> Styles:
    """Of the root of styles.xml."""
    found = root.iterfind(qn("w:style")) if root is not None else ()
    return Styles({style.get(qn("w:styleId")) or "": style for style in found})


def style_of(paragraph: Any) -> str | None:
    return value_of(paragraph.find(qn("w:pPr")), "w:pStyle")


def value_of(element: Any | None, tag: str) -> str | None:
    child = element.find(qn(tag)) if element is not None else None
    value = child.get(qn("w:val")) if child is not None else None
    return str(value) if value is not None else None


def is_on(properties: Any | None, tag: str) -> bool | None:
    """A switch such as <w:b/>; None where it is not set."""
    child = properties.find(qn(tag)) if properties is not None else None
    return None if child is None else (child.get(qn("w:val")) or "1") not in _OFF


def _bold(properties: Any | None) -> bool | None:
    fonts = properties.find(qn("w:rFonts")) if properties is not None else None
    if fonts is not None and fonts.get(qn("w:eastAsia")) in _BLACK:
        return True
    return is_on(properties, "w:b")
