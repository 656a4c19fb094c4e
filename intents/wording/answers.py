"""How facts are told: the value first, then where it stands. Every sentence of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from intents.dates import day, days_between, deadline_state, period_state
from knowledge.inforce import Standing
from knowledge.model import (
    Attachment,
    Clause,
    Contact,
    Deadline,
    Notice,
    Period,
    Target,
    Task,
)


def source(notice: Notice, *labels: str) -> str:
    """依据：… the notice, its number and the clauses."""
    return f"依据：{named(notice)}{'、'.join(dict.fromkeys(labels))}"


def named(notice: Notice) -> str:
    number = f"（{notice.doc_number}）" if notice.doc_number else ""
    return f"《{notice.short}》{number}"


def history(notice: Notice, stands: Standing, successor: Notice | None) -> str:
    """What is said of a notice that no longer holds, or does not yet; empty for one in force."""
    kind = "文件" if notice.kind == "其他" else notice.kind
    which = f"这是{notice.year}年的{kind}" if notice.year else f"这份{kind}是以前的"
    if stands == "superseded":
        return f"该{kind}已被{named(successor) if successor else '新的文件'}取代。"
    if stands == "to come":
        return f"这份{kind}要到{day(notice.issued)}才印发。" if notice.issued else ""
    if stands != "over":
        return ""
    over = "活动已结束" if notice.campaign and notice.periods else "所列时间都已过去"
    return f"{which}，{over}。"


def due_words(deadline: Deadline) -> str:
    due = deadline.due
    if due is None:
        return deadline.words
    time = f" {deadline.time}" if deadline.time else ""
    if deadline.precision == "month-end":
        return f"{due.year}年{due.month}月底前（{due.month}月{due.day}日）"
    if deadline.precision == "year-end":
        return f"{due.year}年底前"
    if deadline.precision == "month-start":
        return f"{due.year}年{due.month}月初"
    return f"{day(due)}{time}前（含当天）"


def deadline(d: Deadline, today: date, counted: bool = False) -> str:
    """`counted`: the days since are asked for, too."""
    to = f"，交到{d.to}" if d.to else ""
    via = f"，方式：{d.via}" if d.via else ""
    if d.open is not None:
        what = d.what.removeprefix(d.words)
        told = f"{d.who or ''}应在{d.words.lstrip('在于')}{what}{to}{via}。"
        return told + left_open(d.open, d.words)
    if d.due is None:
        return f"{d.who or ''}应{d.words}{d.what}{to}{via}。通知没有给出具体日期。"
    return f"{d.who or ''}应在{due_words(d)}{d.what}{to}{via}。{deadline_status(d, today, counted)}"


def left_open(given: str, words: str) -> str:
    """Why no date is told: the year is open, or the term counts from an event."""
    if given.startswith("P"):
        return "期限从所说的时点起算，通知没有给出固定日期。"
    return "" if "每年" in words else "通知没有写明是哪一年。"


def deadline_status(d: Deadline, today: date, counted: bool = False) -> str:
    if d.due is None:
        return ""
    state = deadline_state(d, today)
    if state == "today":
        return "今天截止。"
    if state == "ahead":
        return f"还剩{days_between(today, d.due)}天。"
    return f"已于{day(d.due)}截止{_since(d.due, today, counted)}。"


def _since(last: date, today: date, counted: bool) -> str:
    return f"，到今天已过{days_between(last, today)}天" if counted else ""


def period_words(p: Period) -> str:
    start, end = p.start, p.end
    if start is None and end is None:
        return p.words
    if p.precision == "month-start" and start:
        return f"{start.year}年{start.month}月初"
    if p.precision == "month-end" and end:
        return f"{end.year}年{end.month}月底"
    if start and end:
        tail = day(end) if end.year != start.year else f"{end.month}月{end.day}日"
        return f"{day(start)}至{tail}"
    return f"{day(start)}起" if start else f"至{day(end)}" if end else p.words


def period(p: Period, today: date, counted: bool = False) -> str:
    """`counted`: the days since are asked for, too."""
    return f"{p.what}：{period_words(p)}。{period_status(p, today, counted)}"


def period_status(p: Period, today: date, counted: bool = False) -> str:
    state = period_state(p, today)
    if state == "ahead" and p.start:
        return f"还有{days_between(today, p.start)}天开始。"
    if state == "running" and p.end:
        running = "正在进行，" if p.start else ""
        if p.start and counted:
            running += f"已开始{days_between(p.start, today)}天，"
        return f"{running}还剩{days_between(today, p.end)}天。"
    if state == "running":
        return "正在进行。"
    if state == "today":
        return "今天是最后一天。"
    last = p.end or p.start
    if state != "past" or last is None:
        return ""
    return f"已于{_rough(p, last)}结束{_since(last, today, counted and bool(p.end))}。"


def _rough(p: Period, last: date) -> str:
    if p.precision == "month-start":
        return f"{last.year}年{last.month}月初"
    return day(last)


def completion(t: Task) -> str:
    words = t.completion.words if t.completion else "没有写明"
    return f"任务{t.no}“{t.title}”的完成时间：{words}。"


def departments(title: str, names: Sequence[str], task: Task | None = None) -> str:
    scopes = f"（{'；'.join(scope_words(task))}）" if task and task.scopes else ""
    which = f"任务{task.no}“{title}”" if task else f"“{title}”"
    return f"{which}由{'、'.join(names)}负责{scopes}。"


def scope_words(task: Task) -> list[str]:
    return [f"{s.level}：{s.who}{s.duty}" for s in task.scopes]


def contact(c: Contact) -> str:
    parts = [
        f"联系部门：{c.org}" if c.org else "",
        f"联系人：{'、'.join(c.names)}" if c.names else "",
        f"电话：{'、'.join(c.phones)}" if c.phones else "",
        f"邮箱：{'、'.join(c.emails)}" if c.emails else "",
        f"地址：{c.address}" if c.address else "",
    ]
    return "；".join(filter(None, parts)) + "。"


def attachment(a: Attachment) -> str:
    lines = [f"{a.label}《{a.title}》。" if a.title != a.label else f"{a.label}。"]
    if a.basics:
        lines.append(f"基本信息（{len(a.basics)}项）：{'、'.join(a.basics)}。")
    if a.columns:
        lines.append(f"表格栏目（{len(a.columns)}栏）：{'；'.join(a.columns)}。")
    if a.rows:
        lines.append(f"分行：{'；'.join(a.rows)}。")
    if a.columns is None and not a.basics:
        lines.append("通知正文没有附上表样，具体栏目请以附件原件为准。")
    if a.note:
        lines.append(f"备注：{a.note}")
    return "".join(lines)


def target(t: Target) -> str:
    by = f"（{t.by}）" if t.by else ""
    return f"{t.what}：{t.value}{by}。"


def document(n: Notice, head: Clause | None) -> str:
    facts = [
        f"文件：《{n.title}》",
        f"文号：{n.doc_number}" if n.doc_number else "文号：原文没有写明",
        f"发文单位：{n.issuer}" if n.issuer else "",
        f"发文日期：{day(n.issued)}" if n.issued else "发文日期：原文没有写明",
    ]
    rest = f"\n{head.body}" if head else ""
    return "；".join(filter(None, facts)) + "。" + rest


def clause(c: Clause, shown: str) -> str:
    return f"{c.heading}：{shown}"


def task(t: Task, shown: Iterable[str]) -> str:
    scopes = "；".join(scope_words(t))
    tail = [f"责任部门：{'、'.join(t.departments)}。" if t.departments else ""]
    tail += [
        f"{scopes}。" if scopes else "",
        f"完成时间：{t.completion.words}。" if t.completion else "",
    ]
    return "\n".join([f"任务{t.no}“{t.title}”", *shown, "".join(filter(None, tail))])


def action(by: str, shown: str) -> str:
    return f"{by}：{shown}"


def over(campaign: str, end: date, today: date) -> str:
    if today > end:
        return f"{campaign}已于{day(end)}结束。"
    return f"{campaign}正在进行，{day(end)}结束。"


# What an option says for the user who taps it.


def deadline_option(notice: Notice, d: Deadline) -> str:
    return f"{notice.short}：{d.what}"


def ask_document(notice: Notice, numbered: bool) -> str:
    """The full question for the number or the date of one of several notices."""
    return f"{notice.short}{'的文号是多少' if numbered else '是什么时候发的'}"


def ask_deadline(notice: Notice, d: Deadline, ask: str) -> str:
    return f"{notice.short}{d.what}{'交到哪里' if ask == 'where' else '什么时候截止'}"


def which_deadline(ask: str) -> str:
    return "您想问哪一项报到哪里？" if ask == "where" else "您想问哪一项的时间？"


def which_notice() -> str:
    return "您想了解哪一份通知？"


def which_topic(notice: Notice) -> str:
    return f"您想了解{named(notice)}的哪一方面？"


def topics_of(notice: Notice, has_tasks: bool) -> list[str]:
    """What the notice can be asked; `has_tasks`: key tasks, in a table or as clauses."""
    dated = any(d.due for d in notice.deadlines) or any(p.start or p.end for p in notice.periods)
    topics = (
        ("重点任务有哪些" if has_tasks else "分为哪几部分", True),
        ("有哪些时间节点", dated),
        ("有哪些附件", bool(notice.attachments)),
        ("联系电话", bool(notice.contacts)),
        ("发给哪些单位", bool(notice.addressees)),
    )
    return [topic for topic, held in topics if held]


def day_of_year(month: int, number: int) -> str:
    return f"{month}月{number}日"


def not_this_figure() -> str:
    return "不是这个数。"


def not_on(believed: Sequence[str]) -> str:
    """The question took it for another day or sheet, or for another department's."""
    return f"不是{'、'.join(believed)}。"


