"""Where on this machine staff's commands put files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """`drafts`: the bureau's knowledge directory, which 入库 adds to; None where there is none.
    `exports`: the folder of what 导出 makes."""

    drafts: Path | None = None
    exports: Path = Path("exports")
