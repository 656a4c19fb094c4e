"""Every sentence that the demand form says."""

from __future__ import annotations

from collections.abc import Sequence

Line = tuple[str, str]
"""A slot's name and what was given for it, as shown."""


_YEAR = 365
_YEARS = "〇一两三四五六七八九十"


def _span(days: int) -> str:
    years, rest = divmod(days, _YEAR)
    return f"{_YEARS[years]}年" if not rest and 0 < years < len(_YEARS) else f"{days}天"


def consent(kept_days: int = 2 * _YEAR) -> str:
    """`kept_days`: how long, at the most, personal data lie there."""
    return (
        f"为了办理这项需求，会保存您的单位、联系人和联系方式，最多{_span(kept_days)}，不作他用；继续填写即表示同意，"
        "不同意请回“不同意保存”，随时可发“取消”或“删除我的信息”。"
    )


def consent_refused() -> str:
    return (
        "好的，不会保存您的个人信息，这次登记已结束。查政策照样可以直接问我；"
        "想找人办理，可以发“人工”。"
    )


def reused(*, company: bool) -> str:
    whose = "单位和联系方式" if company else "联系方式"
    return f"{whose}沿用上次的，不一样请直接说。"


def nothing_to_reuse() -> str:
    return "没有找到上次的登记，麻烦再说一遍。"


def another_company(*, kept: bool) -> str:
    return "好的，换一家单位，联系方式先沿用上次的。" if kept else "好的，换一家单位。"


def first_of(count: int, later: Sequence[str]) -> str:
    waiting = "；".join(f"第{_ORDER[n]}项“{text}”" for n, text in enumerate(later, 1))
    return f"您说了{_YEARS[count]}项需求，先登记第一项；{waiting}，提交后接着登记。"


_ORDER = "一二三四五六七八九"


def waits(need: str) -> str:
    return f"“{need}”另记一份，手上这份提交后接着登记。"


def next_need(need: str) -> str:
    return f"接着登记下一项：“{need}”。"


def which_place() -> str:
    return "另外，单位在哪个市县？说一声就能转给当地，不方便可以不说。"


def place_noted(place: str) -> str:
    return f"所在地记为{place}。"


def place() -> str:
    return "所在地"


def no_bureau_yet(*, asked: bool) -> str:
    if asked:
        return "没有说所在地，先由工作人员分给对口的主管部门。"
    return "单位在哪个市县？说一声就能转给当地。"


def opened() -> str:
    return "好的，我来帮您登记，可以一次说完，也可以一项一项来。"


def opened_by_need() -> str:
    return "这件事可以登记成服务需求，我来帮您。"


def already_open() -> str:
    return "您有一份需求正在填，我们接着来。"


def noted(lines: Sequence[Line]) -> str:
    return "已记下：" + "；".join(f"{name} {value}" for name, value in lines) + "。"


def changed(lines: Sequence[Line]) -> str:
    return "已改好：" + "；".join(f"{name} {value}" for name, value in lines) + "。"


def appended(name: str) -> str:
    return f"已补充到“{name}”里。"


def left_out(names: Sequence[str]) -> str:
    return f"好的，{'、'.join(names)}先空着。"


def removed(names: Sequence[str]) -> str:
    return f"好的，{'、'.join(names)}已去掉。"


def why_needed(kind: str, name: str) -> str:
    reasons = {
        "company": "写上单位，工作人员才知道是为谁办理",
        "person": "留个称呼，工作人员才好联系您，写“王经理”这样的也行",
        "phone": "留个电话，工作人员才能把办理情况告诉您，手机、座机留一个就行",
        "mobile": "留个电话，工作人员才能把办理情况告诉您，手机、座机留一个就行",
        "email": "留个邮箱，工作人员才能把材料发给您",
        "choice": "选个类别，才能转给对口的人办理",
        "yesno": "这一项决定由哪一级来协调",
    }
    reason = reasons.get(kind, f"“{name}”是办理这项需求要用的")
    return f"理解。{reason}；实在不方便，再说一次“跳过”就好。"


def why_asked(kind: str, name: str, *, required: bool) -> str:
    duty = "这一项要填的，实在不方便可以说“跳过”。" if required else "可以不填，回“跳过”就行。"
    return _purpose(kind, name) + duty


def _purpose(kind: str, name: str) -> str:
    reasons = {
        "company": "单位名称用来把需求转给对口的地方主管部门。",
        "person": "联系人只用于工作人员办理这项需求时联系您。",
        "phone": "电话只用于工作人员办理这项需求时联系您。",
        "mobile": "手机号只用于工作人员办理这项需求时联系您。",
        "email": "邮箱只用于给您发办理材料。",
        "choice": "分好类，才能转给对口的人办理。",
        "yesno": "需要国家层面协调的会单独标出来。",
    }
    return reasons.get(kind, f"“{name}”是官方需求清单里的一栏，填了办理更快。")


