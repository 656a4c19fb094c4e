"""Demands as bureaus get them, and exported files read back cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO

from docx import Document as read_word
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.exports.entries import Entry, Value
from storage.life import Status

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
JOBS = "开展知识产权服务业吸纳就业创业行动"
MARKS = "开展地理标志助力乡村振兴行动"
PLEDGES = "开展知识产权质押融资“入园惠企”行动"
TRANSFER = "开展知识产权转移转化行动"
HELP = "开展知识产权惠企助企行动"
TASKS = (JOBS, MARKS, PLEDGES, TRANSFER, HELP)
NATIONAL = "若需要国家局协调资源予以支持请予以标注，并可提出希望匹配资源的建议"

Grid = list[list[str]]


def demand(
    number: int,
    task: str | None = PLEDGES,
    need: str = "想用专利质押贷款",
    *,
    company: str = "厦门海沧智造有限公司",
    bureau: str = "厦门市局",
    status: Status = "submitted",
    day: date = date(2026, 5, 3),
    notice: str = "cnipa-2021-51",
    **more: Value,
) -> Entry:
    fields: dict[str, Value] = {
        "单位名称": company,
        "联系人": "陈明",
        "手机": "13800001234",
        "重点任务": task,
        "服务需求事项": need,
        "需国家局协调": False,
    }
    fields |= more
    national = fields["需国家局协调"] is True
    return Entry(number, notice, bureau, status, day, fields, national)


def word_tables(content: bytes) -> list[Grid]:
    """Each table's rows; what a merged cell says stands in each place that it covers."""
    tables = read_word(BytesIO(content)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def word_texts(content: bytes) -> list[str]:
    """What stands outside the tables, from top to bottom."""
    return [p.text for p in read_word(BytesIO(content)).paragraphs if p.text]


def sheets(content: bytes) -> list[Worksheet]:
    found = load_workbook(BytesIO(content)).worksheets
    return [sheet for sheet in found if isinstance(sheet, Worksheet)]


def sheet_rows(sheet: Worksheet) -> Grid:
    """The rows that hold anything; what a merged cell says stands once, at its top left."""
    rows = [["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]
    return [row for row in rows if any(row)]


def column_under(rows: Sequence[Sequence[str]], heading: str) -> list[str]:
    """What stands below `heading` in its column, whatever else the rows hold."""
    top = next(n for n, row in enumerate(rows) if heading in row)
    place = list(rows[top]).index(heading)
    return [row[place] for row in rows[top + 1 :]]
