"""Settings come from one file and the environment; what is wrong is said in one line."""

from __future__ import annotations

import os
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.settings import Settings, SettingsError, load_settings

KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
WECOM = f"""
[wecom]
corp_id = "ww1234567890abcdef"
agent_id = 1000002
token = "a-token"
aes_key = "{KEY}"
"""
EXAMPLE = Path(__file__).parents[2] / "deploy" / "zhixing.example.toml"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("ZHIXING_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def written(text: str, name: str = "zhixing.toml") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def problem(text: str) -> str:
    with pytest.raises(SettingsError) as refused:
        load_settings(written(text))
    line = str(refused.value)
    assert "\n" not in line
    return line


def test_without_a_file_it_is_a_sandbox_on_loopback() -> None:
    settings = load_settings()
    assert (settings.host, settings.wecom, settings.web_chat) == ("127.0.0.1", None, True)
    assert settings.database.startswith("sqlite")
    assert settings.zone == ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("written_there", "lacking"),
    [
        ("", "wecom.secret"),
        (WECOM, "wecom.secret"),
        (WECOM + 'secret = "a-secret"', "public_url"),
    ],
)
def test_signing_in_by_wecom_says_what_it_lacks(written_there: str, lacking: str) -> None:
    said = problem("[console]\nwecom_sign_in = true\n" + written_there)
    assert f"{lacking} is missing, which console.wecom_sign_in needs" in said


def test_the_file_in_the_working_directory_is_found() -> None:
    written("port = 8123")
    assert load_settings().port == 8123


def test_a_file_of_another_name_is_read_when_named() -> None:
    written("port = 8123")
    assert load_settings(written("port = 8124", "other.toml")).port == 8124


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIXING_PORT", "9000")
    monkeypatch.setenv("ZHIXING_WECOM__AGENT_ID", "7")
    settings = load_settings(written("port = 8123" + WECOM))
    assert settings.wecom is not None
    assert (settings.port, settings.wecom.agent_id) == (9000, 7)
    assert settings.wecom.corp_id == "ww1234567890abcdef"


def test_the_environment_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("CORP_ID", "ww12"), ("AGENT_ID", "3"), ("TOKEN", "t"), ("AES_KEY", KEY)):
        monkeypatch.setenv(f"ZHIXING_WECOM__{name}", value)
    settings = load_settings()
    assert settings.wecom is not None
    assert settings.wecom.aes_key.get_secret_value() == KEY


def test_an_empty_variable_counts_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIXING_KNOWLEDGE", "")
    assert load_settings().knowledge is None


def test_robots_of_both_kinds() -> None:
    settings = load_settings(
        written(
            '[digest]\nat = "08:30"\nweekdays = [1]\n'
            '[[digest.targets]]\nname = "一"\nkind = "wecom"\nkey = "k"\n'
            '[[digest.targets]]\nname = "二"\nkind = "dingtalk"\naccess_token = "a"\n'
            'secret = "SECx"\n'
        )
    )
    assert [target.kind for target in settings.digest.targets] == ["wecom", "dingtalk"]


def test_secrets_do_not_show_when_printed() -> None:
    settings = load_settings(written('database = "postgresql+asyncpg://u:hidden@h/d"' + WECOM))
    shown = f"{settings!r} {settings}"
    assert not [secret for secret in ("a-token", KEY, "hidden") if secret in shown]


