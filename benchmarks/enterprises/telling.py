"""Messages in which an enterprise tells several things at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from benchmarks.enterprises import written
from benchmarks.enterprises.facts import Enterprise
from benchmarks.enterprises.phrases import Need, chance, draw, listed, weighted

Style = str
"""bare | labelled | spoken: how a field is told."""

MAIL = "mail"
PARTS = ("company", "name", "mobile", "landline", MAIL, "dept", "post")


def parts_of(one: Enterprise) -> list[str]:
    """The fields about itself that an enterprise has to tell; `no_mail` is one."""
    has = {
        "company": True,
        "name": True,
        "mobile": bool(one.mobile),
        "landline": one.landline is not None,
        MAIL: bool(one.mail),
        "no_mail": not one.mail,
        "dept": bool(one.dept),
        "post": bool(one.post),
    }
    return [part for part, there in has.items() if there]


def value(rng: Random, one: Enterprise, part: str, *, spoken: bool = False) -> str:
    if part == "mobile":
        return written.mobile(rng, one.mobile, spoken=spoken)
    if part == "landline" and one.landline is not None:
        return written.landline(rng, *one.landline)
    if part == MAIL:
        return written.mail(rng, one.mail, spoken=spoken)
    return str(getattr(one, part, ""))


def field(rng: Random, one: Enterprise, part: str, style: Style) -> str:
    """One field as a clause of its own."""
    if part in ("dept", "post"):
        style = "labelled"
    spoken = style == "spoken"
    return draw(rng, part, style, v=value(rng, one, part, spoken=spoken))


def need_clause(rng: Random, need: Need, style: Style) -> str:
    """The need in a sentence; who already says 我们 does not say it twice."""
    told = draw(rng, "need", style, v=need.text)
    return told.replace("我们我们", "我们").replace("现在我们", "我们现在")


def together(rng: Random, one: Enterprise, parts: list[str], need: Need | None) -> str:
    """`parts` of what the enterprise has, and the need if there is one, in one message."""
    ways: list[tuple[Callable[[Random, Enterprise, list[str], Need | None], str], float]] = [
        (labelled, 3.0),
        (commas, 4.0),
        (blanks, 1.5),
    ]
    return weighted(rng, ways)(rng, one, parts, need)


def labelled(rng: Random, one: Enterprise, parts: list[str], need: Need | None) -> str:
    """A form filled in: label and value, by any separator."""
    clauses = [field(rng, one, part, "labelled") for part in parts]
    if need:
        clauses.append(need_clause(rng, need, "labelled"))
        if chance(rng, 0.25):
            clauses.insert(0, clauses.pop())
    return rng.choice(["，", "，", "\n", "；", "。", " ", "、"]).join(clauses)


def commas(rng: Random, one: Enterprise, parts: list[str], need: Need | None) -> str:
    """As one introduces oneself: who and number first, or the need."""
    clauses, rest = _who(rng, one, parts)
    clauses += [field(rng, one, part, _style_inside(rng, part)) for part in rest]
    if need:
        clauses.insert(_place_of_need(rng, len(clauses)), need_clause(rng, need, "spoken"))
    text = clauses[0]
    for clause in clauses[1:]:
        text += rng.choice(["，", "，", "，", "。", "；", " "]) + clause
    return text + rng.choice(["", "", "。"])


def blanks(rng: Random, one: Enterprise, parts: list[str], need: Need | None) -> str:
    """Bare values with blanks between."""
    clauses = []
    for part in parts:
        if part in ("no_mail", "dept", "post"):
            clauses.append(draw(rng, part, "labelled", v=value(rng, one, part)))
        else:
            clauses.append(value(rng, one, part))
    if need:
        clauses.append(need.text)
    return rng.choice([" ", " ", "  ", "，", "\n"]).join(clauses)


def run_on(rng: Random, one: Enterprise, parts: list[str], need: Need | None) -> str:
    """All in one breath, without any punctuation, as voice input gives it."""
    place = _place_of_need(rng, len(parts)) if need else None
    clauses = _breath(rng, one, parts, starts=place != 0)
    if need and place is not None:
        clauses.insert(min(place, len(clauses)), need_clause(rng, need.run_on(), "spoken"))
    for at in range(len(clauses) - 1, 0, -1):
        if chance(rng, 0.15):
            clauses.insert(at, rng.choice(listed("fillers")))
    return "".join(clauses)


def _breath(rng: Random, one: Enterprise, parts: Iterable[str], *, starts: bool) -> list[str]:
    """Clauses that are heard apart: a name alone (X公司的陈一) only where the breath `starts`."""
    clauses, rest = [], list(parts)
    if "company" in rest and "name" in rest and chance(rng, 0.7):
        starts = starts and set(rest[:2]) == {"company", "name"}
        said = [w for w in listed("who_company_name") if w[0] == "我" or w[0] == "这"]
        said += ["{company}的{name}", "{company}{name}"] if starts else []
        who = rng.choice(said).replace("，", "")
        clauses.append(who.replace("{company}", one.company).replace("{name}", one.name))
        at = rest.index("company")
        rest = [p for p in rest if p not in ("company", "name")]
        rest.insert(min(at, len(rest)), "")
    told = [field(rng, one, part, "spoken") if part else clauses[0] for part in rest]
    return told or clauses


def _who(rng: Random, one: Enterprise, parts: list[str]) -> tuple[list[str], list[str]]:
    """Clauses of who it is, and the parts that are still to be told."""
    told: list[str] = []
    rest = list(parts)
    about = ["company", "name"]
    if all(part in rest for part in about) and chance(rng, 0.75):
        extra = [p for p in ("dept", "post") if p in rest]
        key = "who_" + ("_".join(extra) if extra else "company_name")
        words = {p: str(getattr(one, p)) for p in (*about, *extra)}
        told.append(draw(rng, key, **words))
        rest = [p for p in rest if p not in (*about, *extra)]
    elif "name" in rest and "mobile" in rest and chance(rng, 0.7):
        number = value(rng, one, "mobile")
        told.append(draw(rng, "name_mobile", name=one.name, mobile=number))
        rest = [p for p in rest if p not in ("name", "mobile")]
    return told, rest


def _style_inside(rng: Random, part: str) -> Style:
    if part == "no_mail":
        return rng.choice(["labelled", "spoken"])
    return weighted(rng, [("spoken", 2.0), ("labelled", 3.0)])


def _place_of_need(rng: Random, clauses: int) -> int:
    return weighted(rng, [(clauses, 4.0), (0, 2.0), (min(1, clauses), 1.0)])
