"""Titles of attachments, freed from what list, site and file put around them."""

from __future__ import annotations

import re

from knowledge.importer.passage import Passage
from knowledge.importer.tables import tidy

# What the name of a form, list or rule ends with; a bracketed remark may follow.
_DOCUMENT = (
    "表|书|单|案|法|则|南|函|录|册|板|版|式|件|图|卷|目|执|程|纲|码|据|要求|规范|标准|说明|指引|材料"
    "|通知|公告|意见|规定|条件|承诺|证明|报告|须知|样本|样张|范本|计划|要点|要素|指标|体系|一览|简介"
    "|介绍|情况|资料|协议|合同|分工|任务|统计|问答|政策|通告|决定|目标|总结|推荐|申请|格式|样例"
)
_WHOLE = re.compile(rf"(?:{_DOCUMENT})(?:[（(][^（）()]*[)）])?(?:及其?填写?说明)?[。；;，,]?$")
_OFFICE = (
    r"[^\s，。；：、《》（）]{2,28}?(?:局|厅|委员会|委|办公室|办|部|中心|协会|学会|联合会|政府|院|处|会"
    r"|公司|大学|学院|集团|所|总站|研究会|组)"
)
_FILE = re.compile(
    r"\s*\.\s*(?:docx?|xlsx?|pdf|wps|et|zip|rar|7z|ofd|pptx?|txt|jpe?g|png|ceb|tif)(?![A-Za-z])",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"\s*(?:[（(\[【]?\s*(?:点击下载|点击查看|点此下载|下载附件|附件下载|下载|请下载|可下载|"
    r"[\d.]+\s*[KMkm][Bb]?|\d+次|下载次数[：:]?\d*)\s*[)）\]】]?)\s*$"
)
_FIGURE = "[0-9一二三四五六七八九十]{1,3}"
_DAY = rf"(?:[0-9]{{4}}|[二〇○零一九]{{4}})\s*年\s*{_FIGURE}\s*月\s*{_FIGURE}\s*日"
_NOT_A_TITLE = re.compile(
    rf"{_DAY}\s*(?:印发|$|[（(\s])|[（(]\s*(?:此\s*件|联\s*系|信息公开|公开|请|发送|发至)|联\s*系\s*(?:人|电\s*话|方式)\s*[及：:]"
    r"|信息公开|公开方式|抄\s*送|主办单位|责任编辑|扫一扫|【打印|打印本页|关闭窗口|上一[篇条]|下一[篇条]|相关链接"
)
_ISSUER = re.compile(rf"(?P<title>.*(?:{_DOCUMENT}|[)）》])|.*\s)\s*{_OFFICE}\s*$", re.DOTALL)
_STRIP = " \t\n　;；。，,、:：.．-—·*"
_NOTHING = re.compile(r"[（(]?(?:略|无|见?附件|如下|另附|下载|附后|另发|略去)[)）]?")


def title_in(passage: Passage) -> Passage:
    """The part of an entry that is its title: no file suffix or size, and no sign-off behind it
    where line breaks were lost. Empty where it says 略 or nothing."""
    end = len(passage)
    if match := _NOT_A_TITLE.search(passage.text):
        end = match.start()
        while issuer := _ISSUER.match(passage.text[:end]):
            end = len(issuer["title"].rstrip())
    if match := _FILE.search(passage.text, 0, end):
        end = match.start()
    while match := _REMARK.search(passage.text[:end]):
        end = match.start()
    title = _unwrapped(passage.part(0, end).strip(_STRIP))
    if title.text[-1:] in ("）", ")") and not _is_opened(title.text):
        title = title.part(0, -1)
    return title.part(0, 0) if _NOTHING.fullmatch(title.text) else title


def _is_opened(text: str) -> bool:
    """The bracket that it ends with also begins in it."""
    return sum(map(text.count, "（(")) >= sum(map(text.count, "）)"))


def _unwrapped(title: Passage) -> Passage:
    """Without 《》 where they stand around all of it."""
    text = title.text
    if text.startswith("《") and text.endswith("》") and text.find("》") == len(text) - 1:
        return title.part(1, -1)
    return title


def is_file(text: str) -> bool:
    return _FILE.search(text) is not None


def is_whole(text: str) -> bool:
    """It ends as names of documents do, and its brackets and quotes are closed."""
    return _WHOLE.search(text.strip()) is not None and is_closed(text)


def is_closed(text: str) -> bool:
    return all(text.count(a) <= text.count(b) for a, b in ("（）", "()", "《》", "“”", "〔〕"))


def is_sign_off(text: str) -> bool:
    """An office's name alone, or a date: what follows a list of attachments."""
    plain = text.strip()
    return bool(_NOT_A_TITLE.match(plain)) or bool(
        re.fullmatch(rf"(?:{_OFFICE}\s*)+", plain) and not is_whole(plain)
    )


def wording(title: Passage) -> str:
    """As one writes it: on one line, without typesetting's blanks."""
    return tidy(title.text.replace("\n", ""))


def bare(title: str) -> str:
    """What two wordings of one title are compared by."""
    return re.sub(r"[\s《》“”\"（）()〈〉‘’。；，、：:.．-]", "", title)
