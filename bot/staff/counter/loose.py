"""Commands that need no number, or name it last: 统计上月, 导出附件1, 记活动 …, 转办厦门 17."""

from __future__ import annotations

import re

from bot.staff.counter.commands import Command, Name
from bot.staff.counter.numbers import numbers_at
from bot.staff.counter.periods import PERIOD
from bot.staff.counter.subscription_words import ANY_KIND
from knowledge.late import late

_ASKS = late(r"[?？]|吗|怎么|如何|什么|为什么|哪|多少|谁|是否|能不能|有没有")
_LIST = (
    r"(?:看看?|查看?|列出|显示)?(?:一下)?(?:(?:我|今天|现在|目前|所有|全部|本局)的?)?"
    r"(?:还?有(?:什么|哪些|啥|没有|几[个项条])?)?(?:{})的?(?:事项|需求|问题|列表|清单)?"
    r"(?:还?有(?:什么|哪些|多少|几[个项条]))?"
)
_LISTS: tuple[tuple[Name, re.Pattern[str]], ...] = (
    ("todo", re.compile(_LIST.format("待办|待处理|待受理|未办|未受理|没受理|没办|新(?=需求)"))),
    ("open", re.compile(_LIST.format("待答|待回答|待答复|未答|没答"))),
)
_FIGURES = late(r"(?:统计|汇总)(?:一下|下)?")
_FIGURES_LAST = late(
    rf"(?:看看?|查看?)?(?:一下)?(?:{PERIOD})的?(?:需求|办理|办件|各地)*(?:统计|汇总|数据|数字|情况)+"
)
_ABOUT_FIGURES = late(
    rf"[\s,，:：的]*(?:(?:{PERIOD}|需求|办理|办件|情况|数据|数字|各地|各市|全省)[\s,，的]*)*"
)
_EXPORT = late(r"(?:导出|汇出|生成|导)(?:一[下份张个]|下)?")
_FORM = r"附件\s*[12一二]|附[12一二]|报告|总结|台账|需求清单|清单|成效汇总表?|成效表?|汇总表"
_ABOUT_EXPORT = late(rf"{_FORM}|{PERIOD}|word|excel|docx|xlsx")
_EXPORT_LAST = late(rf"(?:把|将)?((?:{_FORM}|{PERIOD}|[\s的])+)(?:导出来?|汇出|下载)(?:一下)?")
_ACTIVITY = late(
    r"(?:记录?|登记|录入?|新增|添加)(?:一?[个次场条]|一下|下)?活动|活动登记|活动(?=[:：])"
)
_STOP = "取消|停|关闭|关掉|不再|别|不要|不用|不必|不想|不需要"
_ABOUT_PUSHES = late(
    rf"(?P<off>退订|(?:取消|停止|关闭|不再?|别)订阅|停发|别再?(?:发|推送?))(?P<off_what>.{{0,30}})|"
    rf"(?:订阅|定阅|开通|改订)(?P<on_what>.{{1,40}})|"
    rf"(?P<stopped>(?=.*(?:{_STOP})).{{0,10}}(?:日报|周报|简报|早报).{{0,8}})|"
    rf"(?P<last>.{{0,20}}?(?:{ANY_KIND}).{{0,20}}?)订阅(?:一下)?|"
    rf"(?P<push>.{{0,20}}(?:推送|发)(?:给我)?.{{0,6}}(?:日报|周报|简报).{{0,20}})|"
    rf"(?:把|将)?(?P<moved>(?:{ANY_KIND})(?:的?(?:时间|推送))?(?:改|换|调)(?:到|成|为).{{1,20}})|"
    rf"(?P<every>全部|所有的?)(?:都)?(?:退订|取消订阅)|"
    rf"(?P<no>(?:{ANY_KIND})(?:不要|不用|别)(?:再?(?:发|推送?))?了?)"
)
_TELLING = ("off_what", "on_what", "stopped", "last", "push", "moved", "every", "no")
_SAYS_COUNT = late(r"\d|[一二三四五六七八九十百两]+\s*[次场期家]")
_LAST = late(
    r"(转(?:办给?|给|交给?|到|至)?|移交给?|移送|改派给?|转派给?|匹配|对接)[\s:：]*(.{2,40}?)[\s,，]+"
    r"((?:第|#|no\.?)?\s*\d{1,7}\s*号?)(?:需求)?"
)
_WANTING: dict[str, Name] = {
    "受理": "accept", "退回": "return", "匹配": "match", "办结": "close", "回复": "reply",
    "转办": "transfer", "备注": "note", "回答": "answer", "答": "answer", "入库": "draft",
}  # fmt: skip
_ANY = "|".join(_WANTING)
_ALL = late(rf"(?:全部|所有的?|都)({_ANY})|({_ANY})(?:全部|所有的?)(?:需求)?")
_FIND = late(r"(?:(?:需求|查|找)[\s:：]+|(?:查|找)(?:一?下)?需求[\s:：]*)(.{2,20})")
_WITHOUT = late(rf"({_ANY})(?:[\s:：]+(.+))?")
_MARKS = " 　,，:：;；、。.-—"
_LONGEST_BUREAU, _LONGEST_SPAN, _LONGEST_SPANS = 12, 16, 40


