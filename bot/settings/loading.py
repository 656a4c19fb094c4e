"""The settings out of their file; what is wrong with them, in one line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings.exceptions import SettingsError as EnvironmentProblem

from bot.settings.whole import Settings

DEFAULT_FILE = Path("zhixing.toml")


class SettingsError(Exception):
    """`str` is one line that names the key and what is wrong with it; never a secret's value."""


def load_settings(path: Path | None = None) -> Settings:
    """From `path`, else from `zhixing.toml` in the working directory if there is one.

    Raises SettingsError.
    """
    source = path or DEFAULT_FILE
    given = _read_toml(source) if path or DEFAULT_FILE.exists() else {}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError(f"settings: {_problems(error)}") from None
    except EnvironmentProblem as error:
        raise SettingsError(f"settings: {str(error).splitlines()[0]}") from None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or type(error).__name__}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}") from None


def _problems(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(map(_problem, found))


def _problem(problem: ErrorDetails) -> str:
    key = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in problem["loc"]).lstrip(".")
    what = {"missing": "is missing", "extra_forbidden": "is no setting"}.get(problem["type"])
    said = what or problem["msg"].removeprefix("Value error, ")
    return f"{key}: {said}" if key else said
