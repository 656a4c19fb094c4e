"""What people said, asked and entered, and who took it up."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from storage.columns import Id, Json, UtcDateTime
from storage.tables.whole import metadata

inbox = Table(
    "inbox",
    metadata,
    Column("key", Text, primary_key=True),
    Column("sender", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("reply", Json, nullable=False),
    Column("kind", Text),
    Column("until", UtcDateTime, nullable=False),
    Index("inbox_sender_at", "sender", "at"),
    Index("inbox_until", "until"),
    Index("inbox_at_kind", "at", "kind"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("sender", Text, primary_key=True),
    Column("state", Json, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

demands = Table(
    "demands",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("sender", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("notice", Text, nullable=False),
    Column("campaign", Text),
    Column("region", Text),
    Column("channel", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("fields", Json, nullable=False),
    Column("personal", Json, nullable=False),
    Column("created", UtcDateTime, nullable=False),
    Column("updated", UtcDateTime, nullable=False),
    Column("moved", UtcDateTime, nullable=False),
    Column("bureau", Text),
    Column("national", Boolean, nullable=False),
    UniqueConstraint("sender", "number", name="demands_sender_number"),
    Index("demands_status_moved", "status", "moved"),
    Index("demands_bureau", "bureau"),
    Index("demands_updated", "updated"),
)

demand_events = Table(
    "demand_events",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("demand", Id, ForeignKey("demands.id"), nullable=False),
    Column("status", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("step", Text),
    Column("actor", Text),
    Column("why", Text, nullable=False),
    Column("resource", Text),
    Index("demand_events_demand", "demand"),
    Index("demand_events_step", "step", "at"),
)

questions = Table(
    "questions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("sender", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("lacks", Text, nullable=False),
    Column("nearest", Json),
    Column("state", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("region", Text),
    Column("answer", Text),
    Column("answered_by", Text),
    Column("answered", UtcDateTime),
    Index("questions_state_at", "state", "at"),
    Index("questions_sender", "sender"),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("sender", Text, nullable=False),
    Column("demand", Id, ForeignKey("demands.id")),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("told", UtcDateTime),
    Column("key", Text),
    UniqueConstraint("key", name="notes_key"),
    Index("notes_sender_told", "sender", "told"),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("sender", Text, nullable=False),
    Column("demand", Id, ForeignKey("demands.id")),
    Column("kind", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("attachments_demand", "demand"),
    Index("attachments_sender", "sender"),
)

tickets = Table(
    "tickets",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("sender", Text, nullable=False),
    Column("region", Text),
    Column("about", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("staff", Text),
    Column("at", UtcDateTime, nullable=False),
    Column("last", UtcDateTime, nullable=False),
    Column("closed", UtcDateTime),
    Column("why", Text),
    Index("tickets_sender_state", "sender", "state"),
    Index("tickets_state_last", "state", "last"),
    Index("tickets_staff_state", "staff", "state"),
)

ticket_words = Table(
    "ticket_words",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("ticket", Id, ForeignKey("tickets.id"), nullable=False),
    Column("by", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ticket_words_ticket", "ticket"),
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("sender", Text, nullable=False),
    Column("deadline", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("sender", "deadline", name="reminders_sender_deadline"),
)
