"""Where a notice holds: the whole nation or a division."""

from __future__ import annotations

import re

from knowledge.importer.head.found import Found
from knowledge.regions import NATION, Regions

LOOK_REGION = "适用地区由文号或标题推断"
LOOK_NO_REGION = "没有找到适用地区"

_NATIONAL = re.compile(r"国家|中共中央|国务院|全国|最高人民|中国(?!（)")
_MINISTRY = re.compile(
    r"中央|[一-鿿]{1,12}部(?:办公厅)?(?:$|、)|[一-鿿]{2,8}总局|海关总署|审计署|新华社"
)
# Where the data has no such division: the longest chain of units at the beginning.
_UNITS = re.compile(
    r"(?:[一-鿿]{2,8}?(?:省|自治区|特别行政区))?(?:[一-鿿]{2,8}?(?:自治州|市(?!场|政|委)|盟|地区))?"
    r"(?:[一-鿿]{1,8}?(?:县|(?<!专)(?<!园)区|旗|市(?!场|政|委)))?"
)
_LAST_UNIT = re.compile(
    r"[一-鿿]{1,8}?(?:省|自治区|特别行政区|自治州|市(?!场|政|委)|盟|地区|县|区|旗)(?=$|[一-鿿])"
)
_PROVINCES = {
    "京": "北京市", "津": "天津市", "冀": "河北省", "晋": "山西省", "蒙": "内蒙古自治区",
    "内": "内蒙古自治区", "辽": "辽宁省", "吉": "吉林省", "黑": "黑龙江省", "沪": "上海市",
    "苏": "江苏省", "浙": "浙江省", "皖": "安徽省", "闽": "福建省", "赣": "江西省",
    "鲁": "山东省", "豫": "河南省", "鄂": "湖北省", "湘": "湖南省", "粤": "广东省",
    "桂": "广西壮族自治区", "琼": "海南省", "渝": "重庆市", "川": "四川省", "黔": "贵州省",
    "贵": "贵州省", "滇": "云南省", "云": "云南省", "藏": "西藏自治区", "陕": "陕西省",
    "甘": "甘肃省", "青": "青海省", "宁": "宁夏回族自治区", "新": "新疆维吾尔自治区",
}  # fmt: skip
# These characters open the numbers of many cities too (宁 of 南京, 青 of 青岛, 云 and 新 of any).
_ALONE = frozenset("京津冀晋蒙辽沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇陕")
_LEADS = re.compile(r"^.{0,6}?(?:印发|转发|关于印发|关于转发)\s*[《“]?")


def region_of(
    issuer: Found[str] | None,
    title: Found[str] | None,
    number: Found[str] | None,
    regions: Regions,
) -> Found[str] | None:
    """By the issuer; without one by the title's beginning or the number's first character."""
    if issuer is not None and (named := _of_name(issuer.value.split("、")[0], regions)):
        return Found(named, issuer.span)
    if title is not None and (led := _of_title(title.value, regions)):
        return Found(led, title.span, 0.75, LOOK_REGION)
    if number is not None and (coded := _of_number(number.value)):
        return Found(coded, number.span, 0.7, LOOK_REGION)
    return None


def _of_name(name: str, regions: Regions) -> str | None:
    found = [full for start, _, full in regions.spans(name) if start < 12]
    if found:
        return max(found, key=lambda full: len(regions.lineage(full)))
    if _NATIONAL.match(name):
        return NATION
    return _by_form(name.removeprefix("中共")) or (NATION if _MINISTRY.match(name) else None)


def _by_form(name: str) -> str | None:
    chain = _UNITS.match(name)
    units = _LAST_UNIT.findall(chain[0]) if chain and chain[0] else []
    last = units[-1] if units else ""
    return last if len(last) > 2 or (last.endswith(("县", "旗")) and len(last) > 1) else None


def _of_title(title: str, regions: Regions) -> str | None:
    lead = _LEADS.match(title)
    starts = {0, lead.end() if lead else 0}
    found = [full for start, _, full in regions.spans(title) if start in starts]
    if found:
        return found[0]
    return NATION if re.match(r"国家|国务院|中共中央", title) else None


def _of_number(number: str) -> str | None:
    if number.startswith(("国", "中")):
        return NATION
    return _PROVINCES[number[0]] if number[0] in _ALONE else None
