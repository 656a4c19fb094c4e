"""What an enterprise is told of the steps that staff took with its demand."""

from __future__ import annotations

from datetime import datetime

_NEED_SHOWN = 24
_QUESTION_SHOWN = 40


def entry(number: int, need: str | None, at: datetime) -> str:
    """How its sender knows a demand; `at` is when it was entered, in the zone of its sender."""
    about = f"（{_short(need, _NEED_SHOWN)}）" if need else ""
    return f"您{at.month}月{at.day}日登记的需求{number}{about}"


def accepted(entry: str, bureau: str | None) -> str:
    by = f"由{bureau}办理" if bureau else "正在办理"
    return f"【办理进展】{entry}已受理，{by}，有进展会再告诉您。"


def returned(entry: str, question: str) -> str:
    """The question in the words of who asks it, which nearly always begin with 请补充."""
    asked = f"，{_said(question)}" if question else "还要请您补充。"
    return f"【需要补充】{entry}{asked}直接回复给我就行。"


def matched(entry: str, resource: str, contact: str | None, why: str) -> str:
    reach = f"联系方式：{_closed(contact)}" if contact else ""
    return f"【办理进展】{entry}已为您对接“{resource}”。{reach}{_said(why)}"


def transferred(entry: str, bureau: str) -> str:
    return f"【办理进展】{entry}已转由{bureau}办理，不用重新登记。"


def replied(entry: str, text: str) -> str:
    return f"【工作人员回复】关于{entry}：{_closed(text)}"


def closed(entry: str, why: str) -> str:
    return f"【已办结】{entry}已办结。{_said(why)}还有别的需要，随时告诉我。"


def called_off(entry: str, why: str) -> str:
    return f"【已取消】{entry}已由工作人员取消。{_said(why)}"


def answered(question: str, at: datetime, text: str) -> str:
    """A staff member's answer to what the bot could not answer."""
    asked = f"您{at.month}月{at.day}日问的“{_short(question, _QUESTION_SHOWN)}”"
    return f"【工作人员答复】{asked}：{_closed(text)}"


def change_answered(number: int, told: str, at: datetime, text: str) -> str:
    """A staff member's answer to what the enterprise wanted changed in its demand."""
    wanted = (
        f"您{at.month}月{at.day}日要在需求{number}里更正或补充的“{_short(told, _QUESTION_SHOWN)}”"
    )
    return f"【工作人员答复】{wanted}：{_closed(text)}"


def called_back(at: datetime, text: str) -> str:
    """What staff write to somebody who wanted a person."""
    return f"【工作人员答复】您{at.month}月{at.day}日找人工的事：{_closed(text)}"


def shown_no_more() -> str:
    """For staff, in the place of a reply that showed what its owner had erased."""
    return "这条答复里有企业已要求删除的内容，不再显示。需要的话请重新发送指令。"


def rest_hint() -> str:
    return "（还没说完，发“更多”看后面的。）"


def _said(why: str) -> str:
    return f"工作人员说：{_closed(why)}" if why else ""


def _closed(text: str) -> str:
    """Ends with a sign that ends a sentence."""
    clean = text.strip()
    return clean if clean.endswith(tuple("。！？!?…；;")) else f"{clean}。"


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
