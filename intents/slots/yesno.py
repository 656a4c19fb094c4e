"""Yes-or-no slots: what they are about, and whether a clause wants it or not."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.late import late
from knowledge.model import Slot

_FRAME = late(
    r"是否|需要|需|愿意|愿|同意|接受|协调|支持|帮助|参加|参与|提供|资源|予以|有无|有没有|要|的|吗"
)
_WISH = late(
    r"最好|希望|需要|需|想|请|盼|恳求|麻烦|劳烦|支持|协调|出面|帮|推动|对接|愿意|同意|接受|参加|要|可以|能|"
    r"行|好|是|有"
)
_NO = late(
    r"不用|不需|不必|不要|不想|不麻烦|不劳|不愿|不同意|不接受|不参加|不希望|无需|无须|毋需|"
    r"没必要|没有必要|用不着|"
    r"用不上|犯不着|免了|算了|否|别|暂不|不找|不是|不涉及|没这个|不了$|(?<!看)不$"
)
_ELSEWHERE = late(
    r"(?:省里|省局|市里|市局|本地|当地|区里|县里|省内|自己)[^，,。国]{0,6}(?:就|即可|解决|行|可以)"
)
_ASKING = late(r"[?？]|[吗呢么嘛]$|什么|怎么|哪|谁|多久|几号|是不是|能不能找到")


@lru_cache(maxsize=256)
def topics(slot: Slot) -> re.Pattern[str]:
    """What the slot is about, out of its own names: 需国家局协调 -> 国家局."""
    names = {_FRAME.sub("", name) for name in (slot.name, *slot.labels)}
    names = {name for name in names if len(name) >= 2}
    ordered = sorted(names, key=lambda n: (-len(n), n))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")


def read(clause: str, slot: Slot) -> bool | None:
    """Whether `clause` wants what the slot is about; None where it does not speak of it."""
    match = topics(slot).search(clause)
    if match is None or _ASKING.search(clause):
        return None
    before = clause[: match.start()]
    if _NO.search(clause) or _ELSEWHERE.search(clause) or before.endswith(("不", "别", "没")):
        return False
    rest = before + clause[match.end() :]
    return True if _WISH.search(rest) else None


def answer(clause: str) -> bool | None:
    """`clause` as the answer to the slot's own question: 能支持最好, 先不麻烦了."""
    if _ASKING.search(clause):
        return None
    if _NO.search(clause) or _ELSEWHERE.search(clause):
        return False
    return (
        True
        if re.search(r"最好|希望|需要|支持|协调|帮|要|有|愿意|同意|接受|参加|可以", clause)
        else None
    )


def names_only(clause: str, slot: Slot) -> bool:
    """国家局的话, 国家局那边: what the slot is about is named, and nothing said of it."""
    return topics(slot).search(clause) is not None and is_all(clause, slot)


def is_elsewhere(clause: str) -> bool:
    """省里帮忙就行: nothing but that others will do, and so no wish for it."""
    return _ELSEWHERE.search(clause) is not None and not _PURE.sub("", clause)


_PURE = late(
    r"最好|希望|需要|想要?|请|盼望?|恳请|支持|协调|协助|帮助|帮忙|帮|出面|推动|资源|予以|给予|"
    r"给点|给|点|得到|"
    r"能够?|可以|一下|一点|那边|方面|这边|层面|也|还|的话|如果|要是|若|就|更|好|了|是|有|吧|的|"
    r"来|我们|我|由|让|"
    r"不用|不需要|不需|不必|不要|不麻烦|无需|没必要|用不着|麻烦|劳烦|暂时|目前|先|省里|市里|本地|"
    r"解决|即可|行|再|都|"
    r"咱们?|了解|不|用|哈|哦|呢|啊|你们|您|到|，| "
)


def is_all(clause: str, slot: Slot) -> bool:
    """`clause` says nothing else, so that it need not stand in the need's text."""
    return not _PURE.sub("", topics(slot).sub("", clause))
