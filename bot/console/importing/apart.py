"""A file read in a process of its own, which cannot hold the server, whatever the file does."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.console.importing.imported import Imported
from bot.console.process import process
from bot.console.rooms import LARGEST
from bot.console.visit import Upload
from knowledge.importer.reading import SUFFIXES

log = logging.getLogger(__name__)

SECONDS = 60

_CHILD = "bot.console.importing.child"


class CannotRead(Exception):
    """`str` is one sentence in Chinese, without the file's name."""


async def read_apart(upload: Upload, seconds: int = SECONDS) -> Imported:
    """Raises CannotRead."""
    name = Path(upload.name.replace("\\", "/")).name
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        kinds = "、".join(SUFFIXES)
        raise CannotRead(f"不支持{suffix or '没有后缀'}的文件，请上传{kinds}")
    if len(upload.content) > LARGEST:
        raise CannotRead(f"文件超过{LARGEST // 1024 // 1024}MB")
    if not upload.content:
        raise CannotRead("文件是空的")
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"notice{suffix}"
        await asyncio.to_thread(file.write_bytes, upload.content)
        told = await _told(file, Path(name).stem, seconds)
    if "problem" in told:
        raise CannotRead(told["problem"])
    return Imported.from_json(told)


async def _told(file: Path, stem: str, seconds: int) -> dict[str, str]:
    async with process(_CHILD, str(file), stem, str(seconds)) as child:
        assert child.stdout is not None
        try:
            async with asyncio.timeout(seconds):
                out = await child.stdout.read()
                await child.wait()
            told: dict[str, str] = json.loads(out)
        except TimeoutError:
            raise CannotRead("读了很久也没有读完，文件可能已损坏") from None
        except ValueError:
            log.warning("the process that reads notices ended with %s", child.returncode)
            raise CannotRead("文件太复杂或已损坏，读不出来") from None
    return told
