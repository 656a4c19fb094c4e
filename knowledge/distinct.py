"""What is different in an array. As `np.unique`, which loads masked arrays for it."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)


def different(found: NDArray[Number]) -> NDArray[Number]:
    """In order, each once."""
    ordered = np.sort(found)
    return ordered[firsts(ordered)]


def firsts(ordered: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Which are not the same as the one before."""
    flags = np.ones(len(ordered), np.bool_)
    flags[1:] = ordered[1:] != ordered[:-1]
    return flags
