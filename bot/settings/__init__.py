"""The one typed set of settings: a TOML file, and the environment over it.

`ZHIXING_` and `__` between levels: `ZHIXING_DATABASE`, `ZHIXING_WECOM__CORP_ID`, …. An empty
variable counts as absent. Everything is frozen, and secrets do not show when printed or logged.
"""

from bot.settings.channels import WeComSettings
from bot.settings.fields import sender_key
from bot.settings.loading import SettingsError, load_settings
from bot.settings.sections import DigestSettings, RobotTarget, StaffMember
from bot.settings.whole import Settings

__all__ = [
    "DigestSettings",
    "RobotTarget",
    "Settings",
    "SettingsError",
    "StaffMember",
    "WeComSettings",
    "load_settings",
    "sender_key",
]
