"""Where the files of deploy/ are; and programs that a test needs, which CI must have."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def program(name: str) -> str:
    """Its path; skips the test where there is none, except in CI."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"CI needs {name}")
        pytest.skip(f"no {name} on this machine")
    return found
