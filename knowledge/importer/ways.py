"""Whereto and by which way something is handed in: receivers, systems, mail, paper."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MAIL = re.compile(r"[\w.+-]+\s?[@＠]\s?[\w-]+(?:\s?\.\s?[A-Za-z]+)+", re.ASCII)
_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")
# 工业和信息化部（科技司） and 区（县）局 are names; （行政中心B座） is none.
_LAST_ASIDE = re.compile(r"[（(](?![^（）()\d]{1,10}[司处科部]）$)[^（）()]*[）)](?=备|汇|审|$)")
_OFFICE = (
    r"(?:局|厅|委|办|部门|部|处|科|股|室|司|中心|协会|学会|委员会|管委会|组|会|院|所|站|公司"
    r"|单位|政府|支队|大队|机构|秘书处|窗口|大厅|银行|兵团|分局|街道|老师|同志|处室|联络员"
    r"|联系人)"
)
_TO = re.compile(r"\s*(?:[（(]送[）)])?(?:至|到|给|往|于|交|送|在)?[：:]?\s*")
_END = re.compile(r"[，,。；;！!]|$")
_THEN = re.compile(
    r"(?:进行|予以|开展)?(?:备案|汇总|审核|审批|审定|存档|备查|审查|初审|复审|研究|统筹|留存"
    r"|处理|登记|确认|审签|盖章|核定|批准|并|及|后|以便|用于).*$"
)
_RECEIVER = re.compile(rf"[^，,。；;：:@＠\s]{{0,36}}{_OFFICE}(?:（[^（）]{{1,12}}）)?")
_TOWARDS = re.compile(
    rf"(?:向"
    rf"|报经)([^，,。；;：:\s]{{0,30}}?{_OFFICE}(?:（[^（）]*）)?)(?=[\u4e00-\u9fff]{{0,8}}?(?:报"
    rf"|提|申|反|备|递|上|登|填|缴|交|推|书))"
)
_HOUSE = (
    r"(?:系统|平台|网站|官网|公共服务网|门户网|网|小程序|公众号|邮箱|门户|窗口|APP|app|大厅|端"
    r"|专栏|专区|二维码|问卷星|微信群|QQ群)"
)
_ROAD = re.compile(
    rf"(?:通过|登录|登陆|进入|依托|访问|使用|利用|经由|扫描(?!件)"
    rf"|在(?![线\d]))\s*([^，,。；;]{{1,40}}?{_HOUSE})"
)
_SHAPE = re.compile(
    r"(?<!可)(?<!予)以(?![下上及便来后前内外往免])([^，,。；;]{1,24}?)(?:的)?(?:形式|方式)(?!方法)"
)
_POST = re.compile(r"(?:通过|采取|采用)([^，,。；;]{1,20}?)(?:的)?(?:形式|方式|渠道|途径)")
_BOX = re.compile(r"(?:指定|专用|工作|公务|电子|处室)?(?:邮箱|信箱)$")


@dataclass(frozen=True, slots=True)
class Found:
    """A value with its place in the text; `whole`: nothing but it follows the verb."""

    value: str
    at: tuple[int, int]
    whole: bool = False


def receiver_of(text: str, begin: int, end: int) -> Found | None:
    """The receiver after a delivering verb: 报送我局运用促进司, 提交申报书至市科技局."""
    stretch = text[begin:end]
    direct = _receiver(stretch, _to_end(stretch), begin, whole=True)
    if direct is not None:
        return direct
    for word in re.finditer(r"[至到给往](?!少|多|迟|晚|期|今|\d|位)", stretch):
        later = _receiver(stretch, word.end(), begin, whole=False)
        if later is not None:
            return Found(later.value, (begin + word.start(), later.at[1]), word.start() == 0)
    return None


def _to_end(stretch: str) -> int:
    found = _TO.match(stretch)
    return found.end() if found else 0


def _receiver(stretch: str, at: int, base: int, whole: bool) -> Found | None:
    stop = _END.search(_ASIDE.sub(lambda m: "·" * len(m[0]), stretch), at)
    rest = stretch[at : stop.start() if stop else len(stretch)]
    plain = _THEN.sub("", _LAST_ASIDE.sub("", rest)).strip()
    mail = _MAIL.search(plain)
    plain = (plain[: mail.start()] if mail else plain).strip(" ：:")
    found = _RECEIVER.fullmatch(plain)
    if found is None or re.match(r"[将把]|本单位|相关|有关", plain):
        return None
    close = rest.find(plain) + len(plain)
    return Found(plain, (base + at, base + at + close), whole)


def to_of(text: str, base: int) -> Found | None:
    """向市知识产权局提交…: the receiver before the verb."""
    found = _TOWARDS.search(text)
    if found is None or re.search(r"社会|公众|企业$", found[1]):
        return None
    name = _ASIDE.sub("", found[1])
    return Found(name, (base + found.start(1), base + found.start(1) + len(found[1])))


def via_of(text: str, base: int) -> Found | None:
    """The system, the mail address or the form in which it is handed in."""
    ways = [*_ROAD.finditer(text), *_SHAPE.finditer(text), *_POST.finditer(text)]
    found = [(m.start(1), m.end(1), m[1]) for m in ways if not _BOX.fullmatch(m[1])]
    found += [(m.start(), m.end(), re.sub(r"\s", "", m[0])) for m in _MAIL.finditer(text)]
    kept = [w for w in found if not any(_within(w, other) for other in found)]
    if not kept:
        return None
    kept.sort()
    value = "、".join(dict.fromkeys(way[2].strip('“”" ') for way in kept))
    return Found(value, (base + kept[0][0], base + kept[-1][1]))


def _within(way: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return other is not way and other[0] <= way[0] and way[1] <= other[1]
