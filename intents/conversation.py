"""One sender's talk: a frozen value that goes to and from JSON, with a version."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

VERSION = 1

_SHAPE = ConfigDict(extra="ignore")


@checked(frozen=True, config=_SHAPE)
class MenuItem:
    """An option on offer: what the button reads, and what it says for the user when picked."""

    label: str
    says: str


Stage = Literal["filling", "confirming"]


@checked(frozen=True, config=_SHAPE)
class FormDraft:
    """A demand form that is being filled in.

    `values`: slot name -> what was given (`True`/`False` for yes-or-no slots).
    `declined`: slots that the user does not want to give; they are not asked again.
    `asking`: the slot that the last reply asked for. `suggested`: the key task that the bot read
    out of the need, not yet confirmed by the user. `noticed`: the privacy sentence was shown;
    `consented`: the user went on after it, so personal fields may be kept. `pressed`: required
    slots that were refused once and asked for again. `shown`: a summary has been shown.
    `history`: slots in the order in which they were settled, for going back.
    `region`: where the enterprise is, by its full name, as the user told; `region_asked`: it was
    asked for. `editing`: the entry was submitted before, and lies there as it was until it is
    submitted again. `reused`: slots that were filled from the sender's demand before this one.
    """

    notice: str
    number: int
    values: dict[str, str | bool] = Field(default_factory=dict)
    declined: tuple[str, ...] = ()
    asking: str | None = None
    suggested: str | None = None
    stage: Stage = "filling"
    noticed: bool = False
    consented: bool = False
    history: tuple[str, ...] = ()
    pressed: tuple[str, ...] = ()
    shown: bool = False
    region: str | None = None
    region_asked: bool = False
    editing: bool = False
    reused: tuple[str, ...] = ()


@checked(frozen=True, config=_SHAPE)
class Filed:
    """The demand submitted last: whose, and whether it was asked where they are."""

    number: int
    company: str | None = None
    region_asked: bool = False


@checked(frozen=True, slots=True, config=_SHAPE)
class Attachment:
    """A picture or a file that was sent; `ref` is what the platform gives it out for."""

    kind: Literal["image", "file", "video"]
    ref: str
    name: str = ""


@checked(frozen=True, config=_SHAPE)
class Topic:
    """What the talk was last about, so that a follow-up can leave it out.

    `label` is the clause or task that was told, where it was one alone; `labels` are all that were
    told of the first notice, in their order.
    """

    question: str
    notices: tuple[str, ...] = ()
    label: str | None = None
    labels: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    campaign: str | None = None
    aspect: str | None = None
    subject: str = ""


@checked(frozen=True, config=_SHAPE)
class Conversation:
    """Everything that is remembered between two messages of one sender on one channel.

    `demands` counts the forms that were opened; `filed` is the number of the one submitted last,
    0 where none was or the last was called off. `region` is where the sender is from, by its full
    name, as told or as the name of a submitted demand's enterprise tells. `begun`: the beginning
    of a staff member's command (退回 17) whose rest is awaited.

    `last`: more of the demand that was submitted last, called off or not. `aside`: the form
    that waits while a submitted demand is edited. `queue`: needs that were told beside the one in
    the form, each to get its own. `withdrawing`: the number of the demand about which the last
    reply asked whether it is to be withdrawn, else 0. `at`: the last message to an open form.
    `kept`: what was sent before there was a demand that it could go with. `reminders`: names of
    the deadlines of which the sender is reminded.
    """

    topic: Topic | None = None
    menu: tuple[MenuItem, ...] = ()
    more: tuple[str, ...] = ()
    form: FormDraft | None = None
    demands: Annotated[int, Field(ge=0)] = 0
    filed: Annotated[int, Field(ge=0)] = 0
    refusals: Annotated[int, Field(ge=0)] = 0
    asked_back: bool = False
    region: str | None = None
    begun: str = ""
    last: Filed | None = None
    aside: FormDraft | None = None
    queue: tuple[str, ...] = ()
    withdrawing: Annotated[int, Field(ge=0)] = 0
    at: datetime | None = None
    kept: tuple[Attachment, ...] = ()
    reminders: tuple[str, ...] = ()


_ADAPTER = TypeAdapter(Conversation)
FRESH = Conversation()


def to_json(conversation: Conversation) -> dict[str, Any]:
    """The conversation as plain JSON values, with the version of their shape."""
    return {"v": VERSION, **_ADAPTER.dump_python(conversation, mode="json", exclude_defaults=True)}


def from_json(stored: dict[str, Any] | None) -> Conversation:
    """The conversation again; a shape of an unknown version starts afresh.

    Raises nothing: a talk that cannot be read must not keep its user from an answer.
    """
    if not stored or stored.get("v") != VERSION:
        return FRESH
    try:
        return _ADAPTER.validate_python({k: v for k, v in stored.items() if k != "v"})
    except ValidationError:
        return FRESH