def loosely(said: str, folded: str, start: int) -> Command | None:
    """The command that the message is from `start` on."""
    rest = folded[start:].rstrip(" 。.!！~")
    if (about := _ABOUT_PUSHES.fullmatch(rest)) and not _ASKS.search(rest):
        return _of_pushes(about)
    if activity := _ACTIVITY.match(rest):
        return _activity(said[start + activity.end() :])
    if last := _LAST.fullmatch(rest):
        return _number_last(said, start, last)
    for name, expression in _LISTS:
        if listed := expression.match(rest):
            return _listed(name, rest[listed.end() :])
    if len(rest) <= _LONGEST_SPANS and (told := _figures(rest) or _export(rest)):
        return told
    return _without_number(said, folded, start)


def _of_pushes(found: re.Match[str]) -> Command:
    """订阅 日报 8:30, 日报订阅, 每天8点半给我推送日报; 退订 日报, 日报不要了, 不要再发日报."""
    off = found["off"] or found["stopped"] or found["every"] or found["no"]
    told = next((found[group] for group in _TELLING if found[group]), "")
    return Command("unsubscribe" if off else "subscribe", (), told.strip(_MARKS))


def _activity(told: str) -> Command | None:
    rest = told.strip(_MARKS)
    if rest and _ASKS.search(rest) and not _SAYS_COUNT.search(rest):
        return None
    return Command("activity", (), rest)


def _number_last(said: str, start: int, last: re.Match[str]) -> Command | None:
    name: Name = "match" if last[1] in ("匹配", "对接") else "transfer"
    found = numbers_at(last[3], 0, several=False)
    what = said[start + last.start(2) : start + last.end(2)].strip(_MARKS)
    return Command(name, found.numbers, what) if found else None


def _listed(name: Name, rest: str) -> Command | None:
    """待办, and 待办 厦门: only of one bureau."""
    told = rest.strip(_MARKS + "?？呀啊吗呢的")
    apart = not told or rest[:1] in tuple(_MARKS)
    return Command(name, (), told) if apart and len(told) <= _LONGEST_BUREAU else None


def _figures(rest: str) -> Command | None:
    if _FIGURES_LAST.fullmatch(rest):
        return Command("figures", (), rest)
    verb = _FIGURES.match(rest)
    if verb is None:
        return None
    told = rest[verb.end() :]
    apart = told[:1] in tuple(" :：,，") and len(told) <= _LONGEST_SPAN and not _ASKS.search(told)
    if not (_ABOUT_FIGURES.fullmatch(told) or apart):
        return None
    return Command("figures", (), told.strip(_MARKS))


def _export(rest: str) -> Command | None:
    if last := _EXPORT_LAST.fullmatch(rest):
        return Command("export", (), last[1].strip(_MARKS))
    verb = _EXPORT.match(rest)
    if verb is None or _ASKS.search(rest):
        return None
    what = rest[verb.end() :].strip(_MARKS)
    return Command("export", (), what) if not what or _ABOUT_EXPORT.match(what) else None


def _without_number(said: str, folded: str, start: int) -> Command | None:
    """退回 请补充专利号: what is to be done is clear, to which demand is not."""
    if every := _ALL.fullmatch(folded.rstrip(" 。.!！"), start):
        return Command(_WANTING[every[1] or every[2]])
    if (company := _FIND.fullmatch(folded, start)) and not _ASKS.search(company[1]):
        return Command("find", (), said[company.start(1) :].strip())
    found = _WITHOUT.fullmatch(folded, start)
    if found is None or (found[2] and _ASKS.search(found[2]) and found[1] not in ("退回", "回复")):
        return None
    return Command(_WANTING[found[1]], (), said[found.start(2) :].strip() if found[2] else "")
