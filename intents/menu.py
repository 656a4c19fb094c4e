"""A pending option, picked by its number or its text."""

from __future__ import annotations

from intents.conversation import MenuItem
from intents.moment import Moment
from intents.turn import Reply, Turn
from intents.wording import talk as say
from knowledge.late import late

_PICK = late(
    r"^(?:那|就|是|嗯|对|选择?|要|我)*第?([1-9]|1\d|[一二三四五六七八九])(?:个|项|号|条|种)?(?:吧|的|那个|啊|呢)*$"
)


def picked(moment: Moment) -> MenuItem | None:
    """The option that the message points to; None where it is none."""
    menu = moment.conversation.menu
    for item in menu:
        if moment.text.strip() == item.label and item.says != moment.text:
            return item
    match = _PICK.match(moment.bare)
    if match is None:
        return None
    number = "一二三四五六七八九".find(match[1]) + 1 or int(match[1])
    return menu[number - 1] if number <= len(menu) else None


def past_the_last(moment: Moment) -> Turn | None:
    """A number that no option has: the options are shown again."""
    menu = moment.conversation.menu
    if moment.conversation.form is not None or not moment.bare.isdigit() or len(moment.bare) > 2:
        return None
    options = tuple(item.label for item in menu)
    return Turn(Reply("clarify", say.pick_by_number(len(menu)), options), moment.conversation)
