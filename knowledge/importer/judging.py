"""How sure it is that a date is a deadline for the addressees, by label or by grammar."""

from __future__ import annotations

import re
from datetime import date

from knowledge.importer.askings import Asking
from knowledge.importer.conditions import is_goal, is_planned
from knowledge.importer.facts import Anchor
from knowledge.importer.parties import asked, is_issuer
from knowledge.importer.roles import Roles

HOST = 0.7
"""An addressee does what issuers mostly do themselves (组织评审)."""
ODD = 0.6
"""A work step without anybody who is told to do it."""
BROKEN = 0.5
"""The text ends right after the date."""
_ALMOST = 0.95

_LONGEST_CELL = 16
_OBJECTION = re.compile(r"异议|公示期|公示时间")
_HOSTED = re.compile(
    r"评审|验收|公示|公布|认定|评选|拨付|下达|审定|复审|考核|评估|抽查|检查|表彰|颁奖"
)
_ARRIVAL = re.compile(
    r"报到|签到|入住|到场|集合|乘车|抵达|进场|布展|撤展|参加(?!.{0,6}申报)|出席|参会"
)
_CLOSES = re.compile(
    r"\s*[）)]\s*(?:下班)?之?前|\s*(?:[（(][^）)]*[）)])?\s*(?:截止|止(?!步)|为止|结束|关闭"
    r"|截稿|停止|为截止|为最后)"
)
_PROJECT = re.compile(r"(?:项目|课题|工程|研究|成果|实施|建设|任务|合同)*")
_LIST = re.compile(r"(?:[、和及]|以及)[\d年月日、和及]{2,24}(?:之?前|以前)")
_LAST = re.compile(r"截止|截至|最迟|最晚|不迟于|不晚于|截稿")
_WORK_STEPS = frozenset(
    ("完成", "制定", "出台", "启动", "做好", "制订", "梳理", "排查", "总结", "核查", "盘点")
)
_ANOTHER = re.compile(r"\s*(?:进行|开展|组织|召开|举办|公布|公示|评审)")


def sure_of(asking: Asking, anchor: Anchor, issuer: str | None) -> float:
    """0 where it is none; else how sure, 1 at most."""
    if asking.resolved.due is None or _is_others(asking, issuer):
        return 0.0
    sure = _told_by_label(asking) or _told_by_verb(asking)
    return 0.0 if is_past(asking, anchor) and not _certain(asking, sure) else sure


def _certain(asking: Asking, sure: float) -> bool:
    """Sure enough for a day before the issue, which may be misread: by a label or a delivery."""
    delivers = asking.roles is not None and asking.roles.act.delivers
    return sure >= _ALMOST and (delivers or asking.label is not None)


def is_past(asking: Asking, anchor: Anchor) -> bool:
    """Whether the day lies before the notice's own issue."""
    due = asking.resolved.due or ""
    known = anchor.issued is not None and due[:1].isdigit()
    return known and anchor.issued is not None and date.fromisoformat(due) < anchor.issued


def _is_others(asking: Asking, issuer: str | None) -> bool:
    """Steps of the issuer itself, or of anybody that are only planned; objections."""
    if asking.named is not None and is_issuer(asking.named, issuer):
        return True
    if asking.mention.relation in ("from", "after"):
        return True
    text = asking.sentence.text
    counted = asking.mention.term is not None
    if _OBJECTION.search(text) and (counted or asking.mention.kind == "window"):
        return asking.label is None or asking.label.kind != "due"
    return is_planned(text, asking.mention) and not closes(asking)


def _told_by_label(asking: Asking) -> float:
    label, mention = asking.label, asking.mention
    if in_column(asking):
        return 0.0 if asking.resolved.precision == "year-end" else _ALMOST
    if label is None or label.kind == "event" or mention.term is not None or not _whole(asking):
        return 0.0
    if label.kind == "due":
        return 1.0 if _ends(asking) or mention.kind == "day" else 0.8
    if mention.kind == "window" or mention.relation == "before":
        return _ALMOST
    return 0.75 if mention.kind == "day" else 0.0


def _told_by_verb(asking: Asking) -> float:
    if breaks_off(asking):
        return BROKEN
    label, mention, roles = asking.label, asking.mention, asking.roles
    if roles is None:
        return 0.0
    handed = roles.act.kind == "hand" and roles.what_at[0] >= mention.end
    elsewhere = label is not None and label.kind == "event" and label.at is not None and not handed
    if in_column(asking) or elsewhere or not _ends(asking):
        return 0.0
    if is_goal(asking.sentence.text, mention, asking.sentence.heading):
        return 0.0
    if mention.term is not None and not mention.words.endswith("内"):
        return 0.0
    return _by_class(asking, roles)


def _by_class(asking: Asking, roles: Roles) -> float:
    stretch = asking.stretch
    told = asked(asking.sentence.text[stretch.begin : stretch.end])
    if _ARRIVAL.match(roles.what):
        return 0.0
    if roles.act.kind == "hand":
        unasked = not told and asking.who is None and not closes(asking)
        if roles.act.noun and unasked:
            return 0.0
        return 1.0 if roles.act.delivers or told or asking.named else 0.9
    if roles.act.noun:
        return 0.0
    if roles.act.kind == "host" or _HOSTED.search(roles.what):
        return HOST if asking.who is not None and _duty(asking) else 0.0
    if asking.mention.kind == "window" and roles.act.verb != "完成":
        return 0.0
    if asking.named or told:
        return 0.9
    thing = roles.what.removeprefix(roles.act.verb)
    return ODD if roles.act.verb in _WORK_STEPS and not _PROJECT.fullmatch(thing) else 0.0


def _duty(asking: Asking) -> bool:
    return asked(asking.piece) or bool(re.match(r"各|有关|相关", asking.named or ""))


def _whole(asking: Asking) -> bool:
    """The label's value is the date, not a sentence in which another thing happens then."""
    return not _ANOTHER.match(asking.sentence.text, asking.mention.end)


def _ends(asking: Asking) -> bool:
    """…前, …止, 截至…; or a window in whose last day it must be done; or 请于5月10日报送."""
    mention = asking.mention
    if mention.relation == "before" or mention.kind == "window":
        return True
    if closes(asking) or _LAST.search(asking.piece) or _listed(asking):
        return True
    told = asked(asking.piece) or re.search(r"应|须|务必", asking.piece)
    delivers = asking.roles is not None and asking.roles.act.delivers
    return bool(told and delivers and mention.kind == "day")


def _listed(asking: Asking) -> bool:
    """分别于6月30日、12月31日前报送: the last of the list has the word for all."""
    return bool(_LIST.match(asking.sentence.text, asking.mention.end))


def closes(asking: Asking) -> bool:
    """5月30日截止, 于5月30日17:00关闭."""
    if re.search(r"(?:截止|止|为止)$", asking.mention.words):
        return True
    return bool(_CLOSES.match(asking.sentence.text, asking.mention.end))


def in_column(asking: Asking) -> bool:
    """A cell under 完成时限: its row says what is due. 年底前 is a task table's way to say that
    it holds for the year; the tasks tell it."""
    label = asking.label
    column = bool(asking.sentence.column) and label is not None and label.kind == "due"
    return column and len(asking.sentence.text) <= _LONGEST_CELL


def breaks_off(asking: Asking) -> bool:
    """The text ends in the middle of the sentence, right after 于9月20日前."""
    text, mention = asking.sentence.text, asking.mention
    ends = mention.end == len(text.rstrip()) and mention.relation == "before"
    return ends and asking.label is None and bool(re.search(r"[于在]\s*$", text[: mention.start]))
