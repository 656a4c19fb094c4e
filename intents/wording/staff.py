"""Staff's commands in chat: their names, the help, what is missing, what is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

STATUS: Mapping[str, str] = {
    "draft": "未提交",
    "submitted": "待受理",
    "accepted": "已受理",
    "returned": "已退回，等企业补充",
    "matched": "已匹配",
    "closed": "已办结",
    "cancelled": "企业已取消",
}
STATUS_SHORT: Mapping[str, str] = {**STATUS, "returned": "已退回", "cancelled": "已取消"}
STEP: Mapping[str, str] = {
    "submit": "提交",
    "accept": "受理",
    "return": "退回",
    "match": "匹配",
    "close": "办结",
    "cancel": "取消",
    "transfer": "转办",
    "reply": "回复",
    "note": "备注",
}
COMMAND: Mapping[str, str] = {
    **STEP,
    "todo": "待办",
    "show": "需求",
    "open": "待答",
    "answer": "答",
    "draft": "入库",
    "figures": "统计",
    "figures-of-all": "统计",
    "export": "导出",
    "activity": "记活动",
    "failed": "发送失败",
    "subscribe": "订阅",
    "unsubscribe": "退订",
    "subscriptions": "我的订阅",
    "transfer-away": "转办",
    "help": "帮助",
    "take": "接",
    "waiting": "接",
}
ROLE: Mapping[str, str] = {"clerk": "经办人", "head": "负责人", "admin": "管理员"}
CALL_OFF = ("取消", "算了", "不用了", "不办了", "作罢", "没事了")
MORE = ("更多",)
SMALL_TALK = (*MORE, "人工", "你好", "您好", "在吗", "谢谢", "嗯")
"""Said in between, and no words for an enterprise."""

_EXAMPLE: Mapping[str, str] = {
    "show": "需求 17",
    "accept": "受理 17",
    "return": "退回 17 请补充专利号",
    "match": "匹配 17",
    "close": "办结 17 已放款300万元",
    "reply": "回复 17 材料已收到，三天内联系您",
    "transfer": "转办 17 厦门",
    "note": "备注 17 周三去企业走访",
    "answer": "答 5 可以，带营业执照到窗口办理",
    "draft": "入库 5",
}
_HELP: Mapping[str, tuple[str, str]] = {
    "todo": ("待办", "看等着办的需求"),
    "show": ("需求 17", "看一项的全部内容和经过"),
    "accept": ("受理 17", "接下来办"),
    "return": ("退回 17 请补充专利号", "请企业补充"),
    "match": ("匹配 17", "挑资源，或直接写资源名"),
    "close": ("办结 17 已放款300万元", "写结果，告知企业"),
    "reply": ("回复 17 材料已收到", "捎话给企业"),
    "transfer": ("转办 17 厦门", "转给别的局"),
    "note": ("备注 17 周三走访", "只给工作人员看"),
    "open": ("待答", "看机器人没答上的问题"),
    "answer": ("答 5 可以办理", "答复提问的人"),
    "draft": ("入库 5", "把答复存成问答草稿"),
    "waiting": ("接", "看谁在等人工；接 5 接入"),
    "figures": ("统计 本月", "看数字"),
    "export": ("导出 附件1 本月", "出表：附件1、附件2、报告"),
    "activity": ("记活动 质押融资 银企对接会 3次 56家", "记一场活动"),
    "failed": ("发送失败", "看没送到的消息"),
    "subscribe": ("订阅 日报 8:30", "定时推送；还有周报、国家局协调、转人工、到期提醒"),
    "subscriptions": ("我的订阅", "看订了什么，不要了发“退订”"),
}
_AS_SHOWN = frozenset(("todo", "open", "figures", "waiting", "failed", "subscriptions"))
_ONE = frozenset(("answer", "draft"))


# Times, names, short words


def moment(at: datetime, now: datetime) -> str:
    """5月1日 10:20, with the year where it is another one; both in one zone."""
    year = "" if at.year == now.year else f"{at.year}年"
    return f"{year}{at.month}月{at.day}日 {at:%H:%M}"


def numbers(found: Sequence[int]) -> str:
    return f"{'、'.join(map(str, found))}号"


def unnamed() -> str:
    return "单位未填"


# Help


def help_(commands: Iterable[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The sentence, and of each command what is shown and what it stands for when picked."""
    entries = tuple(
        (f"{example}（{what}）", example if name in _AS_SHOWN else COMMAND[name])
        for name, (example, what) in _HELP.items()
        if name in commands
    )
    return "可以发下面这些，说法随意，回复序号也行；问通知照常问：", entries


# What is missing


def which(name: str) -> str:
    what = "哪个问题" if name in _ONE else "哪一项"
    return f"{COMMAND[name]}{what}？直接回复编号，如：{_EXAMPLE[name]}"


def what_to_say(name: str, number: str) -> str:
    """The one thing that a command still lacks."""
    asked = {
        "return": f"{number}要请企业补充什么？直接回复就行，如：请补充专利号",
        "reply": f"要对{number}的企业说什么？直接回复就行",
        "note": f"{number}要备注什么？直接回复就行",
        "transfer": f"{number}转给哪个局？直接回复局名，如：厦门",
        "answer": f"{number}怎么答？直接回复就行，如：可以，带营业执照到窗口办理",
    }
    return f"{asked[name]}（不办了发“取消”）"


def called_off() -> str:
    return "好的，没有改动。"


def nothing_done(found: Sequence[int]) -> str:
    which_ = numbers(found)
    return f"{which_}没有改动。不予受理请发“退回 {found[0]} 原因”，看情况请发“需求 {found[0]}”。"


def one_at_a_time(found: Sequence[int]) -> str:
    return f"像是有两件事，{numbers(found)}还没有改动。请一次发一件，如：受理 {found[0]}"


# What is refused


def may_not(name: str, role: str) -> str:
    return f"“{COMMAND[name]}”由负责人或管理员办理，您是{ROLE[role]}，请转告他们。"


def may_not_transfer_away(number: int, bureau: str) -> str:
    return f"{number}号转到{bureau}超出您负责的地区，要由负责人转办。没有改动。"


def no_demand(number: int) -> str:
    return f"没有{number}号需求。发“待办”看有哪些。"


def no_demand_but_question(number: int) -> str:
    return f"没有{number}号需求。如果是答复待答问题，请发：答 {number} 您的答复"


def not_yours(number: int, regions: Sequence[str]) -> str:
    where = f"（{'、'.join(regions)}）" if regions else ""
    return f"{number}号不在您负责的地区{where}，不能查看或办理。"


def not_now(name: str, number: int, status: str, by: str = "") -> str:
    """The step may not be done in this status; what may be is told."""
    now = f"{number}号{STATUS[status]}{by and f'（{by}）'}"
    before = {
        ("match", "submitted"): f"请先发“受理 {number}”",
        ("match", "returned"): "等企业补充后再匹配",
        ("close", "submitted"): f"请先发“受理 {number}”",
        ("close", "returned"): "等企业补充后再办结",
        ("return", "matched"): f"要问企业请发“回复 {number} 您的话”",
    }.get((name, status))
    return f"{now}，{before or f'不能再{COMMAND[name]}'}。"
