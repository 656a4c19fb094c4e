"""leanings.npz: where questions lean, as `zhixing kb tune` writes what it learnt of it."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.leanings import Leanings

FILE = "leanings.npz"


def read_leanings(path: Path) -> Leanings | None:
    """Those of a leanings.npz; None where there is no such file. Raises ValueError, OSError."""
    if not path.exists():
        return None
    try:
        with path.open("rb") as file, np.load(file) as told:
            places = [place.split("\t") for place in told["places"].tolist()]
            rarity = dict(zip(told["grams"].tolist(), told["rarity"].tolist(), strict=True))
            return Leanings(
                [(notice, label) for notice, label in places],
                rarity,
                told["weights"],
                float(told["unheard"]),
            )
    except (BadZipFile, KeyError) as error:
        raise ValueError(f"is no file of leanings: {error}") from None


def write_leanings(leanings: Leanings, path: Path) -> None:
    """Writes a leanings.npz. Raises OSError."""
    np.savez_compressed(
        path,
        places=np.array(["\t".join(place) for place in leanings.places]),
        grams=np.array(list(leanings.rarity)),
        rarity=np.array(list(leanings.rarity.values()), np.float32),
        weights=leanings.weights,
        unheard=np.float32(leanings.unheard),
    )
