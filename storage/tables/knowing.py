"""What is published, and what is being written."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from storage.columns import Id, Json, UtcDateTime
from storage.tables.whole import metadata

revisions = Table(
    "revisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    Column("author", Text),
    Column("restores", Integer),
)

texts = Table(
    "texts",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("text", Text, nullable=False),
)

revision_files = Table(
    "revision_files",
    metadata,
    Column("revision", Integer, ForeignKey("revisions.number"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("digest", Text, ForeignKey("texts.digest"), nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("note", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("updated", UtcDateTime, nullable=False),
    Column("base", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("revision", Integer),
    Index("drafts_state", "state"),
)

draft_files = Table(
    "draft_files",
    metadata,
    Column("draft", Id, ForeignKey("drafts.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("text", Text),
    Column("source", Text),
    Column("updated", UtcDateTime, nullable=False),
)

draft_readings = Table(
    "draft_readings",
    metadata,
    Column("draft", Id, ForeignKey("drafts.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("reading", Json, nullable=False),
    Column("state", Text, nullable=False),
)
