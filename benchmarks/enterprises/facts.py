"""One made-up enterprise: what its entry must hold in the end."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.enterprises.phrases import (
    Need,
    chance,
    fill,
    load,
    needs,
    surprising_needs,
    weighted,
)

_PINYIN = [
    "chen",
    "lin",
    "huang",
    "zhang",
    "wu",
    "li",
    "zheng",
    "wang",
    "liu",
    "su",
    "ye",
    "office",
]


@dataclass(frozen=True, slots=True)
class Enterprise:
    """Empty strings where it has none. `landline`: (area code, number, extension)."""

    company: str
    name: str
    surname: str
    mobile: str
    landline: tuple[str, str, str] | None
    mail: str
    dept: str
    post: str
    need: Need
    national: bool

    @property
    def landline_written(self) -> str | None:
        if self.landline is None:
            return None
        code, number, extension = self.landline
        return f"{code}-{number}" + (f"转{extension}" if extension else "")


def enterprise(rng: Random) -> Enterprise:
    city = rng.choice(list(load("facts")["cities"]))
    name, surname = person(rng)
    has_mobile = chance(rng, 0.92)
    deep = name.startswith(surname) and not _titled(name) and chance(rng, 0.25)
    facts = load("facts")
    return Enterprise(
        company=company(rng, city),
        name=name,
        surname=surname,
        mobile=mobile(rng) if has_mobile else "",
        landline=landline(rng, city) if not has_mobile or chance(rng, 0.12) else None,
        mail=mail(rng) if chance(rng, 0.55) else "",
        dept=rng.choice(facts["depts"]) if deep and chance(rng, 0.7) else "",
        post=rng.choice(facts["posts"]) if deep and chance(rng, 0.7) else "",
        need=rng.choice(surprising_needs() if chance(rng, 0.08) else needs()),
        national=chance(rng, 0.4),
    )


def company(rng: Random, city: str) -> str:
    facts = load("facts")
    counties = facts["cities"][city]["counties"]
    place = rng.choice(counties) if chance(rng, 0.4) else city.removesuffix("市")
    forms = facts["short_companies"] if chance(rng, 0.15) else facts["companies"]
    return fill(
        rng.choice(forms),
        place=place,
        brand=rng.choice(facts["brands"]),
        trade=rng.choice(facts["trades"]),
    )


def person(rng: Random) -> tuple[str, str]:
    """(as the person wants to be called, surname)."""
    facts = load("facts")
    surname, given = rng.choice(facts["surnames"]), rng.choice(facts["given"])
    if chance(rng, 0.02):
        return rng.choice(facts["foreign"]), ""
    kind = weighted(rng, [("full", 8.0), ("title", 1.5), ("nickname", 0.7)])
    if kind == "title":
        return surname + rng.choice(facts["titles"]), surname
    if kind == "nickname":
        return fill(rng.choice(facts["nicknames"]), s=surname[0], g=given[-1]), surname
    return surname + given, surname


def _titled(name: str) -> bool:
    return name.endswith(tuple(load("facts")["titles"]))


def mobile(rng: Random) -> str:
    return f"{rng.choice(load('facts')['mobile_prefixes'])}0000{rng.randrange(10_000):04d}"


def landline(rng: Random, city: str) -> tuple[str, str, str]:
    row = load("facts")["cities"][city]
    number = f"{rng.choice('28')}{rng.choice('2568')}{rng.randrange(10 ** (row['digits'] - 2))}"
    extension = str(rng.choice([1, 12, 801, 8001, 602])) if chance(rng, 0.25) else ""
    return row["code"], number.ljust(row["digits"], "0"), extension


def mail(rng: Random) -> str:
    local = rng.choice(_PINYIN) + rng.choice(["", "", str(rng.randrange(100)), "yi", "_fj", ".yi"])
    if chance(rng, 0.12):
        local = mobile(rng) if chance(rng, 0.5) else str(rng.randrange(10**6, 10**10))
    return f"{local}@{rng.choice(load('facts')['mail_hosts'])}"
