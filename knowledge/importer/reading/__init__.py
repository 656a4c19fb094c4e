"""Files of notices -> pages, one module a kind of file."""

from knowledge.importer.reading.files import SUFFIXES, read_file
from knowledge.importer.reading.text import page_of_text

__all__ = ["SUFFIXES", "page_of_text", "read_file"]
