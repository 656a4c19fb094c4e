"""The notices that a question sets side by side: 福建23年和国家21年, 两次活动."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from intents.blanking import GAP
from intents.lists.operators import OF_ALL, Reading, reading
from intents.query import Query, Scope
from intents.select import in_order, is_there
from intents.understand import namer_of
from intents.where import where
from knowledge.late import late
from knowledge.model import Notice
from knowledge.regions import NATION
from knowledge.snapshot import KnowledgeBase

_APART = late("([和跟与同及、]|以及|还是|比(?![一例重下比较])|对(?=比|照)|[,;。?!])")
_JOINS = frozenset("和跟与同及、")
_TABLE = late("清单|单子")
# 福建23 and 国家21 are years where a year is said of the other side or a notice has it.
_SHORT_YEAR = late(r"(?<=[省市局家建])([12]\d)(?![\d年月日号项条个天.%])")


_YEARS = late(r"((?:20)?\d\d年)(?=(?:20)?\d\d年)")  # 24年21年各几项


@dataclass(frozen=True, slots=True)
class Side:
    """What one side names, and the notices that are meant by it, the likeliest first."""

    scope: Scope
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """`rest`: what the question says besides; `joined`: the sides stand in one breath (A和B)."""

    sides: tuple[Side, ...]
    rest: str
    joined: bool


def sides_of(query: Query, kb: KnowledgeBase, this_year: int) -> Sides | None:
    """The two sides of a question, or None where it does not set just two beside each other."""
    read = reading(query, kb)
    scope = query.scope
    if read.has("both") and not (scope.notices or scope.years or scope.regions):
        return _both(query, read, kb)
    text = _SHORT_YEAR.sub(r"\1年", read.expression("both").sub(GAP, query.text))
    text = _YEARS.sub(r"\1、", text)
    scopes: list[Scope] = []
    rests: list[str] = []
    joined = False
    between = ""
    for chunk in _APART.split(text):
        if _APART.fullmatch(chunk):
            between = chunk
            continue
        named = namer_of(kb).read(chunk, this_year)
        scope, rest = named.scope, named.rest
        if not _is_side(scope):
            scope, rest = _by_issuer(scope, rest, kb)
        if _is_side(scope):
            bare = not rests or not read.left("documents", text=rests[-1])
            joined = joined or (len(scopes) == 1 and between in _JOINS and bare)
            scopes.append(scope)
        rests.append(rest)
    if len(scopes) != 2:
        return None
    tables = bool(_TABLE.search(query.text)) and "需求清单" not in query.text
    sides = tuple(Side(scope, _meant(scope, tables, query, kb)) for scope in scopes)
    one, other = _of_one_campaign(sides)
    if set(one.notices) & set(other.notices):
        return None
    return Sides((one, other), OF_ALL.sub(GAP, GAP.join(rests)), joined)


def _by_issuer(scope: Scope, rest: str, kb: KnowledgeBase) -> tuple[Scope, str]:
    """国家局和福建: who issued it stands for the notice, unless something is handed in there."""
    for level, cues in kb.lexicon.issuers.items():
        said = re.search(rf"(?<![到给至向往由请])(?:{cues.expression.pattern})", rest)
        if said and not scope.campaign:
            return replace(scope, level=level), rest[: said.start()] + GAP + rest[said.end() :]
    return scope, rest


def _is_side(scope: Scope) -> bool:
    return (
        bool(scope.years or scope.regions or scope.level or scope.notices) and len(scope.years) <= 1
    )


def _meant(scope: Scope, tables: bool, query: Query, kb: KnowledgeBase) -> tuple[Notice, ...]:
    asked = replace(query.scope, notices=scope.notices, years=scope.years, regions=scope.regions)
    found = [
        n
        for n in kb.notices_at(where(asked))
        if is_there(n, asked, kb)
        and (not scope.notices or n.id in scope.notices)
        and (not scope.years or n.year in scope.years)
        and all(n.region in kb.regions.lineage(r)[:-1] for r in scope.regions)
        and (not scope.level or (n.region == NATION) == (scope.level == "national"))
        and (query.scope.campaign is None or n.campaign == query.scope.campaign)
        and (not tables or n.tasks)
    ]
    return tuple(in_order(found, asked, kb))


def _of_one_campaign(sides: Sequence[Side]) -> tuple[Side, Side]:
    """Where one side is one notice of a campaign, so is the other, if it can be."""
    one, other = sides
    return _like(one, other), _like(other, one)


def _like(side: Side, beside: Side) -> Side:
    if len(beside.notices) != 1 or len(side.notices) < 2 or not beside.notices[0].campaign:
        return side
    campaign = beside.notices[0].campaign
    same = tuple(n for n in side.notices if n.campaign == campaign and n not in beside.notices)
    return replace(side, notices=same[:1]) if same else side


def _both(query: Query, read: Reading, kb: KnowledgeBase) -> Sides | None:
    """两次活动, 两份清单: the only two notices of a campaign, or with a table of tasks."""
    expression = read.expression("both")
    match = expression.search(read.text)
    scope = query.scope
    if match is None:
        return None
    tables = bool(_TABLE.search(match[0])) or "任务" in match[0]
    groups: dict[str, list[Notice]] = {}
    for notice in kb.notices:
        if notice.campaign and is_there(notice, scope, kb) and bool(notice.tasks) == tables:
            groups.setdefault(notice.campaign, []).append(notice)
    pairs = [g for name, g in groups.items() if len(g) == 2 and scope.campaign in (None, name)]
    if len(pairs) != 1:
        return None
    sides = tuple(
        Side(Scope(notices=(n.id,)), (n,)) for n in sorted(pairs[0], key=lambda n: n.year or 0)
    )
    return Sides(sides, expression.sub(GAP, read.text), True)
