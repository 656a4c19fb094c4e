"""What docs/部署.md tells admins to type works."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.cli import main
from bot.settings import Settings, load_settings
from tests.deploy.tools import DEPLOY, ROOT

GUIDE = (ROOT / "docs" / "部署.md").read_text(encoding="utf-8")
_BARE = re.sub(r"(?s)```.*?```", "", GUIDE)
BLOCKS = [
    re.sub(r"(?m)^    ", "", block)
    for block in re.findall(r"(?m)(?:^    .*\n|^\n(?=    ))+", _BARE)
]
TYPED = [line for block in BLOCKS for line in block.splitlines()]
OURS = sorted({line for line in TYPED if line.startswith("zx ")})


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, flags=re.S)


@pytest.mark.parametrize("line", OURS)
def test_each_command_is_one_that_there_is(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = shlex.split(re.sub(r"\s+#.*", "", line))[1:]
    options = [word for word in words if word.startswith("--")]
    command = [word for word in words if re.fullmatch("[a-z]+", word)][:2]
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert all(option in told for option in options)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"deploy/([\w.]+\w)", GUIDE))))
def test_each_file_of_deploy_is_there(name: str) -> None:
    assert (DEPLOY / name).exists()


@pytest.mark.parametrize("name", ["alerts.yaml", "grafana.json", "zhixing.service", "nginx.conf"])
def test_what_is_in_deploy_is_told_of(name: str) -> None:
    assert f"deploy/{name}" in GUIDE


@pytest.mark.parametrize("block", BLOCKS)
def test_the_shell_takes_what_is_to_be_typed(block: str) -> None:
    checked = subprocess.run(["sh", "-n"], input=block, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


def test_settings_and_scraping_are_read(tmp_path: Path) -> None:
    for written in examples("toml"):
        (tmp_path / "zhixing.toml").write_text(written, encoding="utf-8")
        assert load_settings(tmp_path / "zhixing.toml") != Settings()
    for written in examples("yaml"):
        assert yaml.safe_load(written)["scrape_configs"]


def installed(zx: Path, places: dict[str, Path]) -> Path:
    """The guide's command, with its settings in these places."""
    [script] = re.findall(r"(?s)cat > /usr/local/sbin/zx <<'END'\n(.*?)\n    END", GUIDE)
    script = re.sub(r"(?m)^    ", "", script)
    script = re.sub(r"exec setpriv .*\\\n", "exec ", script)
    for place, here in places.items():
        script = script.replace(place, str(here))
    etc = places["/etc/zhixing"]
    etc.mkdir()
    places["/var/lib/zhixing"].mkdir()
    (etc / "zhixing.toml").write_bytes((DEPLOY / "zhixing.example.toml").read_bytes())
    zx.write_text(script, encoding="utf-8")
    zx.chmod(0o755)
    return zx


def test_an_admin_makes_a_key_backs_up_and_restores_as_the_guide_says(tmp_path: Path) -> None:
    """With other places for the files, and as whoever runs the tests."""
    bin_, etc, var = Path(sys.executable).parent, tmp_path / "etc", tmp_path / "var"
    places = {"/opt/zhixing/.venv/bin": bin_, "/etc/zhixing": etc, "/var/lib/zhixing": var}
    zx = installed(tmp_path / "zx", places)

    def typed(line: str) -> str:
        for place, here in places.items():
            line = line.replace(place, str(here))
        line = re.sub(r"\bzx ", f"{zx} ", line)
        ran = subprocess.run(["sh", "-e", "-c", line], capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    [keys] = [line for line in TYPED if "zx keys new" in line]
    typed(keys)
    subprocess.run(
        [bin_ / "zhixing", "talk", "--jsonl", "--database", f"sqlite:///{var / 'zhixing.db'}"],
        input='{"user": "a", "text": "登记需求"}\n',
        env={"ZHIXING_DATA_KEY": (etc / "zhixing.env").read_text().strip().partition("=")[2]},
        check=True,
        text=True,
        capture_output=True,
    )
    backup = next(line for line in TYPED if line.startswith("zx backup") and "date" in line)
    assert "NOT in it" in typed(backup)
    [made] = var.glob("*.backup")
    restore = next(line for line in TYPED if line.startswith("zx restore") and "try.db" in line)
    assert "restored" in typed(re.sub(r"/var\S+\.backup", str(made), restore))
    look = next(line for line in TYPED if line.startswith("zx demand list"))
    typed(look)
