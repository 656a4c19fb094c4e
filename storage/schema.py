"""The tables. The migrations build them; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import Id, Json, UtcDateTime

metadata = MetaData()

inbox = Table(
    "inbox",
    metadata,
    Column("key", Text, primary_key=True),
    Column("sender", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("reply", Json, nullable=False),
    Column("kind", Text),
    Column("until", UtcDateTime, nullable=False),
    Index("inbox_sender", "sender"),
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

staff = Table(
    "staff",
    metadata,
    Column("sender", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("regions", Json, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("staff", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("temporary", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("staff", name="accounts_staff"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.name"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("seen", UtcDateTime, nullable=False),
    Index("sessions_account", "account"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
)

activities = Table(
    "activities",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("actor", Text, nullable=False),
    Column("bureau", Text),
    Column("task", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Column("enterprises", Integer, nullable=False),
    Column("other", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("activities_at", "at"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("demand", Id),
    Column("detail", Text, nullable=False),
    Index("audit_demand", "demand"),
)

data_keys = Table(
    "data_keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("payload", Json, nullable=False),
    Column("state", Text, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", Text),
    Column("sent", UtcDateTime),
    Column("channel", Text, nullable=False),
    Column("queue", Text),
    Column("tried", UtcDateTime),
    Column("holds", Boolean, nullable=False),
    UniqueConstraint("key", name="outbox_key"),
    Index("outbox_channel_state_due", "channel", "state", "due"),
    Index("outbox_target_state", "target", "state"),
    Index("outbox_queue_state", "queue", "state"),
)

sends = Table(
    "sends",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("target", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("sends_target_at", "target", "at"),
)

windows = Table(
    "windows",
    metadata,
    Column("sender", Text, primary_key=True),
    Column("until", UtcDateTime, nullable=False),
    Column("left", Integer, nullable=False),
)

quotas = Table(
    "quotas",
    metadata,
    Column("name", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("used", Integer, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

cursors = Table(
    "cursors",
    metadata,
    Column("name", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("channel", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("payload", Json, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "key", name="arrivals_channel_key"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("target", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("time", Text),
    Column("weekday", Integer),
    Column("regions", Json, nullable=False),
    Column("tasks", Json, nullable=False),
    Column("empty", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("target", "kind", name="subscriptions_target_kind"),
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

tokens = Table(
    "tokens",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)
