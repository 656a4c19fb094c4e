"""Runs of text in WordprocessingML, in the faces that Chinese offices have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

BODY, HEADS = "宋体", "黑体"
_LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Face:
    """`name` is that of the Chinese face; `size` in points."""

    name: str
    size: float
    bold: bool = False


def element(tag: str, **values: str | int) -> Any:
    """A `w:` element with `w:` attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def add_text(paragraph: Any, text: str, face: Face) -> None:
    """Adds `text` to a `w:p`, as words and nothing else; `\\n` breaks the line."""
    run = _run(paragraph, face)
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(element("br"))
        words = element("t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        run.append(words)


def add_field(paragraph: Any, code: str, face: Face) -> None:
    """A field of Word's own, such as PAGE; never made of anybody's words."""
    for kind in ("begin", None, "end"):
        run = _run(paragraph, face)
        if kind is None:
            run.append(element("instrText"))
            run[-1].text = code
        else:
            run.append(element("fldChar", fldCharType=kind))


def set_faces(style: Any, face: Face) -> None:
    """What text of a style looks like that says nothing of its own."""
    old = style.find(qn("w:rPr"))
    if old is not None:
        style.remove(old)
    style.append(_properties(face))


def _run(paragraph: Any, face: Face) -> Any:
    run = element("r")
    run.append(_properties(face))
    paragraph.append(run)
    return run


def _properties(face: Face) -> Any:
    properties = element("rPr")
    properties.append(element("rFonts", ascii=_LATIN, hAnsi=_LATIN, cs=_LATIN, eastAsia=face.name))
    if face.bold:
        properties.append(element("b"))
    properties.append(element("sz", val=round(2 * face.size)))
    properties.append(element("lang", val="en-US", eastAsia="zh-CN"))
    return properties
