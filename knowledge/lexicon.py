"""The lexicon: how people say things. YAML that admins edit, read into frozen models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from knowledge.cues import Audience, Cues, ValueCues, Way, any_word
from knowledge.normalise import normalise
from knowledge.strict import Strict, Text

Aspect = Literal[
    "deadline",  # by when must something be handed in
    "period",  # from when to when something runs
    "when",  # a time, of either kind
    "over",  # is it still running, is there still time
    "who",  # which department is responsible
    "contact",  # whom to call or write
    "where",  # to whom or through what it is handed in
    "attachment",  # which form
    "columns",  # what a form asks for
    "list",  # which ones, how many of them
    "target",  # which figure is to be reached
    "document",  # number, issuer, date and addressees of the notice
    "content",  # what a clause says, how something is done
]
Operator = Literal[
    "alone",  # by one department and no other
    "together",  # by several departments
    "most",  # who has the most
    "unasked",  # what is not asked of those who are named
    "share",  # what somebody is responsible for
    "mention",  # what speaks of something
    "count",  # how many
    "asking",  # which ones, and whatever else only asks
    "length",  # how long something takes
    "gap",  # how long it is between two days
    "left",  # how long it is from today
    "issued",  # the day on which a notice was issued
    "published",  # the day on which it was published
    "start",  # the first day of something
    "end",  # the last day of something
    "hand_in",  # something is handed in
    "compare",  # what differs, and how
    "each",  # the same of several
    "both",  # two notices of a kind
    "documents",  # notices themselves
    "newest",
    "oldest",
    "steps",  # the stages of a campaign
    "weekday",  # the day of the week of a date
    "overview",  # what a notice is about, as a whole
    "what_handed",  # what is to be handed in
]


Noun = Literal[
    "tasks",  # key tasks, however they are called
    "actions",  # the same, called as a campaign calls them
    "activities",  # what a campaign does
    "attachments",
    "targets",
    "parts",  # how a notice is divided
    "part_counts",  # how many parts
    "one_part",  # a part of a table
    "table",  # a table of tasks
    "document",  # what any notice is called
    "dated",  # what has a date
    "dates",  # dates themselves
]
Kind = Literal["任务清单", "工作指引", "指导意见", "工作方案"]
_NEVER = re.compile("(?!)")


class Lexicon(Strict):
    """`synonyms` maps the notices' word to what people say instead.

    `outside` names things of the wider field: a question that asks for one is answered only from
    a clause that holds the very word. `value_words` name kinds of values (fees, addresses) in the
    same way, by the words that ask for them. `filler` carries no meaning in a question. What is in
    `any_task` may be said in any key task, so it points to none. `operators` narrow a list, count,
    reckon or compare. `task_sections` are the headings
    under which key tasks stand as clauses, the first of them what they are called; `completions`
    map what a table says of when a task is to be done to what people say, `audiences` tell for
    whom it is. `issuers` are whose
    notices are the nation's and whose the province's; `receivers` are to whom things are handed in
    by these notices, `senders` by whom. `whole_campaign` is what a question for a whole campaign
    is about. `examples` are what a newcomer may try. `hearsay` tells who says what follows, and is
    read as the first of its words. `prefaces` tell who told or sent the asker,
    which is no part of what is asked; nor is a clause that is one of the `asides`: one of its
    patterns from end to end, once its words are taken off. `stories` are clauses that tell what
    has happened or why: left aside where the rest has an answer. `settled` is what the asker says
    to know already (指标我都有了, 不是说严打吗), so that it is not asked for. `leads` begin a
    question in the middle of a clause (想问下), `today` goes before the date of today (今天5月18).
    `asked_as` maps a plain way of asking to what is read as it, in the notices' words.
    `of_document` are the words by which a notice's own date or number is asked for, `ways` those
    by which somebody is reached. `nouns` call what can be listed, `kinds` are what a kind of
    document is called once its year or place is said. `sought` are words `behind` or
    `before` which something stands of which it is asked whether it is there (有没有, 能不能参加).
    `other_bodies` issue documents that are
    none of these. `its_own` is a document of a place itself
    (its one group is what the document is called), `handed_up` says that it is handed in.
    """

    synonyms: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)
    aspects: dict[Aspect, Cues] = Field(default_factory=dict)
    filler: tuple[Text, ...] = ()
    filler_patterns: tuple[Text, ...] = ()
    hearsay: Cues = Cues()
    prefaces: Cues = Cues()
    stories: Cues = Cues()
    asides: Cues = Cues()
    settled: Cues = Cues()
    leads: Cues = Cues()
    today: Cues = Cues()
    asked_as: dict[Text, Cues] = Field(default_factory=dict)
    of_document: dict[Literal["date", "number"], Cues] = Field(default_factory=dict)
    ways: tuple[Way, ...] = ()
    nouns: dict[Noun, Cues] = Field(default_factory=dict)
    kinds: dict[Kind, Cues] = Field(default_factory=dict)
    sought: dict[Literal["behind", "before"], Cues] = Field(default_factory=dict)
    other_bodies: Cues = Cues()
    its_own: Cues = Cues()
    handed_up: Cues = Cues()
    outside: tuple[Text, ...] = ()
    any_task: tuple[Text, ...] = ()
    operators: dict[Operator, Cues] = Field(default_factory=dict)
    task_sections: tuple[Text, ...] = ("重点任务",)
    completions: dict[Text, Cues] = Field(default_factory=dict)
    audiences: tuple[Audience, ...] = ()
    issuers: dict[Literal["national", "local"], Cues] = Field(default_factory=dict)
    receivers: dict[Literal["national", "local"], Cues] = Field(default_factory=dict)
    senders: dict[Literal["national", "local"], Cues] = Field(default_factory=dict)
    whole_campaign: dict[Literal["period", "content"], Text] = Field(default_factory=dict)
    examples: tuple[Text, ...] = ()
    values: dict[Text, ValueCues] = Field(default_factory=dict)
    talk: dict[Text, Cues] = Field(default_factory=dict)
    commands: dict[Text, Cues] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_meaning(self) -> Lexicon:
        seen: dict[str, str] = {}
        for word, variants in self.synonyms.items():
            for variant in variants:
                other = seen.setdefault(normalise(variant), word)
                if other != word:
                    raise ValueError(f'synonym "{variant}" stands for both {other} and {word}')
        return self

    def compile(self) -> None:
        """What was taken on trust, before anybody waits for it. Raises re.error."""
        for cues in self._cues():
            cues.compile()

    def _cues(self) -> Iterator[Cues]:
        for name in type(self).model_fields:
            held = getattr(self, name)
            several = held.values() if isinstance(held, dict) else held
            for one in (held,) if isinstance(held, Cues) else several:
                if isinstance(one, Cues):
                    yield one

    @cached_property
    def rewriting(self) -> dict[str, str]:
        """Variant -> the notices' word, both normalised."""
        return {
            normalise(variant): normalise(word)
            for word, variants in self.synonyms.items()
            for variant in variants
            if normalise(variant) != normalise(word)
        }

    @cached_property
    def _rewritten(self) -> re.Pattern[str]:
        # The notices' words stand first among equals: they are left as they are, so that a
        # variant inside one (万里行 in 知识产权服务万里行) is not rewritten again.
        words = {*self.rewriting, *map(normalise, self.synonyms)}
        return any_word(words)

    def canonical(self, text: str) -> str:
        """Normalised `text` with every synonym replaced by the notices' word."""
        return self._rewritten.sub(lambda m: self.rewriting.get(m[0], m[0]), text)

    def plainly(self, text: str) -> str:
        """Canonical text with each roundabout way of asking as the plain one."""
        for plain, cues in self.asked_as.items():
            text = cues.expression.sub(plain, text)
        return text

    def said_as(self, talk: str) -> Sequence[str]:
        """The words of two characters or more for a kind of small talk, the longest first."""
        return self._said_as.get(talk, ())

    @cached_property
    def _said_as(self) -> Mapping[str, Sequence[str]]:
        return {
            name: sorted((word for word in cues.words if len(word) > 1), key=len, reverse=True)
            for name, cues in self.talk.items()
        }

    def noun(self, name: Noun) -> re.Pattern[str]:
        """What finds the words for a thing that can be listed."""
        return self.nouns[name].expression if name in self.nouns else _NEVER

    def way(self, looks: str) -> str:
        """What a way of reaching somebody is called, by how it looks."""
        return next(way.words[0] for way in self.ways if way.looks == looks)

    def outside_in(self, text: str) -> tuple[str, ...]:
        """The words of the wider field that stand in canonical text."""
        return tuple(word for word, plain in self._outside if plain in text)

    @cached_property
    def _outside(self) -> tuple[tuple[str, str], ...]:
        return tuple((word, normalise(word)) for word in self.outside)

    def value_spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where canonical text asks for a value that no typed fact holds, from `start` to `end`."""
        for cues in self.values.values():
            for match in cues.expression.finditer(text):
                yield match.span()

    @cached_property
    def audience_words(self) -> re.Pattern[str]:
        """What says for whom tasks are."""
        return Cues(words=tuple(w for a in self.audiences for w in a.words)).expression

    @cached_property
    def words_of_any_task(self) -> re.Pattern[str]:
        return Cues(words=self.any_task).expression

    @cached_property
    def fillers(self) -> re.Pattern[str]:
        return Cues(words=self.filler, patterns=self.filler_patterns).expression
