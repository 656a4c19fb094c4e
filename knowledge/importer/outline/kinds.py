"""What a line of a notice is, by its form alone: a date, an office, a title, an annex's heading."""

from __future__ import annotations

import re

from knowledge.importer.numerals import number_of, numeral_of

_CN_DIGITS = "[一二三四五六七八九十〇○Ｏ零０]"
DATE = (
    r"(?:(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?"
    rf"|[一二]{_CN_DIGITS}{{3}}\s*年\s*{_CN_DIGITS}{{1,3}}\s*月(?:\s*{_CN_DIGITS}{{1,3}}\s*日)?"
    r"|(?:19|20)\d{2}[-./．]\d{1,2}[-./．]\d{1,2})"
)
OFFICE_END = (
    "(?:局|厅|委|部|会|府|办|署|处|司|科|院|所|校|中心|办公室|大学|学院|公司|集团|小组|专班|总队"
    "|支队|大队|银行|分行|支行|基地|中队|书记处|组织部|工会|协会|联盟|集群|平台|馆|站|台|社)"
)
_SEAL = r"(?:\s*[（(](?:代章|章|盖章|印章|印|公章)[)）])?"
_BEGINS = r"[^\s。，；：:！？?《》“”\d]"
_OFFICE = re.compile(rf"\s*{_BEGINS}[^。，；：:！？?《》“”\d]{{2,60}}{OFFICE_END}{_SEAL}\s*")
_SEALED = re.compile(r"\s*[（(][^（）()。]{0,30}章[)）]\s*")
_DATE_ONLY = re.compile(
    rf"\s*[（(]?(?:日期[：:])?\s*{DATE}\s*[)）]?\s*(?:印发|发布|公布)?\s*[。]?\s*"
)
_SIGNED = re.compile(
    rf"\s*{_BEGINS}[^。；！？?《》“”\d]{{2,80}}?{OFFICE_END}{_SEAL}\s*{DATE}\s*(?:印发|印)?\s*"
)
_ISSUED = re.compile(rf".{{0,60}}{DATE}\s*印\s*发\s*")
_BULLET = r"\s*[-*•●]?\s*"
_LIST = re.compile(rf"{_BULLET}附\s*(?:件|表|录)?\s*\d{{0,2}}\s*[：:．.、]\s*(?=\S)")
_CLOSING = re.compile(
    rf"{_BULLET}(?:特此(?:通知|公告|通告|函|通报|批复|报告|公示|复函)|抄\s*[送报]|主\s*题\s*词|分\s*送"
    r"|[（(]\s*(?:此件|联系|咨询|信息公开|主动公开|公开|附注|经办|电话|技术支持)"
    r"|(?:主动公开|依申请公开|不予公开)\s*$|信息公开(?:类别|选项|方式|属性)|公开(?:方式|属性|类型|范围)[：:])"
)
_NUMBER = rf"(?P<n>\d{{1,2}}|{_CN_DIGITS}{{1,3}})"
_ANNEX = re.compile(
    rf"\s*[（(【［\[]?\s*附\s*(?:件|表|录)?\s*{_NUMBER}?(?:\s*[-—－]\s*\d{{1,2}})?\s*[)）】］\]]?\s*[：:．.]?\s*"
)
_ANNEX_TITLED = re.compile(
    rf"\s*[（(【]?\s*附\s*(?:件|表|录)\s*{_NUMBER}?\s*[)）】]?\s*[：:．.、]?\s*(?P<title>(?!\d{{1,2}}\s*[．.、])[^\s：:。][^。；]{{2,70}})"
)
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|zip|rar|wps|et|ofd|pptx?|jpe?g|png)\b", re.I)
_TITLE_END = (
    r"(?:方案|办法|指引|指南|意见|细则|规定|规则|清单|要点|计划|规划|通知|公告|名单|标准|目录|制度"
    r"|章程|须知|说明|流程|函|条例|规范|措施|通报|通告|批复|要求|表|书|名册|安排|公约|倡议)"
)
_TITLE = re.compile(rf"[^。；：:，！？]*{_TITLE_END}\s*(?:[（(〔\[][^。]{{1,20}}[)）〕\]])?")
_LONGEST_TITLE = 70
_SENTENCE = re.compile(r"[。；！？]")


_HALF = str.maketrans("０１２３４５６７８９", "0123456789")


def half(text: str) -> str:
    """With half-width digits; as long as it was."""
    return text.translate(_HALF)


def is_office(text: str) -> bool:
    """The name of an office (or several) and nothing else."""
    return _OFFICE.fullmatch(text) is not None and numeral_of(text) is None


def is_seal(text: str) -> bool:
    """（某局代章）, on a line of its own under the office that has no seal."""
    return _SEALED.fullmatch(text) is not None


def is_date(text: str) -> bool:
    return _DATE_ONLY.fullmatch(half(text)) is not None


def is_signed(text: str) -> bool:
    """An office and the day on one line, or the day of printing."""
    plain = half(text)
    return _SIGNED.fullmatch(plain) is not None or _ISSUED.fullmatch(plain) is not None


def is_closing(text: str) -> bool:
    """A line that only stands at the end of a document, but is neither office nor date."""
    return _CLOSING.match(text) is not None


def opens_list(text: str) -> bool:
    """附件：1. 需求清单 (its first attachment may stand on the next line)."""
    return _LIST.match(text) is not None


def names_file(text: str) -> bool:
    return _FILE.search(text) is not None


def is_title(text: str) -> bool:
    """Alone on its line, short, and ends as the title of a document does."""
    plain = text.strip()
    if len(plain) > _LONGEST_TITLE or numeral_of(plain) or is_closing(plain) or opens_list(plain):
        return False
    return _TITLE.fullmatch(plain) is not None


def is_prose(text: str, least: int = 15) -> bool:
    """A sentence: it ends, and says more than a heading."""
    return len(text.strip()) >= least and _SENTENCE.search(text) is not None


def annex_number(text: str) -> int | None:
    """Of a line that is nothing but 附件 2: its number, 0 without one; None for other lines."""
    found = _ANNEX.fullmatch(text)
    return None if found is None else number_of(found["n"] or "")


def titled_annex(text: str) -> tuple[int, int] | None:
    """附件2：成效汇总表 on one line: its number and where the title begins."""
    found = _ANNEX_TITLED.fullmatch(text)
    return None if found is None else (number_of(found["n"] or ""), found.start("title"))


def bare(text: str) -> str:
    """A title for comparing: without blanks, quotes, brackets, year brackets and numerals."""
    return re.sub(r"[\s“”\"《》〈〉（）()〔〕\[\]：:．.、，。]", "", text)
