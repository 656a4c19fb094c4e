"""How a letter looks in a 智能机器人's chat: markdown, in bodies of commands (W101031, W101463).

Options are numbers: a card's buttons may only be answered by another card (path/101031).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.channels.markdown import as_markdown
from bot.delivery.letters import Letter
from intents.wording.fitting import elsewhere

Body = Mapping[str, Any]

_LINE = "  \n"
"""A new line in any markdown, and nothing to be seen where a bare one would do."""


def words(letter: Letter) -> str:
    """Files cannot be sent here: they are named."""
    reply = letter.reply
    text = reply.plain if letter.markdown else as_markdown(reply.plain, _LINE)
    named = as_markdown(elsewhere(Path(reply.file).name), _LINE) if reply.file else ""
    return _LINE.join(part for part in (text.strip(), named) if part)


def stream(id_: str, text: str) -> Body:
    """A whole answer at once; the same id replaces what it wrote before."""
    return {"msgtype": "stream", "stream": {"id": id_, "finish": True, "content": text}}


def stream_id(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def welcome(text: str) -> Body:
    return {"msgtype": "text", "text": {"content": text}}


def push(chat: str, kind: int, text: str) -> Body:
    """`chat` and `kind` as `people.chat_of` has them."""
    return {
        "chatid": chat,
        "chat_type": kind,
        "msgtype": "markdown",
        "markdown": {"content": text},
    }
