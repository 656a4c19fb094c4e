"""Users' words, made fit to stand in a push: no personal data, no live markdown.

WeCom documents no escape for its markdown (WeCom doc path/99110), so that signs which could
mention somebody, link, colour or format are exchanged for their full-width look-alikes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from knowledge.late import late

HIDDEN_NUMBER = "［号码已隐去］"
HIDDEN_MAIL = "［邮箱已隐去］"
HIDDEN_NAME = "某"
HIDDEN_LINK = "［链接］"
_LONGEST = 1000
_SIZES = range(2, 41)
_CHINESE_MARKS = "，；：？！（）［］"

_HAN = "一-鿿"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏章苏潘葛范彭郎鲁韦"
    "马苗方俞任袁柳鲍史唐费廉薛雷贺倪汤滕罗毕郝安常傅卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄米明戴宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫房丁邓洪包诸左石"
    "崔吉龚程邢裴陆荣翁甄曲封储靳段焦侯全班仇甘厉武刘景詹龙叶黎薄白蒲赖卓蔺屠乔谭姬申冉桑桂牛边尚温"
    "庄晏柴瞿阎连习艾古易廖终居衡步耿匡文寇欧沃利越师巩聂晁勾敖融冷辛阚简饶曾沙丰关游权商佘佟肖涂岳"
)
_TITLES = "先生|女士|小姐|老师|经理|处长|科长|主任|局长|总监|主管|工程师|同志"
_DATE = r"(?:19|20)\d\d[-./](?:\d{1,2}[-./]\d{1,2}|(?:19|20)\d\d)(?!\d)"
_MAIL = late(rf"[^\s@,;:<>，。；：、（）{_HAN}]+\s?@\s?[a-z0-9][a-z0-9.-]*", re.IGNORECASE)
_LINK = late(rf"(?:[a-z][a-z0-9+.-]{{0,20}}://|www\.)[^\s，。；、{_HAN}]*", re.IGNORECASE)
_NUMBER = late(rf"(?<!\d)(?!{_DATE})\+?\d(?:[ \-./·()]{{0,2}}\d){{6,}}")
PATENT = late(r"((?:ZL|CN) ?(?!1[3-9]\d{9}(?!\d))\d[\d.]{6,13}[\dXx]?)", re.IGNORECASE)
"""A patent's number, which is nobody's; not a phone's behind its country."""
_SPELT = late(r"[零〇一二三四五六七八九幺两]{7,}")
_ACCOUNT = late(r"((?:微信|weixin|wechat|qq|vx)号?[是为: ]{0,2})[a-z0-9_-]{5,}", re.IGNORECASE)
_INTRODUCED = late(
    rf"(我叫|我是|我姓|名叫|姓名|联系人|经办人|负责人)([是为: ]{{0,2}})[{_SURNAMES}]"
    rf"[{_HAN}]{{1,3}}?(?=[^{_HAN}]|$|[手电邮微的在是来想要有把从做])"
)
_TITLED = late(rf"[{_SURNAMES}][{_HAN}]{{0,2}}({_TITLES}|总(?=[^{_HAN}]|$|[好您说的让]))")
_LIVE = {ord(sign): ord(sign) + 0xFEE0 for sign in r"""<>*_`~[]()#@!|\&{}^"$"""}
_DOMAIN_DOT = late(r"(?<=[A-Za-z0-9])\.(?=[A-Za-z0-9])")


def known_values(values: Iterable[str]) -> frozenset[str]:
    """Names and other personal values, as `masked` looks for them."""
    return frozenset(_one_line(value) for value in values)


def masked(text: str, known: frozenset[str] = frozenset()) -> str:
    """`text` on one line, without phones, mails, accounts, or the names that can be told.

    `known` comes from `known_values`. A name in running text that nothing announces (no 我叫, no
    先生) and that stands in no form cannot be told from other words.
    """
    line = _without(_one_line(text)[:_LONGEST], known)
    line = _ACCOUNT.sub(rf"\1{HIDDEN_NUMBER}", _MAIL.sub(HIDDEN_MAIL, line))
    line = "".join(
        piece if place % 2 else _SPELT.sub(HIDDEN_NUMBER, _NUMBER.sub(HIDDEN_NUMBER, piece))
        for place, piece in enumerate(PATENT.split(line))
    )
    line = _INTRODUCED.sub(rf"\1\2{HIDDEN_NAME}", line)
    return _TITLED.sub(rf"{HIDDEN_NAME}\1", line)


def _without(line: str, known: frozenset[str]) -> str:
    """Costs as much for a hundred thousand known values as for one."""
    spans = (line[i : i + size] for size in _SIZES for i in range(len(line) - size + 1))
    for value in sorted(known.intersection(spans), key=len, reverse=True) if known else ():
        line = line.replace(value, HIDDEN_NAME)
    return line


def inert(text: str, limit: int) -> str:
    """`text` as plain words of at most `limit` characters in any markdown."""
    line = _LINK.sub(HIDDEN_LINK, _one_line(text))
    line = _DOMAIN_DOT.sub("．", line).translate(_LIVE)
    return shortened(line, limit)


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, the last of them a mark where something is left out."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _one_line(text: str) -> str:
    """Look-alikes of ASCII folded, control and invisible characters gone, spaces single."""
    return " ".join("".join(_folded(c) for c in text).split())


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    if category.startswith("C"):
        return ""
    folded = unicodedata.normalize("NFKC", character)
    return folded if folded.isascii() and character not in _CHINESE_MARKS else character
