"""The knowledge base: an immutable, indexed snapshot of all notices."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from types import MappingProxyType

from knowledge.askings import Asking, Askings
from knowledge.bureaus import Bureaus
from knowledge.canned import Canned
from knowledge.corpus import in_bulk
from knowledge.divisions import Divisions, Gazetteer
from knowledge.facets import Where
from knowledge.leanings import Leanings
from knowledge.lexicon import Lexicon
from knowledge.light import Light, LightWords
from knowledge.model import Notice
from knowledge.normalise import digits, normalise
from knowledge.question import Golden
from knowledge.regions import NATION, Regions
from knowledge.repair import Repair
from knowledge.resources import Resource
from knowledge.scoring import Scoring
from knowledge.search import Index
from knowledge.slips.everyday import everyday
from knowledge.thesaurus import Relations, Thesaurus
from knowledge.units import TITLE, Unit, units_of

_NO_QUESTIONS: Mapping[str, Sequence[Golden]] = MappingProxyType({})

_REMEMBERED = 2048
_WORD = re.compile("[\u4e00-\u9fff]{2,}")


class KnowledgeBase:
    """All notices, newest first, with their lexicon and index. Never changed once built.

    `golden` are the questions of no notice, by the name of their file, where they were loaded.
    `regions` are those given (`charted`) and the notices' own.
    `version` is the hash of the files that answers come from; `form_in_use` names the notice
    whose demand form enterprises fill in, where it is not the newest; `home` names the
    division of the bureau that it answers for (福建): where users are from who have not said so.
    """

    def __init__(
        self,
        notices: Sequence[Notice],
        lexicon: Lexicon,
        regions: Regions,
        golden: Mapping[str, Sequence[Golden]] = _NO_QUESTIONS,
        thesaurus: Thesaurus | None = None,
        light: LightWords | None = None,
        scoring: Scoring | None = None,
        asked: Sequence[Asking] = (),
        leanings: Leanings | None = None,
        divisions: Divisions | None = None,
        bureaus: Bureaus | None = None,
        resources: Sequence[Resource] = (),
        canned: Sequence[Canned] = (),
        version: str = "",
        form_in_use: str | None = None,
        home: str | None = None,
    ) -> None:
        self.notices = tuple(sorted(notices, key=_newest_first))
        self.lexicon = lexicon
        self.charted = regions
        regions = regions.joined((notice.region for notice in notices), _is_word)
        self.regions = regions
        self.golden = MappingProxyType({file: tuple(asked) for file, asked in golden.items()})
        self._light = light or LightWords()
        self._thesaurus = thesaurus or Thesaurus()
        self.scoring = scoring or Scoring()
        self.askings = Askings(asked, self.canonicals, leanings)
        self.divisions = divisions or Divisions(Gazetteer(regions))
        self.bureaus = bureaus or Bureaus((), self.divisions)
        self.resources = tuple(resources)
        self.canned = tuple(canned)
        self.version = version
        self.home = regions.find(home) if home else None
        self._form_in_use = form_in_use
        self._text_of = lru_cache(maxsize=_REMEMBERED)(self._joined)
        self._index_notices()

    def _index_notices(self) -> None:
        """What notices and their units are found by."""
        self._by_id: Mapping[str, Notice] = MappingProxyType({n.id: n for n in self.notices})
        self._rank = {n.id: place for place, n in enumerate(self.notices)}
        self._units_of = _numbered(self.notices)
        self.units: tuple[Unit, ...] = tuple(chain.from_iterable(self._units_of.values()))

    # What follows is made when it is first asked for: the server listens before.

    @cached_property
    def index(self) -> Index:
        """The units, found by what they say."""
        return Index(self.notices, self.units, self.regions, self._afresh)

    @cached_property
    def repair(self) -> Repair:
        """Puts slips of typing right."""
        return Repair(
            self._names(), self._words(), self.index.knows, self.regions.names, self._written
        )

    @cached_property
    def light(self) -> Light:
        """Light words, found in canonical text."""
        return Light(self._light, self.canonicals)

    @cached_property
    def related(self) -> Relations:
        """The thesaurus, found in canonical text."""
        return Relations(self._thesaurus, self.canonicals)

    def without_askings(self, questions: frozenset[str]) -> KnowledgeBase:
        """The same snapshot, which does not know these questions: by it they can be judged."""
        _ = self.index, self.repair, self.light, self.related  # made once for both
        other = copy.copy(self)
        other.askings = self.askings.without(questions)
        return other

    def canonical(self, text: str) -> str:
        """`text` normalised, with figures for dates and the notices' words for synonyms."""
        return self.lexicon.canonical(digits(normalise(text)))

    def canonicals(self, texts: Iterable[str]) -> Sequence[str]:
        """`canonical` of each of many texts, in less time."""
        return in_bulk(list(texts), self._afresh)

    def _afresh(self, text: str) -> str:
        """`canonical`, but nothing is remembered: for all the texts of a snapshot."""
        return self.lexicon.canonical(digits(normalise.__wrapped__(text)))

    def repaired(self, text: str, bold: bool = False) -> str:
        """Normalised `text` with likely slips of typing put right and pinyin read, against the
        words of this snapshot; right text comes back as it is. `bold`: what only may be a slip is
        put right as well."""
        meant = self.repair(
            text, lambda t: [(start, end) for start, end, _ in self.regions.spans(t)], bold
        )
        return text if meant == text else digits(meant)

    def text_of(self, unit: Unit) -> str:
        """All that the unit says, in the notices' words."""
        return self._text_of(unit)

    def _joined(self, unit: Unit) -> str:
        return "\n".join(text for text, weight in self.texts_of(unit) if weight > TITLE)

    def texts_of(self, unit: Unit) -> Sequence[tuple[str, float]]:
        """What the unit is found by, with its weights, in the notices' words; its name first."""
        return self.index.corpus.texts(unit.number)

    def units_of(self, notice: Notice) -> Sequence[Unit]:
        """The notice's units, in the order of its file."""
        return self._units_of[notice.id]

    def units_at(self, where: Where) -> Iterator[Unit]:
        """All units that may stand there, in the order of the notices."""
        return map(self.units.__getitem__, self.index.facets.sieve(where).numbers().tolist())

    def notices_at(self, where: Where) -> Sequence[Notice]:
        """The notices that may have a unit there, newest first."""
        places = self.index.facets.sieve(where).notices().tolist()
        return [self.notices[place] for place in places]

    def of_campaign(self, campaign: str) -> Sequence[Notice]:
        """Its notices, newest first."""
        return self._by_campaign.get(campaign, ())

    @cached_property
    def _by_campaign(self) -> Mapping[str, Sequence[Notice]]:
        found: dict[str, list[Notice]] = {}
        for notice in self.notices:
            if notice.campaign:
                found.setdefault(notice.campaign, []).append(notice)
        return found

    @cached_property
    def issuers(self) -> frozenset[str]:
        """Who issued the notices."""
        return frozenset(notice.issuer for notice in self.notices if notice.issuer)

    def rank(self, notice: Notice) -> int:
        """Its place among all notices: 0 is the newest."""
        return self._rank[notice.id]

    def notice(self, notice_id: str) -> Notice:
        """Raises KeyError for an unknown id."""
        return self._by_id[notice_id]

    def get(self, notice_id: str) -> Notice | None:
        return self._by_id.get(notice_id)

    def resource(self, resource_id: str) -> Resource | None:
        return next((held for held in self.resources if held.id == resource_id), None)

    def form_notice(self, notice_id: str | None = None) -> Notice:
        """The notice whose demand form is in use: the one named here or when the snapshot was
        built, else the newest with a form: of one year the nation's, of other divisions than the
        bureau's own none.

        Raises LookupError where there is none.
        """
        notice_id = notice_id or self._form_in_use
        if notice_id is not None:
            notice = self._by_id.get(notice_id)
            if notice is None or notice.form is None:
                raise LookupError(f"no notice {notice_id!r} that defines a demand form")
            return notice
        lineage = self.regions.lineage(self.home) if self.home else ()
        mine = [n for n in self._with_form if not lineage or n.region in lineage]
        if not mine:
            raise LookupError("no notice defines a demand form")
        return max(mine, key=lambda n: (n.year or 0, n.region == NATION and not lineage))

    @cached_property
    def _with_form(self) -> Sequence[Notice]:
        return [notice for notice in self.notices if notice.form]

    @cached_property
    def has_form(self) -> bool:
        """Whether there is a demand form in use."""
        try:
            return self.form_notice().form is not None
        except LookupError:
            return False

    def _words(self) -> list[str]:
        """What people ask with: right as it stands, but no name."""
        lexicon = self.lexicon
        groups = (
            lexicon.aspects, lexicon.values, lexicon.talk, lexicon.commands, lexicon.operators,
            lexicon.asked_as,
        )  # fmt: skip
        asked = [
            word
            for group in groups
            for cues in group.values()
            for word in (*cues.words, *_said_in((*cues.patterns, *cues.kept)))
        ]
        asked += [word for audience in lexicon.audiences for word in audience.words]
        asked += [*lexicon.filler, *lexicon.outside, *lexicon.any_task, *lexicon.task_sections]
        asked += [*lexicon.asides.words, *lexicon.leads.words, *lexicon.today.words]
        for told in (lexicon.hearsay, lexicon.prefaces, lexicon.stories):
            asked += _said_in(told.patterns)
        return [digits(normalise(word)) for word in asked]

    def _written(self) -> Iterator[str]:
        """The running text, newest first."""
        return (normalise(text) for unit in self.units for text, _ in unit.texts)

    def _names(self) -> list[str]:
        """The names that the knowledge base uses: what a typo is most likely meant to be."""
        words = [*self.lexicon.synonyms, *self.lexicon.rewriting]
        words += [unit.name for unit in self.units if unit.kind != "faq"]
        for notice in self.notices:
            words += [notice.title, notice.short, *notice.aliases]
            words += [name for contact in notice.contacts for name in contact.names]
            for clause in notice.clauses:
                words += clause.departments
            for task in notice.tasks:
                words += task.departments
            if notice.form:
                words += [key.name for key in notice.form.key_tasks]
        return [digits(normalise(word)) for word in dict.fromkeys(words)]


def _is_word(text: str) -> bool:
    """Whether it is an everyday word. They are read when one is asked for."""
    return everyday().is_word(text)


def _numbered(notices: Iterable[Notice]) -> dict[str, tuple[Unit, ...]]:
    """The units of each notice, by its id, numbered through all notices."""
    units: dict[str, tuple[Unit, ...]] = {}
    first = 0
    for notice in notices:
        units[notice.id] = tuple(units_of(notice, first))
        first += len(units[notice.id])
    return units


def _said_in(patterns: Iterable[str]) -> list[str]:
    """The words that stand in regular expressions."""
    return [word for pattern in patterns for word in _WORD.findall(pattern)]


def _newest_first(notice: Notice) -> tuple[int, int, str]:
    issued = notice.issued.toordinal() if notice.issued else 0
    return (-(notice.year or 0), -issued, notice.id)
