"""What staff say behind 导出: 附件1 本月 厦门 excel. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.exports.order import CannotExport, Format, fillable, notice_of
from bot.exports.results import is_results
from bot.staff.counter.periods import span_in, year_out_of_range
from intents.wording import exports as wording
from intents.wording.staff_figures import no_such_year
from knowledge.bureaus import Bureau
from knowledge.late import late
from knowledge.model import Notice
from knowledge.normalise import number
from knowledge.snapshot import KnowledgeBase

_FORMATS: tuple[tuple[Format, re.Pattern[str]], ...] = (
    ("xlsx", re.compile(r"excel|xlsx?|电子表格|表格", re.I)),
    ("docx", re.compile(r"word|docx?|文档", re.I)),
)
_LABEL = late(r"附件?\s*([0-9]{1,2}|[一二三四五六七八九十]{1,2})(?![月日号])")
_REPORT = late(r"(?:定期|信息采集|采集|工作|情况)*报告|总结")
_RESULTS = late(r"(?:活动)?成效(?:汇总)?表?|汇总表")
_DEMANDS = late(r"(?:企业)?需求(?:清单|表)?|清单|台账")
_ROLL_UP = late(r"全省|各市|各地|所有市|汇总")
_QUOTES = late('[“”"《》]')
_FILLER = late(
    r"[\s，,、。.：:的]|导出|请|麻烦|谢谢|多谢|您|帮我|帮忙|一下|一份|格式|文件|版|给我|出|把|将|用|成|为|活动|通知|年度"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`notice`: whose form. `bureau` None: the own. `since` and `until`: both days included, None
    where not bounded."""

    notice: Notice
    form: str
    format: Format
    bureau: Bureau | None
    since: date | None
    until: date | None


def read(what: str, kb: KnowledgeBase, today: date) -> Wanted:
    """Where no form is named, it is the demand list. Raises CannotExport."""
    notice, left = _notice(_QUOTES.sub("", what.lower()), kb)
    form, left = _form(left, notice)
    format_, left = _format(left)
    if year := year_out_of_range(left):
        raise CannotExport(no_such_year(year))
    span = span_in(left, today)
    if span:
        left = left.replace(span[1], " ", 1)
    rest = _FILLER.sub("", _ROLL_UP.sub(" ", left))
    if rest in (notice.campaign or ""):
        rest = ""
    bureau = kb.bureaus.find(rest) if rest else None
    if rest and bureau is None:
        raise CannotExport(wording.not_understood(rest[:20]))
    since, until = (span[0].first, span[0].last) if span else (None, None)
    return Wanted(notice, form, format_, bureau, since, until)


def _notice(said: str, kb: KnowledgeBase) -> tuple[Notice, str]:
    """The notice that is named, or else the one whose form is in use; and what is said besides.

    The year in a notice's name is no span, also where the notice has no form of its own.
    """
    in_use = notice_of(None, kb)
    named = [
        (name, notice)
        for notice in kb.notices
        for name in (_QUOTES.sub("", n.lower()) for n in (notice.short, *notice.aliases))
        if name in said
    ]
    name, notice = max(named, key=lambda one: len(one[0]), default=("", in_use))
    return notice if notice.form else in_use, said.replace(name, " ", 1) if name else said


def _form(said: str, notice: Notice) -> tuple[str, str]:
    """The form's name, and what is said besides it."""
    if found := _LABEL.search(said):
        rest = said.replace(found[0], " ", 1)
        for besides in (_RESULTS, _DEMANDS):
            rest = besides.sub(" ", rest, count=1)
        return f"附件{number(found[1])}", rest
    if found := _REPORT.search(said):
        return wording.REPORT, said.replace(found[0], " ", 1)
    if found := _RESULTS.search(said):
        labels = [a.label for a in fillable(notice).values() if is_results(a)]
        if not labels:
            raise CannotExport(wording.no_such_form(found[0], [*fillable(notice), wording.REPORT]))
        return labels[0], said.replace(found[0], " ", 1)
    own = notice.form.attachment if notice.form else ""
    return own, _DEMANDS.sub(" ", said, count=1)


def _format(said: str) -> tuple[Format, str]:
    for format_, expression in _FORMATS:
        if expression.search(said):
            return format_, expression.sub(" ", said)
    return "docx", said
