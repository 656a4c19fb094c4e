"""接 and 接 5: who waits for a person, and the one whom a member of staff takes. T5 is 5."""

from __future__ import annotations

from bot.staff.counter.commands import Command
from knowledge.late import late

_POLITE = r"(?:我来?|让我|由我)?\s*"
_TAKE = r"接(?:入|听|待|手|通|一下|下)?"
_TICKET = r"(?:第|#|no\.?)?\s*t?\s*(\d{1,7})\s*[号位]?"
_END = r"(?:的?(?:对话|会话|人工|那位|企业))?(?:吧|了)?[\s。.!！]*"
_TAKEN = late(
    rf"{_POLITE}{_TAKE}[\s:：]*{_TICKET}{_END}|{_POLITE}{_TICKET}\s*(?:我来?)?{_TAKE}{_END}"
)
_LISTED = late(
    r"(?:看看?|查看?)?(?:还有)?(?:接|接入|待接入?|谁在等(?:人工)?|(?:在)?等人工的?|人工排队|排队)"
    r"(?:列表|的)?(?:还有|有)?(?:谁|哪些|几[个位])?[\s?？。.吗]*"
)


def taking(folded: str, start: int) -> Command | None:
    """The command that the message is from `start` on, if it is of people who wait."""
    if found := _TAKEN.fullmatch(folded, start):
        number = int(found[1] or found[2])
        return Command("take", (number,)) if number else None
    return Command("waiting") if _LISTED.fullmatch(folded, start) else None