def test_settings_cannot_be_changed_while_running() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("port = 70000", "port"),
        ('port = "八零"', "port"),
        ('host = ""', "host"),
        ('database = " "', "database"),
        ('timezone = "Asia/Nowhere"', "timezone"),
        ('timezone = "../etc"', "timezone"),
        ("colour = 1", "colour"),
        (WECOM.replace(KEY, KEY[:-1]), "wecom.aes_key"),
        (WECOM.replace(KEY, KEY + "="), "wecom.aes_key"),
        (WECOM.replace("a-token", ""), "wecom.token"),
        (WECOM.replace("a-token", "  "), "wecom.token"),
        (WECOM.replace("1000002", "0"), "wecom.agent_id"),
        (WECOM.replace("ww1234567890abcdef", ""), "wecom.corp_id"),
        (WECOM + 'previous_aes_key = "short"', "wecom.previous_aes_key"),
        (WECOM + 'secret = ""', "wecom.secret"),
        (WECOM + "colour = 1", "wecom.colour"),
        ('[wecom]\ncorp_id = "ww12"', "wecom.agent_id: is missing; wecom.token: is missing"),
        ("wecom = 1", "wecom"),
        ('[digest]\nat = "25:00"', "digest.at"),
        ('[digest]\nat = "9点"', "digest.at"),
        ("[digest]\nweekdays = [0]", "digest.weekdays[0]"),
        ('[[digest.targets]]\nname = "一"\nkind = "mail"', "digest.targets[0].kind"),
        ('[[digest.targets]]\nname = "一"\nkind = "wecom"', "digest.targets[0]: wecom robots"),
        (
            '[[digest.targets]]\nname = "一"\nkind = "wecom"\nkey = "k"\n' * 2,
            "digest: targets named twice: 一",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_key(text: str, key: str) -> None:
    assert problem(text).startswith(f"settings: {key}")


def test_what_is_wrong_never_repeats_a_secret() -> None:
    assert "half-a-key" not in problem(WECOM.replace(KEY, "half-a-key"))


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("ZHIXING_WECOM__AES_KEY", "half-a-key", "wecom.aes_key"),
        ("ZHIXING_DIGEST__TARGETS", "{broken", "digest"),
        ("ZHIXING_WECOM", "{broken", "wecom"),
        ("ZHIXING_PORT", "x", "port"),
    ],
)
def test_a_bad_variable_is_named(
    name: str, value: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=re.escape(key)) as refused:
        load_settings()
    assert "\n" not in str(refused.value)
    assert "half-a-key" not in str(refused.value)


def test_a_broken_file_is_named_with_its_line() -> None:
    assert re.match(r"zhixing\.toml: .*line 2", problem("port = 1\nhost = \n"))


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match=r"^none\.toml: No such file"):
        load_settings(Path("none.toml"))


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Is a directory"):
        load_settings(tmp_path)


def test_a_file_in_another_encoding_is_named() -> None:
    Path("zhixing.toml").write_bytes('host = "主机"'.encode("gbk"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings()


def test_the_example_file_is_valid_and_says_what_the_defaults_are() -> None:
    assert load_settings(EXAMPLE) == Settings()


@pytest.mark.parametrize("name", ["data_key", "previous_data_keys"])
def test_the_data_keys_of_the_example_are_refused_as_everybody_knows_them(name: str) -> None:
    [given] = re.findall(rf"(?m)^# ({name} = [^#\n]*)", EXAMPLE.read_text(encoding="utf-8"))
    line = problem(given)
    assert name in line
    assert "zhixing keys new" in line
    assert given.split('"')[1] not in line


def test_the_example_file_is_valid_with_everything_switched_on() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    switched_on = re.sub(r"(?m)^# ?(?=\[|[a-z_]+ = )", "", text)
    switched_on = re.sub(r"(?m)^database = \"sqlite.*$", "", switched_on)
    switched_on = re.sub(r"(?m)^((?:previous_)?aes_key) = .*$", rf'\1 = "{KEY}"', switched_on)
    switched_on = re.sub(r"(?m)^(previous_)?data_keys? = .*$", "", switched_on)
    settings = load_settings(written(switched_on))
    assert settings.wecom is not None
    assert [target.kind for target in settings.digest.targets] == ["wecom", "dingtalk"]


WECHAT = f"""
[wechat]
app_id = "wx2c2769f8efd9abc2"
token = "a-token"
aes_key = "{KEY}"
mode = "%s"
"""


@pytest.mark.parametrize("mode", ["compatible", "plain"])
def test_plain_text_of_a_公众号_is_taken_on_loopback_alone(mode: str) -> None:
    line = problem('host = "0.0.0.0"' + WECHAT % mode)
    assert line == f"settings: wechat.mode {mode} is taken on loopback alone, not on 0.0.0.0"
    assert load_settings(written(WECHAT % mode)).wechat


def test_a_公众号_in_secure_mode_may_be_reached_from_anywhere() -> None:
    assert load_settings(written('host = "0.0.0.0"' + WECHAT % "secure")).wechat
