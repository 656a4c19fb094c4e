"""Problems of files as an admin is told them: where, of what field, and what it is, in Chinese."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from knowledge.alone import problems_of
from knowledge.fields import FAMILIES, NAMES
from knowledge.golden import Miss
from knowledge.late import late
from knowledge.load import file_of

_LINE = late(r"(?P<file>.*?):(?P<line>\d+):(?P<column>\d+): (?P<rest>.*)", re.DOTALL)
_FIELD = late(r"(?P<field>[a-z_]\w*(?:\[\d+\]|\.[^\s:.\[\]]+)*): (?P<what>.*)", re.DOTALL)
_STEP = late(r"[^.\[\]]+|\[\d+\]")
_MARKS = ("<<<<<<<", "=======", ">>>>>>>")

_SAID: tuple[tuple[str, str], ...] = (
    (r'"(.*)" is not a date', "“{0}”不是日期，请写成 2026-05-25 这样"),
    (r"is missing", "缺这一项"),
    (r"no such field here", "这里没有这一项，请核对名称和缩进"),
    (r"this key is named twice", "这一项写了两遍"),
    (r'"None" must be text.*', "还没有填写"),
    (r'"(.*)" must be text.*', "“{0}”应是文字，请加上引号"),
    (r'"(.*)" is not the name of the file', "“{0}”与文件名不同"),
    (r"a mapping of fields is expected here", "这里应分项写成“名称: 内容”"),
    (r"not YAML", "不是 YAML 格式"),
    (r"summary or text must be given", "概述（summary）和原文（text）至少要有一个"),
    (r"due and open: .*", "有了日期（due），就不要再写未定年份的日期（open）"),
    (
        r"due or open must be given.*",
        "要写日期（due 或 open）；没有日期的，精度（precision）选“没有写日期”（event）",
    ),
    (r"start (.*) is after end (.*)", "开始日期{0}晚于结束日期{1}"),
    (r"(?:clause label |task number )?named twice: (.*)", "“{0}”出现了两次"),
    (r"a notice does not supersede itself", "通知不能被自己替代"),
    (r"no clause '(.*)' here", "没有条款“{0}”"),
    (r"no attachment '(.*)' here", "没有附件“{0}”"),
    (r'no notice "(.*)"', "没有编号为“{0}”的通知"),
    (r'"(.*)" is no division', "“{0}”不是行政区划的全名"),
    (r"another bureau serves (.*)", "{0}已有别的局负责"),
    (r'there is another "(.*)"', "“{0}”已经有了"),
    (r'"(.*)" is not a regular expression: .*', "“{0}”不是正确的正则表达式"),
    (r'synonym "(.*)" stands for both (.*) and (.*)', "同义词“{0}”既指“{1}”又指“{2}”"),
    (r"(.*): (.*) to (.*) here, but (.*) to (.*) in .*", "“{0}”这里是{1}至{2}，别处是{3}至{4}"),
    (r"(.*): (.*) here, in \w+\[\d+\] (.*)", "“{0}”这里是{1}，别处是{2}"),
    (r"(.*): (.*) here, (?:but|less exactly) (.*) in .*", "“{0}”这里是{1}，别处是{2}"),
    (r"(.*) is before the notice was issued, (.*)", "{0}早于发文日期{1}"),
    (r'(.*), but the words are "(.*)"', "日期是{0}，原话却是“{1}”"),
    (r"(\d{4}), but issued (.*)", "年度写{0}，发文却在{1}"),
    (r'"?(.*?)"? is (\S+) too', "{0}也是另一份通知的：{1}"),
    (r"the title and date of (\S+) too", "标题和日期与另一份通知相同：{0}"),
    (r"goes round in a circle: (.*)", "替代关系绕成了圈：{0}"),
    (r"(\S+) was issued earlier, (.*)", "替代它的{0}发文更早：{1}"),
    (r"'(.*)' is no division that users can name", "“{0}”不是用户说得出的行政区划"),
    (r'"(.*)": (.*) stands for several key tasks: (.*)', "资源“{0}”的{1}可指几项重点任务：{2}"),
    (r'"(.*)": (.*) is no key task', "资源“{0}”的{1}不是现行表单的重点任务"),
    (r"'(.*)' names no clause of a notice", "“{0}”不是哪份通知的条款"),
    (r"'(.*)' is no key task of a form", "“{0}”不是表单里的重点任务"),
    (r"'(.*)' expects something else elsewhere", "“{0}”在别处要的是另一种答复"),
    (r"(.*): (.*) here, but (.*) there.*", "“{0}”这里是{1}，别处是{2}"),
    (r"(.*) is before effective_from, (.*)", "有效期至{0}，早于施行日期{1}"),
    (r"(.*): told twice, .*", "“{0}”说了两遍"),
    (r"mapping values are not allowed.*", "冒号的位置或缩进不对；内容里有冒号时请加引号"),
    (r"could not find expected ':'", "缺冒号，或者上一行的引号没有配对"),
    (r"did not find expected key", "缩进或引号不对"),
    (r"did not find expected '-' indicator", "列表的“-”没有对齐"),
    (r"found character that cannot start any token", "有不能用的字符，例如制表符；缩进请用空格"),
    (r"found unexpected end of stream", "引号或括号没有配对"),
    (r'"None": .*', "还没有填写"),
    (r'"(.*)": Input should be a valid (?:tuple|list).*', "这里应是列表，每项以“- ”起头"),
    (r'"(.*)": Input should be a valid integer.*', "“{0}”应是整数"),
    (r'"(.*)": Input should be a valid boolean.*', "“{0}”应是 true 或 false"),
    (r'"(.*)": Input should be (\'.*)', "“{0}”不在可选的值里：{1}"),
    (r'"(.*)": Input should be a valid dictionary.*', "这里应分项写成“名称: 内容”"),
    (r'"(.*)": String should match pattern.*', "“{0}”的写法不对"),
    (r'"": (?:String|Value) should have at least 1 .*', "还没有填写"),
    (r'".*": Tuple should have at least (\d+) items?.*', "至少要有{0}项"),
)
_WHATS = tuple((re.compile(known, re.DOTALL), said) for known, said in _SAID)

_KIND = {
    "answer": "答复",
    "clarify": "反问",
    "refuse": "答“没有收录”",
    "collect": "登记需求",
    "smalltalk": "寒暄",
    "command": "执行指令",
}
_LACKS, _CITES = "lacks ", "cites "
_IS = late(r"is (\w+), should be (.*)")


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` and `column` count from 1; `field` is "" where it is of the whole."""

    file: str
    line: int
    column: int
    field: str
    what: str

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def problem_of(told: str) -> Problem:
    """Out of a line `file:line:col: field: what`, or less of it."""
    placed = _LINE.fullmatch(told)
    if placed is None:
        return Problem("", 1, 1, "", in_chinese(told))
    named = _FIELD.fullmatch(placed["rest"])
    field, what = (named["field"], named["what"]) if named else ("", placed["rest"])
    place = int(placed["line"]), int(placed["column"])
    return Problem(placed["file"], *place, _called(field), in_chinese(what))


