"""What staff are told of demands: lists, entries, what was done, which resources fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from intents.wording.staff import STATUS, STEP, numbers

# Lists and entries


def todo(count: int, where: str, parts: Sequence[tuple[str, Sequence[str]]]) -> str:
    """`parts`: heading and lines."""
    lines = [f"待办{count}项{where and f'（{where}）'}"]
    for heading, entries in parts:
        lines += [f"【{heading} {len(entries)}】", *entries]
    return "\n".join([*lines, "发“需求 编号”看全文，“受理 编号”受理，“帮助”看全部指令。"])


def not_your_bureau(bureau: str) -> str:
    return f"{bureau}不在您负责的地区，不能查看。"


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
        "reply": f"已记下，会转告{company}：{told}",
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
