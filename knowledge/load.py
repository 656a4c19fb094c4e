"""Files -> snapshot. The deployment's directory lies over the shipped one, notice by notice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, TypeVar

from knowledge.asked import FILE as ASKED
from knowledge.asked import read_askings
from knowledge.askings import Asking, asking_of
from knowledge.bureaus import BureauFile, Bureaus
from knowledge.canned import Canned, CannedFile
from knowledge.divisions import Divisions, Gazetteer
from knowledge.layers import (
    NOTICES,
    File,
    Layer,
    file_of,
    files_of,
    is_golden,
    is_resource,
    overlaid,
)
from knowledge.leanings import Leanings
from knowledge.leant import FILE as LEANINGS
from knowledge.leant import read_leanings
from knowledge.lexicon import Lexicon
from knowledge.light import LightWords
from knowledge.model import Notice
from knowledge.parsed import parsed
from knowledge.question import Golden
from knowledge.regions import Regions
from knowledge.resources import Resource, ResourceFile, unsound
from knowledge.scoring import Scoring
from knowledge.snapshot import KnowledgeBase
from knowledge.strict import ON_TRUST, Strict
from knowledge.thesaurus import Thesaurus
from knowledge.yaml_source import (
    KnowledgeError,
    Loc,
    Source,
    read_text,
    read_yaml,
    validate,
)

__all__ = [
    "NOTICES",
    "File",
    "KnowledgeError",
    "Layer",
    "Loaded",
    "file_of",
    "files_of",
    "load_knowledge",
    "load_regions",
    "load_with_sources",
    "shipped_dir",
]

LEXICON, REGIONS = "lexicon.yaml", "regions.yaml"
THESAURUS, LIGHT, SCORING = "thesaurus.yaml", "light.yaml", "scoring.yaml"
LOOK_ALIKES, BUREAUS, CANNED = "look_alikes.yaml", "bureaus.yaml", "canned.yaml"
SINGLE = (LEXICON, REGIONS, THESAURUS, LIGHT, SCORING, LOOK_ALIKES, BUREAUS, CANNED)
COUNTIES = ("divisions/counties.txt", "divisions/known.txt")

Part = TypeVar("Part", bound=Strict)


class GoldenFile(Strict):
    """Golden questions that belong to no single notice."""

    golden: tuple[Golden, ...] = ()


def shipped_dir() -> Path:
    """The knowledge that comes with the program."""
    return Path(__file__).parent


def load_regions() -> Regions:
    """The shipped divisions. Raises KnowledgeError."""
    return validate(read_yaml(shipped_dir() / REGIONS), Regions)


@dataclass(frozen=True)
class Loaded:
    """A snapshot, with the files that it was built from by their names."""

    kb: KnowledgeBase
    sources: Mapping[str, Source]

    def problem(self, file: str, loc: Loc, what: str) -> str:
        """A line `file:line:col: field: what`."""
        source = self.sources.get(file)
        return source.problem(loc, what) if source else f"{file}: {what}"


def load_knowledge(
    *layers: Layer, form_in_use: str | None = None, home: str | None = None, golden: bool = True
) -> KnowledgeBase:
    """Read the layers, a later one over an earlier one, file by file, into a snapshot.

    `form_in_use` names the notice whose demand form is filled in, by default the newest with one;
    `home` the division that the bureau is of. Who only answers can do without the `golden`
    questions of no notice: they are not even read then, and the expressions of the shipped lexicon
    are compiled when they are used.

    Raises KnowledgeError with all problems of all files; no snapshot is built out of half of them.
    """
    return load_with_sources(*layers, form_in_use=form_in_use, home=home, golden=golden).kb


def load_with_sources(
    *layers: Layer, form_in_use: str | None = None, home: str | None = None, golden: bool = True
) -> Loaded:
    """`load_knowledge`, for who has more to say about the places in the files."""
    problems: list[str] = []
    files = overlaid(layers, problems, golden)
    sources = _sources(files, problems)
    notices = _notices(sources, problems)
    parts = _parts(sources, problems, None if golden else ON_TRUST)
    problems += _dangling(notices, sources)
    known = _askings(layers, notices, problems)
    leanings = _leanings(layers, problems)
    if not notices and not problems:
        problems.append(
            f"{', '.join(str(d) for d in layers if isinstance(d, Path))}: no notices here"
        )
    if problems:
        raise KnowledgeError(problems)
    kb = KnowledgeBase(
        notices,
        **parts,
        asked=known,
        leanings=leanings,
        version=_version([file for file in files if not is_golden(file.name)]),
        form_in_use=form_in_use,
        home=home,
    )
    return Loaded(kb, sources)


def _sources(files: Iterable[File], problems: list[str]) -> dict[str, Source]:
    """By their names, those that are YAML."""
    sources: dict[str, Source] = {}
    for file in files:
        try:
            sources[file.name] = parsed(file.text, file.path)
        except KnowledgeError as error:
            problems += error.problems
    return sources


def _notices(sources: Mapping[str, Source], problems: list[str]) -> list[Notice]:
    return [
        notice
        for name, source in sources.items()
        if not (name in SINGLE or is_golden(name) or is_resource(name))
        and (notice := notice_in(source, problems)) is not None
    ]


class _Parts(TypedDict):
    """What a knowledge base holds besides notices, by the names of its arguments."""

    lexicon: Lexicon
    regions: Regions
    thesaurus: Thesaurus
    light: LightWords
    scoring: Scoring
    divisions: Divisions
    bureaus: Bureaus
    canned: tuple[Canned, ...]
    resources: tuple[Resource, ...]
    golden: Mapping[str, tuple[Golden, ...]]


def _parts(sources: dict[str, Source], problems: list[str], shipped: object) -> _Parts:
    """`shipped`: the context in which the shipped lexicon is validated."""
    regions = _part(sources, REGIONS, Regions, problems)
    divisions = _divisions(regions)
    own = LEXICON in sources and not sources[LEXICON].path.is_relative_to(shipped_dir())
    return _Parts(
        lexicon=_part(sources, LEXICON, Lexicon, problems, None if own else shipped),
        regions=regions,
        thesaurus=_part(sources, THESAURUS, Thesaurus, problems),
        light=_part(sources, LIGHT, LightWords, problems),
        scoring=_part(sources, SCORING, Scoring, problems),
        divisions=divisions,
        bureaus=_bureaus(sources, divisions, problems),
        canned=_part(sources, CANNED, CannedFile, problems).canned,
        resources=_resources(sources, divisions, problems),
        golden={
            name: _part(sources, name, GoldenFile, problems).golden
            for name in sources
            if is_golden(name)
        },
    )


def notice_in(source: Source, problems: list[str]) -> Notice | None:
    """The file's notice, as far as it is one; `problems` are added to."""
    try:
        notice = validate(source, Notice)
    except KnowledgeError as error:
        problems += error.problems
        return None
    if notice.id != source.path.stem:
        problems.append(source.problem(("id",), f'"{notice.id}" is not the name of the file'))
    problems += [source.problem(loc, what) for loc, what in notice.unsound()]
    return notice


