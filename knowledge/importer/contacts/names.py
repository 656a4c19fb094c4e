"""Which words are people's names: by surname, by form of address, or by where they stand."""

from __future__ import annotations

import re

from knowledge.importer.contacts.surnames import COMPOUND, NOT_NAMES, SURNAMES

_TITLES = (
    "副?处长|副?科长|副?主任|主任科员|老师|先生|女士|同志|经理|工程师|副?教授|博士|副?院长|副?所长|副?局长|"
    "副?部长|秘书长?|专员|律师|警官|科员|干事|会计"
)
_TITLED = re.compile(rf"(?P<name>[一-鿿]{{1,4}}?)(?:{_TITLES})")
_SHORT_TITLES = "工科处总局所"
_ETHNIC = re.compile(r"[一-鿿]{1,8}(?:[·•・．.][一-鿿]{1,10}){1,3}")
_OFFICE_LIKE = re.compile(r"[一-鿿]{2,}[局处司厅委办室组部站队]")
_NEVER_IN = re.compile(
    r"[的了与及或请并于按将须需其各该此本我您你他们哪些么什这0-9a-zA-Z]|联系|咨询|电话|手机|邮箱|传真|地址|附件|"
    r"单位|部门|公司|中心|办公|工作|材料|系统|平台|服务|支持|技术|业务|申报|报名|负责|知识|产权|专利|商标|管理|"
    r"协会|学会|委员|政府|大学|学院|医院|银行|集团|同号|微信|短信|上午|下午|时间|大厦|大楼|号楼"
)


def is_name(word: str) -> bool:
    """Whether the word is a personal name on its face (张三, 欧阳小明, 阿依古丽·买买提, 王处长)."""
    if _ETHNIC.fullmatch(word):
        return True
    titled = _TITLED.fullmatch(word)
    if titled and _surnamed(titled["name"]):
        return True
    if word[-1:] in _SHORT_TITLES and word[:-1] in SURNAMES:
        return True
    return may_be_name(word) and _has_surname(word, longest=3)


def may_be_name(word: str) -> bool:
    """Whether the word can be a name where a label promises one, whatever its surname."""
    if word in NOT_NAMES or _NEVER_IN.search(word) or _OFFICE_LIKE.fullmatch(word):
        return False
    department = word.endswith("科") and word[:-1] in NOT_NAMES
    return 2 <= len(word) <= 4 and not department


def _has_surname(word: str, longest: int) -> bool:
    if word[:2] in COMPOUND and len(word) in (3, 4):
        return True
    return 2 <= len(word) <= longest and word[0] in SURNAMES


def _surnamed(word: str) -> bool:
    return word in SURNAMES or word in COMPOUND or _has_surname(word, longest=3)
