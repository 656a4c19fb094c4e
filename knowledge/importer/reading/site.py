"""What belongs to the web site and not to its notice: menus, tools, related links, footers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from knowledge.importer.page import Block, Page, Paragraph, Table
from knowledge.importer.passage import Passage
from knowledge.importer.reading.lines import OPENS

_DAY = r"\d{4}\s*(?:[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}|年\s*\d{1,2}\s*月\s*\d{1,2}\s*日?)"
_CLOCK = r"(?:[T\s]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
_DATED = re.compile(
    r"(?:发布|发表|发稿|公布|公开|更新|上传|信息|录入|生成|上网)\s*(?:时间|日期)\s*[】\]]?\s*[:：]?\s*"
    rf"[\[【(（]?\s*({_DAY}){_CLOCK}\s*[\]】)）]?"
)
_LABEL_OF_DATE = re.compile(
    r"\s*[\[【]?\s*(?:发布|公开|公布)\s*(?:时间|日期)\s*[】\]]?\s*[:：]?\s*"
)
_ONLY_DAY = re.compile(
    rf"\s*[\[【(（]?\s*(?:(?:时间|日期)\s*[:：]\s*)?({_DAY}){_CLOCK}\s*[\]】)）]?\s*"
)
_ISO = re.compile(r"\d{4}[-/.]")

_TOOL = re.compile(
    rf"{_DATED.pattern}|{_ONLY_DAY.pattern}"
    r"|[\[【(（]?\s*字\s*[体号]\s*(?:大小)?\s*[:：]?\s*[\[【(（]?\s*(?:(?:特|超)?[大中小]|默认|[A+-]|[\s|/\[\]【】])+[\]】)）]?"
    r"|[\[【(（]?\s*(?:打\s*印|关\s*闭|收\s*藏|分\s*享|纠\s*错|我要纠错|返回(?:顶部|首页|上[一]?页|列表)?|播放|语音(?:播报|朗读)?)"
    r"(?:到|至|本页|此页|页面|本文|窗口|网页|当前页)?\s*[:：]?\s*[\]】)）]?"
    r"|(?:信息|文章|稿件|新闻)?\s*来\s*源\s*[:：]\s*[^\s:：]{0,30}"
    r"|(?:浏览|点击|阅读|访问|查看)\s*(?:次数|量|数|率)?\s*[:：]?\s*[\[【(（]?\s*\d*\s*次?[\]】)）]?"
    r"|(?:作\s*者|编辑|责任编辑|责编|审核|初审|复审|终审|校对|发布人|发布者|录入|供稿|撰稿)\s*[:：]\s*[^\s:：]{0,16}"
    r"|视力保护色[^。]{0,40}|扫一扫[^。]{0,30}|分享(?:到|至)[^。]{0,40}|微信|微博|QQ空间|人人网|豆瓣"
    r"|[大中小](?=[\s|】\]]|$)|[|｜/【】\[\]]+"
)
_WORD = re.compile(
    r"(?:(?:网站|设为)?首页|机构(?:概况|设置|职能|简介)?|新闻(?:中心|动态|资讯)?|政务(?:公开|服务|动态|大厅)?|要闻(?:动态)?"
    r"|信息公开(?:目录|指南|年报)?|政府信息公开|办事(?:服务|大厅|指南)?|(?:公共|在线|网上)?服务(?:大厅)?|互动(?:交流)?|公众(?:参与|互动)"
    r"|(?:政民|交流)互动|数据(?:开放|发布)?|专题(?:专栏|报道)?|专栏|党建\S{0,4}|登录|注册|(?:个人|用户)中心|无障碍\S{0,4}|(?:适老|长者|关怀)\S{0,3}"
    r"|搜\s*索|高级搜索|简体|繁[体體]\S{0,2}|EN|English|手机版|移动版|客户端|邮箱|智能(?:问答|机器人|检索)|网站(?:地图|导航|支持IPv6)"
    r"|收藏本站|RSS|政策(?:文件|法规|解读)?|通知公告|热点专题|下一页|上一页|末页|(?:政务)?(?:微信|微博|抖音|公众号)|帮助)"
)
_BETWEEN_WORDS = re.compile(r"[\s|｜·/>＞]+")
_WHERE = re.compile(
    r"\s*(?:您?(?:现在|当前)?\s*(?:所在)?的?\s*(?:所在)?位置(?:是)?|当前(?:位置|栏目)|所在位置)\s*[:：]"
    r"|\s*(?:网站)?(?:首页|主页)\s*[>＞》›»/\\→-]+"
    r"|\s*[^\s。>＞]{2,12}(?:\s*[>＞»›]+\s*[^\s。>＞]{2,20})+\s*$"
)
_NOTICE = re.compile(
    r"关于|[〔\[［【(（]\s*\d{4}\s*[〕\]］】)）]\s*\d+\s*号|第\s*\d+\s*号|通知|公告|意见|方案|办法|文件$"
)

METADATA = re.compile(
    r"\s*[\[【]?\s*(?:索\s*引\s*号|发文(?:机关|机构|单位|字号|日期)|发布(?:机构|单位|机关|日期|文号)|文\s*号"
    r"|(?:成文|生成|公开|印发|生效|废止)(?:日期|时间)|主题(?:分类|词)|公开(?:方式|范围|形式)|信息(?:分类|名称)"
    r"|体裁(?:分类)?|有\s*效\s*性|效力状态|标\s*题|名\s*称)\s*[】\]]?\s*[:：]"
)
"""A line of the table that government sites print over a document."""

_FOOT = re.compile(
    r"ICP备|公网安备|网站标识码|版权所有|网站声明|网站地图|站点地图|政府网站\s*找错|[Cc]opyright|©|您是第.{0,12}位"
)
_LICENCE = re.compile(r"ICP备|公网安备|网站标识码")
# The footer may begin with these, where one of the above follows.
_FOOT_BEGINS = re.compile(
    r"\s*(?:主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|技术支持|运维|联系我们|关于(?:我们|本站|局徽)|网站|隐私|免责声明"
    r"|建议使用|政务服务|12345|政务(?:微信|微博|抖音|公众号)|官方(?:微信|微博)|投诉与建议|国家政务服务"
    r"|(?:值班|监督|投诉|总机|便民)[^。]{0,10}(?:电话|热线))"
)
_LINKS = re.compile(
    r"\s*(?:[【\[]?\s*相关(?:链接|阅读|文章|新闻|信息|推荐|文档|稿件|解读|报道|网站)\s*[】\]]?\s*(?:[:：]|$)"
    r"|友情链接|[【\[]?\s*(?:上|下)一[篇条则]\s*[】\]]?\s*[:：]?"
    r"|返回(?:顶部|首页|列表)|(?:热门(?:文章|推荐)|推荐阅读)\s*[:：]?$|扫一扫[^。]*$)"
)
_SIGNED = re.compile(
    r"\s*(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[二一]\S{3}年\S{1,3}月\S{1,3}日)(?:印发)?\s*"
)
_ANNEX = re.compile(r"\s*附\s*[件表]")


def page_of(text: str, blocks: Iterable[Block], dated: Passage | None = None) -> Page:
    """The page of all the blocks that belong to the notice. `published` is the day itself
    (2024-07-30), without its label and clock time: of the site's date line, else of `dated`."""
    found = list(blocks)
    start, end = _body_of(found)
    front, tail = found[:start], found[end:]
    published = _published(front) or _published(tail, bare=False)
    if dated and not published:
        published = _dated(dated, bare=True)
    kept = (*_notice_of(front), *found[start:end], *_without_footer(tail))
    return Page(text, kept, published)


