"""`zhixing staff` and `[[staff]]`: who handles demands by chat, and for which regions."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import start
from bot.cli import main
from knowledge.snapshot import KnowledgeBase


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase) -> None:
    """In an empty directory, with the shipped knowledge, read once for all tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(start, "load_knowledge", lambda *_, **__: kb)


def run(capsys: pytest.CaptureFixture[str], *args: str) -> list[str]:
    """The lines of a command that is well."""
    assert main(list(args)) == 0
    return capsys.readouterr().out.splitlines()


def refused(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    """The one line of a command that is not."""
    assert main(list(args)) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    return told


def add(*more: str, sender: str = "wecom:zhangsan", region: str = "厦门市") -> list[str]:
    return ["staff", "add", sender, "--name", "张三", "--region", region, *more]


def test_who_was_added_is_listed_until_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *add()) == ["wecom:zhangsan  张三  clerk  厦门市"]
    run(capsys, *add("--role", "head", "--region", "漳州", sender="wecom:li", region="泉州"))
    assert run(capsys, "staff", "list") == [
        "wecom:li  张三  head  泉州市、漳州市",
        "wecom:zhangsan  张三  clerk  厦门市",
    ]
    run(capsys, "staff", "remove", "wecom:li")
    assert run(capsys, "staff", "list") == ["wecom:zhangsan  张三  clerk  厦门市"]


def test_who_is_added_again_is_changed(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *add())
    run(capsys, *add("--role", "admin", region="全国"))
    assert run(capsys, "staff", "list") == ["wecom:zhangsan  张三  admin  全国"]


def test_each_change_is_in_the_audit_log_with_who_did_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(capsys, *add())
    run(capsys, "staff", "remove", "wecom:zhangsan")
    put, removed = run(capsys, "audit", "list")
    assert "cli:" in put
    assert "staff" in put
    assert put.endswith("put wecom:zhangsan  张三  clerk  厦门市")
    assert removed.endswith("removed wecom:zhangsan")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (add(region="某某地"), "'某某地' is no division"),
        (add(region="朝阳区"), "'朝阳区' is no division, or one of several"),
        (add(region="成都市"), "no bureau serves 成都市"),
        (add(region="思明区"), "no bureau serves 思明区"),
        (add(sender="zhangsan"), "must be a channel and a user, like wecom:zhangsan"),
        (["staff", "add", "wecom:a", "--name", " ", "--region", "厦门"], "--name must not be"),
    ],
)
def test_what_makes_no_member_of_staff_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], args: list[str], told: str
) -> None:
    assert told in refused(capsys, *args)
    assert not Path("zhixing.db").exists()


def test_who_is_not_on_the_staff_cannot_be_removed(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *add())
    assert "'wecom:li' is not on the staff" in refused(capsys, "staff", "remove", "wecom:li")


def settings(*regions: str, sender: str = "wecom:zhangsan") -> None:
    entry = f'[[staff]]\nsender = "{sender}"\nname = "张三"\nregions = {list(regions)}\n'
    Path("zhixing.toml").write_text(entry, encoding="utf-8")


def test_those_of_the_settings_are_listed_and_changed_there_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings("福建省")
    run(capsys, *add(sender="wecom:li"))
    assert run(capsys, "staff", "list") == [
        "wecom:li  张三  clerk  厦门市",
        "wecom:zhangsan  张三  clerk  福建省  (settings)",
    ]
    assert "is in the settings: change it there" in refused(capsys, *add())
    assert "is in the settings" in refused(capsys, "staff", "remove", "wecom:zhangsan")


@pytest.mark.parametrize(
    ("regions", "told"),
    [
        (["厦门"], "staff[0].regions: '厦门' is no full name: write 厦门市"),
        (["某某地"], "staff[0].regions: '某某地' is no division"),
        (["成都市"], "staff[0].regions: no bureau serves 成都市"),
        ([], "staff[0].regions: "),
    ],
)
def test_a_mistake_in_the_settings_is_told_at_the_start(
    capsys: pytest.CaptureFixture[str], regions: list[str], told: str
) -> None:
    settings(*regions)
    assert told in refused(capsys, "ask", "你好")


def test_nobody_is_named_twice_in_the_settings(capsys: pytest.CaptureFixture[str]) -> None:
    settings("福建省")
    path = Path("zhixing.toml")
    path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    assert "staff named twice: wecom:zhangsan" in refused(capsys, "ask", "你好")


# The console


def one_time(line: str) -> str:
    told, _, password = line.rpartition(" ")
    assert told == "console: name zhangsan, one-time password"
    return password


def test_who_may_sign_in_gets_a_name_and_a_password_told_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, told = run(capsys, *add("--console"))
    first = one_time(told)
    [again] = run(capsys, "staff", "password", "zhangsan")
    assert one_time(again) != first
    [by_sender] = run(capsys, "staff", "password", "wecom:zhangsan")
    assert one_time(by_sender) not in (first, one_time(again))
    kept = "\n".join(run(capsys, "audit", "list"))
    assert "password wecom:zhangsan" in kept
    assert first not in kept


def test_two_do_not_sign_in_by_one_name(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *add("--console"))
    told = refused(capsys, *add("--console", sender="dingtalk:zhangsan"))
    assert "'zhangsan' signs in already" in told
    assert "dingtalk" not in "\n".join(run(capsys, "staff", "list")), "nothing was half done"
    [_, named] = run(capsys, *add("--console", "Zhang2", sender="dingtalk:zhangsan"))
    assert "name zhang2," in named


def test_who_is_of_the_settings_may_sign_in_too(capsys: pytest.CaptureFixture[str]) -> None:
    settings("福建省")
    run(capsys, *add(sender="wecom:li"))
    [told] = run(capsys, "staff", "password", "wecom:zhangsan")
    assert one_time(told)


def test_who_left_the_staff_has_no_account_any_more(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *add("--console"))
    run(capsys, "staff", "remove", "wecom:zhangsan")
    assert "not on the staff" in refused(capsys, "staff", "password", "zhangsan")
