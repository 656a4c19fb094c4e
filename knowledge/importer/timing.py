"""Which dates of a sentence may bind anybody at all, before it is asked who does what."""

from __future__ import annotations

import re

from knowledge.importer.conditions import in_title, is_condition
from knowledge.importer.dates import Mention
from knowledge.importer.sentences import Sentence

_CONTENT = re.compile(r"\s*(?:期间)?\s*[）)]?(?:的(?!基础|时间)|以来|度(?!假))")
_STATED_SPAN = re.compile(
    r"\s*(?:期间|之间|内)?\s*(?:已|新|首次|依法|正式)?(?:成立|取得|获得|授权|获批|完成|发生"
    r"|注册|登记|认定|立项|签订|申请|发表|公开|购买|投保|缴纳|实施|新增|实现|毕业|出生|购置"
    r"|入库|开展|形成|产生|受理|质押|支付)[^，。；]{0,20}(?:的|专利|商标|业务|企业)"
)


def binds(sentence: Sentence, mention: Mention) -> bool:
    """Whether the date is neither part of a title nor says who or what is meant."""
    text = sentence.text
    if mention.span_of_years or mention.since or mention.kind == "year":
        return False
    if in_title(text, mention.start) or is_condition(text, mention, sentence.heading):
        return False
    after = text[mention.end :]
    if mention.kind == "window":
        return not (after.startswith("之间") or _CONTENT.match(after) or _STATED_SPAN.match(after))
    return not _CONTENT.match(after)


def is_loose(mention: Mention) -> bool:
    """上半年, 6月, 年底 without 前 or an end: a date only where a label says so."""
    return mention.kind in ("vague", "month") and mention.relation in ("none", "on")
