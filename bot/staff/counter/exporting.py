"""导出 附件1 本月: a form or the report as a file, sent by chat or left on the server."""

from __future__ import annotations

from bot.exports.chat import CannotExport, export
from bot.staff.counter.commands import Command
from bot.staff.counter.serving import Outcome, Serving
from intents.wording import staff_figures as say
from intents.wording.staff import COMMAND

_CARRYING = frozenset({"wecom", "dingtalk"})
"""Channels by which a file can be sent to a member of staff."""


async def export_form(at: Serving, command: Command) -> Outcome:
    if not command.rest:
        return Outcome(say.which_form(), begun=COMMAND["export"])
    try:
        path = await export(
            at.conn,
            at.kb,
            at.staff,
            command.rest,
            at.now,
            folder=at.provided.exports,
            reporters=at.provided.reporters,
            members=at.provided.listed,
        )
    except CannotExport as why:
        return Outcome(str(why))
    if at.staff.sender.partition(":")[0] in _CARRYING.intersection(at.provided.pushable):
        return Outcome(say.exported(path.name), file=str(path.resolve()))
    return Outcome(say.exported(path.name, path.parent.name))
