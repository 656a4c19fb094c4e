"""Lines put into as few messages as carry them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.render import size


def packed(lines: Sequence[str], limit: int, newline: str, more: str) -> list[str]:
    """Messages of at most `limit` bytes, in order; those after the first begin with `more`.

    Each line fits into a message.
    """
    parts: list[list[str]] = [[]]
    for line in lines:
        if parts[-1] and size(newline.join([*parts[-1], line])) > limit:
            parts.append([more])
        parts[-1].append(line)
    return [newline.join(part) for part in parts]
