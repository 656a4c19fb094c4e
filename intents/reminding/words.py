"""提醒我, 到时候叫我一声, 提醒我报送总结的截止时间, 我的提醒, 取消提醒: what a message wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.late import late


@dataclass(frozen=True, slots=True)
class Wanted:
    """To be reminded, to see what one is reminded of, or to be reminded no more.

    `what` it is about, in the message's words, "" where it names nothing; `every`: all of them.
    """

    act: Literal["remind", "own", "off"]
    what: str = ""
    every: bool = False


_PLEASE = (
    r"(?:好的?|嗯|那么?|请|麻烦|劳烦|帮忙|帮我|帮|能不能|能否|能|可不可以|可以|你们?|您|到时|先|"
    r"记得|要|再|就|也|都)*"
)
_WHEN = (
    r"(?:快?要?到期|快?到(?:时候|时间|日子|点)了?|到时候?|快?截止|临期|临近截止|期限(?:快|要)到)"
    r"(?:了|以?前|之前|的时候|的话|当天|时)?"
)
_US = "(?:我们?|咱们?|俺)"
_ONCE = "(?:一声|一下|下)?"
_CALL = rf"(?:提醒|提示)(?:一下|下)?{_US}?{_ONCE}"
_TELL = rf"(?:叫|喊|通知|告诉|知会|说)(?:一下|下)?{_US}{_ONCE}"
_END = r"(?:吗|吧|好吗|行吗|行不行|可以吗|好不好|谢谢|多谢|哦|噢|啊|呀|哈|呗|啦)*"
_BARE = late(
    rf"{_PLEASE}(?:{_WHEN})?{_PLEASE}{_CALL}(?:{_WHEN})?{_END}|"
    rf"{_PLEASE}{_WHEN}{_PLEASE}{_TELL}{_END}|"
    rf"{_PLEASE}(?:给{_US})?(?:设置?|加|添加?|定|订|建|开)(?:一?个|一下|下)?(?:到期|截止)?提醒{_END}"
)
_OF = late(
    rf"{_PLEASE}(?:{_WHEN}{_PLEASE})?提醒(?:一下|下)?{_US}(?:关于|一下)?(?P<what>.{{2,40}}?)(?:的时候)?{_END}"
)
_OF_LAST = late(
    rf"(?P<before>.{{2,40}}?){_WHEN}{_PLEASE}(?:{_CALL}|{_TELL}){_END}|"
    rf"(?P<dated>.{{2,40}}?(?:时间|期限|日期)){_PLEASE}(?:{_CALL}|{_TELL}){_END}"
)
_OWN = late(
    r"(?:看看?|查看?|查一?下|列出|显示)?我们?的(?:到期)?提醒(?:有哪些|有什么|列表|清单|呢|吗)?|"
    r"(?:我们?)?(?:都)?(?:设置?|定|订)了?(?:哪些|什么|几个)提醒|提醒(?:列表|清单)|"
    r"(?:我们?)?(?:有|还有)(?:哪些|什么|几个)提醒"
)
_OFF = late(
    rf"{_PLEASE}(?:取消|关闭|关掉|删除|删掉|撤销|停止|不用|不要|不需要|不必|别)再?"
    rf"(?P<all>全部|所有)?的?(?P<what>.{{0,40}}?)的?(?:到期)?提醒{_US}?(?P<every>全部|所有)?(?:了|吧)*"
)


def wanted(said: str) -> Wanted | None:
    """`said` is normalised and without punctuation."""
    if off := _OFF.fullmatch(said):
        return Wanted("off", off["what"], bool(off["all"] or off["every"]))
    if _OWN.fullmatch(said):
        return Wanted("own")
    if _BARE.fullmatch(said):
        return Wanted("remind")
    if last := _OF_LAST.fullmatch(said):
        return Wanted("remind", last["before"] or last["dated"])
    found = _OF.fullmatch(said)
    return Wanted("remind", found["what"]) if found else None
