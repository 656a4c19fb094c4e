"""The values that go into and come out of `intents.respond`: no behaviour, no I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from intents.conversation import Attachment as Attachment
from intents.conversation import Conversation

Kind = Literal["answer", "clarify", "refuse", "collect", "smalltalk", "command"]
"""answer | asks which is meant | the notices do not hold it | form is open | chat | command."""

Event = Literal["text", "welcome", "attachment", "unsupported", "hurried"]
"""A typed or spoken message | the user has come in (subscribe, enter_agent) | a picture or a file |
anything else | more than anybody can write, left unread."""


@dataclass(frozen=True, slots=True)
class OwnDemand:
    """A demand of the sender's as it is stored, `number` among the sender's own, `id` for staff.

    `status` is one of `storage.life.Status`; `editable`: staff have not taken it up. `told` is what
    staff last wrote to it (the question with which it was returned), "" where they did not.
    `unanswered`: it was taken up before that question was answered, for all that staff know.
    `fields` hold the values of its slots, absent where none was given.
    """

    id: int
    number: int
    status: str
    editable: bool
    notice: str
    created: datetime
    fields: dict[str, str | bool]
    region: str | None = None
    told: str = ""
    unanswered: bool = False


@dataclass(frozen=True, slots=True)
class Handed:
    """The sender's talk is with people: it waits for them, or is held by the one of this name.

    `reaches`: what they write reaches the sender at once, not with the sender's next message.
    """

    by: str = ""
    reaches: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """What the user sent, freed of its platform. `own`: the sender's demands, oldest first.

    `kept_days`: how long the bureau keeps personal data, which consent is asked for. `handed`: see
    there; None while the assistant has the talk. `opens`: when people are there again, None where
    they are now. `pushed`: the sender's platform lets us write first, at any time.
    """

    text: str = ""
    event: Event = "text"
    own: tuple[OwnDemand, ...] = ()
    kept_days: int = 730
    attachment: Attachment | None = None
    handed: Handed | None = None
    opens: datetime | None = None
    pushed: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    notice: str
    doc_number: str | None
    clause: str


@dataclass(frozen=True, slots=True)
class Link:
    """Where to act: what it reads, and its address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the user sees. `options` can be tapped, or picked by number or by their text.

    `file` is the path of a file that goes with it, for staff.
    """

    kind: Kind
    text: str
    options: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    intent: str | None = None
    task: str | None = None
    links: tuple[Link, ...] = ()
    file: str | None = None

    @property
    def plain(self) -> str:
        """The reply where there are no buttons: options numbered under the text, then links."""
        numbered = [f"{n}. {option}" for n, option in enumerate(self.options, 1)]
        linked = [f"{link.label}：{link.url}" for link in self.links]
        return "\n".join([self.text, *numbered, *linked])


@dataclass(frozen=True, slots=True)
class DemandEntry:
    """One demand as the conversation knows it.

    `number` counts the sender's demands from 1: with the sender it is the entry's identity, so
    that storing the same entry again changes nothing. `fields` maps slot names (单位名称, 手机, …)
    to what was given; a slot that was not given is absent. `personal` names the fields in it that
    are personal data. `notice` is the notice that defines the form. `bureau` is the id of the
    bureau that serves `region`, None where that is not known; `national`: the national office's
    support is asked for.
    """

    number: int
    notice: str
    campaign: str | None
    region: str | None
    fields: dict[str, str | bool]
    personal: tuple[str, ...] = ()
    bureau: str | None = None
    national: bool = False


@dataclass(frozen=True, slots=True)
class SaveDraft:
    entry: DemandEntry


@dataclass(frozen=True, slots=True)
class SubmitDemand:
    entry: DemandEntry


@dataclass(frozen=True, slots=True)
class CancelDemand:
    """The sender's demand `number` is called off; its fields are emptied of personal data."""

    number: int


@dataclass(frozen=True, slots=True)
class NoteDemand:
    """What the sender tells staff of the demand `number`, which stays as it is."""

    number: int
    told: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question for staff: what was asked, what is lacking, and the nearest known thing.

    `region`: where the sender is from, None where that is not known.
    """

    question: str
    lacks: str
    nearest: Citation | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class HandOff:
    """The user wants a person; `said` is what it is about."""

    said: str
    region: str | None = None


@dataclass(frozen=True, slots=True)
class PassOn:
    """What the sender said is for the people who have the talk, or who will take it."""

    said: str


@dataclass(frozen=True, slots=True)
class EndTalk:
    """The sender wants the talk back with the assistant."""


@dataclass(frozen=True, slots=True)
class KeepAttachment:
    """What was sent belongs to the sender's demand `number`."""

    number: int
    attachment: Attachment


@dataclass(frozen=True, slots=True)
class Remind:
    """The sender wants to be reminded of a deadline, by its name (`intents.due`), due on that
    day."""

    deadline: str
    due: date


@dataclass(frozen=True, slots=True)
class Unremind:
    """The sender wants no reminder of these deadlines any more."""

    deadlines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forget:
    """The user wants all personal data erased."""


Effect = (
    SaveDraft
    | SubmitDemand
    | CancelDemand
    | NoteDemand
    | OpenQuestion
    | HandOff
    | PassOn
    | EndTalk
    | KeepAttachment
    | Remind
    | Unremind
    | Forget
)


@dataclass(frozen=True, slots=True)
class Turn:
    reply: Reply
    conversation: Conversation
    effects: tuple[Effect, ...] = field(default=())
