"""Which words name an office, and where in a sentence its name begins."""

from __future__ import annotations

import re

_ENDINGS = (
    "办公室|办公厅|委员会|管委会|专班|事务所|研究所|研究院|出版社|杂志社|报社|秘书处|会务组|工作组|小组|服务站|工作站|"
    "联合会|促进会|基金会|联盟|中心|协会|学会|商会|集团|公司|大学|学院|学校|医院|银行|图书馆|窗口|服务台|编辑部|党组|"
    "[局处司科室部厅委办组站所院队]"
)
# Words that end like an office and are none, by their last two characters.
_NONE = """
布局 格局 全局 结局 大局 开局 各局 好处 到处 何处 此处 各处 该处 惩处 之处 住处 原处
另处 共处 上司 公司法 本科 学科 专科 百科 各科 教室 温室 科室 处室 全部 内部 外部 干部 东部 西部
中部 南部 北部 各部 承办 主办 举办 协办 督办 经办 待办 补办 申办 领办 筹办 合办 续办 审办
交办 催办 各委 评委 政委 推委 部委 编委 常委 分组 每组 按组 同组 该组 网站 车站 本站 场所 厕所
处所 之所 入院 出院 部队 团队 排队 各厅 人大
"""
_NO_OFFICES = frozenset(_NONE.split())
_OFFICE = re.compile(rf"[一-鿿A-Za-z0-9“”·—\-]+(?:{_ENDINGS})")
_TOPIC = re.compile(
    r"[一-鿿A-Za-z0-9“”/及与和]{2,16}(?:咨询|支持|服务|保障|监督|受理|指导|对接|支撑|审核|办理|举报|"
    r"投诉|维护|报送|接收|运维|客服|热线)"
)
_PROSE = re.compile(r"(?<!申)请|拨打|可|应当|须|按照|关于|事宜|如有|可以|负责")
_OWN = re.compile(r"[省市区县州我本][局厅委办部]")
_BOUNDARY = re.compile(
    r".*(?:报送至?到?|报至|报到|寄送至?|邮寄至?到?|寄至|送至|送到|送达|递交至?到?|提交至?到?|提交给|发送至?到?|发至|发到|反馈至?到?|"
    r"反馈给|上报至?到?|汇总至|交至|交到|报给|抄送|联系|咨询|致电|拨打|通知|告知|报|交|送|请与|请向|请由|与|向|至|到|由|"
    r"询|经|于|给|为|是|在|和|按|请|把|将|对|同|从|可|内|后|前|的)(?=.)"
)
_FRAME = re.compile(
    r"(?:与|向|和|同|由|联系|咨询|致电|找)(?P<office>[^，。；：、\s与向]{2,30}?)"
    r"(?:联系|咨询|沟通|反映|反馈|对接|索取|查询|了解|申请|报告|提出|核实|取得联系|进行|负责|承担|受理)"
)


def is_office(word: str) -> bool:
    """Whether the whole word names an office: 省知识产权局运用促进处, 高新科, 会务组."""
    if _OWN.fullmatch(word):
        return True
    fits = 3 <= len(word) <= 45 and _OFFICE.fullmatch(word)
    return bool(fits) and word[-2:] not in _NO_OFFICES and not _PROSE.search(word)


def is_topic(word: str) -> bool:
    """Whether the word says what a contact is for: 技术支持, 申报系统咨询."""
    return bool(_TOPIC.fullmatch(word)) and not _PROSE.search(word)


def office_at_end(words: str) -> int | None:
    """Where the office begins that a stretch of prose ends with: 将材料报送|我局运用促进处."""
    match = _BOUNDARY.match(words)
    start = match.end() if match else 0
    return start if is_office(words[start:]) else None


def offices_asked(sentence: str) -> list[tuple[int, int]]:
    """The offices that a sentence tells to turn to: 请与|我局运用促进处|联系."""
    matches = _FRAME.finditer(sentence)
    return [match.span("office") for match in matches if is_office(match["office"])]
