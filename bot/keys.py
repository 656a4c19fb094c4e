"""Where the data keys come from: the settings, else a file beside the database."""

from __future__ import annotations

import os
import secrets
from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from sqlalchemy import make_url

from bot.settings import Settings
from storage.database import DatabaseError
from storage.key_text import KEY_BYTES, key_of_text
from storage.sealing import Keyring

_ELSEWHERE = Path("zhixing.key")
"""In the working directory: for a database that is no file."""


def new_key() -> str:
    """A fresh key as the settings hold it: base64."""
    return b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def given(settings: Settings) -> Keyring | None:
    """The settings' keys; None where they name none."""
    if settings.data_key is None:
        return None
    named = (settings.data_key, *settings.previous_data_keys)
    return Keyring([key_of_text(key.get_secret_value()) for key in named])


def key_file(url: str) -> Path | None:
    """Where the key of the database lies if the settings name none; None: only in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return _ELSEWHERE
    return Path(f"{parsed.database}.key") if parsed.database else None


def from_file(path: Path | None, *, make: bool) -> Keyring:
    """The keys that the file holds, one a line; with `make`, a new file where there is none.

    Raises DatabaseError where there is none or it cannot be read.
    """
    if path is None:
        return Keyring([secrets.token_bytes(KEY_BYTES)])
    try:
        if make and not path.exists():
            _make(path)
        return Keyring([key_of_text(line) for line in path.read_text("ascii").split()])
    except FileNotFoundError:
        raise DatabaseError(f"no data key: neither data_key in the settings nor {path}") from None
    except OSError as problem:
        raise DatabaseError(f"data key {path}: {problem.strerror}") from None
    except ValueError:
        raise DatabaseError(f"data key {path}: not lines of base64 of {KEY_BYTES} bytes") from None


def _make(path: Path) -> None:
    """Whole or not at all, and once, however many workers start at the same moment."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.") as draft:  # mode 0600
        draft.write(f"{new_key()}\n")
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):  # another worker was first
            os.link(draft.name, path)
