"""What each platform makes of a text's marks, and how much of it one message carries.

WeCom's robot knows headings, bold, quote and three font colours, no lists and no tables, in 4,096
UTF-8 bytes (WeCom doc path/99110). DingTalk's has no colours and wants a blank line for a new one.
The app's own messages to a member of WeCom are plain: its markdown is not shown in WeChat, where
many read them (path/90236).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.robot import CHANNEL as ROBOT
from bot.platforms.robots import RobotKind


@dataclass(frozen=True, slots=True)
class Dialect:
    """Patterns into which words are put; `limit` is in bytes of UTF-8."""

    limit: int
    newline: str = "\n"
    title: str = "{}"
    heading: str = "【{}】"
    item: str = "{}"
    strong: str = "{}"
    quiet: str = "{}"
    urgent: str = "{}"
    link: str = "{}：{}"
    markdown: bool = False


PLAIN = Dialect(limit=2048)
WECOM = Dialect(
    limit=4096,
    title="## {}",
    heading="### {}",
    item="> {}",
    strong="**{}**",
    quiet='<font color="comment">{}</font>',
    urgent='<font color="warning">{}</font>',
    link="[{}]({})",
    markdown=True,
)
DINGTALK = Dialect(
    limit=4096,
    newline="\n\n",
    title="## {}",
    heading="### {}",
    item="> {}",
    strong="**{}**",
    urgent="**{}**",
    link="[{}]({})",
    markdown=True,
)
DIALECTS: Mapping[RobotKind, Dialect] = {"wecom": WECOM, "dingtalk": DINGTALK}
_OF_CHANNEL: Mapping[str, Dialect] = {"dingtalk": DINGTALK, "aibot": DINGTALK}


def dialect_of(target: str, robots: Mapping[str, RobotKind]) -> Dialect:
    """`robots`: the kind of each, by its target; one that is not known is taken for WeCom's."""
    channel = target.partition(":")[0]
    if channel == ROBOT:
        return DIALECTS[robots.get(target, "wecom")]
    return _OF_CHANNEL.get(channel, PLAIN)
