"""The turn of a message about reminders: kept, listed, called off, or asked back which is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from intents.conversation import MenuItem
from intents.due import STAGES, Due, named
from intents.moment import Moment
from intents.reminding import finding
from intents.reminding.telling import told
from intents.reminding.words import Wanted, wanted
from intents.replying import done, then_form
from intents.turn import Remind, Reply, Turn, Unremind
from intents.wording import answers
from intents.wording import reminding as say

_CALLED = "#"
"""Stands in the names of deadlines, which options say."""
_MOST = 9


def reminding(moment: Moment) -> Turn | None:
    """None for what is about no reminder, or about what no notice dates.

    In an open form words about something may be what the form asks for.
    """
    if _CALLED in moment.text and (picked := _picked(moment)):
        return picked
    asked = wanted(moment.bare)
    if asked is None or (asked.what and moment.conversation.form is not None):
        return None
    match asked.act:
        case "own":
            return _own(moment)
        case "off":
            return _call_off(moment, asked)
        case "remind":
            return _remind(moment, asked.what)


def _remind(moment: Moment, what: str) -> Turn | None:
    if what:
        return _kept(moment, finding.of_words(what, moment))
    if moment.conversation.topic is None:
        return _said(moment, say.which_at_all())
    turn = _kept(moment, finding.of_topic(moment))
    return turn or _said(moment, say.nothing_with_a_date())


def _kept(moment: Moment, found: Sequence[finding.Told]) -> Turn | None:
    dated = [Due(notice, one, one.due) for notice, one in found if one.due is not None]
    if not dated:
        return _undated(moment, found[0]) if found else None
    ahead = sorted((due for due in dated if due.day >= moment.now.date()), key=lambda d: d.day)
    if not ahead:
        return _said(moment, say.over(*told(max(dated, key=lambda due: due.day))))
    if len(ahead) > 1:
        items = [MenuItem(_option(due), f"{say.REMIND} {due.name}") for due in ahead[:_MOST]]
        return _asking(moment, say.which(), items)
    return _keep(moment, ahead[0])


def _undated(moment: Moment, found: finding.Told) -> Turn:
    notice, deadline = found
    source = answers.source(notice, deadline.clause)
    return _said(moment, say.undated(deadline.what, deadline.words, source))


def _keep(moment: Moment, due: Due) -> Turn:
    today, talk = moment.now.date(), moment.conversation
    ahead = [days for days in STAGES if due.day - timedelta(days=days) > today]
    if not ahead:
        return _said(moment, say.too_near(*told(due), due.days(today)))
    if due.name in talk.reminders:
        return _said(moment, say.known(*told(due)))
    turn = _said(moment, say.kept(*told(due), ahead, moment.pushed))
    live = tuple(name for name, _ in _standing(moment))
    kept = replace(turn.conversation, reminders=(*live, due.name))
    return replace(turn, conversation=kept, effects=(Remind(due.name, due.day),))


def _own(moment: Moment) -> Turn:
    lines = [say.line(*told(due)) for _, due in _standing(moment)]
    return _said(moment, say.own(lines) if lines else say.none())


def _call_off(moment: Moment, asked: Wanted) -> Turn | None:
    """What names none of them is no word about reminders."""
    mine = list(_standing(moment))
    if asked.what:
        found = finding.of_words(asked.what, moment)
        mine = [(n, due) for n, due in mine if (due.notice, due.deadline) in found] or [
            (n, due) for n, due in mine if asked.what in due.deadline.what
        ]
        if not mine:
            return None
    if not mine:
        return _said(moment, say.none())
    if asked.every or len(mine) == 1:
        return _called_off(moment, [name for name, _ in mine])
    items = [MenuItem(_option(due), f"{say.CALL_OFF} {name}") for name, due in mine[:_MOST]]
    return _asking(
        moment, say.which_to_call_off(), [*items, MenuItem(say.all_of_them(), say.ALL_OFF)]
    )


def _picked(moment: Moment) -> Turn | None:
    """What an option says for the sender, with the deadline's own name."""
    verb, _, name = moment.text.partition(" ")
    due = named(name, moment.kb, moment.now.date())
    if due is None or due.day < moment.now.date():
        return None
    if verb == say.CALL_OFF and name in moment.conversation.reminders:
        return _called_off(moment, [name])
    return _keep(moment, due) if verb == say.REMIND else None


def _called_off(moment: Moment, names: Sequence[str]) -> Turn:
    whats = [told(due)[0] for name, due in _standing(moment) if name in names]
    turn = _said(moment, say.called_off(whats))
    left = tuple(name for name in turn.conversation.reminders if name not in names)
    kept = replace(turn.conversation, reminders=left)
    return replace(turn, conversation=kept, effects=(Unremind(tuple(names)),))


def _standing(moment: Moment) -> Iterator[tuple[str, Due]]:
    """The sender's reminders that are still to come, by the names they were kept under."""
    today = moment.now.date()
    for name in moment.conversation.reminders:
        due = named(name, moment.kb, today)
        if due is not None and due.day >= today:
            yield name, due


def _option(due: Due) -> str:
    what, when, _ = told(due)
    return say.option(what, when)


def _said(moment: Moment, text: str) -> Turn:
    return then_form(moment, done(moment, "remind", text))


def _asking(moment: Moment, text: str, items: Sequence[MenuItem]) -> Turn:
    reply = Reply("clarify", text, tuple(item.label for item in items), intent="remind")
    return Turn(reply, replace(moment.conversation, menu=tuple(items)))