def problems_in(name: str, text: str) -> list[Problem]:
    """Those of the file by itself, in the order of its lines."""
    marks = [
        Problem(name, number, 1, "", "这里两边都改过，请选定要留的几行，删去这些标记")
        for number, line in enumerate(text.splitlines(), 1)
        if line.startswith(_MARKS)
    ]
    if marks:
        return marks[::3]
    found = map(problem_of, problems_of(file_of(name, text)))
    return sorted(found, key=lambda one: (one.line, one.column))


def missed(miss: Miss) -> str:
    """The golden question that fell, and why."""
    return f"{miss.golden.q}：{'；'.join(map(_reason, miss.reasons))}"


def _called(field: str) -> str:
    """`deadlines[2].due` -> 截止时间 第3项 日期（deadlines[2].due）."""
    if not field:
        return ""
    words = []
    for step in _STEP.findall(field):
        if step.startswith("["):
            words.append(f"第{int(step[1:-1]) + 1}项")
        elif step in FAMILIES:
            words.append(FAMILIES[step].name)
        else:
            words.append(NAMES.get(step, step))
    said = " ".join(words)
    return said if said == field else f"{said}（{field}）"


def in_chinese(what: str) -> str:
    """What `knowledge.yaml_source` says; as it is where nobody has put it into Chinese yet."""
    for known, said in _WHATS:
        if found := known.fullmatch(what):
            return said.format(*found.groups())
    return what


def _reason(reason: str) -> str:
    if kinds := _IS.fullmatch(reason):
        wanted = "或".join(_KIND.get(one, one) for one in kinds[2].split(" or "))
        return f"现在是{_KIND.get(kinds[1], kinds[1])}，应是{wanted}"
    if reason.startswith(_LACKS):
        return f"答复里没有“{reason.removeprefix(_LACKS)}”"
    if reason.startswith(_CITES):
        cited = reason.removeprefix(_CITES)
        return "没有引用条款" if cited == "nothing" else f"引用的是{cited}"
    return reason
