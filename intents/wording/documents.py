"""Which notices there are."""

from __future__ import annotations

from intents.dates import day
from knowledge.model import Notice


def count_documents(what: str, count: int, shown: int) -> str:
    head = f"{what}共{count}份"
    return f"{head}，最新的{shown}份是：" if shown < count else f"{head}："


def known_documents(what: str) -> str:
    return f"现有{what}文件"


def document_line(number: int, n: Notice) -> str:
    marks = "，".join(
        filter(None, (n.doc_number, n.issuer, f"{day(n.issued)}印发" if n.issued else ""))
    )
    return f"{number}. {n.short}" + (f"（{marks}）" if marks else "")


def newest_document(n: Notice) -> str:
    return f"现有文件里最新的是《{n.title}》{_marks(n)}。"


def oldest_document(n: Notice) -> str:
    return f"现有文件里最早的是《{n.title}》{_marks(n)}。"


def _marks(n: Notice) -> str:
    when = f"{day(n.issued)}印发" if n.issued else f"{n.year}年" if n.year else ""
    told = "，".join(filter(None, (n.doc_number, when)))
    return f"（{told}）" if told else ""
