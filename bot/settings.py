"""The one typed set of settings: a TOML file, and the environment over it.

`ZHIXING_` and `__` between levels: `ZHIXING_DATABASE`, `ZHIXING_WECOM__CORP_ID`, …. An empty
variable counts as absent. Everything is frozen, and secrets do not show when printed or logged.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError as EnvironmentProblem

from bot.channels.keys import aes_key
from storage.key_text import key_of_text

DEFAULT_FILE = Path("zhixing.toml")
_KNOWN_TO_ALL = (b"zhixing keys new prints your own", b"this was the key before that one")
"""The data keys of the example file."""
_SENDER = re.compile(r"[a-z]+:\S.*")


class SettingsError(Exception):
    """`str` is one line that names the key and what is wrong with it; never a secret's value."""


def _real_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("no such time zone") from None
    return name


def _some_secret(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value().strip():
        raise ValueError("must not be empty")
    return secret


def _encoding_aes_key(secret: SecretStr) -> SecretStr:
    aes_key(secret.get_secret_value())
    return secret


def _base64_key(secret: SecretStr) -> SecretStr:
    if key_of_text(secret.get_secret_value()) in _KNOWN_TO_ALL:
        raise ValueError("is the example's, which everybody knows; `zhixing keys new` prints one")
    return secret


def sender_key(key: str) -> str:
    """A channel and somebody's name there. Raises ValueError."""
    if not _SENDER.fullmatch(key):
        raise ValueError("must be a channel and a user, like wecom:zhangsan")
    return key


Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Secret = Annotated[SecretStr, AfterValidator(_some_secret)]
DataKey = Annotated[SecretStr, AfterValidator(_base64_key)]
AesKey = Annotated[SecretStr, AfterValidator(_encoding_aes_key)]
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Weekday = Annotated[int, Field(ge=1, le=7)]


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class WeComSettings(Section):
    """A WeCom self-built app, as its administration page shows it (我的企业, 应用管理)."""

    corp_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{4,64}$")]
    agent_id: Annotated[int, Field(ge=1)]
    token: Secret
    aes_key: AesKey
    previous_aes_key: AesKey | None = None
    secret: Secret | None = None


class RobotTarget(Section):
    """A group robot that the digest is pushed to: WeCom by `key`, DingTalk by `access_token`."""

    name: Name
    kind: Literal["wecom", "dingtalk"]
    key: Secret | None = None
    access_token: Secret | None = None
    secret: Secret | None = None

    @model_validator(mode="after")
    def _has_its_key(self) -> Self:
        wanted = {"wecom": "key", "dingtalk": "access_token"}
        for kind, field in wanted.items():
            given = getattr(self, field) is not None
            if given != (kind == self.kind):
                raise ValueError(f"{self.kind} robots have {wanted[self.kind]}, and only that")
        return self


class DigestSettings(Section):
    """When staff are pushed the digest; weekdays from 1, Monday."""

    at: TimeOfDay = "09:00"
    weekdays: tuple[Weekday, ...] = (1, 2, 3, 4, 5)
    empty: bool = False
    targets: tuple[RobotTarget, ...] = ()

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        names = [target.name for target in self.targets]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"targets named twice: {', '.join(twice)}")
        return self


class StaffMember(Section):
    """Somebody on the staff: `sender` is how the bot knows them, such as ``wecom:zhangsan``;
    `regions` are the full names of the divisions whose demands they handle."""

    sender: Annotated[str, AfterValidator(sender_key)]
    name: Name
    role: Literal["clerk", "head", "admin"] = "clerk"
    regions: Annotated[tuple[Name, ...], Field(min_length=1)]


class ReporterSettings(Section):
    """What a bureau's demand list says of the bureau: `basics` by the names of the form's fields,
    联系人, 联系电话, …"""

    bureau: Name
    basics: dict[Name, Name]


class PrivacySettings(Section):
    """Personal fields are emptied so many days after their demand ended."""

    retention_days: Annotated[int, Field(ge=1)] = 730


class Settings(BaseSettings):
    """`database` is a SQLAlchemy URL; `knowledge` a directory beside the shipped notices;
    `form_notice` the notice whose demand form is in use, the newest by default; `region` the
    bureau's division (福建省), whose notices go first; `web_chat` serves the chat page at `/`. Port
    0 takes any that is free. `data_key` seals what people wrote, `previous_data_keys` still open
    what they sealed; without any there is a key file. `exports` is the folder of what staff export
    in chat.
    """

    model_config = SettingsConfigDict(
        env_prefix="ZHIXING_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
    )

    database: Annotated[Name, Field(repr=False)] = "sqlite+aiosqlite:///zhixing.db"
    host: Name = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    knowledge: Path | None = None
    form_notice: Name | None = None
    region: Name | None = None
    timezone: Annotated[str, AfterValidator(_real_zone)] = "Asia/Shanghai"
    web_chat: bool = True
    wecom: WeComSettings | None = None
    digest: DigestSettings = DigestSettings()
    data_key: DataKey | None = None
    previous_data_keys: tuple[DataKey, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    privacy: PrivacySettings = PrivacySettings()
    exports: Path = Path("exports")
    reporters: tuple[ReporterSettings, ...] = ()

    @model_validator(mode="after")
    def _staff_once(self) -> Self:
        senders = [member.sender for member in self.staff]
        twice = sorted({sender for sender in senders if senders.count(sender) > 1})
        if twice:
            raise ValueError(f"staff named twice: {', '.join(twice)}")
        return self

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over what is passed in, which is what the file says."""
        return env_settings, init_settings


def load_settings(path: Path | None = None) -> Settings:
    """From `path`, else from `zhixing.toml` in the working directory if there is one.

    Raises SettingsError.
    """
    source = path or DEFAULT_FILE
    given = _read_toml(source) if path or DEFAULT_FILE.exists() else {}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError(f"settings: {_problems(error)}") from None
    except EnvironmentProblem as error:
        raise SettingsError(f"settings: {str(error).splitlines()[0]}") from None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or type(error).__name__}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}") from None


def _problems(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(map(_problem, found))


def _problem(problem: ErrorDetails) -> str:
    key = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in problem["loc"]).lstrip(".")
    what = {"missing": "is missing", "extra_forbidden": "is no setting"}.get(problem["type"])
    return f"{key}: {what or problem['msg'].removeprefix('Value error, ')}"
