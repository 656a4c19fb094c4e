"""Who said what, and what reached them: the books that must balance at the end."""

from __future__ import annotations

from dataclasses import astuple, dataclass, field


@dataclass
class Account:
    """One person on one platform.

    `said`: messages that reached us, as the platform sees it: they were acknowledged. `unsure`:
    messages of which it knows nothing, because we died with them. `answers`: what they then read.
    `anew`: repeats of a message that got another answer than the message.
    """

    channel: str
    user: str
    said: int = 0
    unsure: int = 0
    answers: list[str] = field(default_factory=list)
    anew: int = 0

    @property
    def sender(self) -> str:
        return f"{self.channel}:{self.user}"


@dataclass(frozen=True, slots=True)
class Line:
    """One channel's balance. `taken`: messages that lie in the database."""

    channel: str
    people: int
    said: int
    unsure: int
    taken: int
    answered: int
    lost: int
    doubled: int
    anew: int

    @property
    def cells(self) -> tuple[str | int, ...]:
        return astuple(self)


def balance(channel: str, accounts: list[Account], taken: dict[str, int]) -> Line:
    """`taken` counts stored messages by sender.

    Lost: acknowledged and not stored, or stored and not answered. Doubled: answers beyond that.
    """
    own = [account for account in accounts if account.channel == channel]
    stored = {account.sender: taken.get(account.sender, 0) for account in own}
    return Line(
        channel=channel,
        people=len(own),
        said=sum(account.said for account in own),
        unsure=sum(account.unsure for account in own),
        taken=sum(stored.values()),
        answered=sum(len(account.answers) for account in own),
        lost=sum(
            max(account.said - stored[account.sender], 0)
            + max(stored[account.sender] - len(account.answers), 0)
            for account in own
        ),
        doubled=sum(max(len(a.answers) - stored[a.sender], 0) for a in own),
        anew=sum(account.anew for account in own),
    )
