"""Free-text slots. Some have a shape that is known without a label: 法务部, 经理, 希望匹配…."""

from __future__ import annotations

from typing import Literal

from knowledge.late import late
from knowledge.model import DemandForm, Slot

Shape = Literal["department", "position", "wanted"]

_NAMED: dict[Shape, tuple[str, ...]] = {
    "department": ("部门", "处室", "科室"),
    "position": ("职务", "职位", "岗位"),
    "wanted": ("建议", "匹配"),
}
_TITLE = (
    "董事长|总经理|副总裁|副总|总裁|经理|总监|厂长|社长|理事长|会长|秘书长|院长|所长|处长|科长|部长|主任|"
    "主管|校长|书记|场长|店长|"
    "专员|文员|助理|秘书|法务|会计|出纳|工程师|总工|研发|教授|研究员|讲师|合伙人|股东|法人代表|"
    "法定代表人|法人|老板|负责人"
)
_POSITION = late(
    rf"(?:知识产权|知产|IP|ip|IT|AI|专利|商标|法务|技术|研发|行政|项目|市场|销售|常务|执行|高级|生产|副|"
    rf"总)*(?:{_TITLE})"
)
_DEPARTMENT = late(
    r"[\u4e00-\u9fff]{2,8}(?:部门|部|处|科|室)|(?:知识产权|专利|产品|成果|新品)?(?:研发|技术|营销|行政|运营|服务|客服|设计|创新|"
    r"检测|财务|信息|数据|市场|管理|知识产权|转化|转移)中心|(?:法务|研发|行政|财务|技术|市场|知识产权)(?:组|口)|"
    r"(?:综合|党政|行政|外联|院|校|所)办"
)
_WANTED = late(
    r"(?:希望|建议|最好|想要?|请|盼)?(?:能够?|可以)?(?:给|帮|为)?(?:我们|我)?(?:匹配|配)(?:到|上|"
    r"个)?"
)
_SENTENCE = late(r"[我你您想要求帮找吗呢吧啥什么怎谁有没不是的了把被给]")


def need_slot(form: DemandForm) -> Slot | None:
    """The slot that holds the need itself: the first free text that the form insists on."""
    texts = [s for s in form.slots if s.kind == "text" and not s.personal]
    insisted = [s for s in texts if s.required] or [s for s in texts if s.ask]
    return insisted[0] if insisted else None


def shaped(form: DemandForm, shape: Shape) -> Slot | None:
    """The form's slot for departments, positions or wishes for a match, if it has one."""
    main = need_slot(form)
    for slot in form.slots:
        names = (slot.name, *slot.labels)
        if slot.kind == "text" and slot is not main and _speaks_of(names, _NAMED[shape]):
            return slot
    return None


def _speaks_of(names: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(word in name for name in names for word in words)


def position(text: str) -> str | None:
    return text if _POSITION.fullmatch(text) else None


def department(text: str) -> str | None:
    return text if _DEPARTMENT.fullmatch(text) and not _SENTENCE.search(text) else None


def wanted(text: str) -> str | None:
    """What is to be matched: 希望匹配一位评估专家 -> 一位评估专家."""
    match = _WANTED.match(text)
    rest = text[match.end() :].strip() if match else ""
    return rest if len(rest) >= 2 else None


def short(text: str) -> str | None:
    """What stands after a label without a colon: a few words, not a sentence."""
    return text if 1 <= len(text) <= 16 and not _SENTENCE.search(text) else None
