"""What is wrong with a notice's file, value by value, in Chinese."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.console.drafts.problems import in_chinese
from knowledge.model import Notice
from knowledge.yaml_source import Loc, found_in, parse_yaml


def data_of(text: str, name: str) -> Any:
    """The file as plain values. Raises KnowledgeError where it is no YAML."""
    return parse_yaml(text, Path(name)).data


def problems_of(data: Any) -> list[tuple[Loc, str]]:
    """Where something is wrong, and what; none where the notice is sound by itself."""
    try:
        found = list(Notice.model_validate(data).unsound())
    except ValidationError as error:
        found = found_in(error)
    return [(loc, in_chinese(what)) for loc, what in found]
