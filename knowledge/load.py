"""Files -> snapshot. The deployment's directory lies over the shipped one, notice by notice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from knowledge.lexicon import Lexicon
from knowledge.model import Golden, Notice, Strict
from knowledge.regions import Regions
from knowledge.snapshot import KnowledgeBase
from knowledge.yaml_source import KnowledgeError, Source, read_yaml, validate

__all__ = ["KnowledgeError", "load_knowledge", "load_regions", "shipped_dir"]

LEXICON, REGIONS, GOLDEN = "lexicon.yaml", "regions.yaml", "golden.yaml"
_SINGLE = (LEXICON, REGIONS, GOLDEN)

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


def load_knowledge(
    *dirs: Path, form_in_use: str | None = None, home: str | None = None
) -> KnowledgeBase:
    """Read the directories, a later one over an earlier one, into a snapshot.

    `form_in_use` names the notice whose demand form is filled in, by default the newest with one;
    `home` the division that the bureau is of.

    Raises KnowledgeError with all problems of all files; no snapshot is built out of half of them.
    """
    problems = [f"{d}: no such directory" for d in dirs if not d.is_dir()]
    problems += [f"{path}: the name must end in .yaml" for d in dirs for path in _misnamed(d)]
    files: dict[str, Path] = {}
    for directory in dirs:
        files |= {path.name: path for path in _yaml_files(directory)}
    sources: dict[str, Source] = {}
    for name, path in sorted(files.items()):
        try:
            sources[name] = read_yaml(path)
        except KnowledgeError as error:
            problems += error.problems
    notices = [
        notice
        for name, source in sources.items()
        if name not in _SINGLE and (notice := _notice(source, problems)) is not None
    ]
    lexicon = _part(sources, LEXICON, Lexicon, problems)
    regions = _part(sources, REGIONS, Regions, problems)
    golden = _part(sources, GOLDEN, GoldenFile, problems)
    problems += _dangling(notices, sources)
    if not notices and not problems:
        problems.append(f"{', '.join(map(str, dirs))}: no notices here")
    if problems:
        raise KnowledgeError(problems)
    return KnowledgeBase(
        notices,
        lexicon,
        regions,
        golden=golden.golden,
        version=_version(files.values()),
        form_in_use=form_in_use,
        home=home,
    )


def _yaml_files(directory: Path) -> Iterator[Path]:
    """The directory's own files and those of its `notices`."""
    for place in (directory, directory / "notices"):
        yield from sorted(place.glob("*.yaml"))


def _misnamed(directory: Path) -> Iterator[Path]:
    for place in (directory, directory / "notices"):
        yield from sorted(place.glob("*.yml"))


def _notice(source: Source, problems: list[str]) -> Notice | None:
    try:
        notice = validate(source, Notice)
    except KnowledgeError as error:
        problems += error.problems
        return None
    if notice.id != source.path.stem:
        problems.append(source.problem(("id",), f'"{notice.id}" is not the name of the file'))
    problems += [source.problem(loc, what) for loc, what in notice.unsound()]
    return notice


def _part(sources: dict[str, Source], name: str, model: type[Part], problems: list[str]) -> Part:
    """One of the single files; an empty one where it is absent or broken (then a problem)."""
    if name in sources:
        try:
            return validate(sources[name], model)
        except KnowledgeError as error:
            problems += error.problems
    return model()


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


def _version(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda p: p.name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
