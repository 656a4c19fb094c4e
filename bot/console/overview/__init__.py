"""How things stand, at a glance: each number leads to its list."""

from bot.console.overview.page import overview

__all__ = ["overview"]
