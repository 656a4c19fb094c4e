"""`python -m tests.deploy.licences`: the licences of all that the lock installs, as a table.

Names and versions are the lock's; licences are what the installed packages say of themselves.
"""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
TABLE = ROOT / "deploy" / "licences.md"

_HEAD = """\
# 依赖的许可证

由 `make licences` 从 `requirements.lock` 生成，请勿手改。
都是宽松许可；LGPL、MPL 的几个只作为库原样引用，没有改动。

| 包 | 版本 | 许可证 | 谁要用它 |
|---|---|---|---|
"""
_PINNED = re.compile(r"(?m)^(?P<name>[\w.-]+)==(?P<version>\S+) (?:.|\n)*?(?P<via>(?:^ +#.*\n)+)")
_SPDX = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache 2": "Apache-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "Python Software Foundation License": "PSF-2.0",
    "ISC License (ISCL)": "ISC",
}


class Dependency(NamedTuple):
    name: str
    version: str
    licence: str
    wanted_by: str


class NotInstalled(Exception):
    """A package of the lock is not in this environment; `make install` first."""


def dependencies(lock: str) -> list[Dependency]:
    """Those that the lock pins, in its order. Raises NotInstalled."""
    return [
        Dependency(one["name"], one["version"], licence(one["name"]), _via(one["via"]))
        for one in _PINNED.finditer(lock)
    ]


def licence(name: str) -> str:
    """SPDX's name where the package gives one or it is known. Raises NotInstalled."""
    try:
        told = distribution(name)
    except PackageNotFoundError:
        raise NotInstalled(name) from None
    if expression := _said(told, "License-Expression"):
        return expression
    classified = [_SPDX.get(one, one) for one in _classifiers(told)]
    if classified:
        return " 或 ".join(sorted(set(classified)))
    written = (_said(told, "License") or "不明").splitlines()[0]
    return _SPDX.get(written, written)


def table(lock: str) -> str:
    rows = [f"| {' | '.join(one)} |\n" for one in dependencies(lock)]
    return _HEAD + "".join(rows)


def _said(told: Distribution, name: str) -> str:
    return told.metadata[name].strip() if name in told.metadata else ""


def _classifiers(told: Distribution) -> list[str]:
    lines = told.metadata.get_all("Classifier") or []
    found = [line for line in lines if line.startswith("License :: ")]
    last = [line.rpartition(" :: ")[2] for line in found]
    return [one for one in last if one != "OSI Approved"]


def _via(comments: str) -> str:
    wanted = re.sub(r"#|\(.*?\)|\bvia\b", "", comments).split()
    return ", ".join("知行" if name == "zhixing" else name for name in wanted)


if __name__ == "__main__":
    TABLE.write_text(table(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
