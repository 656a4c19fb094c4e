"""What the settings provide for staff's commands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.handover.setup import Handover
from storage.staff import StaffRow


@dataclass(frozen=True, slots=True)
class Provided:
    """`drafts`: the bureau's knowledge directory, which 入库 adds to; None where there is none.
    `exports`: the folder of what 导出 makes. `listed`: the staff whom the settings name, by their
    senders' keys. `reporters`: what each bureau's forms say of it, by the bureau's id. `pushable`:
    the channels whose people can be written to first. `handover`: see there."""

    drafts: Path | None = None
    exports: Path = Path("exports")
    listed: Mapping[str, StaffRow] = field(default_factory=dict)
    reporters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pushable: Collection[str] = frozenset()
    handover: Handover = field(default_factory=Handover)
