"""A message to an open form, as the step that it makes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from intents.conversation import Conversation, FormDraft
from intents.filling import acts, apart, besides, repeats
from intents.filling import former as formers
from intents.filling.besides import Besides
from intents.filling.draft import slot_named
from intents.filling.former import Former
from intents.filling.heard import Asked, Heard
from intents.filling.pieces import tidy
from intents.filling.reading import read
from intents.filling.step import Step
from intents.filling.unlabelled import ALSO
from intents.needs import looks_like_question
from intents.slots import choice
from intents.slots.text import need_slot
from intents.turn import OwnDemand
from intents.wording import form as wording
from knowledge.late import late
from knowledge.model import DemandForm
from knowledge.snapshot import KnowledgeBase

_RETRACTS = late(
    r"(?:.{0,6}(?:说|讲|弄|搞|写|打)错了?[，,。 ]*)?(?:我们?|其实|应该)*不(?:是|要|想)"
    r"(?P<not>[^，,。；;]{1,12})[，,。；; ]*(?:而?是|我们?是?|应该是?|其实是?|就是)*"
    r"(?P<but>(?:想|要|希望|需要|打算|求).{2,})",
    re.S,
)
_WISH = late(r"^(?:想|要|做|搞|办|找|的)+")
_A_WORD = 4  # characters of what adds to a need


def typed(talk: Conversation, draft: FormDraft, form: DemandForm, text: str) -> str:
    """What the user meant to type: the option that a number counts, 提交 for 题交."""
    text = _picked(talk, text)
    asked = slot_named(form, draft.asking)
    if asked is not None and asked.kind == "person":
        return text  # 曲晓 sounds like 取消, and is a name
    return _by_sound(text)


def step_of(
    draft: FormDraft,
    form: DemandForm,
    kb: KnowledgeBase,
    text: str,
    own: Sequence[OwnDemand],
) -> Step | None:
    """What the message does to the open form; None where it tells nothing."""
    said = tidy(text)
    told = besides.read(said, kb, asked=_asks_for_the_place(draft))
    rest = repeats.without(told.rest, draft, form)
    slot = slot_named(form, draft.asking)
    asked = Asked(slot, draft.values, confirming=draft.stage == "confirming" or draft.shown)
    rest = _retracted(rest, draft, form) or rest
    heard = read(rest if rest != said else text, form, asked) if rest else Heard()
    if not heard.values and (also := _also(rest, draft, form)):
        heard = replace(heard, values=also)
    if heard.empty and rest == said:
        return None
    draft = replace(draft, consented=draft.consented or draft.noticed)
    draft, notes = _besides(draft, form, formers.former(own, form), told, heard)
    nods, points = acts.nods(said), acts.points_at_it(said)
    return Step(draft, form, heard, notes, nods=nods, points=points)


def one_need(step: Step) -> tuple[Step, tuple[str, ...]]:
    """The step with the first of several needs only, and the others."""
    need = need_slot(step.form)
    held = need is not None and need.name in step.before.values
    heard, others = apart.one_of(step.heard, step.form, held)
    if not others:
        return step, ()
    notes = [wording.first_of(len(others) + 1, others)]
    return Step(step.before, step.form, heard, notes), others


def _retracted(text: str, draft: FormDraft, form: DemandForm) -> str | None:
    """说错了，不是转让，是想许可: the need anew; None where no part of it is denied."""
    need, match = need_slot(form), _RETRACTS.fullmatch(text.strip(" 。.！!"))
    if need is None or match is None:
        return None
    denied = _WISH.sub("", match["not"])
    if len(denied) < 2 or denied not in str(draft.values.get(need.name, "")):
        return None
    return wording.changed_to(need.name, match["but"])


def _also(text: str, draft: FormDraft, form: DemandForm) -> dict[str, str | bool]:
    """补充一下，最好是本地的机构: what adds to the need that is told already."""
    need, lead = need_slot(form), ALSO.match(text)
    if need is None or lead is None or need.name not in draft.values:
        return {}
    more = text[lead.end() :].strip(" ，,。；;")
    if len(more) < _A_WORD or acts.act_of(more) or looks_like_question(more):
        return {}
    return {need.name: more}


def _besides(
    draft: FormDraft,
    form: DemandForm,
    before: Former | None,
    told: Besides,
    heard: Heard,
) -> tuple[FormDraft, list[str]]:
    """The draft with the place and the enterprise that were told beside the form's slots."""
    notes = []
    if told.region and told.region != draft.region:
        draft = replace(draft, region=told.region)
        notes.append(wording.place_noted(told.region))
    elif not told.region and _asks_for_the_place(draft) and {"refuse", "unsure"} & {*heard.acts}:
        notes.append(wording.left_out([wording.place()]))
    if told.other:
        draft = formers.another_company(draft, form)
        company = next((s.name for s in form.slots if s.kind == "company"), None)
        kept = bool(draft.reused)
        notes += [] if company in heard.values else [wording.another_company(kept=kept)]
    elif told.same and before is None and not draft.reused:
        notes.append(wording.nothing_to_reuse())
    elif told.same and before is not None:
        draft = formers.reuse(draft, form, before)
        notes += [formers.taken_over(draft, form)] if draft.reused else []
    return draft, notes


def _asks_for_the_place(draft: FormDraft) -> bool:
    return draft.region_asked and draft.region is None and draft.stage == "confirming"


def _picked(conversation: Conversation, text: str) -> str:
    """A number stands for the option that it counts."""
    number = choice.ordinal(tidy(text))
    if number is None or not 1 <= number <= len(conversation.menu):
        return text
    return conversation.menu[number - 1].says


def _by_sound(text: str) -> str:
    """题交 for 提交: what a short message that says nothing else does."""
    act = acts.sounded(tidy(text)) if acts.act_of(tidy(text)) is None else None
    return wording.typed(act) if act in ("submit", "cancel") else text
