"""What a trace says, in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from intents.answer import Way
from intents.respond import Rule
from intents.turn import Kind
from knowledge.late import late
from knowledge.lexicon import Aspect, Operator
from knowledge.snapshot import KnowledgeBase
from knowledge.units import UnitKind

REPLY: Mapping[Kind, str] = {
    "answer": "回答",
    "clarify": "反问",
    "refuse": "说明没有",
    "collect": "登记需求",
    "smalltalk": "寒暄",
    "command": "命令",
}

RULE: Mapping[Rule, str] = {
    "with people": "已转人工，这句话转给工作人员",
    "not text": "不是文字：进入会话、图片、文件等",
    "too long": "太长，请对方缩短",
    "empty": "没有内容",
    "withdrawing": "回答“要不要撤回”",
    "menu": "选了上一条给出的选项",
    "a person, with words": "要人工，并留了话",
    "reminding": "截止前提醒",
    "own demands": "问自己的需求",
    "changing, placed": "补说企业在哪里",
    "changing, corrected": "更正刚交的需求",
    "command": "命令词",
    "form asked for": "要登记需求",
    "act on the form": "看、停或继续表单",
    "small talk": "寒暄",
    "everyday": "日常话说的命令或寒暄",
    "form by names": "自报单位和联系人，打开表单",
    "whereabouts": "只说自己在哪里",
    "supplied": "补充被退回的需求",
    "bare word": "单独一个“好”“不用了”等",
    "several": "一句话里几个问题，分别作答",
    "asked back before": "上一句已反问过，这次答最可能的",
    "question": "问通知：有答案，或要反问",
    "slot of the form": "填表单里正在问的栏目",
    "aside": "填表时的插话",
    "need": "说出一项需求，打开表单",
    "form by names at least": "只留了单位或联系方式，打开表单",
    "guessed": "改正可能的错字后再答",
    "refusal": "通知里没有，如实说明",
}

ASPECT: Mapping[Aspect, str] = {
    "deadline": "截止时间",
    "period": "起止时间",
    "when": "时间",
    "over": "是否截止",
    "who": "由谁负责",
    "contact": "联系方式",
    "where": "交到哪里",
    "attachment": "用哪个附件",
    "columns": "表里填什么",
    "list": "有哪些、有几个",
    "target": "目标数字",
    "document": "文号、印发单位和日期",
    "content": "内容、怎么做",
}

OPERATOR: Mapping[Operator, str] = {
    "alone": "由一个部门单独",
    "together": "由几个部门一起",
    "most": "谁最多",
    "unasked": "哪些不归谁",
    "share": "谁分到什么",
    "mention": "哪里提到",
    "count": "数个数",
    "asking": "只问是哪些",
    "length": "算时长",
    "gap": "算相隔",
    "left": "算还剩多久",
    "issued": "印发日期",
    "published": "发布日期",
    "start": "从哪天起",
    "end": "到哪天止",
    "hand_in": "报送",
    "compare": "作比较",
    "each": "逐个说",
    "both": "两份放在一起",
    "documents": "问文件本身",
    "newest": "最新的",
    "oldest": "最早的",
    "steps": "分几步",
    "weekday": "星期几",
    "overview": "大意",
    "what_handed": "要交什么",
}

WAY: Mapping[Way, str] = {
    "comparison": "两份通知放在一起比",
    "list": "照通知里的事实列出或计算，不看得分",
    "word for word": "与一条问答原话相同，不看得分",
    "asked back": "可能有几种意思，先反问",
    "evidence": "看哪一处的得分最高",
}

UNIT: Mapping[UnitKind, str] = {
    "clause": "条款",
    "head": "发文信息",
    "deadline": "截止时间",
    "period": "时间安排",
    "contact": "联系方式",
    "attachment": "附件",
    "task": "任务",
    "target": "目标",
    "faq": "问答",
}

PART: Mapping[str, str] = {
    "notices": "通知",
    "years": "年份",
    "regions": "地区",
    "campaign": "活动",
    "level": "哪一级",
    "labels": "条款",
    "task": "第几项任务",
    "item": "第几项",
    "months": "月份",
    "days": "日期",
    "absent": "没有的文件",
    "values": "要的值",
    "outside": "通知以外的事",
    "departments": "部门",
    "duty": "必做或选做",
    "measure": "量词",
    "continues": "接着上一句",
}
"""Parts of a scope, and what stands beside it."""

_VALUE = {"national": "国家", "local": "地方", "yes": "是"}

_PIECE: Mapping[str, str] = {
    "always": "起点",
    "another time": "日期不合",
    "answered alike": "像答过的问题",
    "asked alike": "像问过这里的问题",
    "bare": "没有主题词",
    "campaign named": "说了活动",
    "campaign only told": "活动只是提到",
    "clause undated": "条款里没有日期",
    "common words": "词到处都有",
    "cover": "说到的比例",
    "date for a date": "问日期，有日期",
    "definition lacks": "没有解释",
    "department held": "有这个部门",
    "department lacks": "没有这个部门",
    "departments": "说了部门",
    "head": "标题说到的比例",
    "head lacks": "标题没说到",
    "in notice": "通知里有",
    "in title": "标题里有",
    "leans": "学到的倾向",
    "leans to a place": "倾向有答案",
    "leans to silence": "倾向没有答案",
    "leans to silence most": "最倾向没有答案",
    "long": "问得长",
    "measure": "说了量词",
    "measure held": "有这个量词",
    "measure lacks": "没有这个量词",
    "measure nowhere": "量词哪里都没有",
    "named": "说出了名称",
    "newest": "通知新",
    "no department": "没写部门",
    "no figure": "没有数字",
    "no subject": "没有主题词",
    "no such value": "没有这类事实",
    "nothing named": "没说哪份通知",
    "notice": "通知",
    "notice named": "说了哪份通知",
    "of another place": "别处的通知",
    "of that year": "是那一年的",
    "of the campaign": "是这个活动的",
    "outside": "问到通知以外的事",
    "outside held": "这里有",
    "outside lacks": "这里没有",
    "outside nowhere": "哪里都没有",
    "own": "原文说到的比例",
    "place named": "说了地区",
    "pointed at": "指明了条款",
    "rest": "其余的词也有",
    "rest is little": "其余的词很少",
    "run": "有一段没说到",
    "run>1": "有一段没说到（长）",
    "section": "是一整节",
    "sentence": "同一句里有",
    "short": "问得短",
    "short broken": "短，没全说到",
    "short whole": "短，全说到",
    "silent alike": "像没答案的问题",
    "silent most alike": "最像没答案的问题",
    "soft": "近义词说到的比例",
    "title": "标题",
    "unknown": "生词的比例",
    "unknown, leans nowhere": "生词多，没有倾向",
    "value": "要一类值",
    "value held": "有这类值",
    "value lacks": "没有这类值",
    "value nowhere": "这类值哪里都没有",
    "verbatim": "原话就在这里",
    "when done": "完成的时间",
    "when else": "别的时间",
    "year named": "说了年份",
    "year only told": "年份只是提到",
}
_ABOVE = late(r"(.+)>(0\.\d+)")
_OF_PLACE = late(r"of another place, asks (\w+)")
_BESIDE = late(r"(\w+) (beside|not beside)")
_COMPARED = late(r"(first|behind) in (.+)")


def piece(name: str) -> str:
    """A piece of evidence, as the answers and the silence have them; what is not known as it is."""
    if name in _PIECE:
        return _PIECE[name]
    if match := _ABOVE.fullmatch(name):
        return f"{piece(match[1])}超过{match[2]}"
    if match := _COMPARED.fullmatch(name):
        return f"{piece(match[2])}：{'居首' if match[1] == 'first' else '落后'}"
    if match := _OF_PLACE.fullmatch(name):
        return f"别处的通知，问{_aspect(match[1])}"
    if match := _BESIDE.fullmatch(name):
        return f"句中{'有' if match[2] == 'beside' else '没有'}{_aspect(match[1])}"
    return _of_unit(name)


def _of_unit(name: str) -> str:
    """What is asked for, and the kind of the place."""
    asked, colon, unit = name.partition(": ")
    known = {str(kind): word for kind, word in UNIT.items()}
    if colon:
        if asked == "hands in":
            return f"要报送，是{known.get(unit, unit)}"
        also, _, aspect = asked.rpartition("asks ")
        return f"{'还' if also else ''}问{_aspect(aspect)}，是{known.get(unit, unit)}"
    if asked.startswith("kind "):
        return f"是{known.get(asked[5:], asked[5:])}"
    return f"问{_aspect(name[5:])}" if name.startswith("asks ") else name


def _aspect(name: str) -> str:
    known = {str(aspect): word for aspect, word in ASPECT.items()}
    return "不明" if name == "none" else known.get(name, name)


def parts(found: Iterable[tuple[str, str]], kb: KnowledgeBase) -> Sequence[tuple[str, str]]:
    """(name, value) of what the answer must meet."""
    return [(PART.get(name, name), _value(name, value, kb)) for name, value in found]


def _value(name: str, value: str, kb: KnowledgeBase) -> str:
    if name == "notices":
        known = (kb.get(id_) for id_ in value.split("、"))
        return "、".join(notice.short for notice in known if notice)
    return _VALUE.get(value, value)
