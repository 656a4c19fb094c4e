"""A clause in which somebody says who they are: 我是莆田示例鞋业法务部的林二."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intents.slots import company, person
from intents.slots import text as texts
from knowledge.late import late

_LEAD = late(
    r"(?:你好|您好|哦|嗯|呃|那|就|对|不对|好的?)?"
    r"(?:我们这边|我这边|这边|我们这里|我们这儿?|这里|这儿|我们单位|我们公司|我们企业|我单位|我公司|我司|我厂|"
    r"本单位|本公司|咱们?|我们|我|本人|单位|公司|企业|应该|联系人)?"
    r"(?:的?(?:全称|名称|名字|大名))?(?P<said>(?:就?是|叫做?|来自|代表|为|就?写|就?填)(?:来自|"
    r"一家|我们?)?)?"
)
_CALL = late(r"(?:叫我|喊我|称呼我|找|联系|就找|就联系|请找|请联系|可以找|可以联系|联系人)")
_SURNAMED = late(r"(?:我|免贵|本人)?(?:免贵)?姓(?P<name>[\u4e00-\u9fff]{1,2})")
_OF = late(r"(?:的|这边的?|这里的?|那边的?)?(?:一?[名个位]|)")
_PART = late(r"[\u4e00-\u9fff]{2,6}?(?:部门|部|处|科|室|中心)(?=的?[\u4e00-\u9fff]*$)的?")
_TAIL = late(
    r"(?:就行|就好|即可|就可以|吧|啊|哈|呀|哦|本人|的电话|的手机|的|，|来联系|来对接|负责)+$"
)
_FOLLOWS = late(
    r"(?:这边|这里|现在|目前|最近|手上|手里|手头|一直|也|都)*(?:有|想|要|希望|需要|拟|计划|准备|"
    r"打算|正在?|在|是|做|已|申请|被|找|求|急|缺|"
    r"主营|生产|位于|主要|从事|研发|拥有|遇到|面临|因|由于|今年|去年|需|没|不|把|对|今|打|专门|"
    r"专业|的(?:商标|专利|产品|地理标志|技术|品牌)|"
    r"商标|专利|地理标志|登记|报|联系|咨询|申报)"
)


@dataclass(frozen=True, slots=True)
class Intro:
    """`said`: it was introduced with 我是, 我们叫, …. `rest` is what goes on behind, from `at`."""

    company: str | None = None
    department: str | None = None
    position: str | None = None
    person: str | None = None
    said: bool = False
    rest: str = ""
    at: int = 0


def read(clause: str) -> Intro | None:
    """The introduction with which `clause` begins; None where it holds none."""
    surnamed = _SURNAMED.match(clause)
    if surnamed and (name := _surname(surnamed["name"])):
        return Intro(person=name, said=True)
    lead = _LEAD.match(clause)
    starts = [(lead.end(), bool(lead["said"]))] if lead else []
    call = _CALL.match(clause)
    if call:
        starts.insert(0, (call.end(), True))
    starts.append((0, False))
    for start, said in dict.fromkeys(starts):
        intro = _organisation(clause, start, said) or _people(clause[start:], said)
        if intro:
            return intro
    return None


def _surname(text: str) -> str | None:
    return person.surname(text) or person.surname(text[:1])


def _organisation(clause: str, start: int, said: bool) -> Intro | None:
    body = clause[start:]
    name = company.at_start(body)
    if name and not company.is_legal(name) and company.weak_name(body):
        name = body
    if name is None:
        weak = company.weak_name(_TAIL.sub("", body)) if said else None
        return Intro(company=weak, said=said, at=len(clause)) if weak else None
    rest = body[len(name) :]
    rest = rest[_end(_OF, rest) :]
    if not _TAIL.sub("", rest):
        return Intro(company=name, said=said, at=len(clause))
    people = _people(rest, True)
    if people:
        return Intro(name, people.department, people.position, people.person, said, "", len(clause))
    behind = body[len(name) :]
    if _FOLLOWS.match(behind):
        return Intro(company=name, said=said, rest=behind, at=start + len(name))
    return None


def _people(text: str, said: bool) -> Intro | None:
    """Department, position and person, in this order, each of which may be left out."""
    text = _TAIL.sub("", text)
    part = _PART.match(text)
    department = texts.department(part[0].rstrip("的")) if part and part.end() < len(text) else None
    if department is None and texts.department(text) and not person.read(text):
        return Intro(department=text, said=said)
    left = text[part.end() :] if part and department else text
    left = left[_end(_OF, left) :]
    if texts.position(left):
        return Intro(department=department, position=left, said=said)
    for cut in range(len(left)):
        head, tail = left[:cut], left[cut:]
        named = person.read(tail) if not head or texts.position(head) else None
        if named:
            return Intro(None, department, head or _office(named.title), named.name, said)
    return None


def _office(title: str | None) -> str | None:
    """王女士 has no office; 林二经理 has."""
    return title if title and texts.position(title) else None


def _end(expression: re.Pattern[str], text: str) -> int:
    match = expression.match(text)
    return match.end() if match else 0
