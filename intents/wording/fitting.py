"""What stands under a text that was longer than its platform carries."""

from __future__ import annotations


def cut_short() -> str:
    return "（内容较长，这里没有显示完，可以问得更具体些。）"
