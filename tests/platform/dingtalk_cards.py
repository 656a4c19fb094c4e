"""Interactive cards: created, delivered, updated (developerpedia and the Stream SDK's replier).

All values of `cardParamMap` are strings. The codes of refusals are not documented in full; the
ones here are ours, with HTTP status 400 as the platform's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.platform.loopback import Json, shaped

_SPACE = re.compile(r"dtv1\.card//(IM_GROUP|IM_ROBOT)\.(.+)")
_CREATE = {"cardTemplateId", "outTrackId", "cardData", "openSpaceId"}
_MAY_CREATE = {
    "callbackType",
    "callbackRouteKey",
    "imGroupOpenSpaceModel",
    "imGroupOpenDeliverModel",
    "imRobotOpenSpaceModel",
    "imRobotOpenDeliverModel",
    "userId",
    "userIdType",
    "privateData",
}
_STREAMING = {"outTrackId", "guid", "key", "content", "isFull", "isFinalize", "isError"}


@dataclass
class Card:
    """`user` is whoever has it on the screen; `values` what it shows now."""

    track: str
    template: str
    user: str
    callback: str
    values: dict[str, str] = field(default_factory=dict)
    finished: bool = False


class Refused(Exception):
    """With the platform's `code`."""


class Cards:
    def __init__(self) -> None:
        self.cards: dict[str, Card] = {}

    def create(self, body: Json) -> Card:
        """Raises Refused."""
        if not shaped(body, _CREATE, _MAY_CREATE):
            raise Refused("invalidParameter")
        space = _SPACE.fullmatch(str(body["openSpaceId"]))
        if space is None or not _delivered(space[1], body):
            raise Refused("invalidParameter.openSpaceId")
        if body["outTrackId"] in self.cards:
            raise Refused("param.outTrackId.duplicated")
        callback = body.get("callbackType", "STREAM")
        if callback not in ("STREAM", "HTTP"):
            raise Refused("invalidParameter.callbackType")
        if callback == "HTTP" and not body.get("callbackRouteKey"):
            raise Refused("invalidParameter.callbackRouteKey")
        values = _values(body["cardData"])
        card = Card(body["outTrackId"], body["cardTemplateId"], space[2], callback, values)
        self.cards[card.track] = card
        return card

    def update(self, body: Json) -> Card:
        """Raises Refused."""
        known = {"privateData", "cardUpdateOptions", "userIdType"}
        if not shaped(body, {"outTrackId", "cardData"}, known):
            raise Refused("invalidParameter")
        card = self._card(body)
        by_key = body.get("cardUpdateOptions", {}).get("updateCardDataByKey", False)
        values = _values(body["cardData"])
        card.values = card.values | values if by_key else values
        return card

    def stream(self, body: Json) -> Card:
        """Raises Refused."""
        if not shaped(body, _STREAMING):
            raise Refused("invalidParameter")
        card = self._card(body)
        if card.finished:
            raise Refused("param.stream.finished")
        before = "" if body["isFull"] else card.values.get(body["key"], "")
        card.values[body["key"]] = before + str(body["content"])
        card.finished = bool(body["isFinalize"] or body["isError"])
        return card

    def _card(self, body: Json) -> Card:
        card = self.cards.get(body["outTrackId"])
        if card is None:
            raise Refused("param.outTrackId.notExist")
        return card


def _delivered(space: str, body: Json) -> bool:
    """The deliver model that goes with the space."""
    if space == "IM_GROUP":
        return bool(body.get("imGroupOpenDeliverModel", {}).get("robotCode"))
    model: Json = body.get("imRobotOpenDeliverModel", {})
    return model.get("spaceType") == "IM_ROBOT"


def _values(data: object) -> dict[str, str]:
    if not shaped(data, {"cardParamMap"}) or not isinstance(data, dict):
        raise Refused("invalidParameter.cardData")
    values = data["cardParamMap"]
    if not isinstance(values, dict) or not all(isinstance(v, str) for v in values.values()):
        raise Refused("invalidParameter.cardParamMap")
    return dict(values)
