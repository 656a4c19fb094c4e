"""Pages out of templates, escaped. Where nobody opens any, jinja2 is never loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from jinja2 import Environment


def _nothing() -> Mapping[str, Any]:
    return {}


class Templates:
    """Those of a folder. `known` gives what all of them know, when the first one is wanted; of
    `trimmed` ones no line is left of what only steers; `strict` ones name nothing that is not
    there."""

    def __init__(
        self,
        folder: Path,
        known: Callable[[], Mapping[str, Any]] = _nothing,
        *,
        trimmed: bool = False,
        strict: bool = False,
    ) -> None:
        self._folder = folder
        self._trimmed = trimmed
        self._strict = strict
        self._known = known

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined

        made = Environment(
            loader=FileSystemLoader(self._folder),
            undefined=StrictUndefined if self._strict else Undefined,
            autoescape=True,
            trim_blocks=self._trimmed,
            lstrip_blocks=self._trimmed,
        )
        made.globals |= self._known()
        return made

    def page(self, name: str, context: Mapping[str, Any], status: int = 200) -> web.Response:
        text = self._environment.get_template(name).render(context)
        return web.Response(text=text, content_type="text/html", charset="utf-8", status=status)
