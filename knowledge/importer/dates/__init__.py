"""A grammar of dates and times in Chinese official text.

`find_dates(text)` gives the mentions as printed; `resolve(mention, anchor, before)` makes ISO
dates of them with the notice's own time. Both are pure and never raise. A deadline is
`resolve(m, ...).due`; of a period take `first` and `last`, and `m.relation` for one-sided ones.
"""

from knowledge.importer.dates.finding import find_dates
from knowledge.importer.dates.mention import DateKind, DatePart, Every, Mention, Part, Relation
from knowledge.importer.dates.resolving import Resolved, resolve

__all__ = [
    "DateKind", "DatePart", "Every", "Mention", "Part", "Relation", "Resolved",
    "find_dates", "resolve",
]  # fmt: skip
