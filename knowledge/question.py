"""A golden question, once it is YAML."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from knowledge.strict import Strict, Text

GoldenKind = Literal["answer", "clarify", "refuse", "collect", "smalltalk", "command"]


def _listed(value: object) -> object:
    """`answer`, or several where any of them is right: `[answer, clarify]`, `answer|clarify`."""
    return value.split("|") if isinstance(value, str) else value


_ONE_KIND = {"type": "string", "enum": list(get_args(GoldenKind))}
_ANY_KIND = "|".join(get_args(GoldenKind))
_KINDS = {
    "anyOf": [
        _ONE_KIND,
        {"type": "string", "pattern": rf"^(?:{_ANY_KIND})(?:\|(?:{_ANY_KIND}))+$"},
        {"type": "array", "items": _ONE_KIND, "minItems": 1},
    ]
}
GoldenKinds = Annotated[
    tuple[GoldenKind, ...],
    BeforeValidator(_listed),
    Field(min_length=1),
    WithJsonSchema(_KINDS | {"default": "answer"}),
]


class Golden(Strict):
    """A question with what a right answer must be; run by `zhixing kb check`.

    `kind` is what the reply must be, or several of which any will do. `facts` are strings that
    the text must hold, with `a|b` for alternatives. `clauses` are citations of which at least one
    must come back, `notice-id#label` or, within a notice's own file, the bare label; each of them
    where the message asks two things (`both`). `near`: what must be refused shares its words with
    a notice, so the reply shows the nearest thing that is known. `task` is the key task for needs,
    with `a|b` for alternatives.
    """

    q: Text
    kinds: GoldenKinds = Field(("answer",), alias="kind")
    today: date | None = None
    context: tuple[Text, ...] = ()
    clauses: tuple[Text, ...] = ()
    facts: tuple[Text, ...] = ()
    task: Text | None = None
    intent: Text | None = None
    near: bool = Field(False, description="of a refusal: the nearest known thing must be cited")
    both: bool = Field(False, description="two questions in one: every clause must be cited")
    missed: bool = Field(False, description="known not to be answered rightly yet; counted apart")
    voice: Text | None = Field(None, description="who asks: 企业, 县局, 省局, 记者, …")

    @property
    def kind(self) -> str:
        """The kinds in one word: `answer`, `answer|clarify`."""
        return "|".join(self.kinds)

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.near and "refuse" not in self.kinds:
            raise ValueError("near: only what must be refused has a nearest known thing")
        return self
