"""The sections of the settings that concern no platform."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    IPvAnyNetwork,
    model_validator,
)

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


SubscriptionKind = Literal["daily", "weekly", "national", "handoff", "deadline"]
"""日报; 周报; a demand that asks for national support, at once; a person who is wanted, at once;
到期提醒."""


class SubscriptionSettings(Section):
    """Who is pushed what: `to` is a member of staff (``wecom:zhangsan``) or ``robot:`` and the
    name of a group's robot. `regions` by full name and `tasks` by title narrow it; none is all.
    `weekday` is that of the weekly digest. `empty`: also when there is nothing to tell."""

    to: Annotated[str, AfterValidator(sender_key)]
    kinds: Annotated[tuple[SubscriptionKind, ...], Field(min_length=1)]
    at: TimeOfDay = "09:00"
    weekday: Weekday = 1
    regions: tuple[Name, ...] = ()
    tasks: tuple[Name, ...] = ()
    empty: bool = False


class CalendarSettings(Section):
    """Days that the built-in calendar of Chinese holidays does not know yet, or has wrongly."""

    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()


class HandoverSettings(Section):
    """When people are there: `opens` to `closes` on working days. A talk that was handed over
    goes back to the assistant after so many minutes in which nobody wrote."""

    opens: TimeOfDay = "09:00"
    closes: TimeOfDay = "17:30"
    silence_minutes: Annotated[int, Field(ge=1, le=1440)] = 30

    @model_validator(mode="after")
    def _opens_first(self) -> Self:
        if self.closes <= self.opens:
            raise ValueError("closes must be after opens")
        return self


class ConsoleSettings(Section):
    """`wecom_sign_in`: staff whom WeCom knows sign in there, without a password of ours."""

    wecom_sign_in: bool = False


class PrivacySettings(Section):
    """Personal fields are emptied so many days after their demand ended."""

    retention_days: Annotated[int, Field(ge=1)] = 730


class MetricsSettings(Section):
    """Who may read `/metrics` beside this machine: addresses and networks, ``10.0.0.0/8``."""

    allow: tuple[IPvAnyNetwork, ...] = ()
