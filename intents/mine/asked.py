"""A wish about one of the sender's own demands, done or asked about."""

from __future__ import annotations

from intents.conversation import Conversation
from intents.mine import changing, owned, standing, withdrawing
from intents.mine.wish import LAST, Wish, read
from intents.moment import Moment
from intents.needs import wants_form
from intents.replying import done, then_form
from intents.turn import OwnDemand, Turn
from intents.wording import mine as say
from knowledge.late import late

_MISSING = late(
    r"(?:补充?|还?差|还?缺|少|退回?)(?:了|的是)?(?:什么|啥|哪些|哪个)|(?:怎么|咋|如何|在哪|去哪|往哪)(?:里|儿)?补|"
    r"(?:为什么|为啥|怎么|咋)(?:又|给|被)?(?:我|我们)?退|哪里?(?:不对|有问题|不行)|什么问题"
)


def asked(moment: Moment) -> Turn | None:
    """撤回需求3, 我的需求, 刚才那份电话改成…; None for what is about something else."""
    wish = read(moment.text)
    if wish is None and (returned := _what_is_missing(moment)):
        return standing.of_one(moment, returned)
    if wish is None or _about_the_form(wish, moment.conversation, moment.own):
        return None
    if wish.told and wish.number is None and wants_form(moment.text):
        return None  # 再登记一个需求，联系人换成林二
    if wish.number is None:
        return _of_any(moment, wish)
    demand = owned.meant(wish.number, moment.own)
    if demand is None and wish.number == LAST:
        return None
    if demand is None:
        return then_form(moment, done(moment, "progress", say.unknown(wish.number)))
    if wish.verb == "withdraw":
        return withdrawing.ask(moment, demand)
    if wish.verb == "edit":
        return changing.edit(moment, demand, wish.told)
    return standing.of_one(moment, demand)


def last_one(moment: Moment) -> Turn | None:
    """取消, said when nothing is open: it may be meant for what was filed just now."""
    demand = owned.meant(moment.conversation.filed, moment.own)
    if not moment.conversation.filed or demand is None or demand not in owned.live(moment.own):
        return None
    return withdrawing.ask(moment, demand)


def _what_is_missing(moment: Moment) -> OwnDemand | None:
    """The returned demand that 要补充什么 asks about."""
    returned = [demand for demand in moment.own if demand.status == "returned"]
    if moment.conversation.form is not None or not returned:
        return None
    asks = _MISSING.search(moment.text) is not None
    return returned[-1] if asks and moment.query.scope.empty else None


def _of_any(moment: Moment, wish: Wish) -> Turn | None:
    """No demand was singled out: the only one that may be meant, or the question which."""
    if wish.verb in ("list", "where"):
        live = owned.live(moment.own)
        return standing.of_those(moment, live) if live else standing.of_all(moment)
    verb = say.EDIT if wish.verb == "edit" else say.WITHDRAW
    fit = owned.changeable if wish.verb == "edit" else owned.live
    demands = fit(moment.own) or owned.live(moment.own)[-1:]
    if not demands:
        return None
    if len(demands) > 1 and not wish.told:
        return changing.choose(moment, demands, verb)
    if wish.verb == "edit":
        return changing.edit(moment, demands[-1], wish.told)
    return withdrawing.ask(moment, demands[-1])


def _about_the_form(wish: Wish, talk: Conversation, own: tuple[OwnDemand, ...]) -> bool:
    """Said of the form that is open, which knows what to do with it."""
    form = talk.form
    if form is None or wish.verb in ("list", "where"):
        return False
    if wish.number is None:
        return True
    if wish.number == form.number:
        return wish.verb == "edit" or not form.editing
    return wish.number == LAST and (form.editing or owned.meant(LAST, own) is None)
