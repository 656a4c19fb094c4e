"""The tables. The migrations build them; a test holds the two together."""

from __future__ import annotations

from storage.tables.knowing import (
    draft_files,
    draft_readings,
    drafts,
    revision_files,
    revisions,
    texts,
)
from storage.tables.office import accounts, activities, attempts, audit, data_keys, sessions, staff
from storage.tables.sending import (
    arrivals,
    cursors,
    leases,
    outbox,
    quotas,
    sends,
    subscriptions,
    tokens,
    windows,
)
from storage.tables.talks import (
    attachments,
    conversations,
    demand_events,
    demands,
    inbox,
    notes,
    questions,
    reminders,
    ticket_words,
    tickets,
)
from storage.tables.whole import metadata

__all__ = [
    "accounts",
    "activities",
    "arrivals",
    "attachments",
    "attempts",
    "audit",
    "conversations",
    "cursors",
    "data_keys",
    "demand_events",
    "demands",
    "draft_files",
    "draft_readings",
    "drafts",
    "inbox",
    "leases",
    "metadata",
    "notes",
    "outbox",
    "questions",
    "quotas",
    "reminders",
    "revision_files",
    "revisions",
    "sends",
    "sessions",
    "staff",
    "subscriptions",
    "texts",
    "ticket_words",
    "tickets",
    "tokens",
    "windows",
]
