"""All of the settings in one type."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.settings.channels import (
    AibotSettings,
    DingTalkSettings,
    HostsSettings,
    KfSettings,
    WeChatSettings,
    WeComSettings,
)
from bot.settings.fields import LOOPBACK, BaseUrl, DataKey, Name, real_zone
from bot.settings.sections import (
    CalendarSettings,
    ConsoleSettings,
    DigestSettings,
    HandoverSettings,
    MetricsSettings,
    PrivacySettings,
    ReporterSettings,
    StaffMember,
    SubscriptionSettings,
)


class Settings(BaseSettings):
    """`database` is a SQLAlchemy URL; `knowledge` a directory beside the shipped notices;
    `form_notice` the notice whose demand form is in use, the newest by default; `region` the
    bureau's division (福建省), whose notices go first; `web_chat` serves the chat page at `/`. Port
    0 takes any that is free; `workers` is how many processes serve it, on PostgreSQL. `data_key`
    seals what people wrote, `previous_data_keys` still open what they sealed; without any there is
    a key file. `exports` is the folder of what staff export in chat. `public_url` is where the
    platforms and staff reach this server from outside.
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
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    knowledge: Path | None = None
    form_notice: Name | None = None
    region: Name | None = None
    timezone: Annotated[str, AfterValidator(real_zone)] = "Asia/Shanghai"
    web_chat: bool = True
    wecom: WeComSettings | None = None
    wechat: WeChatSettings | None = None
    kf: KfSettings | None = None
    aibot: AibotSettings | None = None
    dingtalk: DingTalkSettings | None = None
    hosts: HostsSettings = HostsSettings()
    public_url: BaseUrl | None = None
    digest: DigestSettings = DigestSettings()
    subscriptions: tuple[SubscriptionSettings, ...] = ()
    calendar: CalendarSettings = CalendarSettings()
    handover: HandoverSettings = HandoverSettings()
    console: ConsoleSettings = ConsoleSettings()
    data_key: DataKey | None = None
    previous_data_keys: tuple[DataKey, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    privacy: PrivacySettings = PrivacySettings()
    metrics: MetricsSettings = MetricsSettings()
    exports: Path = Path("exports")
    reporters: tuple[ReporterSettings, ...] = ()

    @model_validator(mode="after")
    def _staff_once(self) -> Self:
        senders = [member.sender for member in self.staff]
        twice = sorted({sender for sender in senders if senders.count(sender) > 1})
        if twice:
            raise ValueError(f"staff named twice: {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _plain_text_stays_near(self) -> Self:
        """What nothing proves is taken from a relay on this machine alone."""
        if self.wechat and self.wechat.mode != "secure" and self.host not in LOOPBACK:
            raise ValueError(
                f"wechat.mode {self.wechat.mode} is taken on loopback alone, not on {self.host}"
            )
        return self

    @model_validator(mode="after")
    def _wecom_can_be_asked(self) -> Self:
        """Whose code it is, and where to come back to."""
        if self.console.wecom_sign_in:
            lacking = "public_url" if self.wecom and self.wecom.secret else "wecom.secret"
            if lacking != "public_url" or self.public_url is None:
                raise ValueError(f"{lacking} is missing, which console.wecom_sign_in needs")
        return self

    @model_validator(mode="after")
    def _robots_known(self) -> Self:
        known = {f"robot:{target.name}" for target in self.digest.targets}
        named = {one.to for one in self.subscriptions if one.to.startswith("robot:")}
        if unknown := sorted(named - known):
            raise ValueError(f"subscriptions to robots that digest.targets lacks: {unknown[0]}")
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
