"""What an enterprise is told of the steps that staff took with its demand."""

from __future__ import annotations


def rest_hint() -> str:
    return "（还没说完，发“更多”看后面的。）"
