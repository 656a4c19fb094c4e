"""What staff are told of figures, exports and activities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intents.wording.staff import STEP

_OWN_STEPS = ("accept", "return", "match", "close", "transfer", "reply", "note")

# Figures


def own_figures(period: str, steps: Mapping[str, int], answers: int) -> str:
    parts = [f"{STEP[step]}{steps[step]}次" for step in _OWN_STEPS if steps.get(step)]
    if answers:
        parts.append(f"答复问题{answers}个")
    return f"{period}您办理：{'，'.join(parts)}。" if parts else f"{period}您还没有办理记录。"


def all_figures(
    period: str,
    where: str,
    totals: tuple[int, int],
    counts: Mapping[str, Sequence[tuple[str, int]]],
    national: int,
    questions: tuple[int, int],
) -> str:
    """`totals`: demands, and besides them those that were called off once they were submitted;
    `counts`: heading to names and numbers; `questions`: answered, still open."""
    total, called_off = totals
    lines = [f"{period}{where}登记需求{total}项，其中需国家局协调{national}项"]
    if called_off:
        lines[0] += f"；另有{called_off}项提交后取消，不计在内"
    for heading, shares in counts.items():
        if shares:
            lines.append(f"{heading}：{'、'.join(f'{name}{n}' for name, n in shares)}")
    lines.append(f"问题：已答复{questions[0]}个，待答{questions[1]}个")
    return "\n".join(lines)


def by_status() -> str:
    return "按状态"


def by_bureau() -> str:
    return "按地区"


def by_task() -> str:
    return "按重点任务"


def no_task() -> str:
    return "未选"


def always() -> str:
    return "累计"


def no_such_year(said: str) -> str:
    return f"年份“{said}”不在2000年到2099年之间，请核对。"


def no_such_period(said: str) -> str:
    return f"没看懂时间“{said}”。可以说：本月、上季度、2023年5月、5月1日到6月30日、全部"


# Exports and activities


def which_form() -> str:
    return "导出哪个？附件1（需求清单）、附件2（成效汇总表）或报告，可带时间，如：导出 附件1 本月"


def exported(name: str, folder: str = "") -> str:
    """`folder` is where it lies on the server if it is not sent."""
    private = "内有企业联系方式，请妥善保管。" if name.startswith("附件1") else ""
    where = f"在服务器的 {folder} 目录里" if folder else "文件随后发来"
    return f"已导出：{name}，{where}。{private}"


def how_to_tell_activity(lacks: Sequence[str]) -> str:
    named = f"还缺{'、'.join(lacks)}。" if lacks else ""
    return f"{named}请这样发：记活动 质押融资 银企对接会 3次 56家 促成贷款2000万元"


ACTIVITY_TASK, ACTIVITY_FORM, ACTIVITY_TIMES, ACTIVITY_REACHED = (
    "重点任务", "开展形式", "开展次数", "惠企数量",
)  # fmt: skip


def activity_kept(
    number: int, task: str, form: str, times: int, enterprises: int, other: str
) -> str:
    more = f"｜{other}" if other else ""
    return f"已记为活动{number}：{task}｜{form}｜{times}次｜惠企{enterprises}家{more}"