def _body_of(blocks: Sequence[Block]) -> tuple[int, int]:
    """From the first block that is a sentence, a numbered clause or an addressee to the last that
    is a sentence, a table or the title of an annex: what is within is the notice's own."""
    told = next((i for i, block in enumerate(blocks) if _tells(block)), len(blocks))
    site = max((i + 1 for i, block in enumerate(blocks[:told]) if _is_site(block)), default=0)
    start = next((i for i in range(site, told) if _addresses(blocks[i])), told)
    last = _hard_footer(blocks, start)
    ends = (i + 1 for i in range(last - 1, start - 1, -1) if _is_own(blocks[i]))
    return start, next(ends, start)


def _tells(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_is_prose(block) or OPENS.match(block.text))


def _is_own(block: Block) -> bool:
    return isinstance(block, Table) or _is_prose(block) or bool(_ANNEX.match(block.text))


def _hard_footer(blocks: Sequence[Block], start: int) -> int:
    """Where the site's licence number stands, behind which only a sentence or two of its own."""
    texts = [block.text if isinstance(block, Paragraph) else "" for block in blocks]
    hard = next((i for i in range(start, len(blocks)) if _LICENCE.search(texts[i])), len(blocks))
    return hard if sum(map(_is_own, blocks[hard:])) <= 2 else len(blocks)


def _is_prose(block: Block) -> bool:
    if isinstance(block, Table):
        return False
    return "。" in block.text and not _FOOT.search(block.text) and not _LINKS.match(block.text)


