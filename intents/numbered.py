"""The clauses, tasks, attachments and dates that a text points at by their numbers."""

from __future__ import annotations

import re

from intents.blanking import GAP, take
from intents.query import Scope
from knowledge.late import late
from knowledge.normalise import number

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_LABEL = late(rf"第?({_NUMERAL})[、.]?[(（]({_NUMERAL})[)）](?:条|款|项)?")
# A section right behind its notice's name: 公共服务意见三讲什么.
_BARE_LABEL = late(rf"(?<={GAP})({_NUMERAL})(?=[、.]?(?:讲|说|是|里|部分|写|的内容|$))")
_ATTACHMENT = late(rf"附件(\d{{1,2}}|{_NUMERAL})")
_TASK = late(
    rf"第(\d{{1,2}}|{_NUMERAL})(?:项|个|条)(?:重点)?任务|(?:附件(?:里|中|的)+)?任务第?(\d{{1,2}}|{_NUMERAL})(?![个项共])"
)
_ITEM = late(rf"第(\d{{1,2}}|{_NUMERAL})(?:项|条)|[(]({_NUMERAL})[)]")
PART = late(rf"第({_NUMERAL})(?:[个大]{{0,2}}(?:部分|大?点)|章)")
_MONTH = late(r"(?<!\d)(1[0-2]|[1-9])月份?(?!\d)(?:[初底末](?:之?前|以前)?)?")
# By which a document is called, and no date that is asked for: 7月那个意见, 4月印发的通知.
_ISSUED = late(
    r"(?<!\d)(?:1[0-2]|[1-9])月份?(?=(?:(?:那个|那份|那篇|这个|这份|的)[^,。?]{0,8}|(?:印发|下发|发布|发|出)的?)"
    r"(?:意见|通知|文件|指引|方案|文))"
)
_DAY = late(r"(?<!\d)(1[0-2]|[1-9])月([12]\d|3[01]|[1-9])(?:[日号]|(?!\d))")


def numbers_in(text: str, named: bool, of_a_form: re.Pattern[str]) -> tuple[Scope, str]:
    """Clauses, tasks, attachments and dates that are pointed at; a section's bare number is
    one only where a notice is `named`, and what `of_a_form` finds is none."""
    labels, text = take(_LABEL, text, lambda m: f"{m[1]}（{m[2]}）")
    bare, text = take(_BARE_LABEL, text, lambda m: m[1]) if named else ([], text)
    tasks, text = take(_TASK, text, lambda m: number(m[1] or m[2]) or 0)
    items, text = take(_ITEM, text, lambda m: number(m[1] or m[2]) or 0)
    text = of_a_form.sub(GAP, text)
    parts, text = take(PART, text, lambda m: m[1])
    attachments = [f"附件{number(m[1])}" for m in _ATTACHMENT.finditer(text)]
    days, text = take(_DAY, text, lambda m: (int(m[1]), int(m[2])))
    text = _ISSUED.sub(GAP, text)
    months, text = take(_MONTH, text, lambda m: int(m[1]))
    scope = Scope(
        labels=tuple([*labels, *bare, *parts, *attachments]),
        task=tasks[0] if tasks else None,
        item=items[0] if items else None,
        months=tuple(dict.fromkeys(months)),
        days=tuple(dict.fromkeys(days)),
    )
    return scope, text
