"""What staff are told in chat: lists, entries, what was done, what is missing, what is refused."""

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
_OWN_STEPS = ("accept", "return", "match", "close", "transfer", "reply", "note")
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
    "transfer-away": "转办",
    "help": "帮助",
}
ROLE: Mapping[str, str] = {"clerk": "经办人", "head": "负责人", "admin": "管理员"}
CALL_OFF = ("取消", "算了", "不用了", "不办了", "作罢", "没事了")
SMALL_TALK = ("更多", "人工", "你好", "您好", "在吗", "谢谢", "嗯")
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
    "figures": ("统计 本月", "看数字"),
    "export": ("导出 附件1 本月", "出表：附件1、附件2、报告"),
    "activity": ("记活动 质押融资 银企对接会 3次 56家", "记一场活动"),
}
_AS_SHOWN = frozenset(("todo", "open", "figures"))
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


def not_your_bureau(bureau: str) -> str:
    return f"{bureau}不在您负责的地区，不能查看。"


# Lists and entries


def todo(count: int, where: str, parts: Sequence[tuple[str, Sequence[str]]]) -> str:
    """`parts`: heading and lines."""
    lines = [f"待办{count}项{where and f'（{where}）'}"]
    for heading, entries in parts:
        lines += [f"【{heading} {len(entries)}】", *entries]
    return "\n".join([*lines, "发“需求 编号”看全文，“受理 编号”受理，“帮助”看全部指令。"])


def no_bureau_named(said: str) -> str:
    return f"您负责的地区里没有“{said}”这个局。发“待办”看全部，或写局名，如：待办 厦门"


def no_todo(where: str) -> str:
    return f"{where and f'{where}：'}没有待办的需求。"


TODO_PARTS: Mapping[str, str] = {
    "submitted": "待受理",
    "accepted": "已受理",
    "matched": "已匹配",
    "returned": "等企业补充",
}


def todo_line(
    number: int, company: str, parts: Iterable[str], national: bool, like: Sequence[int]
) -> str:
    marks = ["需国家局"] if national else []
    if like:
        marks.append(f"疑似与{numbers(like)}重复")
    return "｜".join([f"{number}号 {company}", *parts, *marks])


def entry(number: int, status: str, where: str, when: str) -> str:
    return f"{number}号　{STATUS[status]}\n{where}｜{when}登记"


def which_demand(said: str) -> str:
    return f"名称里有“{said}”的需求如下，回复序号看全文："


def no_bureau() -> str:
    return "未分到局"


def field(name: str, value: str | bool | None) -> str:
    said = "是" if value is True else "否" if value is False else value or "—"
    return f"{name}：{said}"


def erased() -> str:
    return "联系人和联系方式：已按企业要求或到期删除"


def history(lines: Sequence[str]) -> str:
    return "\n".join(["【经过】", *lines])


def event(step: str, when: str, who: str, why: str, resource: str | None) -> str:
    told = "：".join(part for part in (resource, why) if part)
    if step == "note" and not who:
        return f"{when} 企业补充：{why}"
    return f"{when} {who or '企业'}{STEP.get(step, step)}{told and f'：{told}'}"


def corrections(lines: Sequence[str]) -> str:
    return "\n".join(["【企业要更正或补充】", *lines])


def correction(when: str, told: str) -> str:
    return f"{when} {told}"


def duplicates(found: Sequence[tuple[int, str, str]]) -> str:
    """`found`: number, why, and status of each that may be the same."""
    lines = [f"{number}号（{STATUS[status]}）：{why}" for number, why, status in found]
    return "\n".join(["【可能重复】", *lines])


def next_steps(number: int, steps: Iterable[str]) -> str:
    said = {
        "accept": f"受理 {number}",
        "return": f"退回 {number} 问题",
        "match": f"匹配 {number}",
        "close": f"办结 {number} 结果",
        "transfer": f"转办 {number} 局名",
        "reply": f"回复 {number} 您的话",
    }
    named = [words for name, words in said.items() if name in set(steps)]
    return f"接着可发：{'、'.join(named)}" if named else ""


# What was done


