"""The labels of contact fields: 联系人, 联 系 电 话, 联系人及电话, 电话/传真, E-mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Field = Literal["person", "phone", "mail", "fax", "address", "postcode", "office", "other"]

_WORDS: dict[tuple[Field, ...], tuple[str, ...]] = {
    ("person",): (
        "联系人姓名 联系人员 联系人 联络人 联络员 经办人 承办人 咨询人员 咨询人 收件人 收信人",
        "接收人 对接人 联系老师 联系同志 专办员 受理人员 工作人员",
    ),
    ("phone",): (
        "联系电话 联系手机 电话号码 移动电话 固定电话 办公电话 电话 手机号码 手机号 手机 座机",
        "固话 热线 Tel TEL tel",
    ),
    ("person", "phone", "mail"): ("联系方式 联系方法 咨询方式 联系",),
    ("mail",): (
        "电子邮件地址 电子邮箱地址 电子邮箱 电子邮件 电子信箱 邮箱地址 邮箱 邮件 信箱 电邮 E-mail",
        "E-Mail E-MAIL e-mail Email EMAIL email",
    ),
    ("fax",): ("传真电话 传真号码 传真 FAX Fax fax",),
    ("address",): (
        "联系地址 地址 邮寄至 寄送至 寄至 邮寄到 寄到 送至 邮寄地点 报送地点 受理地点",
        "递交地点 接收地点",
    ),
    ("postcode",): ("邮政编码 邮编",),
    ("office",): (
        "联系单位 联系部门 联系处室 联系科室 咨询单位 咨询部门 咨询处室 受理部门 受理单位",
        "承办处室 业务处室 责任处室 责任科室 主管处室 收件单位 收件部门",
    ),
    ("other",): (
        "QQ群号 QQ交流群 QQ工作群 QQ群 QQ号 QQ 微信群 微信号 微信公众号 公众号 网址 网站地址 网站",
        "账号 帐号 账户 会议号 会议ID 密码 编号 信用代码 文号 户名 开户行 短号 总机 号码",
    ),
}
_JOINT = r"[ \t]*(?:[及和与、/兼或&+])?[ \t]*"
# A label is as good as its own word: without a colon it needs its value right behind.
_TAIL = r"(?P<note>[ \t]*\([^()\n\d@]{1,12}\))?[ \t]*(?P<colon>:|[为是至]:?|如下:?|号码:)?[ \t]*"


def _spaced(word: str) -> str:
    spaced = r"[ \t]{0,8}".join(map(re.escape, word))
    return spaced + r"(?=[ \t]*:)" if word == "联系" else spaced


_FIELDS: dict[str, tuple[Field, ...]] = {
    word: fields for fields, lines in _WORDS.items() for line in lines for word in line.split()
}
_ANY = "|".join(_spaced(word) for word in sorted(_FIELDS, key=len, reverse=True))
_CORE = re.compile(_ANY)
_LABEL = re.compile(rf"(?P<cores>(?:{_ANY})(?:{_JOINT}(?:{_ANY}))*){_TAIL}")
# Addresses where nobody is to be reached.
_ELSEWHERE = ("网站", "网络", "下载", "酒店", "会议", "报到", "注册", "住宿", "培训", "登录")
_NOTED: dict[str, Field] = {"电话": "phone", "手机": "phone", "传真": "fax", "邮箱": "mail"}


@dataclass(frozen=True, slots=True)
class Label:
    """`start:end` reaches to the value; `colon` tells whether the label says that one follows."""

    start: int
    end: int
    fields: frozenset[Field]
    colon: bool


def label_at(text: str, at: int) -> Label | None:
    """The label that begins at `at` of plain text, several fields in one joined."""
    match = _LABEL.match(text, at)
    if not match:
        return None
    cores = [re.sub(r"\s", "", core) for core in _CORE.findall(match["cores"])]
    fields = {field for core in cores for field in _FIELDS[core]}
    fields |= {field for word, field in _NOTED.items() if word in (match["note"] or "")}
    if "address" in fields and text[max(0, at - 2) : at] in _ELSEWHERE:
        fields = {"other"}
    return Label(match.start(), match.end(), frozenset(fields), bool(match["colon"]))
