"""How much the pages that take files read."""

from __future__ import annotations

from bot.http import Room

LARGEST = 10 * 1024 * 1024
"""Bytes of a file that is uploaded."""

UPLOAD = Room(LARGEST + 64 * 1024, 60.0)

FILE = Room(16 * 1024 * 1024, 20.0)
"""A file stands in a form twice, each Chinese character of it as nine: so that also a megabyte
which somebody pasted is read, and given back to them."""
