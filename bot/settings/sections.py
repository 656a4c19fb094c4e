"""The sections of the settings that concern no platform."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from bot.settings.fields import Name, Secret, TimeOfDay, Weekday, sender_key


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


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
