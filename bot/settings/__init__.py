"""The one typed set of settings: a TOML file, and the environment over it.

`ZHIXING_` and `__` between levels: `ZHIXING_DATABASE`, `ZHIXING_WECOM__CORP_ID`, …. An empty
variable counts as absent. Everything is frozen, and secrets do not show when printed or logged.
"""

from bot.settings.channels import (
    AibotSettings,
    DingTalkSettings,
    HostsSettings,
    KfSettings,
    WeChatSettings,
    WeComSettings,
)
from bot.settings.fields import sender_key
from bot.settings.loading import DEFAULT_FILE, SettingsError, load_settings
from bot.settings.sections import (
    CalendarSettings,
    DigestSettings,
    HandoverSettings,
    RobotTarget,
    StaffMember,
    SubscriptionKind,
    SubscriptionSettings,
)
from bot.settings.whole import Settings

__all__ = [
    "DEFAULT_FILE",
    "AibotSettings",
    "CalendarSettings",
    "DigestSettings",
    "DingTalkSettings",
    "HandoverSettings",
    "HostsSettings",
    "KfSettings",
    "RobotTarget",
    "Settings",
    "SettingsError",
    "StaffMember",
    "SubscriptionKind",
    "SubscriptionSettings",
    "WeChatSettings",
    "WeComSettings",
    "load_settings",
    "sender_key",
]