def _part(
    sources: dict[str, Source],
    name: str,
    model: type[Part],
    problems: list[str],
    context: object = None,
) -> Part:
    """One of the single files; an empty one where it is absent or broken (then a problem)."""
    if name in sources:
        try:
            return validate(sources[name], model, context)
        except KnowledgeError as error:
            problems += error.problems
    return model()


def _divisions(regions: Regions) -> Divisions:
    """Over the shipped counties: a deployment's own stand in its `regions.yaml`."""
    return Divisions(Gazetteer(regions, *(read_text(shipped_dir() / name) for name in COUNTIES)))


def _bureaus(sources: dict[str, Source], divisions: Divisions, problems: list[str]) -> Bureaus:
    file = _part(sources, BUREAUS, BureauFile, problems)
    problems += [sources[BUREAUS].problem(loc, what) for loc, what in file.unsound(divisions)]
    return Bureaus(file.bureaus, divisions)


def _resources(
    sources: dict[str, Source], divisions: Divisions, problems: list[str]
) -> tuple[Resource, ...]:
    files = {
        name: _part(sources, name, ResourceFile, problems) for name in sources if is_resource(name)
    }
    for name, loc, what in unsound(files, divisions):
        problems.append(sources[name].problem(loc, what))
    return tuple(resource for file in files.values() for resource in file.resources)


def _dangling(notices: list[Notice], sources: dict[str, Source]) -> list[str]:
    """References to notices that are not there."""
    known = {notice.id for notice in notices}
    return [
        sources[f"{notice.id}.yaml"].problem(
            ("superseded_by",), f'no notice "{notice.superseded_by}"'
        )
        for notice in notices
        if notice.superseded_by is not None and notice.superseded_by not in known
    ]


def _askings(
    layers: Sequence[Layer], notices: Iterable[Notice], problems: list[str]
) -> list[Asking]:
    """How people ask for what the notices hold: of each notice, and learnt ones of the layers."""
    known = [
        asking
        for notice in notices
        for golden in notice.golden
        if (asking := asking_of(golden, notice.id)) is not None
    ]
    for layer in layers:
        if not isinstance(layer, Path):
            continue
        path = layer / ASKED
        try:
            known += read_askings(path)
        except (OSError, ValueError) as error:
            problems.append(f"{path}: {error}")
    return known


def _leanings(layers: Sequence[Layer], problems: list[str]) -> Leanings | None:
    """The last layer's that has any."""
    found = None
    for layer in layers:
        if not isinstance(layer, Path):
            continue
        try:
            found = read_leanings(layer / LEANINGS) or found
        except (OSError, ValueError) as error:
            problems.append(f"{layer / LEANINGS}: {error}")
    return found


def _version(files: Sequence[File]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.text.encode() + b"\0")
    return digest.hexdigest()[:12]
