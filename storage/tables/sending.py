"""What goes to the platforms and comes from them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from storage.columns import Id, Json, UtcDateTime
from storage.tables.whole import metadata

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
    Column("region", Text),
    UniqueConstraint("key", name="outbox_key"),
    Index("outbox_channel_state_due", "channel", "state", "due"),
    Index("outbox_target_state", "target", "state"),
    Index("outbox_queue_state", "queue", "state"),
    Index("outbox_region", "region"),
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

tokens = Table(
    "tokens",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)
