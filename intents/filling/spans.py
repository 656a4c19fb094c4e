"""What a clause without punctuation may hold, and where: names, offices, labels, refusals.

Only candidates: they may overlap, and `intents.filling.cutting` chooses among them. A candidate's
weight says how much it tells: an organisation after 我们是 much, a filler little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from intents.filling import labels
from intents.filling.intro import Intro
from intents.slots import company, person, yesno
from intents.slots import text as texts
from knowledge.model import DemandForm

_ORGANISATION, _PERSON, _OFFICE, _LEAD_WEIGHT = 6.0, 4.0, 2.0, 2.0
_PLAIN, _WHOLE = 2.0, 2.0
_LEGAL, _UNBOUNDED, _LOOSE_OFFICE = 2.0, -3.5, 1.5
_LABEL, _REFUSAL, _MARK, _FILLER, _TAIL = 4.0, 5.0, 4.0, 0.3, 3.0

_WE_ARE = re.compile(
    r"(?:(?:我们|咱们?|我|本人|这边|这里|这儿|公司|单位|企业|店|厂)(?:这边|这里|这儿|这|那边)?的?"
    r"(?:公司|单位|企业|厂|合作社|学校|店|司)?(?:的?(?:全称|名称|名字))?(?:就?是|叫做?|来自|代表|在)|来自|代表|叫做?|"
    r"我司|是|系|在)(?:一家|我们)?"
)
_I_AM = re.compile(
    r"(?:(?:我|本人|他|她)的?(?:名字|姓名)?(?:叫做?|是)|(?:名字|姓名)(?:叫做?|是)|叫做?|"
    r"(?:联系人|负责人|经办人|对接人)(?:就?写|是|叫|填)?(?:我)?|叫我|喊我|称呼我|^是)"
)
_SURNAME_IS = re.compile(
    r"(?:我|本人|免贵)*姓(?P<surname>[\u4e00-\u9fff]{1,2}?)(?:叫(?P<name>.{2,4}))?"
)
_FIND = re.compile(r"(?:请|可以|就|有事)*(?:找|联系|打给)")
_FOUND = re.compile(r"(?:就行|就好|就可以|即可|吧|本人)+|$")
_OF = re.compile(r"(?:这边|这里|那边)?的?(?:一?[名个位])?")
_THERE = re.compile(r"(?:这边|这里|那边|上班|工作|任职)?的?(?:一?[名个位])?")
_GOODS = re.compile("商标|专利|产品|技术|地理标志|品牌")
_NAMED = re.compile(
    r"(?:我|名字)?(?:叫做?|是)?(?:我们?)?的?(?:(?:同事|老板|助理|秘书|儿子|女儿|爱人|老公|经理))?"
)
_AS = re.compile("做|任|担任|当")
_POLITE = re.compile("(?:谢谢|你好|您好|老师好?|哦|嗯|呃|那个|对|好的)*")
_LABEL_BEFORE = re.compile("[\u4e00-\u9fff]{2,5}[:：]")
_COLLEAGUE = re.compile("(?:会计|出纳|文员|助理|秘书|专员|师傅)(?=[小老阿])")
_IN_BRACKETS = re.compile("[（(](?P<office>[\u4e00-\u9fff]{1,10})[)）]")
_OURS = re.compile("(?:我们?|咱们?)(?:厂里?|公司|单位|部门|社|店|所)?的?")
_GATHERED = re.compile(r"那个|这个|嗯|呃|啊")
_NEXT = re.compile(
    r"$|[，,。；;、 （(]|我|咱|本|想|要|需|求|现在|目前|主要|就|然后|那个|这个|嗯|呃|哦|没|无|"
    r"有(?!限)|电话|手机|邮箱|邮件|微信|联系|打|号码|座机|固话|公司|单位|企业|是|在|负责|的|准备|打算|正在|"
    r"手上|手里|因|由于|职位|岗位|科室|处室|姓名|名字|名称|类别|重点|国家|国知|希望|最好|不|做|把|"
    r"被|来|找|请|tel|Tel|TEL|麻烦|这边|这里|一直|最近|让|缺|贷|商标|专利|职务|部门|吧|"
    r"哈|啊|呀|说|上班|工作|任职|任"
)
_CALLING = re.compile(
    r"(?:我的?|他的?|她的?|本人的?|有事|可以|直接|请|就|麻烦)*(?:"
    r"(?:打|拨|拨打|致电|呼|加|发邮件|发)(?:我?的?(?:这个)?(?:手机|电话|微信|邮箱|号码|座机))?(?:到|至|给|"
    r"往)?(?:我)?|(?:tel|mobile|phone|e-?mail|mail|q{2}邮箱))[:：是为 ]*$",
    re.I,
)
_REMARK = r"(?:微信(?:也是|就是|同步)?(?:这个)?(?:同号|同步|号)?|(?:手机|电话)?同(?:号|微信))"
_AFTER_NUMBER = re.compile(
    rf"(?:就?是?(?:这个|该)?(?:手机|电话)?号?(?:码)?{_REMARK}|(?:这是|就是|就)(?:这个|我|本人)的?(?:号|手机|"
    r"电话|号码)?(?:行|好|可以)?|就(?:行|好|可以)|才?是?对的|这个|的|吧|哈|呀|啊)+"
)
_WISHING = re.compile(
    r"(?:最好|希望|需要|想请|请|想|要|不用麻烦|不麻烦|麻烦|能|不用|不需要|不需|无需|不要|不必|暂不|先|也|还|嗯|我们)+$"
)
_FILLERS = re.compile(r"嗯+|呃+|额|那个|然后|就是说|就是|哦|啊|还有|对了")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a clause that tells something by itself. `who`: an introduction in it.

    `idle`: it tells nothing for the form, as fillers and remarks on a number do.
    """

    start: int
    end: int
    weight: float
    who: Intro | None = None
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a clause: numbers and addresses, and what is known already."""

    numbers: bool = False
    after_number: bool = False
    before_number: bool = False
    company_asked: bool = False
    company_known: bool = False
    person_known: bool = False


def spans(clause: str, form: DemandForm, around: Around) -> Iterator[Span]:
    """Every candidate in `clause`."""
    yield from _introductions(clause, form, around)
    yield from _labelled(clause, form)
    yield from _refused(clause, form)
    yield from _marked(clause, form)
    yield from _to_a_number(clause, form, around)
    if around.after_number and (match := _AFTER_NUMBER.match(clause)):
        yield Span(0, match.end(), _TAIL, idle=True)
    for match in _FILLERS.finditer(clause):
        yield Span(match.start(), match.end(), _FILLER, idle=True)


def _introductions(clause: str, form: DemandForm, around: Around) -> Iterator[Span]:
    for at in range(len(clause)):
        match = _WE_ARE.match(clause, at)
        if match and match.end() > at:
            name = company.plain(clause[match.end() :]) if len(match[0]) > 1 else None
            if name and not around.company_known:
                yield Span(at, len(clause), _PLAIN, Intro(company=name, said=True))
            for span in _of_organisation(clause, match.end(), around):
                yield replace(span, start=at, weight=span.weight + _LEAD_WEIGHT)
        match = _I_AM.match(clause, at)
        if match and match.end() > at:
            for span in _of_person(clause, match.end(), around, firm=not match[0].endswith("是")):
                yield replace(span, start=at, weight=span.weight + _LEAD_WEIGHT)
        match = _FIND.match(clause, at)
        if match:
            yield from _asked_for(clause, at, match.end(), around)
        match = _SURNAME_IS.match(clause, at)
        if match:
            yield from _by_surname(clause, at)
    if not around.company_known:
        begin = _skip(_POLITE, clause, 0)
        for span in _of_organisation(clause, begin, around):
            yield replace(span, start=0)
    yield from _under_another_label(clause, form, around)
    yield from _before_the_number(clause, around)


def _of_organisation(clause: str, at: int, around: Around) -> Iterator[Span]:
    """An organisation from `at` on, with who is of it."""
    led = at > _skip(_POLITE, clause, 0)
    for name, end, sure in _organisations(clause, at):
        weight = _ORGANISATION + (_LEGAL if company.is_legal(name) else 0)
        whole = (around.numbers or around.company_asked) and clause[end:] in ("", "的")
        weight += _WHOLE if whole else 0
        if _bounded(clause, end) and (sure or led or whole):
            tail = _skip(_THERE, clause, end)
            goes_on = _GOODS.match(clause, tail)
            yield Span(at, end if goes_on else tail, weight, Intro(company=name, said=True))
        for person_end, who, more in _people(clause, end, around):
            told = replace(who, company=name)
            yield Span(at, person_end, weight + more, told)


def _organisations(clause: str, at: int) -> Iterator[tuple[str, int, bool]]:
    """Names that begin at `at`, where each ends, and whether by more than an everyday word.

    三明那个示例木业 is 三明示例木业.
    """
    for end, sure in company.ends(clause[at:]):
        name = _GATHERED.sub("", clause[at : at + end])
        if company.is_name(name):
            yield name, at + end, sure


def _of_person(clause: str, at: int, around: Around, *, firm: bool) -> Iterator[Span]:
    """`firm`: it was said that a name follows (我叫, 联系人), so that any will do (黄金水)."""
    for end, who, weight in _people(clause, at, around, firm=firm):
        if who.person:
            yield Span(at, end, weight, who)


def _people(
    clause: str, at: int, around: Around, *, firm: bool = False
) -> Iterator[tuple[int, Intro, float]]:
    """Department, position and person from `at` on; any may be missing, but not all."""
    start = _skip(_OURS, clause, _skip(_OF, clause, at))
    for part_end, part in _parts(clause, start):
        after_part = _skip(_OF, clause, part_end)
        of_the_name = start == at and part is not None and part.endswith("中心")
        if part and _bounded(clause, part_end) and not of_the_name:
            yield part_end, Intro(department=part, said=True), _OFFICE
        for office_end, office in _offices(clause, _skip(_AS, clause, after_part)):
            if office and _bounded(clause, office_end):
                yield (
                    office_end,
                    Intro(None, part, office, None, True),
                    _OFFICE * (2 if part else 1),
                )
            named_at = _skip(_NAMED, clause, _skip(_OF, clause, office_end))
            named_at = named_at if office else _skip(_COLLEAGUE, clause, named_at)
            for name, title, end in _names(clause, named_at, firm=firm):
                weight = _PERSON + (_OFFICE if part else 0) + (_OFFICE if office else 0)
                if not (_bounded(clause, end) or (end == len(clause) and around.before_number)):
                    weight += _UNBOUNDED
                yield end, Intro(None, part, office or title, name, True), weight
                behind = _IN_BRACKETS.match(clause, end)
                if behind:
                    told = office or title or texts.position(behind["office"])
                    yield behind.end(), Intro(None, part, told, name, True), weight + 1


def _parts(clause: str, at: int) -> Iterator[tuple[int, str | None]]:
    yield at, None
    for end in range(at + 2, min(at + 9, len(clause)) + 1):
        if texts.department(clause[at:end]):
            yield end, clause[at:end]


def _offices(clause: str, at: int) -> Iterator[tuple[int, str | None]]:
    yield at, None
    for end in range(at + 2, min(at + 9, len(clause)) + 1):
        if texts.position(clause[at:end]):
            yield end, clause[at:end]


def _names(clause: str, at: int, *, firm: bool = False) -> Iterator[tuple[str, str | None, int]]:
    """(name, office that came with it, where it ends)."""
    for end in range(at + 2, min(at + 8, len(clause)) + 1):
        who = person.called(clause[at:end]) or (person.any_name(clause[at:end]) if firm else None)
        if who is not None:
            yield who.name, texts.position(who.title) if who.title else None, end
    match = person.FOREIGN.match(clause, at)
    if match:
        yield match[0], None, match.end()


def _asked_for(clause: str, start: int, at: int, around: Around) -> Iterator[Span]:
    """找林二就行; before a number also 联系林二."""
    for name, _, end in _names(clause, at, firm=around.before_number):
        match = _FOUND.match(clause, end)
        if match and (match[0] or around.before_number):
            yield Span(start, match.end(), _PERSON + _LEAD_WEIGHT, Intro(person=name, said=True))


def _under_another_label(clause: str, form: DemandForm, around: Around) -> Iterator[Span]:
    """单外：X公司: a name behind a label that the form does not know."""
    label = _LABEL_BEFORE.match(clause)
    known = label and any(labels.labelled(clause, form))
    if label and not known and not around.company_known:
        for name, end, sure in _organisations(clause, label.end()):
            if sure and end == len(clause):
                yield Span(0, end, _ORGANISATION, Intro(company=name, said=True))


def _by_surname(clause: str, at: int) -> Iterator[Span]:
    """我姓王; 我姓倪叫倪海峰."""
    match = re.compile(r"(?:我|本人|免贵)*姓").match(clause, at)
    if match is None:
        return
    for size in (2, 1):
        surname = person.surname(clause[match.end() : match.end() + size])
        end = match.end() + size
        if surname and _bounded(clause, end):
            yield Span(at, end, _PERSON, Intro(person=surname, said=True))
        if surname and (called := re.compile("(?:名字)?叫").match(clause, end)):
            for name, _, behind in _names(clause, called.end()):
                weight = _PERSON * 2 + (0 if _bounded(clause, behind) else _UNBOUNDED)
                yield Span(at, behind, weight, Intro(person=name, said=True))


def _before_the_number(clause: str, around: Around) -> Iterator[Span]:
    """…转出去陈一 139…: a name that stands right before a number."""
    if around.person_known or not around.before_number:
        return
    bare = clause.rstrip(":： ")
    if person.FOREIGN.fullmatch(bare):
        yield Span(0, len(clause), _PERSON, Intro(person=bare, said=True))
        return
    for size in (2, 3, 4):
        at = len(bare) - size
        who = person.called(bare) if at == 0 else None
        if at > 0 and bare[at - 1] in " ，,。":
            who = person.read(bare[at:])
        if who:
            yield Span(at, len(clause), _PERSON, Intro(person=who.name, said=True))


def _labelled(clause: str, form: DemandForm) -> Iterator[Span]:
    """A label with the name or office behind it: 联系人是邱一, 职务经理."""
    for at in labels.places(clause, form):
        for label in labels.labelled(clause[at:], form):
            start = at + label.at
            match label.slots[0].kind:
                case "company":
                    found = _of_organisation(clause, start, Around())
                case "person":
                    found = _of_person(clause, start, Around(), firm=True)
                case "phone" | "mobile" if label.tie == "colon":
                    found = _of_person(clause, start, Around(before_number=True), firm=False)
                case "text" if label.slots[0] == texts.shaped(form, "department"):
                    found = _alone(start, _parts(clause, start), clause, "department")
                case "text" if label.slots[0] == texts.shaped(form, "position"):
                    found = _alone(start, _offices(clause, start), clause, "position")
                case _:
                    continue
            tied = 0 if label.tie == "none" else 1
            for span in found:
                yield replace(span, start=at, weight=span.weight + _LEAD_WEIGHT + tied)


def _alone(
    at: int,
    found: Iterable[tuple[int, str | None]],
    clause: str,
    what: Literal["department", "position"],
) -> Iterator[Span]:
    """What stands behind its label: it may end where nothing else is known to begin."""
    for end, told in found:
        if told:
            weight = _OFFICE if _bounded(clause, end) else _OFFICE - _LOOSE_OFFICE
            department, position = (told, None) if what == "department" else (None, told)
            who = Intro(department=department, position=position, said=True)
            yield Span(at, end, weight, who)


def _refused(clause: str, form: DemandForm) -> Iterator[Span]:
    for start, end in labels.refusals(clause, form):
        yield Span(start, end, _REFUSAL)


def _marked(clause: str, form: DemandForm) -> Iterator[Span]:
    """A wish at the end of a clause for what a yes-or-no slot is about: …最好国家局能给支持."""
    for slot in form.slots:
        topic = yesno.topics(slot).search(clause) if slot.kind == "yesno" else None
        lead = _WISHING.search(clause, 0, topic.start()) if topic else None
        start = lead.start() if lead else topic.start() if topic else 0
        told = clause[start:]
        if topic and yesno.read(told, slot) is not None and yesno.is_all(told, slot):
            yield Span(start, len(clause), _MARK)


def _to_a_number(clause: str, form: DemandForm, around: Around) -> Iterator[Span]:
    """What leads to the number behind the clause: 我的电话是, 有事打, 发邮件到."""
    if not around.before_number:
        return
    start = labels.leads_to_number(clause, form)
    if start is not None:
        yield Span(start, len(clause), _LABEL)
    calling = _CALLING.search(clause)
    if calling and calling[0]:
        yield Span(calling.start(), len(clause), _LABEL - 1, idle=True)


def _bounded(clause: str, at: int) -> bool:
    """Something else may begin at `at`."""
    return _NEXT.match(clause, at) is not None


def _skip(expression: re.Pattern[str], clause: str, at: int) -> int:
    match = expression.match(clause, at)
    return match.end() if match else at
