"""What a list of chats shows of a message that has a title and is given none."""

from __future__ import annotations


def choose() -> str:
    """Of a card with buttons."""
    return "请点选一项"


def message() -> str:
    return "知行消息"


def chosen() -> str:
    """Of a card with buttons, once one was pressed."""
    return "您选了"
