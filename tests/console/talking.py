"""An enterprise that talks with the assistant, and sends what its platform lets it send."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from bot.answered import Answered
from bot.console.app import CONSOLE
from bot.desk import Desk
from bot.message import Message, Room, Sender
from intents.respond import respond
from intents.turn import Attachment, Said
from storage import inbox
from storage.inbox import InboxRow
from tests.console.office import Office

COMPANY = "厦门一诺科技有限公司"
ENTRY = (
    "登记需求",
    f"{COMPANY}，联系人林小燕，手机13900000001",
    "想用商标质押贷款300万元",
    "不需要",
    "跳过",
    "提交",
)


@dataclass
class Enterprise:
    """Each message comes a minute after the one before."""

    office: Office
    sender: Sender = field(default_factory=lambda: Sender("wecom", "lin"))
    room: Room | None = None
    numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        current = self.office.app[CONSOLE].current
        self.desk = Desk(self.office.db, current, self.office.clock, respond)

    async def says(self, *texts: str) -> Answered:
        """The answer to the last of them."""
        for text in texts:
            answer = await self._sends(Said(text))
        return answer

    async def sends(self, kind: str, name: str = "", ref: str = "media-1") -> Answered:
        sent = Attachment(kind, ref, name)  # type: ignore[arg-type]
        return await self._sends(Said(event="attachment", attachment=sent))

    async def files(self) -> int:
        """The number of a demand that it hands in."""
        answer = await self.says(*ENTRY)
        assert answer.demand is not None
        return answer.demand

    async def messages(self) -> list[InboxRow]:
        """All that it ever sent, with the answers, oldest first."""
        now = self.office.clock()
        async with self.office.db.transaction() as conn:
            return await inbox.of_sender(
                conn, self.sender.key, now - timedelta(days=365), now, 1000
            )

    async def _sends(self, said: Said) -> Answered:
        self.office.clock.now += timedelta(minutes=1)
        number = next(self.numbers)
        message = Message(str(number), self.sender, said, self.office.clock(), self.room)
        return await self.desk.take(message)
