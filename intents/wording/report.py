"""What the periodic report says: needs and problems, measures and by whom, results."""

from __future__ import annotations

MEASURES = {
    "accept": "受理",
    "return": "退回补充",
    "match": "匹配资源",
    "transfer": "转办",
    "reply": "回复",
    "close": "办结",
}
"""What staff do for a demand, by the word for the step."""

TASKS = ("重点任务", "需求（项）", "需国家局协调（项）")
BUREAUS = ("主管部门", "需求（项）", "已受理（项）", "已匹配资源（项）", "已办结（项）")
NEEDS = ("编号", "单位", "主管部门", "重点任务", "需求", "提交日期")
QUESTIONS = ("编号", "问题", "提出日期", "答复情况")
STEPS = ("日期", "需求编号", "举措", "采取举措的部门和人员", "说明")
HELD = ("主管部门", "重点任务", "开展形式", "开展次数", "惠企数量")
CLOSED = ("需求编号", "单位", "需求", "匹配资源", "办理结果", "办结日期")
APPEALS = ("需求编号", "单位", "主管部门", "需求", "希望匹配的资源")


def title() -> str:
    return "知识产权公共服务信息采集情况报告"


def page() -> str:
    return "报告"


def head(bureau: str, span: str, day: str) -> str:
    dates = f"统计时间：{span}　制表日期：{day}"
    return f"报送单位：{bureau}\n{dates}" if bureau else dates


def sections() -> tuple[str, str, str, str]:
    return (
        "一、问题需求情况",
        "二、采取的解决举措",
        "三、取得的成效",
        "四、需国家知识产权局协调支持的事项",
    )


def collected(needs: int, companies: int, national: int, questions: int) -> str:
    asked = f"另有{questions}个问题现有通知未能解答。" if questions else ""
    if not needs:
        return f"统计期内没有采集到新的服务需求。{asked}"
    marked = f"，其中需国家局协调支持{national}项" if national else ""
    return f"统计期内共采集服务需求{needs}项，涉及{companies}家单位{marked}。{asked}"


def by_task() -> str:
    return "按重点任务统计："


def by_bureau() -> str:
    return "按主管部门统计："


def needs_in_detail() -> str:
    return "需求明细："


def questions_in_detail() -> str:
    return "通知未能解答的问题："


def measures(done: dict[str, int], answered: int, held: int) -> str:
    """`done` counts the steps by their words; the closing is a result."""
    parts = [f"{MEASURES[step]}{number}项次" for step, number in done.items() if number]
    parts += [f"答复问题{answered}个"] if answered else []
    parts += [f"开展活动{held}次"] if held else []
    if not parts:
        return "统计期内没有记录解决举措。"
    return f"统计期内{'，'.join(parts)}。"


def steps_in_detail() -> str:
    return "针对需求采取的举措："


def held_in_detail() -> str:
    return "面向企业开展的活动："


def results(closed: int, of_these: int, collected: int, enterprises: int) -> str:
    """`of_these` of the `collected` needs are closed; `closed` counts older ones too."""
    parts = [f"办结需求{closed}项"] if closed else []
    if of_these:
        share = f"{100 * of_these / collected:.0f}%"
        parts.append(f"其中统计期内提交的{of_these}项，占同期需求的{share}")
    parts += [f"活动惠及企业{enterprises}家次"] if enterprises else []
    return f"统计期内{'，'.join(parts)}。" if parts else "统计期内没有办结的需求。"


def closed_in_detail() -> str:
    return "已办结的需求："


def further_in_detail() -> str:
    return "活动取得的其他成效："


def further(form: str, other: str) -> str:
    return f"{form}：{other}"


def appeals(number: int) -> str:
    return f"共{number}项，请予协调：" if number else "没有需要国家知识产权局协调支持的事项。"


def answered(day: str, by: str) -> str:
    return f"{day}已答复{f'（{by}）' if by else ''}"


def unanswered() -> str:
    return "待答复"


def no_task() -> str:
    return "未分类"
