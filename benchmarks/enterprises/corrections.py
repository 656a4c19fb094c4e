"""How an enterprise changes its mind before it submits."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.enterprises import facts, written
from benchmarks.enterprises.phrases import Need, chance, details, draw, listed, needs, weighted
from benchmarks.enterprises.plan import Plan


def corrections(plan: Plan) -> None:
    """Sometimes: what was said before is said otherwise."""
    rng = plan.rng
    if chance(rng, 0.3):
        kinds = [_new_mobile, _new_mail, _new_company, _new_name, _new_task, _new_national]
        kinds += [_new_need, _more_need, _new_name_and_mobile, _new_tail, _later_field]
        for kind in rng.sample(kinds, weighted(rng, [(1, 5.0), (2, 1.0)])):
            kind(plan)


def _new_mobile(plan: Plan) -> None:
    if plan.one.mobile:
        number = facts.mobile(plan.rng)
        shown = written.mobile(plan.rng, number)
        plan.add(draw(plan.rng, "corrections", "mobile", v=shown))
        plan.one = replace(plan.one, mobile=number)


def _new_tail(plan: Plan) -> None:
    if plan.one.mobile:
        old, tail = plan.one.mobile[-4:], f"{plan.rng.randrange(10_000):04d}"
        plan.add(draw(plan.rng, "corrections", "mobile_tail", tail=tail, old=old))
        plan.one = replace(plan.one, mobile=plan.one.mobile[:-4] + tail)


def _new_mail(plan: Plan) -> None:
    if plan.one.mail and chance(plan.rng, 0.2):
        plan.add(draw(plan.rng, "corrections", "drop_mail"))
        plan.one = replace(plan.one, mail="")
    elif plan.one.mail:
        mail = facts.mail(plan.rng)
        plan.add(draw(plan.rng, "corrections", "mail", v=mail))
        plan.one = replace(plan.one, mail=mail)


def _new_company(plan: Plan) -> None:
    company = facts.company(plan.rng, "泉州市")
    plan.add(draw(plan.rng, "corrections", "company", v=company))
    plan.one = replace(plan.one, company=company)


def _new_name(plan: Plan) -> None:
    name, surname = facts.person(plan.rng)
    plan.add(draw(plan.rng, "corrections", "name", v=name))
    plan.one = replace(plan.one, name=name, surname=surname)
    plan.changed.pop("联系人 contains", None)


def _new_name_and_mobile(plan: Plan) -> None:
    if plan.one.mobile:
        name, surname = facts.person(plan.rng)
        number = facts.mobile(plan.rng)
        plan.add(draw(plan.rng, "two_corrections", name=name, mobile=number))
        plan.one = replace(plan.one, name=name, surname=surname, mobile=number)
        plan.changed.pop("联系人 contains", None)


def _later_field(plan: Plan) -> None:
    rng = plan.rng
    if not plan.one.mail:
        mail = facts.mail(rng)
        plan.add(draw(rng, "later_fields", f="邮箱", v=mail))
        plan.one = replace(plan.one, mail=mail)
    elif plan.one.landline is None:
        number = facts.landline(rng, "泉州市")
        shown = written.landline(rng, *number)
        plan.add(draw(rng, "later_fields", f="座机", v=shown))
        plan.one = replace(plan.one, landline=number)


def _new_task(plan: Plan) -> None:
    others = [t for t in listed("task_names") if t != plan.one.need.task]
    task = plan.rng.choice(others)
    name = plan.rng.choice(listed("task_names", task))
    plan.add(draw(plan.rng, "task_change", t=name))
    plan.one = replace(plan.one, need=replace(plan.one.need, task=task))


def _new_national(plan: Plan) -> None:
    yes = not plan.one.national
    plan.add(draw(plan.rng, "national_change", "wanted" if yes else "unwanted"))
    plan.one = replace(plan.one, national=yes)


def _new_need(plan: Plan) -> None:
    """The key task of the new need is confirmed again."""
    need = plan.rng.choice(needs())
    name = plan.rng.choice(listed("task_names", need.task))
    message = draw(plan.rng, "corrections", "need", v=need.text)
    plan.add(message, plan.rng.choice([f"归{name}", f"重点任务是{name}", f"重点任务改成{name}"]))
    plan.one = replace(plan.one, need=need)


def _more_need(plan: Plan) -> None:
    more: Need = plan.rng.choice(details())
    plan.add(draw(plan.rng, "corrections", "need_more", v=more.text))
    kept = (*plan.one.need.kept, *more.kept)
    plan.one = replace(plan.one, need=replace(plan.one.need, kept=kept))
