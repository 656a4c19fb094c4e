"""What a question takes for true and wants confirmed (5月20号前报吧), put as the open question.

A day that is only believed is no condition that the answer has to meet: it is what is asked for.
"""

from __future__ import annotations

import re

from intents.lists.operators import reading
from intents.query import Query
from intents.understand import understand
from knowledge.late import late
from knowledge.snapshot import KnowledgeBase

_CONFIRMS = late(
    r"(?:[吧吗么嘛]|[对是行好]不[对是行好]|没错)[?。!]*$|是不是|是否|听说|据说|听人说|不是说|说是"
    r"|(?:能不能|可不可以|能否|可以)(?:拖|等|推)?到?(?=\d{1,2}月)"
    "|[, ]到底(?:是|在)?(?:几|啥时|什么时|哪|何时|多会儿)"
)
_TAIL = late(
    r"(?:[,。]?(?:就|也)?(?:对|是|行|好|可以|没错)?(?:(?<!发)的|了)?[吧吗么嘛]|[,。]?[对是行好]不[对是行好]|[,。]?没错)[?。!]*$"
)
_HEAD = late("^(?:我)?(?:听说|据说|听人说|不是说|说是)")
_DAY = late(
    r"\d{1,2}月(?:\d{1,2}[日号]|底|初|"
    r"(?=(?:份|才|就|再)*(?:结束|截止|完|收尾|开始|启动|交|报|送|寄)))(?:份|才|就|再)*"
)
_OR_NOT = late("[做选]不[?。!]*$")
_IS_SHEET = late(r"是附件\d")
_FIGURE = late(r"(?<![\d.第])(\d+(?:\.\d+)?)(亿|家|个月|%|所)")
_LENGTH = late(
    r"(?:整整)?(?:[一两三半]整?年|整年)整?|[\d一两三四五六七八九十]+(?:个(?:多)?(?:月|星期)|天|周)"
)
_WHOSE = "[给到归由是交报送寄]"


def confirms(text: str) -> bool:
    """Whether what it says is believed, and wants to be confirmed: 必做对吧, 是不是必做."""
    return bool(_CONFIRMS.search(text) or _OR_NOT.search(text))


def open_sheet(query: Query, kb: KnowledgeBase, this_year: int) -> Query | None:
    """优秀案例是附件1吗: which sheet it is; None where no sheet is believed to be something's."""
    if not query.segments or not _IS_SHEET.search(query.text):
        return None
    return _opened(query, _IS_SHEET.sub("是哪个附件", query.text, count=1), kb, this_year)


def open_figure(query: Query, kb: KnowledgeBase, this_year: int) -> tuple[Query, str, str] | None:
    """目标是200家吧: how many there are, the believed figure, and its unit."""
    match = _FIGURE.search(query.text)
    if match is None or not query.segments or len(_FIGURE.findall(query.text)) > 1:
        return None
    asked = _opened(query, _FIGURE.sub(r"多少\2", query.text), kb, this_year)
    return (asked, match[0], match[2]) if asked is not None else None


def open_day(query: Query, kb: KnowledgeBase, this_year: int) -> Query | None:
    """The question of a believed day, put as one for the day; None where none is believed."""
    if not (query.scope.days or query.scope.months) or not _says_of_what(query, kb):
        return None
    text = _DAY.sub("几号", query.text, count=1)
    return _opened(query, _without_departments(text, query, kb), kb, this_year)


def _says_of_what(query: Query, kb: KnowledgeBase) -> bool:
    """Whether it says what is on that day; what is to be handed in on it at all may be asked."""
    read = reading(query, kb)
    if read.has("issued", "published"):
        return True
    text = kb.lexicon.noun("dates").sub("\n", read.text).replace("东西", "\n")
    words = read.left("hand_in", "start", "end", "documents", text=text)
    return bool(words) or (read.has("start", "end") and not read.has("hand_in"))


def open_other(query: Query, kb: KnowledgeBase, this_year: int) -> Query | None:
    """The same of a believed length of time, or of a department that something goes to."""
    text = _LENGTH.sub("多久", query.text, count=1)
    return _opened(query, _without_departments(text, query, kb), kb, this_year)


def _without_departments(text: str, query: Query, kb: KnowledgeBase) -> str:
    """The text with a department that something goes to asked for."""
    for department in query.departments:
        name = kb.canonical(department)
        text = re.sub(f"({_WHOSE}){re.escape(name)}", r"\1哪个部门", text, count=1)
    return text


def _opened(query: Query, text: str, kb: KnowledgeBase, this_year: int) -> Query | None:
    if text == query.text or not _CONFIRMS.search(query.text):
        return None
    plain = _HEAD.sub("", _TAIL.sub("", text)).replace("是不是", "是").replace("是否", "")
    asked = understand(plain, kb, this_year)
    return asked if asked.asks and asked != query else None
