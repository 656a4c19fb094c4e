"""PDF files, printed by a real browser: paragraphs and tables come back whole."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from knowledge.importer.page import Page, Paragraph, ReadingError, Table
from knowledge.importer.reading import read_file
from knowledge.importer.reading.pdf_lines import Char, lines_of, readable

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
printed_by_browser = pytest.mark.skipif(
    BROWSER is None and "CI" not in os.environ, reason="no chromium here to print with"
)
STYLE = """
<meta charset="utf-8"><style>
@page { size: A4; margin: 25mm 20mm }
body { font-family: 'Noto Serif CJK SC'; font-size: 16pt; line-height: 1.8; text-align: justify }
p { margin: 0; text-indent: 2em } h1 { text-align: center; font-size: 22pt }
table { border-collapse: collapse; width: 100%; font-size: 12pt } td, th { border: 1px solid }
.end { text-align: right }
</style>"""
TITLE = "江南市知识产权局关于组织申报2024年度江南市优秀专利奖有关工作的通知"
CLAUSE = (
    "（一）各单位要高度重视申报工作，认真组织辖区内企业、高校和科研院所积极参与，严格审核把关，"
    "确保材料真实完整，于2024年5月10日前报送市知识产权局（邮箱：award@example.cn），逾期不予受理。"
    "申报单位应当在本市依法登记，信用状况良好，专利权属清晰，近三年内没有严重违法失信行为。"
)


def printed(body: str, folder: Path) -> Path:
    source, made = folder / "notice.html", folder / "notice.pdf"
    source.write_text(f"<html><head>{STYLE}</head><body>{body}</body></html>", encoding="utf-8")
    subprocess.run(
        [
            BROWSER or "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={made}",
            source.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return made


def texts(page: Page) -> list[str]:
    return [block.text for block in page.blocks if isinstance(block, Paragraph)]


@printed_by_browser
def test_paragraphs_over_lines_and_pages_are_whole(tmp_path: Path) -> None:
    clauses = "".join(f"<p>{CLAUSE}</p>" for _ in range(12))
    body = (
        f"<h1>{TITLE}</h1><p style='text-indent:0'>各区知识产权局：</p><p><b>一、工作要求</b></p>"
        f"{clauses}<p class=end>江南市知识产权局</p><p class=end>2024年3月5日</p>"
    )
    page = read_file(printed(body, tmp_path))
    assert texts(page) == [
        TITLE,
        "各区知识产权局：",
        "一、工作要求",
        *[CLAUSE] * 12,
        "江南市知识产权局",
        "2024年3月5日",
    ]
    assert isinstance(page.blocks[2], Paragraph)
    assert page.blocks[2].bold == 6


@printed_by_browser
def test_a_table_over_two_pages_is_one(tmp_path: Path) -> None:
    measure = "市知识产权局：做好专利转化运用工作，加强协同联动，形成可复制可推广的经验做法。"
    rows = "".join(
        f"<tr><td>{n}.推进转化</td><td>{measure}<br>各区：认真落实。</td><td></td></tr>"
        for n in range(1, 21)
    )
    body = (
        "<p>附件</p><table><thead><tr><th>任务</th><th>举措</th><th>部门</th></tr></thead>"
        f"<tr><td colspan=3>一、转化运用</td></tr>{rows}</table><p>填表说明：请如实填写。</p>"
    )
    page = read_file(printed(body, tmp_path))
    first, table, last = page.blocks
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert isinstance(table, Table)
    cells = [[cell.text for cell in row] for row in table.rows]
    assert cells[:2] == [["任务", "举措", "部门"], ["一、转化运用", "", ""]]
    assert cells[2:] == [
        [f"{n}.推进转化", f"{measure}\n各区：认真落实。", ""] for n in range(1, 21)
    ]
    assert page.text[slice(*table.rows[2][0].span())] == "1.推进转化"


def test_what_is_no_pdf_says_so(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(ReadingError, match=r"broken\.pdf: "):
        read_file(path)


def test_radicals_of_fonts_are_read_as_characters() -> None:
    assert readable("⽅⾯⻔⻓⻚2024") == "方面门长页2024"


def test_blanks_stand_where_columns_are_not_between_characters() -> None:
    def char(text: str, x: float) -> Char:
        return Char(text, x, x + (10 if text > "\u1100" else 5), 100, 110, 10, False)

    places = [("王", 0), ("明", 12), ("电", 40), ("话", 50), ("0", 61), ("5", 66), ("A", 80)]
    assert [line.text for line in lines_of(char(*place) for place in places)] == ["王明 电话05 A"]
