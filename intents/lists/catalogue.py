"""Which notices there are: all of them, those of a year, place or campaign, the newest."""

from __future__ import annotations

from datetime import date

from intents.lists.operators import reading
from intents.lists.subject import spelled
from intents.lists.tables import ROOM
from intents.query import Query
from intents.result import Answer
from intents.select import is_there
from intents.telling import cited, pages
from intents.turn import Citation
from intents.where import where
from intents.wording import documents as say
from knowledge.model import Notice
from knowledge.regions import NATION
from knowledge.snapshot import KnowledgeBase
from knowledge.units import HEAD

_MOST = 8


def catalogue(query: Query, kb: KnowledgeBase, today: date) -> Answer | None:
    """The notices themselves, newest first; None where anything of them is asked."""
    read, scope = reading(query, kb), query.scope
    newest, oldest = read.has("newest"), read.has("oldest")
    if not read.has("documents") or scope.notices or scope.months or scope.days:
        return None
    if kb.lexicon.noun("part_counts").search(read.text):
        return None
    if not (newest or oldest or "list" in query.asks or read.has("count")):
        return None
    kinds = kb.notices_at(where(scope))
    if "任务清单" in read.text:
        kinds = [n for n in kinds if n.tasks]
    issuers = kb.issuers
    text = read.text
    for issuer in issuers:
        text = text.replace(spelled(issuer, kb), "\n")
    if read.left("documents", "count", "newest", "oldest", "each", "issued", text=text):
        return None
    named = [i for i in issuers if spelled(i, kb) in read.text]
    meant = [n for n in kinds if _is_meant(n, query, kb) and (not named or n.issuer in named)]
    if not meant:
        return None
    meant.sort(key=_age)
    if newest or oldest:
        one = meant[0] if newest else meant[-1]
        line = say.newest_document(one) if newest else say.oldest_document(one)
        return _answer([line], [one], query, kb)
    what = say.known_documents(_words_of(query, named))
    lines = [say.count_documents(what, len(meant), min(len(meant), _MOST))]
    lines += [say.document_line(i, n) for i, n in enumerate(meant[:_MOST], 1)]
    return _answer(lines, meant[:_MOST], query, kb)


def _age(notice: Notice) -> tuple[int, int]:
    """Newest first: by year, then by day; without a day, behind those of the year."""
    return (-(notice.year or 0), -(notice.issued.toordinal() if notice.issued else 0))


def _is_meant(notice: Notice, query: Query, kb: KnowledgeBase) -> bool:
    scope = query.scope
    return (
        is_there(notice, scope, kb)
        and (not scope.years or notice.year in scope.years)
        and (scope.campaign is None or notice.campaign == scope.campaign)
        and all(notice.region in kb.regions.lineage(r)[:-1] for r in scope.regions)
        and (scope.level is None or (notice.region == NATION) == (scope.level == "national"))
    )


def _words_of(query: Query, issuers: list[str]) -> str:
    scope = query.scope
    years = "、".join(f"{year}年" for year in scope.years)
    return f"{years}{'、'.join([*scope.regions, *issuers])}{scope.campaign or ''}"


def _answer(lines: list[str], meant: list[Notice], query: Query, kb: KnowledgeBase) -> Answer:
    citations = tuple(Citation(n.id, n.doc_number, _head(n)) for n in meant)
    sources = [cited(n, [_head(n)], query.scope, kb).split("\n", 1)[0] for n in meant[1:]]
    first = cited(meant[0], [_head(meant[0])], query.scope, kb)
    if sources:
        first = "\n".join([first.split("\n", 1)[0], *sources])
    told = pages([("\n".join(lines), first)], ROOM)
    return Answer("answer", told, citations, ask="document")


def _head(notice: Notice) -> str:
    """Where a notice says what it is; of a mere table, the table."""
    labels = [clause.label for clause in notice.clauses]
    return HEAD if HEAD in labels else labels[0]
