"""What is wrong with one file by itself, while somebody writes it."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.bureaus import BureauFile
from knowledge.canned import CannedFile
from knowledge.layers import File, is_golden, is_resource
from knowledge.lexicon import Lexicon
from knowledge.light import LightWords
from knowledge.load import (
    BUREAUS,
    CANNED,
    LEXICON,
    LIGHT,
    REGIONS,
    SCORING,
    SINGLE,
    THESAURUS,
    GoldenFile,
    notice_in,
)
from knowledge.regions import Regions
from knowledge.resources import ResourceFile
from knowledge.scoring import Scoring
from knowledge.strict import Strict
from knowledge.thesaurus import Thesaurus
from knowledge.yaml_source import KnowledgeError, parse_yaml, validate

_SINGLE: Mapping[str, type[Strict]] = {
    LEXICON: Lexicon,
    REGIONS: Regions,
    BUREAUS: BureauFile,
    CANNED: CannedFile,
    THESAURUS: Thesaurus,
    LIGHT: LightWords,
    SCORING: Scoring,
}


def problems_of(file: File) -> tuple[str, ...]:
    """Lines `file:line:col: field: what`; none of what only other files could tell."""
    problems: list[str] = []
    try:
        source = parse_yaml(file.text, file.path)
        model = _model_of(file.name)
        if model is not None:
            validate(source, model)
        elif file.name not in SINGLE:
            notice_in(source, problems)
    except KnowledgeError as error:
        return error.problems
    return tuple(problems)


def _model_of(name: str) -> type[Strict] | None:
    """None for a notice, and for what is no more than YAML."""
    if is_golden(name):
        return GoldenFile
    return ResourceFile if is_resource(name) else _SINGLE.get(name)
