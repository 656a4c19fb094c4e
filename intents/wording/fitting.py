"""What stands under a text that was longer than its platform carries."""

from __future__ import annotations


def cut_short() -> str:
    return "（内容较长，这里没有显示完，可以问得更具体些。）"


def elsewhere(file: str) -> str:
    """Under the words, where the platform's chat takes no files from us."""
    return f"（文件“{file}”在这里发不了，请在企业微信应用里再要一次。）"
