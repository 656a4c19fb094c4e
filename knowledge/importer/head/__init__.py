"""Who issued a notice, when, to whom, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge.importer.facts import Anchor, Head
from knowledge.importer.head.found import Found
from knowledge.importer.head.issued import LOOK_NO_DATE, first_year, issued_of
from knowledge.importer.head.issuer import LOOK_NO_ISSUER, issuer_of
from knowledge.importer.head.naming import campaign_of, kind_of, year_in
from knowledge.importer.head.number import number_of_notice, year_of_number
from knowledge.importer.head.people import addressees_of, cites_of
from knowledge.importer.head.sources import sources_of
from knowledge.importer.head.title import LOOK_NO_TITLE, title_of
from knowledge.importer.head.whereabouts import LOOK_NO_REGION, region_of
from knowledge.importer.page import Outline, Paragraph
from knowledge.regions import Regions

__all__ = ["anchor_of", "head_of"]

_MISSING = {
    "title": LOOK_NO_TITLE,
    "issuer": LOOK_NO_ISSUER,
    "issued": LOOK_NO_DATE,
    "region": LOOK_NO_REGION,
}


def head_of(outline: Outline, regions: Regions) -> Head:
    """What the text does not hold is None; `look` then says so."""
    sources = sources_of(outline)
    title = title_of(sources, outline)
    number = number_of_notice(sources)
    issuer = issuer_of(sources, title)
    issued = issued_of(sources, outline.page)
    region = region_of(issuer, title, number, regions)
    campaign = campaign_of(title)
    addressees = addressees_of(sources)
    name = title.value if title else None
    day = issued.value if issued else None
    found: dict[str, Found[Any] | None] = {
        "title": title, "doc_number": number, "issuer": issuer, "issued": issued,
        "region": region, "campaign": campaign, "addressees": addressees,
    }  # fmt: skip
    return Head(
        title=name,
        issuer=issuer.value if issuer else None,
        doc_number=number.value if number else None,
        kind=kind_of(name, outline),
        issued=day.date if day else None,
        issued_month=f"{day.year}-{day.month:02d}" if day and day.day is None else None,
        region=region.value if region else None,
        year=year_in(name) or (day.year if day else year_of_number(number.value if number else "")),
        campaign=campaign.value if campaign else None,
        addressees=addressees.value if addressees else (),
        cites=cites_of(sources, outline, name),
        spans={field: value.span for field, value in found.items() if value and value.span},
        sure={field: value.sure for field, value in found.items() if value},
        look=_looks(found),
    )


def anchor_of(outline: Outline, head: Head) -> Anchor:
    """The year of issue, else that of the number, the title or the first whole date."""
    if head.issued is not None:
        return Anchor(head.issued, head.issued.year)
    month = int(head.issued_month[:4]) if head.issued_month else None
    text = "\n".join(b.text for b in outline.page.blocks if isinstance(b, Paragraph))
    year = month or year_of_number(head.doc_number) or year_in(head.title) or first_year(text)
    return Anchor(None, year)


def _looks(found: Mapping[str, Found[Any] | None]) -> dict[str, str]:
    given = {field: value.look for field, value in found.items() if value and value.look}
    return {**given, **{f: words for f, words in _MISSING.items() if found[f] is None}}
