"""What admins read about revisions."""

from __future__ import annotations

from collections.abc import Sequence

AT_FIRST_START = "首次启动时的知识库"
SHIPPED = "程序自带的通知"
HEADINGS = ("版次", "时间", "说明", "发布人", "改动的文件", "状态")
IN_FORCE = "在用"
NO_HISTORY = "还没有发布过，在用的是程序自带的通知和启动时的目录"
SAME_FILES = "内容没有不同"
FELL, MENDED = "（现在答错）", "（现在答对）"


def restored_note(number: int) -> str:
    return f"恢复{version(number)}"


def version(number: int) -> str:
    return f"第{number}版" if number else f"第0版（{SHIPPED}）"


def published(number: int, notices: int) -> str:
    return f"已发布第{number}版，共{notices}份通知，运行中的服务两秒内换上"


def restored(number: int, target: int) -> str:
    return f"已恢复{version(target)}，记为第{number}版，运行中的服务两秒内换上"


def nothing_new(number: int) -> str:
    return f"与在用的{version(number)}相同，没有发布新版"


def compared(old: str, new: str) -> str:
    return f"{old} → {new}"


def answers_heading(count: int) -> str:
    return f"样题的答复有{count}条不同："


def answer_change(question: str, old: str, new: str, turned: str | None) -> Sequence[str]:
    mark = {"fell": FELL, "mended": MENDED}.get(turned or "", "")
    return [f"  {question}{mark}", f"    旧：{old}", f"    新：{new}"]


def files(added: Sequence[str], changed: Sequence[str], dropped: Sequence[str]) -> str:
    parts = (("新增", added), ("修改", changed), ("删去", dropped))
    return "；".join(f"{verb} {'、'.join(names)}" for verb, names in parts if names) or SAME_FILES


def moved(count: int) -> str:
    return f"有{count}条不指名的样题改由新通知回答，不影响发布，请看一眼："


def form_moved(short: str, notice: str) -> str:
    return f"需求表改用《{short}》的；要继续用原来的，请在设置里写 form_notice（现在是 {notice}）"


def and_more(count: int) -> str:
    return f"……还有{count}条"


def not_published(errors: int, fallen: int) -> str:
    parts = [f"{errors}处自相矛盾" if errors else "", f"{fallen}条样题答错" if fallen else ""]
    return f"没有发布：{'、'.join(filter(None, parts))}，在用的版本不变"


def anyway_hint() -> str:
    return "样题确实该改时，先改样题；一定要发布，请加 --anyway"


def fell_before(count: int) -> str:
    return f"另有{count}条样题在用的版本也答错，不影响发布"