# Refusals: what is lacking, the nearest known thing, and staff.


def lacks_year(years: Sequence[int], known: Sequence[int]) -> str:
    asked = "、".join(f"{y}年" for y in years)
    have = "、".join(f"{y}年" for y in known)
    return f"现有通知里没有{asked}的相关内容" + (f"，只有{have}的。" if have else "。")


def lacks_document(name: str) -> str:
    return f"现有通知里没有“{name}”。"


def lacks_year_of(regions: Sequence[str], years: Sequence[int]) -> str:
    return f"现有通知里没有{'、'.join(regions)}{'、'.join(f'{y}年' for y in years)}的相关内容。"


def lacks_region(regions: Sequence[str]) -> str:
    return f"现有通知里没有{'、'.join(regions)}的相关内容。"


def lacks_value(what: str) -> str:
    return f"现有通知没有写{what}。"


def lacks_aspect(what: str) -> str:
    return f"通知没有写明{what}。"


def lacks_subject(words: str) -> str:
    return f"现有通知没有提到“{words}”。" if words else "这个问题现有通知里没有写。"


def out_of_scope() -> str:
    return (
        "这个问题不在我能查的范围内。我只能解答知识产权局通知里的政策、时间和办理事项，"
        "也可以帮您登记需求。"
    )


def nearest(text: str) -> str:
    return f"最接近的是——{text}"


def to_staff() -> str:
    return "问题已转给工作人员答复；着急可发“人工”。"


FAR, DATE_OF_ISSUE, DOCUMENT_NUMBER = "范围外", "发文日期", "文号"
ASPECT_WORDS = {
    "deadline": "截止时间",
    "period": "起止时间",
    "when": "时间",
    "over": "时间",
    "who": "责任部门",
    "contact": "联系方式",
    "where": "报送对象或渠道",
    "attachment": "这份表格",
    "columns": "要填的栏目",
    "target": "这个数字",
    "document": "这份文件",
    "list": "这份清单",
    "content": "这件事",
}
