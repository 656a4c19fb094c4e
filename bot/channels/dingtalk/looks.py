"""How a letter looks on DingTalk: bodies of messages, as JSON values, and nothing sent.

developerpedia and open platform: robot messages (text, markdown, actionCard; msgKey and msgParam
of the OpenAPI), dtmd links (what a tap on one sends as the reader's own words; in buttons of an
actionCard as the page on interaction of internal robots has them), card/instances.

What people wrote goes out as plain text, where nothing in it has a meaning of its own. Only a card
with buttons is markdown, which documents no escape: there its signs become look-alikes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from bot.channels.markdown import as_markdown
from bot.delivery.letters import Letter
from intents.turn import Reply
from intents.wording.cards import choose, message

Body = Mapping[str, Any]

SAY = "say"
"""Name of the parameter with which a card's button says its option (see `cards`)."""

_MOST_BUTTONS = 10
_LINE = "\n\n"


def by_session(letter: Letter, via: Mapping[str, Any]) -> Body:
    """The body for the session webhook. In a group whoever asked is mentioned, and options are
    numbers: a tap there would speak without mentioning the robot."""
    reply, group = letter.reply, bool(via.get("group"))
    at = _mention(via) if group else {}
    if letter.markdown:
        return {"msgtype": "markdown", "markdown": _markdown(letter), **at}
    if has_buttons(reply) and not group:
        return {"msgtype": "actionCard", "actionCard": _action_card(letter)}
    return {"msgtype": "text", "text": {"content": reply.plain}, **at}


def by_template(letter: Letter) -> Body:
    """`msgKey` and `msgParam` for the OpenAPI, whose parameter is JSON as a string."""
    if letter.markdown:
        return _template("sampleMarkdown", _markdown(letter))
    return _template("sampleText", {"content": letter.reply.plain})


def file_template(media_id: str, name: str) -> Body:
    stem, _, kind = name.rpartition(".")
    named = {"mediaId": media_id, "fileName": name, "fileType": kind if stem else "file"}
    return _template("sampleFile", named)


def has_buttons(reply: Reply) -> bool:
    return 0 < len(reply.options) <= _MOST_BUTTONS


def interactive_card(
    letter: Letter, key: str, template: str, robot: str, conversation: str | None, who: str
) -> Body:
    """createAndDeliver of a card whose template has the variables `title`, `content` (markdown)
    and `buttons` (a list of buttons); its callback comes by Stream. The same key, the same card.
    """
    values = {
        "title": _title(letter),
        "content": _content(letter.reply),
        "buttons": json.dumps([_card_button(o) for o in letter.reply.options], ensure_ascii=False),
    }
    return {
        "cardTemplateId": template,
        "outTrackId": hashlib.sha256(key.encode()).hexdigest(),
        "cardData": {"cardParamMap": values},
        "callbackType": "STREAM",
        "userIdType": 1,
        **_space(robot, conversation, who),
    }


def _space(robot: str, conversation: str | None, who: str) -> Body:
    if conversation is None:
        return {
            "openSpaceId": f"dtv1.card//IM_ROBOT.{who}",
            "imRobotOpenSpaceModel": {"supportForward": False},
            "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": robot},
        }
    return {
        "openSpaceId": f"dtv1.card//IM_GROUP.{conversation}",
        "imGroupOpenSpaceModel": {"supportForward": False},
        "imGroupOpenDeliverModel": {"robotCode": robot},
    }


def _card_button(option: str) -> Body:
    sent = {"actionId": SAY, "params": {SAY: option}}
    event = {"type": "sendCardRequest", "params": sent}
    return {"text": option, "color": "blue", "status": "normal", "event": event}


def _action_card(letter: Letter) -> Body:
    buttons = [{"title": o, "actionURL": _says(o)} for o in letter.reply.options]
    return {
        "title": _title(letter),
        "text": _content(letter.reply),
        "btnOrientation": "0",
        "btns": buttons,
    }


def _content(reply: Reply) -> str:
    """All but the options, which are buttons."""
    links = [f"[{as_markdown(link.label, _LINE)}]({link.url})" for link in reply.links]
    return "\n\n".join([as_markdown(reply.text, _LINE), *links])


def _says(option: str) -> str:
    """In small letters: clients pass over `dingtalkClient`."""
    return f"dtmd://dingtalkclient/sendMessage?content={quote(option, safe='')}"


def _markdown(letter: Letter) -> Body:
    return {"title": _title(letter), "text": letter.reply.plain}


def _template(key: str, param: Body) -> Body:
    return {"msgKey": key, "msgParam": json.dumps(param, ensure_ascii=False)}


def _mention(via: Mapping[str, Any]) -> Body:
    at = via.get("at")
    return {"at": {"atUserIds": [at], "isAtAll": False}} if at else {}


def _title(letter: Letter) -> str:
    """What the list of chats shows of it."""
    return letter.title or (choose() if letter.reply.options else message())
