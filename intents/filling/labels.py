"""The names by which users call a form's slots, and clauses built on them: 手机改成…, 没有邮箱."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Literal

from knowledge.late import late
from knowledge.model import DemandForm, Slot, SlotKind

_MOST_LABELS = 6  # in one clause

Tie = Literal["none", "colon", "change", "wrong"]
"""How a label is tied to what follows: 电话139 | 电话是139 | 电话改成139 | 电话错了."""

_CALLS = "电话 电话号码 联系电话 联系方式 号码 tel"
_COMPANY = "单位 公司 企业 单位名称 公司名称 企业名称 单位全称 公司全称 机构 全称 公司名 单位名"
_KIND_WORDS: dict[SlotKind, str] = {
    "company": f"{_COMPANY} 店名 厂名 社名 字号",
    "person": "联系人 姓名 名字 负责人 经办人 对接人 联络人",
    "phone": f"{_CALLS} 办公室电话 单位座机 公司座机 总机 座机 固话 办公电话 固定电话",
    "mobile": f"{_CALLS} 手机 手机号 手机号码 移动电话",
    "email": "邮箱 邮件 电子邮箱 电子邮件 电邮 邮箱地址 email e-mail mail",
    "choice": "任务 类别 类型 分类 重点任务",
}
_KIND_LABELS = {kind: tuple(words.split()) for kind, words in _KIND_WORDS.items()}
_LEAD = (
    r"(?:我们?的?|咱们?的?|我司的?|我公司的?|我们公司的?|本公司的?|公司的?|单位的?|企业的?|"
    r"本人的?|他的|她的|你把|帮我把|请把|麻烦把|把|将|请|麻烦|帮我|"
    r"上面的?|上边的?|刚才的?|刚刚的?|之前的?|前面的?|原来的?|那个|这个|其中|另外|还有|对了|不对|"
    r"然后|哦|嗯|呃|那|我想|想|我要|要|需要|就|先|等等){0,5}"
)
_AFTER = (
    r"(?:号码|号|地址|栏|那一?[栏项个]|这一?[栏项个]|这边|那边|那里|这里|也|还|都|好像|可能|刚才|"
    r"(?:及|和|与|/)(?:联系)?(?:电话|方式|手机)号?码?(?=[:： ])|刚刚|微信同号|微信|同号|我|是不是|"
    r"就|现在|最后|末尾|中间|前面|尾号|里|[一两二三四后前]+位|有一?位){0,3}"
)
_COLON = (
    r"(?:[:：=＝]|是|为|叫做?|就是|填|写|就填|就写|用|留|归到?|选|算|属于|→|"
    r"(?:客户|他们|她们|对方|朋友|他|她)的?){1,3}"
)
_CHANGE = (
    r"(?:我?(?:想|要|需要|得)?(?:改成|改为|换成|换为|更正为|更改为|修改为|修改成|更新为|更新成|"
    r"变更为|变成|改到|改用|换用|改填|改选|"
    r"改回)|(?:应该|应当|正确的?)(?:是|为|改成|填|写|叫)?|应为|应是|(?:改|换)(?:一?下|一?个|"
    r"了)?(?:[:：是为成]|改成|换成|应该是){0,3})"
)
_WRONG = (
    r"(?:(?:写|打|填|输)?(?:少|漏|多)(?:写|打|填|输)?了?[^，,。；;]{0,8}?(?:字母|字|位|个)|"
    r"(?:我|刚才|前面|好像|可能)*(?:写|填|打|说|输|报|搞|弄|记|发|给)?(?:错|错误|"
    r"混)(?:了一?[位个]?|啦)?|有误|有错|不对|不正确|不准确|不是这个|不是这样|"
    r"(?:我?(?:想|要|需要|得)?(?:改|换|更新|变更|更正|修改)(?:一?下|了|掉|一改)?)|变了|换了|作废|"
    r"不用了)(?:的|吧|啊|哦|呀)?"
)
_LEAD_VALUE = late(
    r"^(?:[:：=＝\s]|(?<!不)(?:应该|应当|正确的?|新的?|实际)(?:是|为|叫)?|改成|改为|换成|换为|"
    r"更正为|是|为|叫做?|就是|就|填|写|用)+"
)
_TAIL_VALUE = late(r"(?:吧|啊|哈|呀|就行|就好|就可以|的|了)+$")
_EDIT_VERB = (
    r"(?:修改|更改|更正|改一?下|改改|改|换一?下|换个|换一个|换|更新|重填|重新填|重写|编辑|变更|"
    r"调整)(?:一下|我们?的|上面的?)?"
)
_NONE = (
    r"(?:暂时|目前|现在|也|都|就|先|是|我|我们|这个|确实|真的){0,4}(?:没有|没|无|暂无|不填|跳过|"
    r"(?:以后|回头|晚点|之后|后面|下次)再?(?:给|补|说|填|发|留)|略|不留|不提供|空着|留空|不(?:太|是很)?方便(?:说|给|留|提供|透露|公开|讲)*|"
    r"不(?:想|愿意?|能|便)(?:说|给|留|提供|透露|公开|写)|保密|不给|不写|不用(?:填|写|留)?|"
    r"不要(?:填|写|留)?|不需要|不必(?:填)?|删(?:掉|除|了)?|去掉|取消|免|不说|先不(?:填|给|留|写|"
    r"说))(?:了|吧|的|啊|呢|哦){0,3}"
)
_NONE_VERB = (
    r"(?:我们?|单位|公司|农民|平时|一般|从来|暂时|目前|现在|也|都|就|先|还|是|哦|嗯|那|这个|确实){0,5}(?:没有|没得|"
    r"哪里?有|"
    r"木有|没弄过?|没开通|没|无|暂无|不填|跳过|不留|不提供|不想(?:说|给|留|提供|透露|填)|"
    r"不愿意?(?:说|给|留|提供)|不方便(?:说|给|留|提供|透露|公开|讲)|"
    r"不给|不写|不用(?:填|写|留)?|不要(?:填|写|留)?|不需要|没必要(?:填|留)|删(?:掉|除|了)|去掉|"
    r"略过|先不(?:填|给|留|写|说)|不会用|没留|没用)(?:我们?的?|这个|固定|公司|单位|企业|什么|"
    r"专门的?|个人){0,3}"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A clause that names slots: how it is tied to the rest, and where the rest begins."""

    slots: tuple[Slot, ...]
    tie: Tie
    rest: str
    at: int


