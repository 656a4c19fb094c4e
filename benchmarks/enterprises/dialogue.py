"""A whole dialogue: how an enterprise tells what it has, stumbles, asks, corrects and ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from benchmarks.enterprises import facts, telling
from benchmarks.enterprises.corrections import corrections
from benchmarks.enterprises.phrases import chance, draw, listed, needs, weighted
from benchmarks.enterprises.plan import Block, Plan
from benchmarks.enterprises.telling import parts_of


@dataclass(slots=True)
class Dialogue:
    """`days` counts, a turn each, the days since the first; `expect` is as in samples/dialogues."""

    id: str
    turns: list[str]
    days: list[int]
    expect: dict[str, Any]
    before: list[dict[str, Any]] = field(default_factory=list)
    """What each entry must hold that was submitted before the last."""


def dialogues(seed: int, number: int) -> list[Dialogue]:
    """`number` dialogues; the same seed gives the same ones."""
    return [dialogue(Random(f"{seed}/{n}"), f"{seed}-{n}") for n in range(number)]


def dialogue(rng: Random, name: str) -> Dialogue:
    plan = Plan(rng, facts.enterprise(rng))
    if chance(rng, 0.06):
        plan.add(draw(rng, "greetings"))
    weighted(rng, [(_steps, 3.0), (_groups, 3.0), (_at_once, 2.5), (_need_first, 2.0)])(plan)
    contacts = len(plan.blocks)
    _task(plan)
    _national(plan)
    corrections(plan)
    between = _strew(plan, contacts)
    expect = _expected(plan)
    if not plan.national_told and chance(rng, 0.09):
        plan.blocks = plan.blocks[: rng.randint(2, max(2, len(plan.blocks)))]
        plan.add(draw(rng, "cancel"))
        expect = {"outcome": "cancelled"}
    else:
        plan.add(draw(rng, "submit"))
    first: list[dict[str, Any]] = []
    if expect["outcome"] == "submitted" and chance(rng, 0.06):
        first, expect = [expect], _second(plan, expect)
    turns = [message for block in plan.blocks for message in block]
    return Dialogue(name, turns, _days(rng, plan.blocks, between), expect, first)


# --- telling what it has


def _steps(plan: Plan) -> None:
    """Each field by itself, in the order of the printed form or nearly so."""
    rng, one = plan.rng, plan.one
    plan.add(draw(rng, "openings"))
    plan.add(telling.field(rng, one, "company", "bare"))
    plan.add(_name_by_itself(plan))
    parts = parts_of(one)
    reach = [way for way in ("mail", "no_mail", "mobile", "landline") if way in parts]
    if chance(rng, 0.5):
        reach.sort(key=lambda part: part in ("mail", "no_mail"))
    for way in reach:
        if way == "landline" and not one.mobile:
            plan.add(draw(rng, "no_mobile"))
        plan.add(*_stumbling(plan, way))
    for rest in ("dept", "post"):
        if rest in parts:
            plan.add(telling.field(rng, one, rest, "labelled"))
    if one.need.guessable and chance(rng, 0.12):
        plan.add(rng.choice(listed("task_names", one.need.task)))
        plan.task_told = True
    plan.add(telling.need_clause(rng, one.need, rng.choice(["bare", "bare", "labelled"])))


def _name_by_itself(plan: Plan) -> str:
    if plan.one.surname and chance(plan.rng, 0.04):
        plan.changed["联系人 contains"] = [plan.one.surname]
        return draw(plan.rng, "surname_only", v=plan.one.surname)
    return telling.field(plan.rng, plan.one, "name", "bare")


def _stumbling(plan: Plan, part: str) -> Block:
    """The field, now and then wrong at first."""
    rng, one = plan.rng, plan.one
    right = telling.field(rng, one, part, "bare")
    if part == "mobile" and chance(rng, 0.08):
        short = one.mobile[: rng.choice([7, 9, 10])]
        return [rng.choice([short, f"手机{short}"]), right]
    if part == "mobile" and chance(rng, 0.06):
        wrong = facts.mobile(rng)
        return [wrong, draw(rng, "corrections", "mobile", v=one.mobile)]
    if part == "mail" and chance(rng, 0.06):
        return [one.mail.rsplit(".", 1)[0] if one.mail.count(".") == 1 else one.mail[:-4], one.mail]
    return [right]


def _groups(plan: Plan) -> None:
    """Two or three messages with several fields each, in any order."""
    rng, one = plan.rng, plan.one
    plan.add(draw(rng, "openings"))
    parts = parts_of(one)
    if chance(rng, 0.5):
        rng.shuffle(parts)
    cut = rng.randint(1, len(parts) - 1)
    with_need = rng.choice([None, 0, 1])
    for n, group in enumerate([parts[:cut], parts[cut:]]):
        need = one.need if with_need == n else None
        tell = telling.run_on if chance(rng, 0.12) else telling.together
        plan.add(tell(rng, one, group, need))
    if with_need is None:
        plan.add(telling.need_clause(rng, one.need, rng.choice(["bare", "labelled"])))


def _at_once(plan: Plan) -> None:
    """Everything in the first message, or behind the command."""
    rng, one = plan.rng, plan.one
    parts = parts_of(one)
    if chance(rng, 0.3):
        rng.shuffle(parts)
    tell = telling.run_on if chance(rng, 0.4) else telling.together
    text = tell(rng, one, parts, one.need)
    if tell is telling.together and chance(rng, 0.3):
        text += rng.choice(["，", "。", " "]) + _national_inside(plan)
    opening = draw(rng, "openings")
    how = rng.choice(["alone", "apart", "before", "before"])
    if how == "apart":
        plan.add(opening)
    elif how == "before":
        between = "" if tell is telling.run_on else rng.choice(["，", "。", "\n", " ", "："])
        text = opening.rstrip("。！ ") + between + text
    plan.add(text)


def _need_first(plan: Plan) -> None:
    """The need itself opens the talk; then who it is, in one or two messages."""
    rng, one = plan.rng, plan.one
    plan.add(telling.need_clause(rng, one.need, "opening"))
    parts = parts_of(one)
    if chance(rng, 0.35):
        plan.add(telling.together(rng, one, parts, None))
        return
    plan.add(telling.field(rng, one, "company", "bare"))
    who = [p for p in parts if p in ("name", "mobile", "landline")]
    plan.add(telling.together(rng, one, who, None))
    for rest in parts:
        if rest in ("mail", "no_mail"):
            plan.add(telling.field(rng, one, rest, "bare"))
        elif rest in ("dept", "post"):
            plan.add(telling.field(rng, one, rest, "labelled"))


# --- key task and national support


def _task(plan: Plan) -> None:
    rng, one = plan.rng, plan.one
    if plan.task_told:
        return
    name = rng.choice(listed("task_names", one.need.task))
    if not one.need.guessable:
        plan.add(draw(rng, "task_no", t=name))
    elif chance(rng, 0.85):
        plan.add(draw(rng, "task_yes", t=name))


def _national_inside(plan: Plan) -> str:
    plan.national_told = True
    return draw(plan.rng, "national_inside", "wanted") if plan.one.national else _no_national(plan)


def _no_national(plan: Plan) -> str:
    return draw(plan.rng, "national_inside", "unwanted")


def _national(plan: Plan) -> None:
    if not plan.national_told:
        plan.add(_said(plan.rng, "national", plan.one.national))


def _said(rng: Random, what: str, yes: bool) -> str:
    return draw(rng, f"{what}_yes" if yes else f"{what}_no")


# --- in between


def _strew(plan: Plan, contacts: int) -> set[int]:
    """Questions, thanks and pauses between the blocks; the blocks after which days pass."""
    rng, strewn = plan.rng, list[Block]()
    pauses: set[int] = set()
    for n, block in enumerate(plan.blocks):
        strewn.append(block)
        if chance(rng, 0.06):
            questions = [draw(rng, "questions") for _ in range(weighted(rng, [(1, 4.0), (2, 1.0)]))]
            strewn.extend([question] for question in questions)
        elif n and n < contacts - 1 and chance(rng, 0.05):
            strewn.append([draw(rng, rng.choice(["about_the_form", "chat", "oos_questions"]))])
        elif n and chance(rng, 0.04):
            strewn.append([draw(rng, "pauses")])
            pauses.add(len(strewn))
            if chance(rng, 0.5):
                strewn.append([draw(rng, "returns")])
    plan.blocks = strewn
    return pauses


def _days(rng: Random, blocks: list[Block], pauses: set[int]) -> list[int]:
    days, day = [], 0
    for n, block in enumerate(blocks):
        if n in pauses:
            day += rng.randint(1, 4)
        days += [day] * len(block)
    return days


# --- the entry in the end


def _expected(plan: Plan) -> dict[str, Any]:
    one = plan.one
    expect: dict[str, Any] = {
        "单位名称": one.company,
        "联系人": one.name,
        "手机": one.mobile or None,
        "联系电话": one.landline_written,
        "电子邮件": one.mail or None,
        "重点任务": one.need.task,
        "服务需求事项 contains": list(one.need.kept),
        "服务需求事项 lacks": [part for part in (one.mobile, one.mail, one.company) if part],
        "需国家局协调": one.national,
        "outcome": "submitted",
    }
    if one.dept:
        expect["所在处室"] = one.dept
    if one.post:
        expect["职务"] = one.post
    if "联系人 contains" in plan.changed:
        del expect["联系人"]
        expect["联系人 contains"] = plan.changed["联系人 contains"]
    return expect


def _second(plan: Plan, first: dict[str, Any]) -> dict[str, Any]:
    """Another need of the same enterprise: who it is need not be told again."""
    rng = plan.rng
    need = rng.choice([n for n in needs() if n.task != plan.one.need.task])
    name = rng.choice(listed("task_names", need.task))
    national = chance(rng, 0.5)
    plan.add(draw(rng, "second_opening", v=need.text))
    if chance(rng, 0.3):
        plan.add(draw(rng, "same_as_before"))
    plan.add(draw(rng, "task_yes", t=name))
    plan.add(draw(rng, "national_yes") if national else draw(rng, "national_no"))
    plan.add(draw(rng, "submit"))
    return {
        **first,
        "重点任务": need.task,
        "服务需求事项 contains": list(need.kept),
        "需国家局协调": national,
    }
