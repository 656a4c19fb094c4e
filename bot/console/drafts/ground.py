"""A draft as it lies over what is in force: its files, what is under them, what crosses them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256

from bot.revisions.merging import differing, laid_over
from bot.settings import Settings
from knowledge.load import files_of, shipped_dir
from storage import drafts, revisions
from storage.connection import AsyncConnection
from storage.drafts import DraftFile, StoredDraft


@dataclass(frozen=True)
class Ground:
    """`began` are the texts of the revision that the draft begins from, `in_force` those of the
    revision `newest`: the bureau's own, by name, without what is shipped."""

    draft: StoredDraft
    files: Mapping[str, DraftFile]
    began: Mapping[str, str]
    newest: int
    in_force: Mapping[str, str]

    @cached_property
    def crossed(self) -> tuple[str, ...]:
        """Its files that were changed in force as well since it began, and otherwise."""
        moved = differing(self.began, self.in_force)
        return tuple(
            name
            for name, file in self.files.items()
            if name in moved and self.in_force.get(name) != file.text
        )

    @property
    def base(self) -> int:
        """The revision that the draft may be taken to begin from: the newest, unless that crosses
        it."""
        return self.draft.base if self.crossed else self.newest

    @property
    def under(self) -> Mapping[str, str]:
        """The texts of `base`."""
        return self.began if self.crossed else self.in_force

    @cached_property
    def texts(self) -> dict[str, str]:
        """What would be published."""
        return laid_over(self.under, {name: file.text for name, file in self.files.items()})

    @cached_property
    def key(self) -> str:
        """Of what would be published over what is in force: any change makes it another one."""
        digest = sha256(f"{self.newest}\0".encode())
        for name, text in sorted(self.texts.items()):
            digest.update(f"{name}\0{text}\0".encode())
        return digest.hexdigest()[:24]

    @property
    def is_open(self) -> bool:
        return self.draft.state == "open"


async def ground_of(conn: AsyncConnection, number: int) -> Ground | None:
    """None where there is no draft of that number."""
    draft = await drafts.find(conn, number)
    if draft is None:
        return None
    held = {file.name: file for file in await drafts.files(conn, number)}
    newest = await revisions.newest(conn)
    in_force = await revisions.files(conn, newest)
    began = in_force if draft.base == newest else await revisions.files(conn, draft.base)
    return Ground(draft, held, began, newest, in_force)


@cache
def shipped() -> Mapping[str, str]:
    """The texts of the files that come with the program, by name."""
    return {file.name: file.text for file in files_of(shipped_dir())}


def beneath(settings: Settings) -> str:
    """Tells what lies under every revision from what another program, or other settings, would
    put there."""
    return _beneath(settings.form_notice, settings.region)


@cache
def _beneath(*said: str | None) -> str:
    digest = sha256(repr(said).encode())
    for name, text in sorted(shipped().items()):
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()[:12]
