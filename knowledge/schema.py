"""The JSON Schemas of the YAML files, written from the models, for editors to use."""

from __future__ import annotations

import json
from pathlib import Path

from knowledge.bureaus import BureauFile
from knowledge.canned import CannedFile
from knowledge.lexicon import Lexicon
from knowledge.light import LightWords
from knowledge.load import GoldenFile, KnowledgeError
from knowledge.model import Notice
from knowledge.regions import Regions
from knowledge.resources import ResourceFile
from knowledge.scoring import Scoring
from knowledge.strict import Strict
from knowledge.thesaurus import Thesaurus

MODELS: dict[str, type[Strict]] = {
    "notice": Notice,
    "lexicon": Lexicon,
    "regions": Regions,
    "bureaus": BureauFile,
    "resources": ResourceFile,
    "canned": CannedFile,
    "golden": GoldenFile,
    "thesaurus": Thesaurus,
    "light": LightWords,
    "scoring": Scoring,
}


def schema_text(model: type[Strict]) -> str:
    """The schema as a file holds it."""
    return json.dumps(model.model_json_schema(), ensure_ascii=False, indent=1) + "\n"


def write_schemas(directory: Path) -> list[Path]:
    """Write `<name>.schema.json` for each kind of file; the paths written.

    Raises KnowledgeError where the directory cannot be written to.
    """
    written = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, model in MODELS.items():
            path = directory / f"{name}.schema.json"
            path.write_text(schema_text(model), encoding="utf-8")
            written.append(path)
    except OSError as error:
        raise KnowledgeError([f"{directory}: {error.strerror or 'cannot be written'}"]) from None
    return written
