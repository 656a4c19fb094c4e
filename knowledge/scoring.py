"""What each kind of evidence counts, when an answer is chosen: learnt, not written by hand.

`zhixing kb tune` learns the numbers from the golden questions and writes them to YAML.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from knowledge.strict import Strict, Text


class Scoring(Strict):
    """`answer` weighs the evidence for a unit, `silence` that for saying that nothing is known.

    A unit is told if its sum is above that of the silence by `margin`. `level` is how little less
    than the best another fact may have, to be told as well.
    """

    answer: Mapping[Text, float] = {}
    silence: Mapping[Text, float] = {}
    margin: float = 0.0
    level: float = Field(0.5, ge=0)