@lru_cache(maxsize=32)
def table(form: DemandForm) -> tuple[tuple[str, tuple[Slot, ...]], ...]:
    """Every label with the slots that it may mean, longest first."""
    owners: dict[str, list[Slot]] = {}
    for slot in form.slots:
        for label in dict.fromkeys((slot.name, *slot.labels)):
            owners.setdefault(label.lower(), []).append(slot)
    for slot in form.slots:
        for label in _KIND_LABELS.get(slot.kind, ()):
            kin = owners.setdefault(label.lower(), [])
            if slot not in kin and all(k.kind in _FAMILY.get(slot.kind, ()) for k in kin):
                kin.append(slot)
    return tuple((k, tuple(owners[k])) for k in sorted(owners, key=lambda k: (-len(k), k)))


_CONTACTS: tuple[SlotKind, ...] = ("phone", "mobile", "email")
_FAMILY: dict[SlotKind, tuple[SlotKind, ...]] = {
    "phone": ("mobile",),
    "mobile": ("phone",),
}


@lru_cache(maxsize=1024)
def _called(label: str) -> re.Pattern[str]:
    """What stands before a label, the label, and what may belong to it."""
    return re.compile(f"{_LEAD}{re.escape(label)}{_AFTER}", re.I)


@cache
def _tied() -> re.Pattern[str]:
    """How it is tied to what follows. It matches anywhere, so what stands before it is read first
    and by itself: compiled once, not for each label."""
    return re.compile(
        rf"\s*(?:(?P<wrong>{_WRONG})\s*$|(?P<change>{_CHANGE})|(?P<wrong2>{_WRONG})|"
        rf"(?P<colon>{_COLON}))?\s*[:：]?\s*",
        re.I,
    )


def labelled(clause: str, form: DemandForm) -> Iterator[Labelled]:
    """The ways to read `clause` as label and value, the longest label first."""
    lower = clause.lower()
    for label, slots in table(form):
        called = _called(label).match(clause) if label in lower else None
        match = called and _tied().match(clause, called.end())
        if match is None:
            continue
        tie: Tie = (
            "wrong"
            if match["wrong"] or match["wrong2"]
            else "change"
            if match["change"]
            else "colon"
            if match["colon"] or clause[: match.end()].rstrip().endswith((":", "："))
            else "none"
        )
        yield Labelled(slots, tie, clause[match.end() :].strip(), match.end())


