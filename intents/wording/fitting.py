"""What stands under a text that was longer than its platform carries."""

from __future__ import annotations


def cut_short() -> str:
    return "（内容较长，先说到这里。回复“更多”接着看。）"
