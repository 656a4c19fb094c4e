"""What each kind of evidence counts, when an answer is chosen: learnt, not written by hand.

`zhixing kb tune` learns the numbers from the golden questions and writes them to YAML.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from knowledge.strict import Strict, Text


class Weights(Strict):
    """`answer` weighs the evidence for a unit, `silence` that for saying that nothing is known.

    A unit is told if its sum is above that of the silence by `margin`.
    """

    answer: Mapping[Text, float] = {}
    silence: Mapping[Text, float] = {}
    margin: float = 0.0


class Scoring(Weights):
    """What counts where it is known how people ask; `newcomers` is what counts of notices that
    nobody has asked of yet.

    `level` is how little less than the best another fact may have, to be told as well.
    """

    level: float = Field(0.5, ge=0)
    newcomers: Weights | None = None
