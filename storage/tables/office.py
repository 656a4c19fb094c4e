"""Who works here, what they did, and under which keys it is sealed."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from storage.columns import Id, Json, UtcDateTime
from storage.tables.whole import metadata

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
