"""Word documents: what is printed is read, numerals and merged cells included."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph as WordParagraph

from knowledge.importer.page import Page, Paragraph, ReadingError, Table
from knowledge.importer.reading import read_file
from knowledge.importer.reading.numbering import chinese, written

LEVELS = """
<w:abstractNum {ns} w:abstractNumId="77">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
    <w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
    <w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
    <w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>"""
NUM = '<w:num {ns} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'


def saved(document: Document, folder: Path) -> Page:
    path = folder / "notice.docx"
    document.save(str(path))
    return read_file(path)


def texts(page: Page) -> list[str]:
    return [block.text for block in page.blocks if isinstance(block, Paragraph)]


def numbered(paragraph: WordParagraph, level: int) -> None:
    number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(number))


def with_lists() -> Document:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(LEVELS.format(ns=nsdecls("w"))))
    numbering.append(parse_xml(NUM.format(ns=nsdecls("w"))))
    return document


def test_automatic_numerals_are_read_as_printed(tmp_path: Path) -> None:
    document = with_lists()
    for text, level in [
        ("申报条件", 0),
        ("主体要求。", 1),
        ("在本市登记。", 2),
        ("信用良好。", 2),
        ("材料要求。", 1),
        ("提交申报书。", 2),
        ("申报程序", 0),
        ("网上填报。", 1),
    ]:
        numbered(document.add_paragraph(text), level)
    assert texts(saved(document, tmp_path)) == [
        "一、申报条件",
        "（一）主体要求。",
        "1.在本市登记。",
        "2.信用良好。",
        "（二）材料要求。",
        "1.提交申报书。",
        "二、申报程序",
        "（一）网上填报。",
    ]


def test_paragraphs_and_tables_stand_in_document_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("任务清单", level=2)
    paragraph = document.add_paragraph()
    paragraph.add_run("（一）目标。").bold = True
    paragraph.add_run("年底前完成。")
    table = document.add_table(rows=3, cols=3)
    for cell, text in zip(table.rows[0].cells, ("任务", "部门", "时间"), strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "甲"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "科技局\n财政局"
    document.add_paragraph("特此通知。")
    heading, item, form, last = saved(document, tmp_path).blocks
    assert isinstance(heading, Paragraph)
    assert heading.heading == 2
    assert isinstance(item, Paragraph)
    assert (item.text, item.bold) == ("（一）目标。年底前完成。", 6)
    assert isinstance(form, Table)
    assert [[cell.text for cell in row] for row in form.rows] == [
        ["任务", "部门", "时间"],
        ["甲", "科技局\n财政局", ""],
        ["", "", ""],
    ]
    assert isinstance(last, Paragraph)


def test_headers_deleted_and_hidden_text_are_not_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    document.sections[0].header.paragraphs[0].text = "内部资料"
    paragraph = document.add_paragraph("请按时报送。")
    paragraph.add_run("隐藏").font.hidden = True
    gone = f"<w:del {nsdecls('w')}><w:r><w:delText>删去</w:delText></w:r></w:del>"
    paragraph._p.append(parse_xml(gone))
    assert texts(saved(document, tmp_path)) == ["请按时报送。"]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    box = "<w:txbxContent><w:p><w:r><w:t>江南市知识产权局文件</w:t></w:r></w:p></w:txbxContent>"
    run = (
        f"<w:r {nsdecls('w')} {names}><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document.add_paragraph("请按时报送。")._p.append(parse_xml(run))
    assert texts(saved(document, tmp_path)) == ["请按时报送。", "江南市知识产权局文件"]


def test_spans_count_in_the_text_of_the_page(tmp_path: Path) -> None:
    document = with_lists()
    numbered(document.add_paragraph("\u3000申报条件"), 0)
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 1).text = "5月10日"
    page = saved(document, tmp_path)
    paragraph, form = page.blocks
    assert isinstance(form, Table)
    assert isinstance(paragraph, Paragraph)
    assert page.text[slice(*form.rows[1][1].span())] == "5月10日"
    assert page.text[slice(*paragraph.passage.span())].startswith("一、")


def test_a_locked_or_broken_document_says_so(tmp_path: Path) -> None:
    locked = tmp_path / "locked.docx"
    locked.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 not a package")
    with pytest.raises(ReadingError, match=r"locked\.docx: .*密码"):
        read_file(locked)
    with pytest.raises(ReadingError, match=r"broken\.docx: "):
        read_file(broken)


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (35, "三十五"),
        (103, "一百零三"),
        (110, "一百一十"),
    ],
)
def test_chinese_numerals(number: int, numeral: str) -> None:
    assert chinese(number) == numeral


def test_number_formats_of_word() -> None:
    forms = ["decimal", "lowerLetter", "upperRoman", "decimalEnclosedCircleChinese", "bullet"]
    assert [written(4, form) for form in forms] == ["4", "d", "IV", "④", ""]
