"""What is said of a number or an address that cannot be one."""

from __future__ import annotations


def phone_masked() -> str:
    return "号码里有星号，看不全，请发完整的号码。"


def mobile_length(digits: int) -> str:
    if digits < 11:
        return f"这个手机号只有{digits}位，手机号是11位，请再发一次。"
    return f"这个手机号有{digits}位，手机号是11位，请再核对一下。"


def mobile_prefix(prefix: str) -> str:
    return f"手机号没有{prefix}开头的，请再核对一下。"


def landline_wrong(digits: int) -> str:
    return (
        f"这个座机号连区号一共{digits}位，不太对。"
        "座机是区号加7到8位，比如0591-87654321，请再发一次。"
    )


def number_too_short(digits: int) -> str:
    return f"这个号码只有{digits}位。手机号是11位，座机请带上区号，请再发一次。"


def mobile_wanted() -> str:
    return "这里需要手机号，请发11位的手机号。"


def email_without_at() -> str:
    return "邮箱里好像少了“@”，请发完整的邮箱，比如 wang@example.com。"


def email_without_ending(address: str) -> str:
    return f"邮箱“{address}”后面好像少了“.com”这样的结尾，请再发一次。"


def email_wrong(address: str) -> str:
    return f"邮箱“{address}”看着不太对，请再核对一下。"
