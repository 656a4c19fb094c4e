"""A button of a card that was pressed, as the message that its option's text would be.

Cards' callback (topic ``/v1.0/card/instances/callback``): `userId`, `spaceType`, `spaceId`, and
`content`, a JSON string with what the button carries in `cardPrivateData.params`.
"""

from __future__ import annotations

from datetime import datetime

from bot.channels.dingtalk.messages import NAME, ROOM
from bot.channels.dingtalk.people import user_of
from bot.channels.envelope import Reason, Rejected
from bot.channels.objects import Object, id_of, json_object, object_of, text_of
from bot.message import Message, Route, Sender
from intents.turn import Said


def decode(data: Object, delivery: str, corp: str | None, now: datetime) -> Message:
    """`delivery` is the id of the frame that brought it: a press has none of its own.

    Raises Rejected.
    """
    if corp and data.get("corpId") != corp:
        raise Rejected(Reason.RECEIVER)
    group = data.get("spaceType") == "IM_GROUP"
    conversation = id_of(data, "spaceId") if group else ""
    user = id_of(data, "userId")
    return Message(
        f"card:{delivery}",
        Sender(NAME, user_of(conversation or None, user)),
        Said(_chosen(data)),
        now,
        room=ROOM,
        route=Route({"conversation": conversation, "at": user, "group": group}),
    )


def _chosen(data: Object) -> str:
    """The text of the option. Raises Rejected."""
    content = json_object(text_of(data, "content"))
    params = object_of(object_of(content, "cardPrivateData"), "params")
    chosen = text_of(params, "say")
    if not chosen:
        raise Rejected(Reason.CONTENT)
    return chosen
