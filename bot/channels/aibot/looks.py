"""How a letter looks in a 智能机器人's chat: markdown, in bodies of commands (W101031, W101463).

Options are buttons of a card (path/101032) where they fit and whoever was asked is alone with the
bot; in a group anybody could press them. Else they are numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.markdown import as_markdown
from bot.channels.render import naming_file
from bot.delivery.letters import Letter
from intents.wording.cards import choose, chosen

Body = Mapping[str, Any]

_BUTTONS, _BUTTON_CHARS, _SUBTITLE_CHARS = 6, 10, 112
"""What path/101032 advises: what is longer is cut on the screen."""

_LINE = "  \n"
"""A new line in any markdown, and nothing to be seen where a bare one would do."""


def words(letter: Letter) -> str:
    """Files cannot be sent here: they are named."""
    plain = naming_file(letter.reply).plain.strip()
    return plain if letter.markdown else as_markdown(plain, _LINE)


def card(key: str, letter: Letter) -> Body | None:
    """The letter as a card with a button an option, each of which says its option when pressed;
    None where it does not fit. Cards are told apart by their key."""
    reply, options = letter.reply, letter.reply.options
    fits = 0 < len(options) <= _BUTTONS and len(reply.text) <= _SUBTITLE_CHARS
    told_apart = len(set(options)) == len(options)
    if not (fits and told_apart and all(0 < len(o.strip()) <= _BUTTON_CHARS for o in options)):
        return None
    if letter.markdown or reply.links or reply.file:
        return None
    return _buttons(id_of(key), choose(), reply.text, options)


def pressed(task_id: str, option: str) -> Body:
    """What a card is replaced by once it was pressed."""
    return {
        "response_type": "update_template_card",
        "template_card": _buttons(task_id, chosen(), option, (option,))["template_card"],
    }


def _buttons(task_id: str, title: str, text: str, options: Sequence[str]) -> Body:
    return {
        "msgtype": "template_card",
        "template_card": {
            "card_type": "button_interaction",
            "main_title": {"title": title},
            "sub_title_text": text,
            "button_list": [{"text": one, "style": 1, "key": one} for one in options],
            "task_id": task_id,
        },
    }


def stream(id_: str, text: str) -> Body:
    """A whole answer at once; the same id replaces what it wrote before."""
    return {"msgtype": "stream", "stream": {"id": id_, "finish": True, "content": text}}


def id_of(key: str) -> str:
    """Of a stream or a card, for the letter with that key."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def welcome(text: str) -> Body:
    return {"msgtype": "text", "text": {"content": text}}


def markdown(text: str) -> Body:
    return {"msgtype": "markdown", "markdown": {"content": text}}


def push(chat: str, kind: int, message: Body) -> Body:
    """`chat` and `kind` as `people.chat_of` has them; `message` is `markdown` or a `card`."""
    return {"chatid": chat, "chat_type": kind, **message}
