"""A form is opened: on command, or because a message states a need."""

from __future__ import annotations

from dataclasses import replace

from intents.filling.reading import introduces
from intents.form import open_form
from intents.moment import Moment
from intents.needs import looks_like_question, wants_form
from intents.recognise import need_in
from intents.replying import chat, done
from intents.turn import OpenQuestion, Turn
from intents.wording import talk as say
from knowledge.late import late

_SIGNS = late(
    r"(?:[\d０-９零〇一二三四五六七八九幺][-—－ .．]?){7}|[@＠]|艾特|我是|我叫|我姓|"
    r"我们是|我们这|我这边|这里是|联系人|单位[：:名是]|公司(?:全?称|名|叫|是)"
)
"""What an introduction has at the least, to look for one no more often than needed."""

_OF_ONES_OWN = late("[去前今明]年")
"""Years of one's own story, and of no notice."""

_ASKS_WHOSE = late("^[^我俺咱]*哪(?:个|些|几个|一个)?(?:司局?|部门|处室)[^我俺咱帮找]{0,8}$")
"""Which department does something is asked about the rules, though it guides and promotes."""


def on_command(moment: Moment) -> Turn | None:
    """登记需求, as one of the lexicon's commands."""
    if moment.conversation.form is not None:
        return None
    if moment.form is None:
        return done(moment, "demand", say.no_form())
    return _form(moment, "")


def in_words(moment: Moment) -> Turn | None:
    """The form is opened by a command in any words: 还想报个需求, 帮我登记一下，….."""
    if moment.conversation.form is not None or not wants_form(moment.said):
        return None
    return _collected(moment)


def by_need(moment: Moment) -> Turn | None:
    """A need worth collecting opens the form with what it already tells; who names a year gone by
    of which there are notices asks what those said."""
    if moment.conversation.form is not None or need_in(moment.said, moment.kb) is None:
        return None
    gone = {notice.year for notice in moment.kb.notices} - {moment.now.year}
    if not gone.isdisjoint(moment.query.scope.years) and not _OF_ONES_OWN.search(moment.said):
        return None
    return _collected(moment)


def by_names(moment: Moment) -> Turn | None:
    """Who says who they are and where to call them wants to be registered, unless they ask."""
    if looks_like_question(moment.text) or moment.asks:
        need = need_in(moment.said, moment.kb)
        if need is None or not moment.query.scope.empty:
            return None
    return by_names_at_least(moment)


def by_names_at_least(moment: Moment) -> Turn | None:
    """The same of who seems to ask, where the notices have no answer."""
    form = moment.form
    if moment.conversation.form is not None or form is None or not _SIGNS.search(moment.text):
        return None
    return _form(moment, moment.said) if introduces(moment.text, form) else None


def sure_need(moment: Moment) -> bool:
    """A need is one's own; who names a year, a notice or a clause asks about the rules."""
    scope = moment.query.scope
    if scope.years or scope.notices or scope.labels or _ASKS_WHOSE.search(moment.said):
        return False
    need = need_in(moment.said, moment.kb)
    return need is not None and need.sure


def _collected(moment: Moment) -> Turn:
    """The form, opened with what the message tells; a question for staff where there is none."""
    if moment.form is None:
        turn = chat(moment.conversation, "", say.need_to_staff())
        reply = replace(turn.reply, kind="refuse", intent=None)
        question = OpenQuestion(moment.text, say.NEED, region=moment.region)
        return replace(turn, reply=reply, effects=(question,))
    return _form(moment, moment.said)


def _form(moment: Moment, meant: str) -> Turn:
    return open_form(
        moment.conversation,
        moment.text,
        moment.kb,
        moment.now,
        meant,
        own=moment.own,
        kept_days=moment.kept_days,
    )
