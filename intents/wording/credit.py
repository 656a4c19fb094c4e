"""What is said about a unified social credit code that stands in a message."""

from __future__ import annotations


def fine() -> str:
    return "信用代码核对无误，需求清单里没有这一栏，不用填。"


def wrong_length(length: int) -> str:
    return f"统一社会信用代码应有18位，您发的是{length}位；需求清单里不用填，不影响登记。"


def wrong() -> str:
    return (
        "信用代码好像有一位不对，和校验位对不上，方便时核对一下执照；需求清单里不用填，不影响登记。"
    )
