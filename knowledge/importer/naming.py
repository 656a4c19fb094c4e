"""Names for a freshly imported notice: its id, and what one calls it in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pypinyin import lazy_pinyin

from knowledge.importer.draft import Draft

_ID = re.compile(r"[a-z0-9][a-z0-9-]{2,60}")
_NUMBER = re.compile(r"〔(\d{4})〕第?(\d+)号")
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 48

_INNER = re.compile(r"(?:印发|转发|发布|公布)(?:《(.+)》|(.+?))的(?:通知|公告|函)$")
_ABOUT = re.compile(
    r"^.*?关于(?:(?:进一步|认真|切实|做好|组织|开展|举办|印发|转发|公布|发布)(?!的))*"
)
_TAIL = re.compile(r"(?:有关)?(?:工作|事项)?的(通知|公告|函|意见|通告)$")
_CALLED = re.compile(r"以下(?:统一)?简称(?:为)?[：:]?[“\"「]([^”\"」]{2,12})[”\"」]")
_LONGEST_SHORT = 36


def id_of(draft: Draft, stem: str) -> str:
    """The file's own name where it will do for an id, else the document number or the title in
    pinyin; never empty."""
    plain = _NOT_IN_ID.sub("-", stem.lower()).strip("-")
    if _ID.fullmatch(stem.lower()):
        return stem.lower()
    number = _NUMBER.search(draft.head.doc_number or "")
    named = _pinyin((draft.head.doc_number or "").partition("〔")[0]) if number else ""
    if number and named:
        return f"{named}-{number[1]}-{number[2]}"
    made = _NOT_IN_ID.sub("-", _pinyin(draft.head.title or stem))[:_LONGEST_ID].strip("-") or plain
    return made if _ID.fullmatch(made) else f"notice-{made or 'unnamed'}"


def short_of(draft: Draft, stem: str) -> str:
    """2021年“知识产权服务万里行”活动通知, of the whole title; a short title itself."""
    title = draft.head.title or stem
    inner = _INNER.search(title)
    if inner:
        return (inner[1] or inner[2])[:_LONGEST_SHORT]
    plain = _ABOUT.sub("", title)
    plain = _TAIL.sub(lambda m: m[1], plain)
    return (plain if len(plain) >= 4 else title)[:_LONGEST_SHORT]


def aliases_of(draft: Draft) -> tuple[str, ...]:
    """What the text itself says it is called for short (以下简称“…”) in its opening."""
    found = (m[1] for place in draft.outline.of("front") for m in _CALLED.finditer(place.body.text))
    year = draft.head.year
    return tuple(dict.fromkeys(_dated(found, year)))


def _dated(names: Iterator[str], year: int | None) -> Iterator[str]:
    """An abbreviation names a campaign; with the year it names this notice."""
    for name in names:
        if year is not None:
            yield f"{year}年{name}"


def _pinyin(text: str) -> str:
    return "".join(syllable[:1] for syllable in lazy_pinyin(text, errors="ignore"))
