"""What people ask teaches which words follow one another."""

from __future__ import annotations

from bot.tuning.phrases import counted, learnt
from knowledge.slips.lexemes import Lexemes

USUAL = {"几号": 8.0, "报": 7.0, "需求清单": 9.0, "宝": 8.5}
LEXEMES = Lexemes(USUAL)


def costs(texts: list[str], word: str) -> dict[str, float]:
    """What the words that were seen after `word` cost then."""
    lines = learnt(counted(texts, LEXEMES), LEXEMES)
    told = next(line.split(" ")[3:] for line in lines if line.split(" ")[0] == word)
    return dict(zip(told[::2], map(float, told[1::2]), strict=True))


def test_a_word_that_was_seen_behind_another_costs_less_there() -> None:
    after = costs(["需求清单几号报", "需求清单几号报", "需求清单几号"], "几号")
    assert after["报"] < 10 * USUAL["报"]
    assert "宝" not in after


def test_figures_and_ends_count_as_words() -> None:
    assert {"#", "|"} <= set(costs(["几号5", "几号6", "几号", "几号"], "几号"))
