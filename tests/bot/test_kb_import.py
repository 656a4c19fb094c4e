"""`zhixing kb import`: an admin drops files in and looks over what was read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import main

TEXT = """\
云江省知识产权局关于组织申报专利导航项目的通知
云知发〔2024〕17号

各市、州知识产权局：
　　现将有关事项通知如下。
　　一、申报条件
　　在云江省内注册的企业。
　　二、工作要求
　　请各市、州知识产权局于6月20日前将推荐函报送我局运用促进处。
　　联系人：沈立群，电话：0871-63215540。
　　附件：专利导航项目推荐函

云江省知识产权局
2024年5月8日
"""


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    file = tmp_path / "yunjiang-2024-17.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_a_draft_is_written_that_the_knowledge_base_takes(
    notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "knowledge"
    assert main(["kb", "import", str(notice), "--out", str(out)]) == 0
    assert (out / "yunjiang-2024-17.yaml").exists()
    assert main(["ask", "--knowledge", str(out), "云江省专利导航项目推荐函什么时候报"]) == 0
    answer = capsys.readouterr().out.split("请逐项核对")[-1]
    assert "6月20日" in answer


def test_each_value_is_shown_beside_its_sentence(
    notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["kb", "import", str(notice), "--out", str(tmp_path)])
    shown = capsys.readouterr().out
    assert "2024-06-20" in shown
    assert "请各市、州知识产权局于6月20日前" in shown
    assert "读入1份，失败0份" in shown


def test_json_holds_what_was_understood(notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "import", str(notice), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["doc_number"] == "云知发〔2024〕17号"
    assert told["issued"] == "2024-05-08"
    [deadline] = told["deadlines"]
    assert (deadline["due"], deadline["inferred"], deadline["clause"]) == ("2024-06-20", True, "二")
    assert told["contacts"][0]["name"] == "沈立群"


def test_a_draft_that_was_looked_over_is_not_written_over(
    notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "yunjiang-2024-17.yaml"
    written.write_text("looked over", encoding="utf-8")
    assert main(["kb", "import", str(notice), "--out", str(tmp_path)]) == 1
    assert written.read_text(encoding="utf-8") == "looked over"
    assert "--force" in capsys.readouterr().out
    assert main(["kb", "import", str(notice), "--out", str(tmp_path), "--force"]) == 0
    assert "6月20日前" in written.read_text(encoding="utf-8")


def test_a_folder_goes_on_after_a_bad_file(
    notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.docx").write_bytes(b"no archive")
    (tmp_path / "empty.txt").write_bytes(b"")
    assert main(["kb", "import", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    shown = capsys.readouterr().out
    assert "读入1份，失败2份" in shown
    assert "broken.docx" in shown


def test_what_is_not_there_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["kb", "import", str(tmp_path / "none.txt")]) == 2
    told = capsys.readouterr().err
    assert "none.txt: no such file" in told
    assert told.count("\n") == 1