def done(name: str, number: int, company: str, told: str = "") -> str:
    said = {
        "accept": f"{number}号已受理（{company}），会告知企业。接着可发“匹配 {number}”。",
        "return": f"{number}号已退回（{company}），会转告企业：{told}",
        "close": f"{number}号已办结（{company}），会告知企业{told and f'：{told}'}",
        "reply": f"已记下，{company}下次来信时会看到：{told}",
        "note": f"{number}号已备注：{told}",
        "match": f"{number}号已匹配（{company}）：{told}。会告知企业。",
    }
    return said[name]


def transferred(number: int, bureau: str, away: bool) -> str:
    gone = "，之后由对方办理，您这边不再列出" if away else ""
    return f"{number}号已转给{bureau}{gone}。会告知企业。"


def there_already(number: int, bureau: str) -> str:
    return f"{number}号本来就在{bureau}。"


def no_such_bureau(said: str) -> str:
    return f"没有找到“{said}”对应的局。直接回复局名，如：厦门（不办了发“取消”）"


# Resources


def fitting(number: int, need: str) -> str:
    return f"{number}号“{need}”可匹配的资源如下，回复序号选定，或发“匹配 {number} 资源名”："


def fits(name: str, reasons: Sequence[str]) -> str:
    return f"{name}（{'；'.join(reasons)}）" if reasons else name


def nothing_fits(number: int) -> str:
    return f"资源目录里没有合适的。请直接写资源名，如：匹配 {number} 兴业银行质押产品"


def which_resource(number: int, said: str) -> str:
    return f"“{said}”有几个，{number}号匹配哪一个？回复序号："


def not_listed(told: str) -> str:
    return f"{told}（资源目录里没有，按您写的记下）"


# Questions


def open_questions(count: int, lines: Sequence[str]) -> str:
    head = f"待答{count}个"
    return "\n".join([head, *lines, "发“答 编号 您的答复”，对方下次来信就会看到。"])


def no_open_questions() -> str:
    return "没有待答的问题。"


def question_line(number: int, where: str, when: str, text: str, handoff: bool) -> str:
    said = f"要找工作人员：{text}" if handoff else text
    return f"{number}号 {where}｜{when}｜{said}"


def nowhere() -> str:
    return "地区未知"


def no_question(number: int) -> str:
    return f"没有{number}号待答问题。发“待答”看有哪些。"


def no_question_but_demand(number: int) -> str:
    return f"没有{number}号待答问题。如果是对{number}号需求的企业说话，请发：回复 {number} 您的话"


def not_for_drafts(number: int) -> str:
    return f"{number}号是要求转人工，不能存成问答。"


def answered_before(number: int, answer: str) -> str:
    return f"{number}号已经答复过：{answer}"


def erased_question(number: int) -> str:
    return f"{number}号的提问人已删除信息，不用再答。"


def answer_kept(number: int, question: str) -> str:
    return f"已答复{number}号“{question}”，对方下次来信就会看到。收进知识库请发：入库 {number}"


def not_answered_yet(number: int) -> str:
    return f"{number}号还没有答复，请先发：答 {number} 您的答复"


# Drafts of FAQ entries


def drafted(number: int, clause: str, file: str, *, guessed: bool) -> str:
    """`guessed`: the clause is the one that lay nearest when the question was asked."""
    checked = "依据取的是最接近的条款，请管理员核对后发布" if guessed else "请管理员核对后发布"
    return f"{number}号已存成问答草稿：{clause}，在 {file}。{checked}。"


def drafted_before(number: int, file: str) -> str:
    return f"{number}号的问答在 {file} 里已经有了，没有再加。"


def which_clause(number: int) -> str:
    return (
        f"{number}号没有相近的条款，请写明依据，如：入库 {number} cnipa-2021-51#三（三）"
        "（不办了发“取消”）"
    )


def no_such_clause(said: str) -> str:
    return f"没有“{said}”这一条。写法如：cnipa-2021-51#三（三）"


def no_drafts_folder(number: int) -> str:
    return f"服务器没有设置知识目录，请管理员运行：zhixing question draft {number} --out 目录"


def draft_failed() -> str:
    return "草稿没有存成：知识目录里的文件有问题，请管理员用 zhixing kb check 检查。没有改动。"


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


def exported(name: str, folder: str) -> str:
    private = "内有企业联系方式，请妥善保管。" if name.startswith("附件1") else ""
    return f"已导出：{name}，在服务器的 {folder} 目录里。{private}"


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
