"""Names that several pages of the console use; what stands on one page stands in its template."""

from __future__ import annotations

import re
from collections.abc import Mapping

from intents.wording.staff import ROLE, STATUS_SHORT, STEP

__all__ = ["ACT", "CHANNEL", "KIND", "LOOP", "ROLE", "STATE", "STATUS", "STEP", "noted"]

STATUS = STATUS_SHORT

ACT: Mapping[str, str] = {
    "look": "查看",
    "handle": "办理",
    "answer": "答复问题",
    "draft": "改知识库草稿",
    "publish": "发布知识库",
    "rollback": "恢复知识库旧版",
    "export": "导出",
    "refused": "被拒绝",
    "staff": "改工作人员",
    "sign-in": "登录",
    "sign-in-failed": "登录未成功",
    "sign-out": "退出登录",
    "password": "改密码",
    "send-again": "重新发送",
    "subscription": "改订阅",
    "erase": "删除个人信息",
    "purge": "到期清除",
    "take": "接入人工",
    "pass": "转交人工",
    "end": "结束人工",
}
"""What the audit log calls each act."""

STATE: Mapping[str, str] = {
    "waiting": "等待发送",
    "sent": "已发送",
    "left": "改由下次回复告知",
    "dead": "发送失败",
}

KIND: Mapping[str, str] = {
    "daily": "每日简报",
    "weekly": "每周简报",
    "national": "需国家局协调",
    "handoff": "转人工",
    "deadline": "截止提醒",
    "digest": "简报",
    "reminder": "截止提醒",
    "reply": "回复",
    "note": "办理告知",
    "talk": "人工对话",
}
"""What is pushed, by subscriptions' kinds and by those of letters' keys."""

CHANNEL: Mapping[str, str] = {
    "wecom": "企业微信",
    "wechat": "公众号",
    "kf": "微信客服",
    "aibot": "智能机器人",
    "dingtalk": "钉钉",
    "robot": "群机器人",
    "web": "网页",
    "console": "控制台",
}

_NOTED: tuple[tuple[str, str], ...] = (
    (r"\bticket (\d+)", r"人工对话T\1"),
    (r"\bquestion (\d+)", r"\1号问题"),
    (r"\boutbox (\d+)", r"\1号消息"),
    (r"^removed ", "退订 "),
)


def noted(detail: str) -> str:
    """What the trail keeps of an act, in the words of pages."""
    for kept, said in _NOTED:
        detail = re.sub(kept, said, detail)
    return detail


LOOP: Mapping[str, str] = {
    "outbox": "发送",
    "pushes": "定时推送",
    "handover": "转人工",
    "platforms": "平台连接",
    "purge": "到期清除",
    "revisions": "知识库更新",
}
"""The background jobs."""
