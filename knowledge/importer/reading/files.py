"""A file -> its page, by its kind."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from knowledge.importer.page import Page, ReadingError

_PACKAGE = "knowledge.importer.reading"
# A reader's libraries are loaded only when a file of its kind comes.
_READERS = {
    ".txt": "text",
    ".md": "text",
    ".html": "markup",
    ".htm": "markup",
    ".docx": "word",
    ".pdf": "pdf",
}
SUFFIXES = tuple(_READERS)
"""Kinds of files that can be read, in small letters."""

_LARGEST = 64 * 1024 * 1024


def read_file(path: Path) -> Page:
    """The page of a .txt, .md, .html, .docx or .pdf file.

    Raises ReadingError where the file cannot be read as a notice: unknown kind, not decodable,
    broken, locked by a password, scanned without a text layer, empty.
    """
    page = _read(path)
    if not page.blocks:
        raise ReadingError(f"{path}: 没有可读的文字")
    return page


def _read(path: Path) -> Page:
    module = _READERS.get(path.suffix.lower())
    if module is None:
        kinds = "、".join(_READERS)
        raise ReadingError(f"{path}: 不支持的文件类型（支持{kinds}）")
    try:
        if path.stat().st_size > _LARGEST:
            raise ReadingError(f"{path}: 文件超过64MB")
        page = import_module(f"{_PACKAGE}.{module}").read(path)
    except OSError as error:
        raise ReadingError(f"{path}: 无法打开（{error.strerror or error}）") from error
    except UnicodeError as error:
        raise ReadingError(f"{path}: {error}") from error
    assert isinstance(page, Page)
    return page
