"""A file of ours on its way to a platform, which keeps it three days under a `media_id`.

20 MB and more than 5 bytes: WeCom path/90253; DingTalk media/upload takes 20 MB as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from bot.delivery.outcome import Outcome, Refused
from bot.platforms.calls import Answer
from bot.platforms.judging import Codes, attempted, uploaded

_SMALLEST, _LARGEST = 6, 20 << 20


async def media_of(
    path: Path,
    upload: Callable[[str, bytes], Awaitable[Answer]],
    codes: Codes,
    later: timedelta,
) -> str | Outcome:
    """The `media_id` that `upload`, given name and content, was answered with; else why not."""
    try:
        content = await asyncio.to_thread(_read, path)
    except OSError as error:
        return Refused(f"the file cannot be read: {type(error).__name__}")
    if not _SMALLEST <= len(content) <= _LARGEST:
        return Refused("the file is empty or larger than 20 MB")
    calling = upload(path.name, content)
    return await attempted(calling, lambda answer: uploaded(answer, codes, later), later)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST + 1)
