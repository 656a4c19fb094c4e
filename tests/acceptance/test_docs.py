"""What README and guides say is so: their examples work, and nothing is left out."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings
from tests.acceptance.server import ZHIXING
from tests.knowledge.small import ask_few

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
AES_KEY = "应用接收消息页面的 EncodingAESKey，43位"
FOR_ADMINS = (ROOT / "docs" / "管理员.md").read_text(encoding="utf-8")


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", FOR_ADMINS, flags=re.S)


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ZHIXING, *arguments], cwd=cwd, capture_output=True, text=True)


def test_the_admins_example_of_a_notice_is_sound_and_answers_its_question(tmp_path: Path) -> None:
    (tmp_path / "xiamen-2025-7.yaml").write_text(examples("yaml")[0], encoding="utf-8")
    ask_few(tmp_path)
    checked = run("kb", "check", tmp_path, cwd=tmp_path)
    assert checked.stderr == ""
    assert "answer: 1 of 1" in checked.stdout, "its question fell"
    question = "进园区活动的报名表几号前交"
    answer = run("ask", question, "--knowledge", tmp_path, cwd=tmp_path).stdout
    assert "3月25日" in answer
    assert "厦市监〔2025〕7号" in answer


def test_the_admins_example_of_settings_is_read(tmp_path: Path) -> None:
    settings_file = tmp_path / "zhixing.toml"
    written = examples("toml")[0].replace(AES_KEY, "a" * 43)
    settings_file.write_text(written, encoding="utf-8")
    settings = load_settings(settings_file)
    assert settings.wecom is not None
    assert [target.kind for target in settings.digest.targets] == ["wecom", "dingtalk"]


@pytest.mark.parametrize("written", examples("toml")[1:])
def test_further_settings_of_the_guide_are_read_by_themselves(tmp_path: Path, written: str) -> None:
    settings_file = tmp_path / "zhixing.toml"
    written = written.replace(AES_KEY, "a" * 43)
    settings_file.write_text(written, encoding="utf-8")
    assert load_settings(settings_file) != Settings()


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert re.search(rf"`\[*{name}[`.\]]", README)


def test_every_command_is_in_the_readme(tmp_path: Path) -> None:
    printed = run("--help", cwd=tmp_path).stdout
    commands = re.findall(r"^    ([a-z]+) ", printed, flags=re.M)
    assert commands
    for command in commands:
        assert re.search(rf"^\| `{command}\b.*`zhixing {command}|zhixing {command}", README, re.M)


def test_every_action_on_the_knowledge_base_is_in_the_readme(tmp_path: Path) -> None:
    printed = run("kb", "--help", cwd=tmp_path).stdout
    actions = re.findall(r"^    ([a-z]+) ", printed, flags=re.M)
    assert {"check", "publish", "history", "rollback", "diff"} <= set(actions)
    for action in actions:
        assert re.search(rf"^\| `kb {action}` \| `zhixing kb {action}\b", README, re.M)


def test_every_dependency_says_in_the_readme_why_it_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[\[><=]", line)[0] for line in project["dependencies"]}
    table = README.partition("## Dependencies")[2].partition("## ")[0]
    explained = {
        name
        for row in re.findall(r"^\| ([a-z0-9, -]+) \|", table, flags=re.M)
        for name in row.split(", ")
    }
    assert explained - {"package"} == names


def test_the_locks_name_no_host_and_no_path() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"://|via -r /|^-|^ *# .*[ =]/", text, flags=re.M)
