"""A small knowledge base in the place of the shipped one, for tests that load it often."""

from __future__ import annotations

import shutil
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest

from bot import start
from bot.beside import beside
from bot.console.drafts import apart, report
from bot.console.drafts.report import Order, Report
from knowledge.load import shipped_dir

_FILES = ("lexicon.yaml", "regions.yaml", "bureaus.yaml", "light.yaml", "scoring.yaml")
_NOTICE = "notices/cnipa-2021-3.yaml"


@pytest.fixture(scope="module", autouse=True)
def few_notices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is published lies over one notice without golden questions of no notice: it loads in a
    fifth of the time, and no question of another file is asked. Reports are found out in this
    process, for another would know nothing of it."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "notices").mkdir()
    for name in (*_FILES, _NOTICE):
        shutil.copy(shipped_dir() / name, folder / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(start, "shipped_dir", lambda: Path(folder))
        patch.setattr(apart, "found_out", found_out_here)
        yield


async def found_out_here(order: Order) -> AsyncGenerator[Report, None]:
    steps = report.reported(order)
    while (found := await beside(lambda: next(steps, None))) is not None:
        yield found
