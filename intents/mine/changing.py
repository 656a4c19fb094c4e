"""A submitted demand is changed by its enterprise until staff take it up; then staff are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from intents import closing
from intents.conversation import MenuItem
from intents.filling import acts, besides, labels
from intents.filling import entry as entries
from intents.filling.contacts import KINDS
from intents.filling.former import WHO
from intents.filling.heard import Asked
from intents.filling.pieces import pieces, tidy
from intents.filling.reading import introduces, read
from intents.filling.reopened import reopened
from intents.filling.turns import stored
from intents.filling.unlabelled import ALSO
from intents.form import reopen_form
from intents.mine import owned
from intents.moment import Moment
from intents.needs import is_idle, looks_like_question, read_need, wants_form
from intents.recognise import need_in
from intents.replying import done, then_form
from intents.slots import choice
from intents.turn import OwnDemand, Reply, SubmitDemand, Turn
from intents.wording import mine as say
from knowledge.late import late
from knowledge.model import DemandForm

_ADDS = late(
    r"(?:对了|哦|那|等等|另外|还要|还得|还有|[，, ])*(?:再|还|要)?(?:补充|补上?|加上?|添上?)"
    r"(?:一?[个点条下句]|一个)?(?=.{2})(?!.{0,4}(?:需求|登记))"
)
_OBJECTS = late(
    r"(?:哦|啊|哎|等等|等一下|对了|[，, ])*"
    r"(?:不对|不是|(?:说|写|填|搞|弄|打)?错了?|更正|改一?下|有误)"
)
_OFFERED = 9
_SHORTEST = 4  # characters of what is added


def edit(moment: Moment, demand: OwnDemand, told: str) -> Turn:
    """The demand open again with what was told; where it is too late, a note for staff."""
    if not demand.editable:
        if told:
            turn = closing.tell_staff(moment.conversation, demand, told, moment.region)
        else:
            late = say.too_late_to_open(demand.number, demand.status)
            turn = done(moment, "edit", late)
        return then_form(moment, turn)
    returned = demand.status == "returned"
    turn, taken = reopen_form(moment.conversation, demand, told, moment.kb, adding=returned)
    if told and not taken:
        turn, taken = reopen_form(moment.conversation, demand, told, moment.kb, adding=True)
    return _headed(turn, demand, added=returned and taken)


def choose(moment: Moment, demands: Sequence[OwnDemand], verb: str) -> Turn:
    """Which of several is meant; each option says the wish in full."""
    menu = tuple(
        MenuItem(say.choice(d.number, owned.need_of(d, moment.kb)), f"{verb}{say.named(d.number)}")
        for d in demands[-_OFFERED:]
    )
    reply = Reply("clarify", say.which(verb), tuple(item.label for item in menu))
    return then_form(moment, Turn(reply, replace(moment.conversation, menu=menu)))


def corrected(moment: Moment) -> Turn | None:
    """电话错了，应该是…, said when no form is open: it is about what was filed last."""
    demand = _last(moment)
    if demand is None or demand.status in ("closed", "cancelled"):
        return None
    form = owned.form_of(demand, moment.kb)
    text = tidy(moment.text)
    if looks_like_question(text) or wants_form(text):
        return None
    just_filed = moment.conversation.filed == demand.number
    if not _corrects(text, form) and not (just_filed and _supplements(text, form)):
        return None
    return edit(moment, demand, moment.text)


def supplied(moment: Moment) -> Turn | None:
    """What staff found missing in a returned demand, said without naming the demand."""
    returned = [d for d in moment.own if d.status == "returned"]
    asked = returned or [d for d in moment.own if d.unanswered]
    talk = moment.conversation
    if talk.form is not None or not asked or not _may_supply(moment, asked[-1]):
        return None
    turn, taken = reopen_form(talk, asked[-1], moment.text, moment.kb, adding=True)
    if not taken:
        return None
    if not returned:
        return closing.tell_staff(talk, asked[-1], moment.text, moment.region)
    return _headed(turn, returned[-1], added=True)


def placed(moment: Moment) -> Turn | None:
    """Where the enterprise is, told after its demand was filed without that."""
    demand, talk = _last(moment), moment.conversation
    if demand is None or demand.region is not None or demand.status != "submitted":
        return None
    asked = talk.last is not None and talk.last.region_asked and talk.filed == demand.number
    told = besides.read(tidy(moment.text), moment.kb, asked=asked)
    if told.region is None or told.rest or moment.asks:
        return None
    draft = replace(reopened(demand, moment.kb), region=told.region, editing=False)
    entry = stored(talk, draft, moment.kb)
    bureau = entries.bureau(told.region, moment.kb)
    text = say.placed(demand.number, bureau.name if bureau else None, told.region)
    after = replace(talk, menu=(), region=told.region)
    return Turn(Reply("collect", text), after, (SubmitDemand(entry),))


def _headed(turn: Turn, demand: OwnDemand, *, added: bool) -> Turn:
    """The open form under a sentence that says of which demand it is."""
    number = demand.number
    head = say.editing_returned(number, demand.told) if added else say.editing(number)
    return replace(turn, reply=replace(turn.reply, text=f"{head}\n{turn.reply.text}"))


def _last(moment: Moment) -> OwnDemand | None:
    """The demand filed last, where no form is open that a message could be about."""
    if moment.conversation.form is not None:
        return None
    filed = [d for d in moment.own if d.status != "draft"]
    return filed[-1] if filed else None


def _supplements(text: str, form: DemandForm) -> bool:
    """再补一个座机…, 邮箱不要了: more of what has just been filed, or less."""
    if _ADDS.match(text) or any(labels.declined(piece.text, form) for piece in pieces(text, ())):
        return True
    heard = read(text, form, Asked(confirming=True))
    told = {slot.kind for slot in form.slots if slot.name in heard.values}
    if told and told <= {"choice", "yesno"}:
        return True
    objects = _OBJECTS.match(text) is not None
    if read_need(text, form) or (introduces(text, form) and not objects):
        return False
    return not told.isdisjoint(WHO if objects else KINDS)


def _corrects(text: str, form: DemandForm) -> bool:
    """A clause calls a slot wrong, or gives it another value."""
    for piece in pieces(text, ()):
        if labels.to_edit(piece.text, form):
            return True
        ties = (label.tie for label in labels.labelled(piece.text, form))
        if any(tie in ("change", "wrong") for tie in ties):
            return True
    return False


def _may_supply(moment: Moment, demand: OwnDemand) -> bool:
    """The message can be the answer to why the demand was returned, and no other matter."""
    text = tidy(moment.text)
    if len(text) < _SHORTEST or looks_like_question(text) or moment.asks or is_idle(text):
        return False
    if acts.act_of(text) or acts.is_filler(text):
        return False
    need = need_in(moment.said, moment.kb)
    if need is None:
        return True
    found = choice.suggest(text, owned.form_of(demand, moment.kb))
    same = found is not None and found.task == owned.task_of(demand, moment.kb)
    return same and ALSO.match(text) is None
