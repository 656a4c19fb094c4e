"""Everyday words for the key tasks of a drafted form, by what the task is about."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from knowledge.strict import Strict, Text
from knowledge.yaml_source import read_yaml, validate

_FILE = Path(__file__).with_name("themes.yaml")


class Theme(Strict):
    """`names` is a pattern for names of key tasks; `cues` as in `KeyTask`."""

    names: Text
    cues: tuple[Text, ...]


class Themes(Strict):
    themes: tuple[Theme, ...]


@cache
def _themes() -> Themes:
    return validate(read_yaml(_FILE), Themes)


def cues_of(name: str) -> tuple[str, ...]:
    """The cues of the first theme that the name of a key task is of; () where it is of none."""
    found = (theme.cues for theme in _themes().themes if re.search(theme.names, name))
    return next(found, ())
