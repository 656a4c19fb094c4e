"""The peers by their pinned names, and an environment for each where it is not there yet."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

APPS = Path(__file__).parent / "apps"
_MOST_SECONDS = 600


class NotInstalled(Exception):
    """The peer cannot be had here; `str` is one line."""


@dataclass(frozen=True, slots=True)
class Peer:
    """`path` is where it takes the callback."""

    title: str
    app: str
    path: str
    packages: tuple[str, ...]


PEERS = (
    Peer(
        "WeRoBot 1.13.1, SQLite sessions",
        "with_werobot",
        "/wechat",
        ("WeRoBot==1.13.1", "waitress==3.0.2", "Flask==3.1.3"),
    ),
    Peer(
        "opsdroid 0.31.0, 100 rules",
        "with_opsdroid",
        "/wechat",
        ("opsdroid==0.31.0", "aiohttp==3.14.5", "setuptools<80"),
    ),
    Peer(
        "NoneBot2 2.5.0, 100 matchers",
        "with_nonebot",
        "/wxmp/revice/wx2c2769f8efd9abc2",
        (
            *("nonebot2[fastapi,httpx]==2.5.0", "nonebot-adapter-wxmp==0.1.8"),
            *("fastapi==0.165.0", "uvicorn==0.54.0"),
        ),
    ),
)


def python_of(peer: Peer) -> Path:
    """Of the peer's own environment, made from the package index that pip is set to where it is
    not there. Raises NotInstalled."""
    told = hashlib.sha256(" ".join(peer.packages).encode()).hexdigest()[:8]
    place = _cache() / f"{peer.app}-{told}"
    python = place / "bin" / "python"
    if not (place / "installed").exists():
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        for command in ([sys.executable, "-m", "venv", str(place)], [*pip, *peer.packages]):
            _run(command)
        (place / "installed").touch()
    return python


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "zhixing" / "peers"


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_MOST_SECONDS)
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise NotInstalled(said[-1] if said else str(error)) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(str(error)) from None
