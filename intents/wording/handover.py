"""What an enterprise is told while people have its talk, or are waited for."""

from __future__ import annotations

from datetime import datetime, timedelta

from intents.turn import Attachment, Said

_WEEKDAYS = "一二三四五六日"


def handed(opens: datetime | None, now: datetime) -> str:
    """`opens` is when people are there again, None where they are now."""
    coming = "请稍候，他们会在这里回复您。" if opens is None else _later(opens, now)
    return f"已为您转给工作人员。{coming}您也可以接着把情况说清楚，我一并转告。"


def handed_before(opens: datetime | None, now: datetime) -> str:
    coming = "他们接入后会在这里回复您。" if opens is None else _later(opens, now)
    return f"您已经在等工作人员了，不用重复发。{coming}不想等了发“取消人工”。"


def after_refusals(opens: datetime | None, now: datetime) -> str:
    coming = "请稍候，他们会在这里回复您。" if opens is None else _later(opens, now)
    return f"连着两个问题都没能答上，已为您转给工作人员。{coming}不需要的话发“取消人工”。"


def _later(opens: datetime, now: datetime) -> str:
    return f"现在没有工作人员在线，工作人员{_day(opens, now)}{opens.hour}:{opens:%M}后回复您。"


def _day(at: datetime, now: datetime) -> str:
    weekday = f"周{_WEEKDAYS[at.weekday()]}"
    if at.date() == now.date():
        return "今天"
    if at.date() == (now + timedelta(days=1)).date():
        return f"明天（{weekday}）"
    return f"{weekday}（{at.month}月{at.day}日）"


def told_on() -> str:
    """Who waits has left their number for the people."""
    return "好的，记下了，会一并转告工作人员。"


def no_longer_waiting() -> str:
    return "好的，不转人工了。有问题接着问我就行。"


def not_with_people() -> str:
    return "现在就是我在回答您，没有转人工。有问题直接问就行。"


def back_again() -> str:
    return "好的，人工对话已结束，我继续为您服务。"


def over_with_it(*, held: bool) -> str:
    """Behind what else an erasure does."""
    return "人工对话也已结束。" if held else "也不再转人工了，需要时再发“人工”。"


def passed_on(by: str) -> str:
    """Where what people write cannot be pushed."""
    return f"已转给工作人员{by}，对方的回复会在您下次发消息时显示。"


def only_named(attachment: Attachment) -> str:
    """To whoever sent it in a talk between people."""
    return f"对方只看到“{shown(attachment)}”，打不开里面的内容，请用文字说一下。"


def words_of(said: Said) -> str:
    """What was said, with a word for the picture or file that came."""
    sent = shown(said.attachment) if said.attachment else ""
    return "\n".join(filter(None, (said.text.strip(), sent)))


def shown(attachment: Attachment) -> str:
    """What stands for it among words: [图片]."""
    kind = KINDS[attachment.kind]
    return f"[{kind}：{attachment.name}]" if attachment.name else f"[{kind}]"


KINDS = {"image": "图片", "file": "文件", "video": "视频"}


# Pushed, or told before the next reply


def taken_up(by: str) -> str:
    return f"【人工】工作人员{by}已接入，有话直接说，我来转达。要回到自动问答发“结束人工”。"


def passed_to(by: str) -> str:
    return f"【人工】已由工作人员{by}接着为您服务。"


def from_staff(by: str, text: str) -> str:
    return f"【人工】{by}：{text}"


def ended_by_staff() -> str:
    return "【人工】人工对话已结束，我继续为您服务。有事随时发“人工”。"


def ended_by_silence(minutes: int) -> str:
    return f"【人工】{minutes}分钟没有新消息，人工对话已结束，我继续为您服务。有事随时发“人工”。"
