"""How well the importer reads: precision and recall on notices with gold beside."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from knowledge.importer.draft import draft_of
from knowledge.importer.reading import page_of_text
from knowledge.importer.told import as_json
from knowledge.regions import Regions

CORPUS = Path(__file__).parent.parent / "tests" / "knowledge" / "importer" / "corpus"
HEAD = ("title", "doc_number", "issued", "issuer")
FAMILIES = ("deadlines", "periods", "contacts", "attachments", *HEAD)

Json = Mapping[str, Any]
_BLANK = re.compile(r"\s+")


@dataclass(slots=True)
class Tally:
    """What was found and is right, found and is not, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, name: str, gold: Iterable[Hashable], found: Iterable[Hashable]) -> None:
        wanted, had = Counter(gold), Counter(found)
        extra, lacking = had - wanted, wanted - had
        self.right += (wanted & had).total()
        self.wrong += extra.total()
        self.missed += lacking.total()
        self.examples += [f"{name}: + {item}" for item in extra]
        self.examples += [f"{name}: - {item}" for item in lacking]

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def cases(corpus: Path = CORPUS) -> Iterator[Json]:
    """`name`, `text` and `gold` of every notice of the corpus."""
    for file in sorted(corpus.glob("*.yaml")):
        yield from yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def read(case: Json, regions: Regions) -> Json:
    """What the importer makes of it, as `kb import --json` would print it."""
    return as_json(draft_of(page_of_text(case["text"]), regions), case["name"])


def tallies(pairs: Iterable[tuple[Json, Json]]) -> dict[str, Tally]:
    """By family, of (case, what was read). A family that the gold leaves out is not judged."""
    out = {family: Tally() for family in FAMILIES}
    for case, found in pairs:
        gold = case["gold"]
        for family in FAMILIES:
            if family in gold:
                wanted = _items(family, gold, gold)
                out[family].add(case["name"], wanted, _items(family, found, gold))
    return out


def _items(family: str, side: Json, gold: Json) -> Sequence[Hashable]:
    if family in HEAD:
        value = side.get(family)
        return [plain(value)] if value else []
    if family == "deadlines":
        return [(d["due"], d.get("time")) for d in side[family]]
    if family == "periods":
        return [(p.get("start"), p.get("end")) for p in side[family]]
    if family == "attachments":
        return [(a["label"], plain(a["title"])) for a in side[family]]
    return list(dict.fromkeys(_contact_items(side[family])))


def _contact_items(contacts: Iterable[Json]) -> Iterator[Hashable]:
    for contact in contacts:
        names = contact.get("names") or (contact.get("name") or "").split("、")
        yield from (("name", plain(name)) for name in names if name)
        yield from (("phone", phone) for phone in contact.get("phones", ()))
        yield from (("email", email) for email in contact.get("emails", ()))


def plain(text: str) -> str:
    """Without blanks and with half-width forms: how titles and names are compared."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def table(counted: Mapping[str, Tally]) -> list[str]:
    """Lines for the report of `make bench`."""
    figures = f"{'precision':>10}{'recall':>10}{'F1':>8}"
    head = f"{'importer':<14}{figures}{'right':>8}{'wrong':>7}{'missed':>8}"
    return [head, *(_line(family, tally) for family, tally in counted.items())]


def _line(family: str, t: Tally) -> str:
    figures = f"{t.precision:>10.3f}{t.recall:>10.3f}{t.f1:>8.3f}"
    return f"{family:<14}{figures}{t.right:>8}{t.wrong:>7}{t.missed:>8}"
