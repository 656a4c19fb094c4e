"""What is said about the sender's own demands: where they stand, changing and withdrawing them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intents.wording.form import Line, rows
from knowledge.late import late

CHANGE = "补充需求"
"""What a note to staff lacks: the change that the enterprise could not make itself."""

_NOTE = late(r"需求(\d+)，企业要更正或补充：(.*)", re.S)

_STATUSES = {
    "draft": "正在填写，还没提交",
    "submitted": "已提交，等待受理",
    "accepted": "已受理，正在办理",
    "returned": "已退回，等您补充",
    "matched": "已匹配资源，正在对接",
    "closed": "已办结",
    "cancelled": "已撤回",
}


def status(name: str) -> str:
    return _STATUSES.get(name, name)


def named(number: int) -> str:
    return f"需求{number}"


def line(number: int, need: str, task: str | None, stands: str, told: str) -> str:
    about = "，".join(part for part in (need, f"归入“{task}”" if task else "") if part)
    said = f"\n  工作人员：{told}" if told else ""
    return f"{named(number)}：{about or '（还没写内容）'}\n  {status(stands)}{said}"


def listed(lines: Sequence[str], *, changeable: int | None) -> str:
    how = how_to(changeable) if changeable is not None else ""
    return "\n".join(["您登记的需求：", *lines, *([how] if how else [])])


def how_to(number: int) -> str:
    return f"要改请说“修改需求{number}”，要撤回请说“撤回需求{number}”。"


def supply(number: int) -> str:
    return f"需要补充的内容，直接发给我就行，会加到需求{number}里。"


def returned(number: int, told: str) -> str:
    asked = f"（{told}）" if told else ""
    return f"需求{number}被退回了{asked}。{supply(number)}"


def none_yet() -> str:
    return "您还没有登记过需求。要登记请发“登记需求”，或直接说您的需要。"


def unknown(number: int) -> str:
    return f"您名下没有需求{number}。发“我的需求”可以看全部。"


def which(verb: str) -> str:
    return f"您有几份需求，要{verb}哪一份？"


def choice(number: int, need: str) -> str:
    return f"需求{number}：{need}" if need else named(number)


EDIT, WITHDRAW = "修改", "撤回"


def sure_to_withdraw(number: int, need: str) -> str:
    about = f"（{need}）" if need else ""
    return f"确定撤回需求{number}{about}吗？撤回后不再办理，留下的联系方式会删除。"


def yes_withdraw() -> str:
    return "确定撤回"


def no_withdraw() -> str:
    return "不撤回"


def withdrawn(number: int) -> str:
    return f"好的，需求{number}已撤回。以后需要，随时说“登记需求”。"


def not_withdrawn(number: int) -> str:
    return f"好的，没有撤回，需求{number}照常办理。"


def over(number: int, stands: str) -> str:
    return f"需求{number}{status(stands)}，不用再撤回。"


def editing(number: int) -> str:
    return f"我们来改需求{number}，改完再提交一次就生效。"


def editing_returned(number: int, told: str) -> str:
    asked = f"（工作人员说：{told}）" if told else ""
    return f"已加到需求{number}{asked}，核对后请再提交一次。"


def as_it_is(lines: Sequence[Line]) -> str:
    return "现在的内容：\n" + rows(lines)


def updated(number: int) -> str:
    return f"需求{number}已更新并重新提交，工作人员会看到新的内容。"


def unchanged(number: int) -> str:
    return f"好的，不改了，需求{number}还是原来的内容。要撤回请说“撤回需求{number}”。"


def too_late(number: int, stands: str) -> str:
    if stands in ("closed", "cancelled"):
        return (
            f"需求{number}{status(stands)}，不能再改了。您说的已转告工作人员；"
            "有新的需要，直接说就能再登记一份。"
        )
    return f"需求{number}{status(stands)}，不能直接改了。您要改的内容我已转告工作人员，由他们更正。"


def answered_late(number: int, stands: str) -> str:
    return f"需求{number}{status(stands)}。您补充的内容已记在需求{number}里，工作人员会看到。"


def too_late_to_open(number: int, stands: str) -> str:
    if stands in ("closed", "cancelled"):
        return f"需求{number}{status(stands)}，不能再改了。还要办的话，直接说您的需要，再登记一份。"
    return f"需求{number}{status(stands)}，不能直接改了。请说清楚要改什么，我转告工作人员。"


def note(demand: int, told: str) -> str:
    """For staff, who know the demand by its id."""
    return f"需求{demand}，企业要更正或补充：{told}"


def noted(question: str) -> tuple[int, str] | None:
    """The id of the demand and what was told, out of `note`; None for any other question."""
    found = _NOTE.fullmatch(question)
    return (int(found[1]), found[2]) if found else None


def something() -> str:
    return "没有写明"


def changes(lines: Sequence[Line], gone: Sequence[str]) -> str:
    told = [f"{name}：{value}" for name, value in lines]
    return "；".join([*told, *(f"{name}去掉" for name in gone)])


def placed(number: int, bureau: str | None, region: str) -> str:
    if bureau is None:
        return f"好的，需求{number}的所在地记为{region}。"
    return f"好的，需求{number}的所在地记为{region}，由{bureau}办理。"