def need_is_the_heart() -> str:
    return "这一项不能空着，说一两句就行，比如“想找银行做商标质押贷款”。"


def no_contact_left() -> str:
    return "好的，那就先不留电话。这样工作人员只能在这里回复您。"


def ask_again(name: str) -> str:
    return f"好的，{name}要改成什么？"


def ask_back(name: str, value: str | None) -> str:
    if value is None:
        return f"好的，回到“{name}”。"
    return f"好的，回到“{name}”，目前是：{value}。要改请发新的，不改就回“继续”。"


def at_the_start() -> str:
    return "已经是第一项了。"


def restarted() -> str:
    return "好的，清空了，我们重新来。"


def paused() -> str:
    return "不急，填好的都给您留着，随时回来接着发就行。"


def leaning(task: str, cue: str | None) -> str:
    because = f"，因为您提到“{cue}”" if cue else ""
    return f"看起来该归入“{task}”{because}，不对请说。"


def suggestion(task: str, cue: str) -> str:
    return f"因为您提到“{cue}”，建议归入“{task}”，对吗？不对请选："


def choose_openly(rest: str | None) -> str:
    """Nothing in the need speaks for one of the tasks; `rest` is the one for all else."""
    unsure = f"，拿不准就选“{rest}”" if rest else ""
    return f"这项需求归到哪一类合适？请选一个{unsure}："


def choose(prompt: str, with_need: bool) -> str:
    return prompt if with_need else f"{prompt}拿不准就直接说说需求，我来归类。"


def choose_other() -> str:
    return "那归到哪一类合适？"


def catch_all(task: str) -> str:
    return f"没关系，先归入“{task}”，工作人员会再核对。"


def so_far(lines: Sequence[Line]) -> str:
    return "目前填好的：\n" + rows(lines)


def nothing_yet() -> str:
    return "还没有填内容。"


def rows(lines: Sequence[Line]) -> str:
    return "\n".join(f"{name}：{value}" for name, value in lines)


def complete(lines: Sequence[Line]) -> str:
    return "必填的齐了：\n" + rows(lines)


def summary(lines: Sequence[Line], empty: Sequence[str]) -> str:
    parts = ["请核对：", rows(lines)]
    if empty:
        parts.append(f"还没填（可补充）：{'、'.join(empty)}")
    parts.append("没问题请回复“提交”；要改直接说，比如“手机改成…”。")
    return "\n".join(parts)


def suggested_task(task: str, cue: str | None) -> str:
    return f"{task}（建议，因为提到“{cue}”）" if cue else f"{task}（建议）"


def not_marked() -> str:
    return "否（没提到，先按不需要）"


def yes_no(value: bool) -> str:
    return "是" if value else "否"


def still_missing(names: Sequence[str]) -> str:
    return f"提交前还差：{'、'.join(names)}。"


def what_to_change() -> str:
    return "哪一项要改？可以直接说，比如“联系人改成李四”。"


def submitted(
    number: int, company: str | None, *, reachable: bool, bureau: str | None = None
) -> str:
    whose = f"“{company}”的" if company else ""
    where = "按留下的方式联系您" if reachable else "在这里回复您"
    to = f"，由{bureau}办理" if bureau else ""
    return (
        f"已提交{whose}需求，编号是需求{number}{to}，工作人员会{where}。"
        "想知道进度就发“我的需求”，还有别的需求直接说。"
    )


def already_submitted() -> str:
    return "刚才的需求已经提交了，不用再提交。还有别的需求，直接说就行。"


def cancelled(*, queued: bool = False) -> str:
    what = "这次登记和后面那项" if queued else "这次登记"
    return f"好的，已取消{what}，填过的联系方式不会保留。以后需要，随时说“登记需求”。"


def nothing_to_cancel() -> str:
    return "现在没有正在填的需求。"


def go_on(question: str) -> str:
    return f"我们接着登记。{question}"


def waiting_for_confirmation() -> str:
    return "刚才那份需求还没提交，没问题请回复“提交”，要改直接说。"


def skip_option() -> str:
    return "跳过"


def submit_option() -> str:
    return "提交"


def typed(act: str) -> str:
    """What a user types to submit or to cancel."""
    return submit_option() if act == "submit" else cancel_option()


def edit_option() -> str:
    return "修改"


def cancel_option() -> str:
    return "取消"


def changed_to(name: str, value: str) -> str:
    """How a user says that a slot gets another value."""
    return f"{name}改成：{value}"


def edit_slot(name: str) -> str:
    return f"改一下{name}"


def yes_option() -> str:
    return "需要"


def no_option() -> str:
    return "不需要"
