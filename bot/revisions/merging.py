"""Files laid over files, and two people's changes of one text brought together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MINE, BETWEEN, THEIRS = "<<<<<<< 草稿\n", "=======\n", ">>>>>>> 在用\n"
"""Stand around lines that both have changed: no YAML, so that nobody publishes them."""


@dataclass(frozen=True, slots=True)
class Merged:
    """`clean` unless both have changed the same lines, which then stand there one after the
    other between marks."""

    text: str
    clean: bool


def differing(old: Mapping[str, str], new: Mapping[str, str]) -> frozenset[str]:
    """Names of the files that one has and the other has not, or has otherwise."""
    return frozenset(name for name in {**old, **new} if old.get(name) != new.get(name))


def laid_over(texts: Mapping[str, str], files: Mapping[str, str | None]) -> dict[str, str]:
    """With `files` over them, of which None drops one."""
    laid = {**texts, **files}
    return {name: text for name, text in laid.items() if text is not None}


def merged(base: str, mine: str, theirs: str) -> Merged:
    """What was done to `base` by two who did not know of each other, by lines."""
    lines = [text.splitlines(keepends=True) for text in (base, mine, theirs)]
    out: list[str] = []
    clean = True
    at = (0, 0, 0)
    for upto, behind in _steady(*lines):
        old, own, other = (part[i:j] for part, i, j in zip(lines, at, upto, strict=True))
        if own == other or other == old:
            out += own
        elif own == old:
            out += other
        else:
            clean = False
            out += [MINE, *_ended(own), BETWEEN, *_ended(other), THEIRS]
        out += lines[0][upto[0] : behind[0]]
        at = behind
    return Merged("".join(out), clean)


_LONG = 5_000
_Place = tuple[int, int, int]


def _steady(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> list[tuple[_Place, _Place]]:
    """Where each stretch begins and ends, in all three, that nobody has changed; the last is
    the end."""
    to_mine, to_theirs = _kept(base, mine), _kept(base, theirs)
    found: list[tuple[_Place, _Place]] = []
    for n in range(len(base)):
        if n not in to_mine or n not in to_theirs:
            continue
        place = (n, to_mine[n], to_theirs[n])
        behind = (n + 1, to_mine[n] + 1, to_theirs[n] + 1)
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], behind)
        else:
            found.append((place, behind))
    end = (len(base), len(mine), len(theirs))
    return [*found, (end, end)]


def _kept(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Each line of `base` that `other` still has, with its place there."""
    # In a long text, lines that occur again and again are no hold: else it takes for ever.
    matcher = SequenceMatcher(None, base, other, autojunk=len(other) > _LONG)
    blocks = matcher.get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}


def _ended(lines: Sequence[str]) -> list[str]:
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]
