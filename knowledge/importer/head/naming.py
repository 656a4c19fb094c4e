"""What the title says of itself: the kind of document, the campaign, the year."""

from __future__ import annotations

import re

from knowledge.importer.head.found import Found
from knowledge.importer.outline.kinds import bare, half
from knowledge.importer.page import Outline
from knowledge.model import Kind

LOOK_CAMPAIGN = "活动名称由标题推断"

_BY_END: tuple[tuple[str, Kind], ...] = (
    ("通知|通报", "通知"),
    ("公告|通告|公示|公报", "公告"),
    ("方案|计划|安排|规划|要点", "工作方案"),
    ("指引|指南|须知", "工作指引"),
    ("意见", "指导意见"),
    ("清单", "任务清单"),
    ("办法|细则|规定|规则|条例|规范|制度|章程", "办法"),
    ("函|邀请函|复函", "函"),
)
_TAIL = re.compile(r"\s*[（(〔][^（）()]*[)）〕]\s*$")
_SENT = re.compile(
    r"(?:印发|转发|发布|公布)\s*(?:《(?P<quoted>.+)》|(?P<plain>.+?))\s*的\s*(?:通知|公告|函)"
)
_QUOTED = re.compile(
    r"“([^”]{2,30})”\s*(?:系列|专项)?(?:活动|行动|专项|工程|计划|大赛|宣传|工作|周)?"
)
_EVENT = re.compile(
    r"(?:开展|组织|举办|做好|启动|实施|申报|推荐|征集|报送|遴选|评选|认定|参加|关于)*(?:(?:19|20)\d{2})\s*(?:年度|年)"
    r"(?P<what>[^《》“”，。]{3,40}?)(?:系列)?(?:活动|(?:有关|相关)?(?:工作|事项))*的(?:通知|公告|通告|函)"
)
_YEARLY = re.compile(
    r"(?:(?:19|20)\d{2}\s*年)?(?P<what>(?:推动|推进|促进|加强|深化|提升|实施|开展).{4,30}?)(?:年度)?(?:工作指引|工作要点|任务清单|重点任务|工作计划)(?:[（(](?:19|20)\d{2}[)）])?"
)
_YEAR = re.compile(
    r"(?<![\d—－–-])((?:19|20)\d{2})(?!\s*年?\s*[—－–-]\s*(?:19|20)?\d{2})(?=\s*年|[）)])"
)
_RECURRING = re.compile(
    r"申报|活动|行动|大赛|竞赛|评选|评定|评审|评价|征集|推荐|遴选|认定|培育|复核|宣传|培训|试点|计划|项目|工程"
    r"|周|奖|指引|清单"
)
_FEWEST = 6
_RECURS = re.compile(r"(?:19|20)\d{2}")


def kind_of(title: str | None, outline: Outline) -> Kind:
    """Of what is sent, where its text is here too; else by the title's last word."""
    if title is None:
        return "其他"
    sent = sent_title(title)
    return _by_end(sent if sent is not None and _is_here(sent, outline) else title)


def sent_title(title: str) -> str | None:
    """What a title says is sent: 关于印发《…》的通知."""
    found = _SENT.search(title)
    return None if found is None else found["quoted"] or found["plain"]


def campaign_of(title: Found[str] | None) -> Found[str] | None:
    """The event that recurs by the year: quoted, or named behind the year."""
    if title is None:
        return None
    text = sent_title(title.value) or title.value
    if quoted := _QUOTED.search(text):
        return Found(quoted[1], title.span, 1.0 if _RECURS.search(text) else 0.85)
    found = _EVENT.search(title.value)
    if found is None and _RECURS.search(text):
        found = _YEARLY.fullmatch(text)
    if found is None or not _RECURRING.search(title.value):
        return None
    return Found(found["what"].strip(), title.span, 0.7, LOOK_CAMPAIGN)


def year_in(title: str | None) -> int | None:
    """2023年 or （2021）, not a span of years."""
    found = _YEAR.search(half(title or ""))
    return int(found[1]) if found else None


def _by_end(title: str) -> Kind:
    plain = _TAIL.sub("", title)
    return next((kind for ends, kind in _BY_END if re.search(rf"(?:{ends})$", plain)), "其他")


def _is_here(sent: str, outline: Outline) -> bool:
    """Its title stands over its text again."""
    wanted = bare(sent)

    def opens(text: str) -> bool:
        """The whole title, or its first line."""
        plain = bare(text)
        return len(plain) >= _FEWEST and wanted.startswith(plain)

    lines = (p for place in outline.of("front") for p in place.paragraphs)
    headings = (place.heading for place in outline.places if place.heading)
    return any(opens(line.text) for line in (*lines, *headings))
