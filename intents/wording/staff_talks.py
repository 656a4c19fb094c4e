"""What staff are told of people who want a person, and while they talk with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

OfTicket = Callable[[int], str]


def nowhere() -> str:
    return "地区未知"


# Who wants a person


def wanted_title(ticket: int) -> str:
    return f"转人工 T{ticket}"


def wanted(ticket: int, where: str, about: str, *, here: bool = True) -> str:
    """`about` is without personal data. `here`: an answer to it reaches the assistant."""
    how = "回复" if here else "在知行里发"
    return f"【转人工】T{ticket} {where} 说：{about}\n{how}“接 {ticket}”接入。"


def waiting(lines: Sequence[str]) -> str:
    return "\n".join([f"等人工{len(lines)}位", *lines, "发“接 编号”接入。"])


def waiting_line(ticket: int, where: str, since: str, about: str) -> str:
    return f"T{ticket} {where}｜{since}起｜{about}"


def held_line(ticket: int, where: str, by: str) -> str:
    return f"T{ticket} {where}｜{by}接待中"


def nobody_waits() -> str:
    return "现在没有人等人工。"


# Taking one


def taken(ticket: int, where: str, since: str, about: str) -> str:
    head = f"已接入T{ticket}（{where}，{since}起等）。"
    return f"{head}\n之前问：{about}" if about else head


def filed(demands: Sequence[tuple[int, str]]) -> str:
    """The number and the status of each demand that they have entered."""
    listed = "、".join(f"{number}号（{status}）" for number, status in demands)
    return f"对方登记过的需求：{listed}，看全文发：#需求 {demands[-1][0]}"


def how_to_talk() -> str:
    return (
        "现在起您发的话都转给对方。给我发指令请在前面加#，如：#待办；"
        "“受理 17”这样指令加编号的也按指令办，分不清的我会先问您。\n"
        "说完发“结束”，换人发“转给 姓名”。"
    )


def word(by: str, when: str, text: str) -> str:
    return f"{when} {by}：{text}"


def enterprise() -> str:
    return "对方"


def not_reached() -> str:
    return "对方现在收不到推送，下次来信时会看到。"


def missed(number: int) -> str:
    return f"T{number}的对方现在收不到推送，您刚才的话要等下次来信时才会看到。"


def no_ticket(number: int) -> str:
    return f"没有T{number}。发“接”看谁在等。"


def not_yours(number: int, regions: Sequence[str]) -> str:
    where = f"（{'、'.join(regions)}）" if regions else ""
    return f"T{number}不在您负责的地区{where}，不能接入。"


def your_own(number: int) -> str:
    return f"T{number}是您自己发起的，要由别的同事接入。"


def held_by(number: int, name: str) -> str:
    return f"T{number}已由{name}接入。"


def yours_already(number: int) -> str:
    return f"您正在和T{number}对话，直接说就行。"


def one_at_a_time(held: int, number: int) -> str:
    return f"您正在和T{held}对话，请先发“结束”或“转给 姓名”，再接T{number}。"


def over(number: int) -> str:
    return f"T{number}已经结束了。发“接”看谁在等。"


# In the talk


def from_enterprise(ticket: int, text: str) -> str:
    return f"【T{ticket}】{text}"


def which(text: str) -> str:
    return f"“{text}”像是给我的指令，还没有转给对方。要怎么办？"


def which_begun(text: str, begun: str) -> str:
    return f"“{text}”是发给对方，还是接着办“{begun}”？"


def as_words(ticket: int) -> str:
    return f"发给T{ticket}"


def as_command() -> str:
    return "当作指令"


def ended(ticket: int) -> str:
    return f"T{ticket}的对话已结束，由我继续回答对方。"


def no_talk() -> str:
    return "您现在没有接入的对话。发“接”看谁在等人工。"


def holding_another(held: int, said: int) -> str:
    return f"您正在对话的是T{held}，不是T{said}。结束它请发：结束 {held}"


def passed_to(ticket: int, name: str) -> str:
    return f"T{ticket}已转给{name}。"


def nobody_called(name: str) -> str:
    return f"没有叫“{name}”的同事，对话没有转出。"


def several_called(name: str) -> str:
    return f"叫“{name}”的同事不止一位，对话没有转出。请那位同事自己发“接”。"


def colleague_elsewhere(name: str, number: int) -> str:
    return f"{name}不负责T{number}的地区，对话没有转出。"


def colleague_busy(name: str, number: int) -> str:
    return f"{name}正在和T{number}对话，没有转出。"


# Pushed, or told before the next reply


def handed_to_you(by: str, told: str) -> str:
    return f"【转人工】{by}把对话转给您。{told}"


def ended_by_enterprise(ticket: int) -> str:
    return f"【T{ticket}】对方结束了人工对话。"


def erased(ticket: int) -> str:
    return f"【T{ticket}】对方已要求删除信息，对话结束。"


def ended_by_silence(ticket: int, minutes: int) -> str:
    return f"【T{ticket}】{minutes}分钟没有新消息，对话已结束，由我继续回答对方。"
