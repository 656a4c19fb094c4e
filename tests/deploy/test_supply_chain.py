"""What comes from others: which, under which licences, and each for a reason."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.deploy.licences import LOCK, TABLE, Dependency, dependencies, table
from tests.deploy.tools import ROOT

LOCKED = LOCK.read_text(encoding="utf-8")
FREE = re.compile(
    r"(MIT|BSD|0BSD|Apache|PSF|Python|ISC|MPL|LGPL|HPND|CC0|CNRI|Zlib|Unlicense|Dual)",
)


def test_the_table_of_licences_is_that_of_the_lock() -> None:
    assert TABLE.read_text(encoding="utf-8") == table(LOCKED), "make licences"


def test_every_package_of_the_lock_is_in_the_table() -> None:
    pinned = re.findall(r"(?m)^([\w.-]+)==", LOCKED)
    assert [one.name for one in dependencies(LOCKED)] == pinned


@pytest.mark.parametrize("one", dependencies(LOCKED), ids=lambda one: one.name)
def test_its_licence_lets_an_office_use_it(one: Dependency) -> None:
    assert FREE.search(one.licence)
    assert not re.search(r"(?<!L)\bA?GPL", one.licence)


def test_what_we_ask_for_ourselves_earns_its_place_in_the_readme() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split(r"[\[>=<~ ]", line)[0] for line in project["dependencies"]}
    readme = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    rows = re.findall(r"(?m)^\| ([^|]+) \|", readme.partition("\n## ")[0])
    told = {name.strip() for row in rows for name in row.split(",")}
    assert asked <= told
