"""Every exported form opens in LibreOffice and prints all that is in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from bot.exports.demand_list import demand_list
from bot.exports.entries import Asked, Held, Scope
from bot.exports.excel import xlsx
from bot.exports.layout import Document
from bot.exports.report import Material, report
from bot.exports.results import results
from bot.exports.word import docx
from knowledge.snapshot import KnowledgeBase
from tests.bot.exports.material import MARKS, NOW, PLEDGES, TASKS, demand

LONG = "".join(f"第{n}件专利想要质押，" for n in range(1, 1000))[:10_000]
_PATIENCE = 240  # seconds, on a machine that does other things as well


def documents(kb: KnowledgeBase) -> dict[str, Document]:
    """By the name of the file: every form, blank, filled, and with what people may write."""
    notice = kb.form_notice()
    span = Scope(kb.bureaus.get("fujian"), date(2026, 4, 1), date(2026, 6, 30), together=True)
    many = [demand(n, TASKS[n % 5], f"第{n}项需求") for n in range(1, 61)]
    wild = [demand(1, MARKS, LONG), demand(2, None, "=1+1 +2 @x _x0041_ </w:t> 💰", company="=A1")]
    held = [Held(PLEDGES, f"形式{n}", n, 10 * n, "成效", "厦门市局", NOW.date()) for n in range(40)]
    asked = [Asked(n, f"问题{n}", NOW.date()) for n in range(40)]
    summary = next(a for a in notice.attachments if a.label == "附件2")
    forms = {notice.id: notice.form} if notice.form else {}
    return {
        "blank": demand_list(notice, [], span, {}),
        "many": demand_list(notice, many, span, {"联系人": "林芳"}),
        "wild": demand_list(notice, wild, span, {}),
        "results": results(summary, held, span),
        "report": report(Material(many, held, asked, forms), Scope(), NOW.date()),
    }


@pytest.fixture(scope="module")
def printed(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What stands on the pages of each file, without blanks and breaks, which the print moves."""
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            if os.environ.get("CI"):
                pytest.fail(f"CI needs {program}")
            pytest.skip(f"no {program}")
    folder = tmp_path_factory.mktemp("office")
    files = []
    for name, document in documents(kb).items():
        files += [folder / f"{name}-docx.docx", folder / f"{name}-xlsx.xlsx"]
        files[-2].write_bytes(docx(document, NOW))
        files[-1].write_bytes(xlsx(document, NOW))
    _print(files, folder)
    return {file.stem: _words(file.with_suffix(".pdf")) for file in files}


def _print(files: list[Path], folder: Path) -> None:
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", folder, *files],
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        check=True,
        timeout=_PATIENCE,
    )


def _words(pdf: Path) -> str:
    found = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return "".join(found.stdout.decode().split())


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
class TestPrinted:
    def test_every_form_opens_and_has_its_title(self, printed: dict[str, str], ending: str) -> None:
        assert {name for name in printed if name.endswith(ending)} == {
            f"{name}-{ending}" for name in ("blank", "many", "wild", "results", "report")
        }
        assert "活动需求清单" in printed[f"blank-{ending}"]
        assert "活动成效汇总表" in printed[f"results-{ending}"]
        assert "信息采集情况报告" in printed[f"report-{ending}"]

    def test_every_row_is_printed(self, printed: dict[str, str], ending: str) -> None:
        said = printed[f"many-{ending}"]
        assert [n for n in range(1, 61) if f"第{n}项需求" not in said] == []
        assert [n for n in range(40) if f"问题{n}" not in printed[f"report-{ending}"]] == []

    def test_heads_are_printed_on_each_page(self, printed: dict[str, str], ending: str) -> None:
        said = printed[f"many-{ending}"]
        assert said.count("服务需求事项") > 1
        assert said.count("服务需求事项") >= said.count("第1页") + said.count("第2页")

    def test_a_long_text_is_printed_to_its_end(self, printed: dict[str, str], ending: str) -> None:
        said = printed[f"wild-{ending}"]
        pieces = [f"第{n}件专利" for n in range(1, 700)]
        lost = [piece for piece in pieces if piece not in said]
        assert len(lost) <= 10, lost  # where a page ends, or another column's words stand between

    def test_wild_words_are_printed_as_words(self, printed: dict[str, str], ending: str) -> None:
        said = printed[f"wild-{ending}"]
        assert "=1+1+2@x_x0041_" in said
        assert "=A1" in said
        assert "#NAME?" not in said
        assert "Err:" not in said
