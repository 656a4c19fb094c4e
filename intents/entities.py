"""What a question names outright: notices, years, places, clauses, tasks, departments.

Each finder returns what it found and blanks it out of the text, so that the words of a name are
not searched for a second time as a subject. Blanks keep the rest apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from intents.blanking import GAP, take, taken
from intents.forms import clause_numbered, part_of_a_form
from intents.numbered import PART, numbers_in
from intents.query import Level, Scope
from knowledge.facets import Where
from knowledge.late import late
from knowledge.lexicon import Kind
from knowledge.model import Notice
from knowledge.names import Names
from knowledge.regions import NATION
from knowledge.snapshot import KnowledgeBase

_YEAR = late(r"(?<!\d)(?:(20\d\d)(?![\d亿万元多余家件项个])年?度?|(?<![\d.])(\d\d)年度?)")
# After a figure these are what is counted by it: 24项, 21号.
_COUNTED = (
    "[年月日号天项个家条周亿万元份岁次所件部届期位名种类倍点分时页"
    "字人户台套块度米斤里章节款步大场班批]"
)
_YEAR_SPAN = late(r"20\d\d[-—–至到]+20\d\d年?")
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
# What is handed to a place goes to those who sit there.
_TO = late("[往报送交推给到]$|省(?:里|局|知识产权局)?(?:跟|和|与)$")
_OFFICE_OF = late("(?:那边|里)?(?:的)?(?:哪(?:一)?个司|那边|出面|审|帮|给|(?:跟|和|与)省)")
# 比上年增长多少 asks of the same year, 写明年底前 of no year.
_RELATIVE_YEAR = late(
    f"(?<![比较](?=[去上前]))(?<![写标注说列讲表](?=明))(?:{'|'.join(_RELATIVE)})"
)

_NUMBER_OF_NOTICE = late(r"(\D+)〔\d{4}〕(\d+)号")
_DOCUMENT_NUMBER = late(
    r"[\u4e00-\u9fff]{0,8}[〔\[(]20\d\d[〕\])]\d+号|(?<!\d)\d{1,4}号文"
    r"|[\u4e00-\u9fff]{1,6}[字函发办规]20\d\d ?年?第?\d{1,3}号(?!之?以?前)"
)
# A document number without its brackets: 国知发运函字2021 51号.
_NUMBER_TYPED = late(r"([字函发办规])[〔\[(]?(20\d\d)[〕\])]? ?年?第?(\d{1,3})号(?!之?以?前)")
# Between another body's name and the kind of its document: 工信厅的方案, 教育部那份24年的清单.
_OF_BODY = (
    r"(?:那边|那儿)?(?:的|印?发布?的?|出台?的?|那[份个]|(?=\x00|\d\d))[\u4e00-\u9fff\x00\d]{0,24}?"
    r"(?:任务清单|方案|指导意见|工作指引|管理办法|实施细则|通知)"
)
_KIND_NAMED = late("任务清单|工作指引|指导意见")
# A figure before one of these, or before a notice's own name (blanked by then), is a year:
# 24清单, 21那个通知.
_KIND_SAID = (
    "(?:国家|省|的|那个?|这个?|版)?"
    rf"(?:{GAP}|任务|清单|意见|指引|方案|通知|文件|活动)"
)
_CORE_OF_TITLE = late(r".*?关于(?:印发)?[《“]?(.{8,}?)[》”]?的(?:通知|意见|指导意见|方案)")

# Who issued it, when said of a document: before a year or a campaign, or with 的. After 报给 or
# 交到 the same words are whom something is handed in to.
_DOCUMENT = "的|那个|那份|这边|呢"
_NOT_TO = r"(?<![到给至向往由和与请])"
# Which notices are of a kind of document.
_OF_KIND: Mapping[Kind, Callable[[Notice], bool]] = {
    "任务清单": lambda n: bool(n.tasks),
    "工作指引": lambda n: n.kind == "工作指引",
    "指导意见": lambda n: n.kind == "指导意见",
    "工作方案": lambda n: n.kind == "工作方案",
}
# What a campaign is called behind its name; a 方案 is handed in, and stays.
_CALLED = "(?:专项|公益)?(?:行动计划|计划|项目|工程|行动|活动)(?!书|表)"
_LISTS = ("清单", "单子")
# A kind of document by itself, where a document must be meant: 意见里, 指引的, 那个意见.
_ALONE = late(
    r"(?:^|(?<=[,。?;\s\x00])|[那这](?:个|份))(工作指引|指引|指导意见|意见)"
    r"(?=里|中|上|是|的|啥|什么|落款|说|要求|哪|[,。?]|$)"
)
# Where the asker is from: 我们浙江, 我公司在宁波, 来自厦门的企业, 浙江企业，想问….
_FROM = late(
    r"(?:(?:我们?|咱们?|俺们?|本)(?:这边?|这里|公司|单位|企业|机构|厂|司|校|社|局|人)?"
    r"(?:是|在|就在|位于|属于|来自)?(?:一?[家个])?|人在|来自|坐标:?|作为)$"
)
_ASKER = (
    r"(?:的|这边的?|这里的?|本地的?)?(?:一?[家个])?(?:小微|中小)?"
    r"(?:企业|公司|单位|工厂|合作社|机构|用户|人)"
)
_STOP = r"(?=[,.;!?。~、 ]|$|想|请问|问|咨询)"
_FROM_HERE = late(rf"{_ASKER}?{_STOP}")
_ASKER_OF = late(rf"{_ASKER}{_STOP}")


@dataclass(frozen=True, slots=True)
class Named:
    """The scope that a text names, the departments in it, and the text without these names."""

    scope: Scope
    departments: tuple[str, ...]
    rest: str


class Namer:
    """Finds the names of one snapshot's notices, campaigns and departments in canonical text."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        said = [
            (name, notice.id)
            for notice in kb.notices
            for name in _names_of(notice.title, notice.short, notice.doc_number, *notice.aliases)
        ]
        aliases: dict[str, set[str]] = {}
        for name, (_, notice_id) in zip(kb.canonicals(n for n, _ in said), said, strict=True):
            aliases.setdefault(name, set()).add(notice_id)
        self._aliases = {name: tuple(sorted(ids)) for name, ids in aliases.items() if len(name) > 2}
        self._alias = Names(self._aliases)
        campaigns = {kb.canonical(n.campaign): n.campaign for n in kb.notices if n.campaign}
        self._campaigns = campaigns
        self._campaign = Names(campaigns)
        self._issued_by = self._issuers()
        self._part_of_a_sheet = part_of_a_form(kb, PART.pattern)
        bodies = {n.issuer for n in kb.notices if n.issuer}
        bodies |= {addressee for n in kb.notices for addressee in n.addressees}
        self._bodies = tuple(map(kb.canonical, sorted(bodies)))
        named = "|".join([*map(re.escape, campaigns), _KIND_SAID])
        known = {notice.year % 100 for notice in kb.notices if notice.year}
        first = "|".join(f"{year:02}" for year in sorted(known)) or "(?!)"
        self._short_year = re.compile(
            rf"(?<![\d.第])([12]\d)(?={named})|^({first})(?=[\u4e00-\u9fff])(?!{_COUNTED})"
        )
        bodies_else = kb.lexicon.other_bodies.expression.pattern
        self._other_body = re.compile(f"({bodies_else}){_OF_BODY}")
        departments = {d for n in kb.notices for c in n.clauses for d in c.departments}
        departments |= {d for n in kb.notices for t in n.tasks for d in t.departments}
        self._departments = {kb.canonical(d): d for d in departments}
        self._department = Names(self._departments)
        self._held = frozenset(notice.region for notice in kb.notices)

    def read(self, text: str, this_year: int) -> Named:
        """`text` is canonical; `this_year` is what 今年 means."""
        text = whole = _NUMBER_TYPED.sub(r"\1〔\2〕\3号", text)
        text = _YEAR_SPAN.sub(lambda m: m[0].replace("20", "二〇"), text)
        notices, text = self._notices(text)
        number_of, text = take(_DOCUMENT_NUMBER, text, lambda m: m[0])
        level, text = self._level(text)
        years, text = self._years(text)
        if level == "local" and years and not self._issued_locally(years):
            level = None  # 省里的方案几号给国家局: the province's own part, not its notice
        relative, text = self._relative_years(text, years, this_year)
        scope, text = numbers_in(text, bool(notices), self._part_of_a_sheet)
        home, text = self._home(text)
        regions, text = self._regions(text)
        campaign, text = self._campaign_in(text)
        departments = [self._departments[text[i:j]] for i, j in self._department.found_in(text)]
        if not notices:
            notices, text = self._by_kind(text, years, regions)
        if campaign and self._only_speaks_of(campaign[0], notices, whole):
            text, campaign = f"{text}{GAP}{campaign[0]}", []
        scope = self._as_numbered(scope, notices, whole)
        absent = (
            next(iter(number_of), None)
            or self._absent(text, years, notices)
            or self._of_another_body(whole)
            or self._its_own(whole)
        )
        scope = replace(
            scope,
            absent=absent,
            notices=tuple(dict.fromkeys(notices)),
            years=tuple(dict.fromkeys([*years, *relative])),
            regions=tuple(dict.fromkeys(regions)),
            campaign=self._campaigns[campaign[0]] if campaign else None,
            level=level,
            home=home,
        )
        return Named(scope, tuple(dict.fromkeys(departments)), text)

    def _years(self, text: str) -> tuple[list[int], str]:
        years, text = take(_YEAR, text, lambda m: int(m[1] or 0) or 2000 + int(m[2]))
        short, text = take(self._short_year, text, lambda m: 2000 + int(m[1] or m[2]))
        return [*years, *short], text

    def _relative_years(
        self, text: str, years: Sequence[int], this_year: int
    ) -> tuple[list[int], str]:
        """The years that 今年, 去年, … mean, beside the `years` that are named."""
        relative, text = take(_RELATIVE_YEAR, text, lambda m: this_year + _RELATIVE[m[0]])
        if years and not self._kb.notices_at(Where(years=(this_year,))):
            relative = [year for year in relative if year != this_year]  # 今年要做哪些, 24年那个
        return relative, text

    def _as_numbered(self, scope: Scope, notices: Sequence[str], whole: str) -> Scope:
        """`scope`, with a clause for its item where a clause is called by that number."""
        if scope.item is None:
            return scope
        numbered = clause_numbered(whole, [self._kb.notice(n) for n in notices])
        return replace(scope, labels=(*scope.labels, numbered), item=None) if numbered else scope

    def _only_speaks_of(self, campaign: str, notices: Sequence[str], whole: str) -> bool:
        """Whether the notices that are meant are none of the campaign's, and what they say of it is
        asked: 24年清单里万里行归谁. Beside a notice the campaign is another one of itself."""
        of_it = {self._kb.notice(one).campaign for one in notices}
        if not notices or self._campaigns[campaign] in of_it:
            return False
        return re.search(rf"[里中上有提讲说写].{{0,6}}{re.escape(campaign)}", whole) is not None

    def _issuers(self) -> dict[Level, re.Pattern[str]]:
        """How the nation's and the province's documents are named by who issued them."""
        names = "|".join([*map(re.escape, self._campaigns), _DOCUMENT, "要求"])
        document = rf"(?=20\d\d|\d\d年|{names})(?:{_DOCUMENT})?"
        said = {level: cues.expression.pattern for level, cues in self._kb.lexicon.issuers.items()}
        national, local = said.get("national", "(?!)"), said.get("local", "(?!)")
        return {
            "national": re.compile(rf"{_NOT_TO}(?:{national})(?:层面)?(?:发)?{document}"),
            "local": re.compile(rf"(?<![们我]){_NOT_TO}(?:{local})(?:发)?{document}|省级的"),
        }

    def _level(self, text: str) -> tuple[Level | None, str]:
        for level, pattern in self._issued_by.items():
            if pattern.search(text):
                return level, pattern.sub(GAP, text)
        return None, text

    def _notices(self, text: str) -> tuple[list[str], str]:
        found, text = taken(self._alias, text)
        return [one for name in found for one in self._aliases[name]], text

    def _campaign_in(self, text: str) -> tuple[list[str], str]:
        """A campaign, and what kind of thing people call it (万里行行动计划)."""
        found, rest = taken(self._campaign, text)
        for name in found:
            text = re.sub(f"{re.escape(name)}(?:{_CALLED})?", GAP, text)
        return (found, text) if found else ([], rest)

    def _by_kind(self, text: str, years: list[int], regions: list[str]) -> tuple[list[str], str]:
        """A year or place with a kind of document (2024年那个单子), where that is one notice."""
        around = Where(years=tuple(years), regions=tuple(regions))
        for kind, cues in self._kb.lexicon.kinds.items():
            pattern, is_meant = cues.expression, _OF_KIND[kind]
            match = pattern.search(text)
            if match and match[0] in _LISTS and "需求" in text:
                continue  # the demand list is meant
            if (years or regions) and match:
                meant = [
                    notice.id
                    for notice in self._kb.notices_at(around)
                    if is_meant(notice)
                    and (not years or notice.year in years)
                    and all(notice.region in self._lineage(r) for r in regions)
                ]
                if len(meant) == 1:
                    return meant, pattern.sub(GAP, text)
        return self._alone(text) if not (years or regions) else ([], text)

    def _alone(self, text: str) -> tuple[list[str], str]:
        """意见里, where only one notice is of that kind."""
        match = _ALONE.search(text)
        if match is None:
            return [], text
        kinds = self._kb.lexicon.kinds.items()
        kind = next((kind for kind, cues in kinds if cues.expression.fullmatch(match[1])), None)
        if kind is None:
            return [], text
        is_meant = _OF_KIND[kind]
        found = [notice.id for notice in self._kb.notices if is_meant(notice)]
        if len(found) != 1:
            return [], text
        return found, text[: match.start(1)] + GAP + text[match.end(1) :]

    def _absent(self, text: str, years: list[int], notices: list[str]) -> str | None:
        """A kind of document that the notices of the year have not: 2023年任务清单."""
        match = _KIND_NAMED.search(text)
        if notices or not years or not match:
            return None
        of_year = self._kb.notices_at(Where(years=tuple(years)))
        held = any(n.year in years and match[0] in n.title for n in of_year)
        return None if held else f"{years[0]}年{match[0]}"

    def _of_another_body(self, text: str) -> str | None:
        """The document of a body that has issued none of the notices and is named in none as
        the issuer of another."""
        match = self._other_body.search(text)
        if match is None or any(match[1][-3:] in body for body in self._bodies):
            return None
        return f"{match[1]}的文件"

    def _its_own(self, text: str) -> str | None:
        """A document of a place below those whose notices there are (厦门自己那份方案); what is
        handed in by it is asked for in the notices themselves."""
        lexicon = self._kb.lexicon
        match = lexicon.its_own.expression.search(text)
        if match is None or lexicon.handed_up.expression.search(text):
            return None
        places = [name for _, _, name in self._kb.regions.spans(text)]
        if not places or self._held.isdisjoint(places):
            return f"{''.join(places[-1:])}自己的{match[match.lastindex or 0]}"
        return None

    def _issued_locally(self, years: list[int]) -> bool:
        return any(n.year in years and n.region != NATION for n in self._kb.notices)

    def _lineage(self, region: str) -> tuple[str, ...]:
        return self._kb.regions.lineage(region)[:-1]

    def _home(self, text: str) -> tuple[str | None, str]:
        """Where the asker is from (我们浙江), and the text without it: it asks for nothing.

        It stays, as a place that is asked about, where a notice is of that place.
        """
        home: str | None = None
        for start, end, name in reversed(self._kb.regions.spans(text)):
            said = _FROM.search(text[:start])
            if not said and not (_ASKER_OF.match(text, end) and not text[:start].strip(GAP)):
                continue
            home = name
            after = _FROM_HERE.match(text, end)
            text = text[:end] + GAP + text[after.end() if after else end :]
            kept = start if self._is_local(name) else end
            text = text[: said.start() if said else start] + text[kept:]
        return home, text

    def _is_local(self, place: str) -> bool:
        return not self._held.isdisjoint(self._lineage(place))

    def _regions(self, text: str) -> tuple[list[str], str]:
        found: list[str] = []
        receivers = self._kb.lexicon.receivers.get("national")
        for start, end, name in reversed(self._kb.regions.spans(text)):
            handed = receivers is not None and receivers.expression.fullmatch(text[start:end])
            # 往北京推, 北京哪个司: who sits there is meant, not the place
            if not (handed and (_TO.search(text, 0, start) or _OFFICE_OF.match(text, end))):
                found.insert(0, name)
            text = text[:start] + GAP + text[end:]
        return found, text


def _names_of(*names: str | None) -> Iterable[str]:
    """Every spelling of a notice's names; of a document number also with plain brackets."""
    for name in names:
        if name:
            yield name
            yield re.sub('[《》“”"]', "", name)
            if match := _NUMBER_OF_NOTICE.fullmatch(name):
                number = f"{match[2]}号"
                yield from (f"{number}文", f"{number}通知", f"{number}文件", match[1] + number)
            if match := _CORE_OF_TITLE.fullmatch(name):
                yield match[1]
            if "〔" in name:
                yield name.replace("〔", "(").replace("〕", ")")
                yield name.replace("〔", "[").replace("〕", "]")
                yield re.sub("[〔〕]", "", name)
