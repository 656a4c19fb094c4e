"""What a DingTalk robot hears (developerpedia, robot messages)."""

from __future__ import annotations

from datetime import datetime

from tests.platform.loopback import Json

APP_KEY = "dingoaxxxxxxxxxxxxxx"
CORP_ID = "ding6ccabc44d2c8d38b"
USER = "042297"
GROUP = "cidgroup0123456789=="
_ROBOT = "$:LWCP_v1:$robot"


def spoken(number: int, at: datetime, user: str, group: str) -> Json:
    """A message without its words: who, where, when. In a group the robot is mentioned."""
    mentioned: Json = {"isInAtList": True, "atUsers": [{"dingtalkId": _ROBOT}]}
    return {
        "conversationId": group or f"cid-{user}=",
        "conversationType": "2" if group else "1",
        "chatbotCorpId": CORP_ID,
        "chatbotUserId": _ROBOT,
        "robotCode": APP_KEY,
        "msgId": f"msg{number:08}==",
        "createAt": int(at.timestamp() * 1000),
        "senderNick": "张三",
        "senderStaffId": user,
        "senderId": f"$:LWCP_v1:${user}",
        "senderCorpId": CORP_ID,
        "isAdmin": False,
        **({"conversationTitle": "工作群", **mentioned} if group else {}),
    }


def heard(text: str, group: str) -> Json:
    """The words; in a group they begin with a space, where the robot's name stood."""
    return {"msgtype": "text", "text": {"content": f" {text}" if group else text}}
