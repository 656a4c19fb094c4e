"""Files that were uploaded: multipart field `media`, kept three days (W90253, OA media/upload)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from tests.platform.loopback import Json, ok, wrong

KEPT = timedelta(days=3)
SMALLEST = 6
_MB = 1 << 20
WECOM_SIZES: Mapping[str, int] = {
    "image": 10 * _MB,
    "voice": 2 * _MB,
    "video": 10 * _MB,
    "file": 20 * _MB,
}
WEIXIN_SIZES: Mapping[str, int] = {
    "image": 10 * _MB,
    "voice": 2 * _MB,
    "video": 10 * _MB,
    "thumb": 64 << 10,
}


@dataclass(frozen=True)
class StoredFile:
    """`name` as the multipart header has it, which is what people see."""

    kind: str
    name: str
    content: bytes
    content_type: str
    at: datetime


class Media:
    """`type` is in the query, or a field of the form as DingTalk's SDK sends it.

    40004 type, 40006 size, 41005 no file; 44001 for a name in RFC 5987 form alone, which the
    platforms do not read (as others found, not documented)."""

    def __init__(self, clock: Callable[[], datetime], sizes: Mapping[str, int]) -> None:
        self._clock, self._sizes = clock, sizes
        self._numbers = itertools.count(1)
        self.files: dict[str, StoredFile] = {}

    async def upload(self, request: web.Request) -> Json:
        form = await request.post()
        kind = request.query.get("type") or str(form.get("type", ""))
        if kind not in self._sizes:
            return wrong(40004, "invalid media type")
        media = form.get("media")
        if not isinstance(media, web.FileField):
            return wrong(41005, "media data missing")
        if 'filename="' not in media.headers.get("Content-Disposition", ""):
            return wrong(44001, "empty media data")
        content = media.file.read()
        if not SMALLEST <= len(content) <= self._sizes[kind]:
            return wrong(40006, "invalid file size")
        stored = StoredFile(kind, media.filename, content, media.content_type, self._clock())
        media_id = self.keep(stored)
        return ok(type=kind, media_id=media_id, created_at=int(self._clock().timestamp()))

    def keep(self, stored: StoredFile) -> str:
        """Its media id; also for files that people send to us."""
        media_id = f"media{next(self._numbers):04}_{stored.kind}"
        self.files[media_id] = stored
        return media_id

    def find(self, media_id: object, kind: str = "") -> StoredFile | None:
        """None if it never was, is too old or of another kind (40007)."""
        stored = self.files.get(media_id) if isinstance(media_id, str) else None
        if stored is None or self._clock() - stored.at >= KEPT or kind not in ("", stored.kind):
            return None
        return stored

    async def download(self, request: web.Request) -> web.Response:
        stored = self.find(request.query.get("media_id"))
        if stored is None:
            return web.json_response(wrong(40007, "invalid media_id"))
        shown = {"Content-Disposition": f'attachment; filename="{stored.name}"'}
        return web.Response(
            body=stored.content, content_type=stored.content_type or None, headers=shown
        )