def _addresses(block: Block) -> bool:
    if isinstance(block, Table) or _is_site(block) or METADATA.match(block.text):
        return False
    return block.text.rstrip().endswith(("：", ":")) and len(block.text) > 3


def _is_site(block: Block) -> bool:
    if isinstance(block, Table):
        return False
    text = block.text
    return bool(_WHERE.match(text)) or _is_tools(text) or _is_menu(text)


def _is_tools(text: str) -> bool:
    """A line of nothing but 字号 大 中 小, 打印, 来源：…, 发布时间：…"""
    rest, tools = _TOOL.subn("", text)
    return tools > 0 and not rest.strip(" |｜:：、,，")


def _is_menu(text: str) -> bool:
    words = [word for word in _BETWEEN_WORDS.split(text.strip()) if word]
    return bool(words) and all(map(_WORD.fullmatch, words))


def _published(blocks: Sequence[Block], bare: bool = True) -> Passage | None:
    """The first date line; a bare date counts where a site's date line stands."""
    for block in blocks:
        found = _dated_row(block) if isinstance(block, Table) else _dated(block.passage, bare)
        if found:
            return found
    return None


def _dated(line: Passage, bare: bool) -> Passage | None:
    match = _DATED.search(line.text)
    if not match and bare and _is_tools(line.text):
        match = _ONLY_DAY.search(line.text)
        several = match and match.span() != (0, len(line.text))
        if match and not several and not _ISO.match(match.group(1)):
            match = None
    return line.part(*match.span(1)) if match else None


def is_dated(text: str) -> bool:
    """A line with the site's own date in it."""
    return bool(_DATED.search(text)) or (bool(_ONLY_DAY.search(text)) and _is_tools(text))


def _dated_row(table: Table) -> Passage | None:
    """The date beside its label in a table of metadata."""
    for row in table.rows:
        cells = [cell for cell in row if cell]
        for label, value in pairwise(cells):
            match = _ONLY_DAY.fullmatch(value.text)
            if match and _LABEL_OF_DATE.fullmatch(label.text):
                return value.part(*match.span(1))
    return None


def _notice_of(front: Sequence[Block]) -> Iterator[Block]:
    """What stands before the body without the site's own lines."""
    where = max((i for i, b in enumerate(front) if _is_where(b)), default=-1)
    menu = max(where + 1, _menu_length(front[where + 1 :]) + where + 1)
    later = [_bare(block) for block in front[menu:]]
    for i, block in enumerate(front):
        if isinstance(block, Table):
            yield block
        elif _is_site(block):
            continue
        elif i >= menu or (_NOTICE.search(block.text) and _bare(block) not in later):
            yield block


def _is_where(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_WHERE.match(block.text))


def _bare(block: Block) -> str:
    return "".join(block.text.split()) if isinstance(block, Paragraph) else ""


def _menu_length(front: Sequence[Block]) -> int:
    """How many blocks at the beginning are a menu: short words, 首页 among them or many."""
    length = 0
    for block in front:
        if isinstance(block, Table) or len(block.text) > 8 or _NOTICE.search(block.text):
            break
        if not block.text.isalnum() or re.search(r"\d|[局厅委部院会]$", block.text):
            break
        length += 1
    words = [block.text for block in front[:length] if isinstance(block, Paragraph)]
    known = sum(bool(_WORD.fullmatch(word)) for word in words)
    return length if known >= 3 or "首页" in words else 0


def _without_footer(tail: Sequence[Block]) -> Iterator[Block]:
    paragraphs = [block for block in tail if isinstance(block, Paragraph)]
    for paragraph in paragraphs[: _footer_at([p.text for p in paragraphs])]:
        if not _is_site(paragraph) or _is_sign_off(paragraph.text):
            yield paragraph


def _is_sign_off(text: str) -> bool:
    """A bare date behind the text is the notice's own."""
    return bool(_ONLY_DAY.fullmatch(text)) and not _DATED.match(text)


def _footer_at(lines: Sequence[str]) -> int:
    """Where the related links or the footer begin, never before the sign-off's date."""
    signed = max((i + 1 for i, line in enumerate(lines) if _SIGNED.fullmatch(line)), default=0)
    rest = range(signed, len(lines))
    links = next((i for i in rest if _LINKS.match(lines[i])), len(lines))
    foot = next((i for i in rest if _FOOT.search(lines[i])), len(lines))
    if foot < len(lines):
        foot = next((i for i in rest if _FOOT_BEGINS.match(lines[i])), foot)
    return min(links, foot)
