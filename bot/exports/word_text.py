"""Runs of text in WordprocessingML, in the faces that Chinese offices have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from docx.oxml.ns import nsmap, qn
from lxml import etree

BODY, HEADS = "宋体", "黑体"
_LATIN = "Times New Roman"
_W = {"w": nsmap["w"]}
_SPACE = qn("xml:space")


@dataclass(frozen=True, slots=True)
class Face:
    """`name` is that of the Chinese face; `size` in points."""

    name: str
    size: float
    bold: bool = False


def element(tag: str) -> Any:
    """A `w:` element of its own."""
    return etree.Element(_w(tag), nsmap=_W)


def add(parent: Any, tag: str, **values: str | int) -> Any:
    """A new last `w:` element within `parent`, with `w:` attributes."""
    made = etree.SubElement(parent, _w(tag))
    for name, value in values.items():
        made.set(_w(name), str(value))
    return made


@cache
def _w(name: str) -> str:
    return qn(f"w:{name}")


def add_text(paragraph: Any, text: str, face: Face) -> None:
    """Adds `text` to a `w:p`, as words and nothing else; `\\n` breaks the line."""
    run = _add_run(paragraph, face)
    for number, line in enumerate(text.split("\n")):
        if number:
            add(run, "br")
        words = add(run, "t")
        words.text = line
        words.set(_SPACE, "preserve")


def add_field(paragraph: Any, code: str, face: Face) -> None:
    """A field of Word's own, such as PAGE; never made of anybody's words."""
    add(_add_run(paragraph, face), "fldChar", fldCharType="begin")
    add(_add_run(paragraph, face), "instrText").text = code
    add(_add_run(paragraph, face), "fldChar", fldCharType="end")


def set_faces(style: Any, face: Face) -> None:
    """What text of a style looks like that says nothing of its own."""
    old = style.find(_w("rPr"))
    if old is not None:
        style.remove(old)
    _describe(style, face)


def _add_run(paragraph: Any, face: Face) -> Any:
    run = add(paragraph, "r")
    _describe(run, face)
    return run


def _describe(parent: Any, face: Face) -> None:
    properties = add(parent, "rPr")
    faces = {"ascii": _LATIN, "hAnsi": _LATIN, "cs": _LATIN, "eastAsia": face.name}
    add(properties, "rFonts", hint="eastAsia", **faces)  # “” as wide as Chinese has them
    if face.bold:
        add(properties, "b")
    add(properties, "sz", val=round(2 * face.size))
    add(properties, "lang", val="en-US", eastAsia="zh-CN")