def strip_lead(text: str) -> str:
    """`text` without 应该是, 改成, 是 in front."""
    return _LEAD_VALUE.sub("", text)


def strip_tail(text: str) -> str:
    """`text` without 吧, 就行, 了 behind."""
    return _TAIL_VALUE.sub("", text.strip())


@lru_cache(maxsize=32)
def _any_label(form: DemandForm) -> tuple[str, dict[str, tuple[Slot, ...]]]:
    owners = dict(table(form))
    return "|".join(map(re.escape, owners)), owners


def declined(clause: str, form: DemandForm) -> tuple[Slot, ...]:
    """The slots that `clause` says there is nothing for: 没有邮箱, 电话不方便给."""
    labels, owners = _any_label(form)
    if not labels:
        return ()
    tail = r"(?:号码|号|地址|栏)?(?:了|吧|的|啊|呢|哦|呀|可以吗|行吗){0,3}"
    for expression in (
        rf"{_NONE_VERB}(?P<label>{labels}){tail}",
        rf"{_LEAD}(?P<label>{labels})(?:号码|号|地址|栏)?\s*[:：是]?\s*(?:就|也|都|这边|我们?|[他她]说|"
        rf"暂时){{0,3}}{_NONE}",
    ):
        match = _compiled(expression).fullmatch(clause)
        if match:
            return owners[match["label"].lower()]
    return ()


def to_edit(clause: str, form: DemandForm) -> tuple[Slot, ...]:
    """The slots that `clause` wants to change without giving a value: 改一下手机, 换个邮箱."""
    labels, owners = _any_label(form)
    if not labels:
        return ()
    one = rf"{_LEAD}{_EDIT_VERB}(?P<label>{labels})(?:号码|号|地址)?(?:吧|啊|了|一下|呢){{0,3}}"
    two = rf"{_LEAD}(?P<label>{labels})(?:和|跟|与|及|还有)(?P<other>{labels}){_AFTER}{_WRONG}"
    match = _compiled(one).fullmatch(clause) or _compiled(two).fullmatch(clause)
    if match is None:
        return ()
    return tuple(s for label in match.groupdict().values() for s in owners[label.lower()])


@lru_cache(maxsize=128)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.I)


def places(clause: str, form: DemandForm) -> Iterator[int]:
    """Places in `clause` where a label begins."""
    labels, _ = _any_label(form)
    if labels:
        found = (m.start() for m in _compiled(labels).finditer(clause))
        yield from islice(found, _MOST_LABELS)


def refusals(clause: str, form: DemandForm) -> Iterator[tuple[int, int]]:
    """Where `clause` says that there is no number or address: 没有邮箱, 电话暂无."""
    words = _contact_labels(form)
    if not words:
        return
    tail = r"(?:号码|号|地址)?(?:的|了|哦|呢|呀|吧){0,2}"
    before = rf"(?:我们?|暂时|目前|也|都|还|就){{0,3}}(?:没有|没得|没|暂无|无)(?:{words}){tail}"
    between = r"(?:是|也|都|就|暂时|我|还|[他她]说|这边){0,3}"
    behind = rf"(?:我的?)?(?:{words}){between}(?:没有|没得|没|暂无|无){tail}"
    for expression in (before, behind):
        for match in _compiled(expression).finditer(clause):
            yield match.span()


def leads_to_number(clause: str, form: DemandForm) -> int | None:
    """Where, at the end of `clause`, a label begins that the number behind it goes with."""
    words = _contact_labels(form)
    lead = r"(?:我们?的?|本人的?|他的?|她的?|公司的?|单位的?|留|加)?"
    remark = r"(?:微信)?(?:同号)?(?:号码|号|地址)?"
    match = words and _compiled(
        rf"{lead}(?:{words}){remark}(?:是|为|就是|填|写|叫|[:：=＝ ])*$"
    ).search(clause)
    return match.start() if match else None


@lru_cache(maxsize=32)
def _contact_labels(form: DemandForm) -> str:
    words = [label for label, slots in table(form) if slots[0].kind in _CONTACTS]
    return "|".join(map(re.escape, words))


def inner(clause: str, form: DemandForm) -> Iterator[int]:
    """Places inside `clause` where a label begins: X公司联系人林二 -> 4."""
    labels, _ = _any_label(form)
    if labels:
        found = (m.start() for m in _compiled(labels).finditer(clause) if m.start() > 0)
        yield from islice(found, _MOST_LABELS)
