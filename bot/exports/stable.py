"""Office files that are the same bytes whenever they hold the same: no clock of their own."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

_CORE = "docProps/core.xml"
_MOMENTS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip archive can tell


def stable(file: bytes, now: datetime) -> bytes:
    """`file`, a .docx or .xlsx, as if it had been written at `now`, which is aware."""
    moment = now.astimezone(UTC)
    stamp = max(moment.timetuple()[:6], _EARLIEST)
    said = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(file)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _CORE:
                part = _MOMENTS.sub(rb"\g<1>" + said + rb"\g<3>", part)
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return packed.getvalue()
