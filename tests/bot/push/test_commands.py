"""`zhixing digest` and `zhixing subscription` at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import start
from bot.cli import main
from knowledge.snapshot import KnowledgeBase

SETTINGS = """
[[staff]]
sender = "wecom:fang"
name = "王芳"
regions = ["厦门市"]

[[subscriptions]]
to = "wecom:fang"
kinds = ["national"]

[digest]
[[digest.targets]]
name = "处室群"
kind = "wecom"
key = "k"
"""


@pytest.fixture(autouse=True)
def _office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase) -> None:
    """In a directory of its own, with the shipped knowledge, read once for all tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(start, "load_knowledge", lambda *_, **__: kb)
    (tmp_path / "zhixing.toml").write_text(SETTINGS, encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> list[str]:
    assert main(list(argv)) == 0
    return capsys.readouterr().out.splitlines()


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    try:
        status = main(list(argv))
    except SystemExit as ended:
        status = int(ended.code or 0)
    told = capsys.readouterr().err
    assert (status, told.count("\n")) == (2, 1)
    return told


def test_a_digest_is_previewed_as_its_reader_gets_it(capsys: pytest.CaptureFixture[str]) -> None:
    group = run(capsys, "digest", "preview")
    assert group[0].startswith("## 知行简报")
    assert "**0**" in group[1]
    fang = run(capsys, "digest", "preview", "--for", "wecom:fang")
    assert fang[0].startswith("知行简报")
    assert "新增需求 0 项" in fang[1]
    weekly = run(capsys, "digest", "preview", "--for", "robot:处室群", "--weekly")
    assert weekly[0].startswith("## 知行周报")


def test_a_digest_is_pushed_to_whom_one_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "digest", "push") == ["robot:处室群"]
    assert run(capsys, "digest", "push", "--for", "wecom:fang") == ["wecom:fang"]
    assert "neither on the staff nor a robot" in refused(
        capsys, "digest", "push", "--for", "wecom:nobody"
    )


def test_subscriptions_are_added_listed_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    add = ["subscription", "add", "wecom:fang", "--kind"]
    run(capsys, *add, "daily", "--at", "08:30", "--region", "厦门")
    run(capsys, *add, "weekly", "--weekday", "5", "--empty")
    assert run(capsys, "subscription", "list") == [
        "wecom:fang  daily  08:30  厦门市",
        "wecom:fang  weekly  09:00  weekday 5  empty",
        "robot:处室群  daily  09:00  (settings)",
        "wecom:fang  national  (settings)",
    ]
    gone = run(capsys, "subscription", "remove", "wecom:fang")
    assert gone == ["removed wecom:fang  daily", "removed wecom:fang  weekly"]
    assert len(run(capsys, "subscription", "list")) == 2


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["add", "wecom:nobody", "--kind", "daily"], "neither on the staff nor a robot"),
        (["add", "nobody", "--kind", "daily"], "must be a channel and a user"),
        (["add", "wecom:fang", "--kind", "daily", "--at", "25:00"], "is no time of day"),
        (["add", "wecom:fang", "--kind", "weekly", "--weekday", "8"], "--weekday must be"),
        (["add", "wecom:fang", "--kind", "daily", "--region", "火星"], "'火星' is no division"),
        (["add", "wecom:fang", "--kind", "monthly"], "invalid choice"),
        (["remove", "wecom:fang", "--kind", "daily"], "no such subscription"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], argv: list[str], told: str
) -> None:
    run(capsys, "subscription", "add", "wecom:fang", "--kind", "deadline")
    assert told in refused(capsys, "subscription", *argv)


def test_a_region_of_the_settings_that_is_none_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    wrong = SETTINGS.replace('kinds = ["national"]', 'kinds = ["national"]\nregions = ["厦门"]')
    (tmp_path / "zhixing.toml").write_text(wrong, encoding="utf-8")
    told = refused(capsys, "digest", "preview")
    assert "subscriptions[0].regions: '厦门' is no full name: write 厦门市" in told
