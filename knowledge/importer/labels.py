"""Labels that a date is the value of: 申报截止时间：…, 报名时间为…; a heading; a column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.importer.sentences import Sentence

LabelKind = Literal["due", "collect", "event"]
"""A last day | a time in which something is taken in | a time in which something takes place."""

_NAME = r"[^，,。；;：:！？]{0,24}?"
_TIME = (
    r"(?:时间|日期|期限|时限|时段|时点|截止|截至|期间|周期|阶段|工期|期(?!限|间|刊|货|望)|档期"
    r"|节点|开放)"
)
_TAIL = (
    r"(?:节点|安排|要求|及(?:地点|方式|要求|渠道|途径|流程|安排|程序)|和(?:地点|方式|要求|渠道"
    r"|程序)|、(?:地点|方式))?"
)
_LINK = (
    r"(?:[（(][^（）()]*[）)])?\s*(?:统一|原则上|初步|暂|拟|均|已|延长|延期|顺延|推迟|调整|明确"
    r"|一律|最终|现)*(?:定)?"
    r"(?:为期?|是|从|自|到|至|于|在|[：:]|截止到?|截至|即日起至|另行通知"
    r"|不超过)*\s*(?:第[一二三四五\d]批(?:次)?[：:]?)?[“\"（(]?\s*$"
)
_BEFORE = re.compile(rf"({_NAME}{_TIME}{_TAIL}){_LINK}")
_STAGE = re.compile(r"^\s*([^，,。；;：:（）()\d]{2,20})[（(]\s*$")
# 全年分两批受理：第一批3月16日至31日，第二批…: each has what the sentence begins with.
_BATCH = re.compile(r"((?:第[一二三四五六七八\d]{1,2}|首)(?:批次?|轮))[：:为是于自从]*\s*$")
_OPENING = re.compile(
    r"^\s*(?:[（(]?[\d一二三四五六七八九十]+[）).．、]\s*"
    r"|[①-⑳●■◆—•·*]\s*)?([^，,。；;：:！？]{1,24})[：:]"
)
_HEADING = re.compile(rf"{_TIME}|进度|日程")

_DUE = re.compile(r"截止|截至|最后期限|完成时[间限]|办结|^(?:办理|具体)?(?:时限|期限)(?:要求)?$")
_COLLECT = re.compile(
    r"申报|报名|报送|提交|受理|征集|反馈|填报|推荐|上报|投稿|缴费|交费|缴纳|登记|注册|申请|收件"
    r"|收稿|投标|响应|征求|预约|领取|认领|申领"
    r"|网报|确认|自查|年报|回执|递交|寄送|上传|征文|参赛|参评|参展|招募|招聘|征订|接收|系统"
    r"|填写|材料|兑现|办理|备案|评价入库|意见|初审|审核推荐|征稿|通道|作品"
)
_EVENT = re.compile(
    r"评审|审查|公示|公布|培训|活动|会议|考试|报到|举办|召开|展[览出示会]|答辩|路演|论坛|比赛"
    r"|竞赛|决赛|初赛|复赛|开标|评选|认定|发布|印发|有效|成立|实施|执行"
    r"|建设|服务期|研究|资助|出生|任职|授权|公告|立项|签订|开工|竣工|项目期|监测|统计|调研|检查"
    r"|抽查|宣传|颁奖|公开|工作日|办公|上班|营业|讲座|课程|直播|验收|评估"
)
_NOT_A_SPAN = re.compile(
    r"填[报表](?:日期|时间[：:]?$)|申请日期|签[字名章署]|制表|履行|履约|交货|质保|聘期"
    r"|[贷还借]款|租赁|有效|成立|注册时间|注册日期|登记日期|登记时间|出生|授权|申请日|公告日"
    r"|签订|任职|立项时间|获批|获奖|上市|发文|成文|发布|印发|生成|更新|来源|公开日期|规划期"
    r"|保存|保质|证书|工作时间|办公时间|上班时间|服务时间|营业时间|作息|开放时间[：:]周"
    r"|咨询时间|联系时间|专利|取得|发表|出版|毕业|入职|年龄|统计|数据|投产|购置|开票|发票|税款"
    r"|成果"
)


_LINKS = re.compile(r"[为是：:于在从自至到起即日定延长期调整统一截止原则上最终暂\s（(]*")


@dataclass(frozen=True, slots=True)
class Label:
    """`text` as printed, `at` where in the sentence it stands (None: a heading or a column)."""

    text: str
    kind: LabelKind
    at: tuple[int, int] | None = None


def adjoins(label: Label, text: str, at: int) -> bool:
    """Whether nothing but 为, ： and the like stands between the label and the date at `at`."""
    return label.at is not None and _LINKS.fullmatch(text, label.at[1], at) is not None


def kind_of(label: str) -> LabelKind | None:
    """None for labels of dates that are neither due nor in which anything takes place."""
    if _DUE.search(label) and not re.search(r"评审|公示|公布|有效|成立|出生|数据|统计", label):
        return "due"
    if _NOT_A_SPAN.search(label):
        return None
    collects, happens = _COLLECT.search(label), _EVENT.search(label)
    if collects and not (happens and _last(happens, label) > _last(collects, label)):
        return "collect"
    return "event"


def _last(match: re.Match[str], label: str) -> int:
    return max(m.start() for m in match.re.finditer(label))


def label_before(sentence: Sentence, at: int) -> Label | None:
    """The label that the date at `at` is the value of, read from the words before it, else from
    the head of the sentence, the column or the heading."""
    words = sentence.text[:at]
    begin = max(words.rfind(mark) for mark in "，,。；;（(") + 1
    if found := _BEFORE.search(words, begin) or _STAGE.search(words):
        of_projects = "完成时" in found[1] and _PROJECT.search(words)
        return None if of_projects else _made(found[1].strip(" 　（("), found.span(1))
    if (found := _BATCH.search(words)) and (taken := _COLLECT.search(f"{words}{sentence.heading}")):
        return Label(f"{found[1]}{taken[0]}", "collect", found.span(1))
    if (found := _OPENING.match(words)) and _HEADING.search(found[1]):
        return _made(found[1].strip(), (found.start(1), found.end(1)))
    if re.search(
        r"[\u4e00-\u9fff]{5,}",
        re.sub(r"即日起|自?发文之日起|自?通知发布之日起|自?本?通知(?:发布|印发)之日起", "", words),
    ):
        return None
    if sentence.column and _HEADING.search(sentence.column):
        return _of_column(sentence, sentence.column)
    return _of_row(sentence) or _of_heading(sentence)


def _of_column(sentence: Sentence, column: str) -> Label | None:
    """Under a bare 时间 the row says of what it is the time: 网上报名 | 5月1日至20日."""
    cells = ("".join(cell.text.split()) for cell in sentence.row)
    named = next((cell for cell in cells if 1 < len(cell) <= 24 and not cell[0].isdigit()), None)
    return _made(f"{named}时间") if named and _BARE_TIME.fullmatch(column) else _made(column)


def _of_row(sentence: Sentence) -> Label | None:
    """报送时间 | 5月20日前: the cell to the left names the value."""
    for cell in sentence.row[:2]:
        text = cell.text.strip()
        if len(text) <= 12 and _HEADING.search(text):
            return _made(text)
    return None


def _of_heading(sentence: Sentence) -> Label | None:
    heading = sentence.heading
    if not heading or len(heading) > 24 or sentence.row:
        return None
    if not _HEADING.search(heading) and (len(heading) > 8 or kind_of(heading) != "collect"):
        return None
    return _made(heading.strip(" 　：:。"))


def _made(text: str, at: tuple[int, int] | None = None) -> Label | None:
    kind = kind_of(text)
    return Label(text, kind, at) if kind else None


_BARE = re.compile(
    r"(?:的|有关|相关|具体)?(?:截止|截至|起止|起讫|最后|最终|完成|网上|开放)?(?:时间|日期|期限"
    r"|时限|时段|节点|安排|要求|阶段|周期|期间|期|地点|方式|渠道|途径|流程|程序|及|和|、|与)+$"
)
_PROJECT = re.compile(r"起始|成果|研究|实施|建设|项目(?!申报)")
_BARE_TIME = re.compile(r"(?:起止|具体)?(?:时间|日期)(?:安排|节点)?")
_NUMBERING = re.compile(r"^\s*[（(]?[\d一二三四五六七八九十]+[）).．、]\s*")


def subject_of(label: str) -> str:
    """What the label is about: 网上申报截止时间 -> 网上申报, 截止时间 -> nothing."""
    text = _NUMBERING.sub("", label).strip(" 　：:“”")
    text = _BARE.sub("", text)
    text = re.sub(r"(?:截止|截至|开放|起止)$", "", text)
    return re.sub(r"截止日$|^(?:.*截止的|现?将|本次|此次|本年度|今年)+|的$", "", text)
