"""What heads and admins are told of messages that could not be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.late import late

_KINDS: Mapping[str, str] = {
    "reply": "回复",
    "note": "办理通知",
    "talk": "人工对话",
    "digest": "简报",
    "reminder": "到期提醒",
    "national": "国家局协调",
}
_CHANNELS: Mapping[str, str] = {
    "wecom": "企业微信",
    "wechat": "公众号",
    "kf": "微信客服",
    "aibot": "智能机器人",
    "dingtalk": "钉钉",
    "robot": "群机器人",
}
_CODE = late(r"(?:errcode|code|HTTP) (\w+)")


def none_failed() -> str:
    return "没有发送失败的消息。"


def failed(count: int, lines: Sequence[str]) -> str:
    more = f"（最近{len(lines)}条）" if count > len(lines) else ""
    again = "要重新发送，请管理员在服务器上执行：zhixing outbox retry 编号"
    return "\n".join([f"发送失败{count}条{more}", *lines, again])


def line(number: int, kind: str, channel: str, robot: str, when: str, error: str) -> str:
    """`robot` is the name of a group's, "" for a person, who is not named."""
    to = _CHANNELS.get(channel, channel) + (f"“{robot}”" if robot else "")
    code = _CODE.search(error)
    why = f"平台返回 {code[1]}" if code else "连接不上或内容有误"
    return f"{number}号 {to}｜{_KINDS.get(kind, '推送')}｜{when}｜{why}"
