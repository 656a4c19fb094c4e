"""Dates that nobody has to keep: in titles, of what was before, of who may apply, of targets."""

from __future__ import annotations

import re

from knowledge.importer.acts import acts_in
from knowledge.importer.dates import Mention

_TITLE = re.compile(
    r"《[^《》]*》|〈[^〈〉]*〉|“[^“”]{0,40}”(?=计划|工程|行动|规划)"
    r"|[〔\[［【][^〕\]］】]*[〕\]］】]\s*\d+\s*号"
)
_HOW = (
    r"(?:依法|已经?|尚|曾|正式|合法|首次|实际|有效|在[^，,。；;]{1,12}?(?:内|市|省|区|县)?"
    r"|由[^，,。；;]{1,12}?)?"
)
_STATED = re.compile(
    rf"\s*[，,]?\s*{_HOW}(?:注册成立|登记注册|(?:依法)?(?:注册|登记)(?=的|[，,。；;、满且并]|$)"
    rf"|成立|设立|取得|获得|获批|获授权|授权|出生|任职|入职|参加工作|毕业|投产"
    r"|竣工|立项|存续|上市|完工|(?<!召)开工(?!作)|批准|核准|入选|被?列入|被?纳入|承担|发表|出版"
    r"|享受|到期"
    r"|届满|失效|办理工商|发生|购置|被认定|被授予"
    r"|被评为|符合|公告授权|授予|施行|生效|废止|开始施行|已?(?:发布|印发|公布)(?!通知|实施方案"
    r"|工作方案|典型|名单|结果))"
)
_PERHAPS = re.compile(
    rf"\s*{_HOW}(?:注册|登记|备案|申请|签订|签约|缴纳|受理|完成|公开|提交|申报|实施|建成|转让"
    rf"|许可|质押|评定|制造|生产|收到|支付|投入"
    r"|开具|通过|形成|产生|认定|运营|结束|开始|入库|公告|竣工)[^，,。；;]{0,24}?的(?!基础|同时"
    r"|情况|申请书|材料|通知|提交|报送|上报|申报|填报|工作)"
)
_OF = re.compile(r"\s*的(?!基础上|同时)")
_ASKED = re.compile(r"请|应(?!届|用|急)|须|务必|要求|需要?(?!求)|必须|将[^于在会组]")
_DATE_OF = re.compile(
    r"(?:申请日|公告日|授权日|优先权日|公开日|出生|年龄|有效期|成立时间|成立日期|注册日期"
    r"|注册时间|登记时间|签订|基准日|截止日期为准|发票|施行|失效|届满|任期|保质期"
    r"|(?:有效|执行|实施|建设|使用|服务|研究|合同|项目|计划)(?:期|期限|周期)?(?:至|到"
    r"|为))[^，,。；;]{0,10}$"
)
_AS_OF = re.compile(r"^(?:截至|截止到?|截止至)")
_TAKEN_IN = re.compile(
    r"(?:报名|申报|受理|征集|申请|投稿|提交|报送|反馈|征求意见|登记|收件|填报|缴费|时间|日期"
    r"|期限|系统|通道|报价|递交|投标|上报)[^，,。；;]{0,12}$"
)
_GOAL = re.compile(r"目标|指标|愿景|预期|成效要求")
_TOWARDS = re.compile(r"(?:^|[，,。；;：:\s])(?:力争|争取)?\s*到\s*$")
_PLANNED = re.compile(r"(?:预计|拟|计划|将|定)(?:于|在)?\s*$")
_HISTORY = re.compile(r"(?:自|从|早在|曾|已|原定)(?:于|在)?\s*$")


def in_title(text: str, start: int) -> bool:
    """Whether the date belongs to the title or the number of a cited document."""
    return any(m.start() <= start < m.end() for m in _TITLE.finditer(text))


def is_condition(text: str, mention: Mention, heading: str) -> bool:
    """Whether the date says who or what is meant: 2020年1月1日前成立的企业, 截至2023年底."""
    before, after = text[: mention.start], text[mention.end :]
    piece = re.split(r"[，,。；;]", before)[-1]
    if _OF.match(after) or _DATE_OF.search(piece) or _HISTORY.search(piece):
        return True
    if _AS_OF.match(mention.words) and not _TAKEN_IN.search(piece):
        return not _hands_in(after)
    if _PERHAPS.match(after) and not _ASKED.search(piece):
        return True
    if not _STATED.match(after):
        return False
    if "请" in piece:
        return _speaks_of_conditions(heading)
    return not (_ASKED.search(piece) and _hands_in(after)) or _speaks_of_conditions(heading)


def _hands_in(after: str) -> bool:
    piece = re.split(r"[，,。；;]", after.lstrip("，, "))[0]
    return any(act.delivers for act in acts_in(piece))


def _speaks_of_conditions(heading: str) -> bool:
    return bool(re.search(r"条件|范围|对象|资格", heading))


def is_goal(text: str, mention: Mention, heading: str) -> bool:
    """Whether a state of things is meant to be reached by then: 到2025年, …达到…."""
    if _GOAL.search(heading):
        return True
    if _TOWARDS.search(text[: mention.start]) or mention.words.startswith(("到", "力争")):
        return True
    after = re.split(r"[。；;]", text[mention.end :])[0]
    return bool(
        re.search(
            r"达到?\s*[\d一二三四五六七八九十百]|增长|覆盖率|超过\s*\d|提[高升]到|突破\s*\d", after
        )
    )


def is_planned(text: str, mention: Mention) -> bool:
    """我局将于…, 预计…: what somebody means to do."""
    piece = re.split(r"[，,。；;]", text[: mention.start])[-1]
    return bool(_PLANNED.search(piece))
