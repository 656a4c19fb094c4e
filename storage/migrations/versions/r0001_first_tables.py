"""First tables: inbox, conversations, demands and their events, questions, outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _messages()
    _demands()
    _questions()
    _outbox()


def _messages() -> None:
    op.create_table(
        "inbox",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reply", JSON, nullable=False),
    )
    op.create_index("inbox_sender", "inbox", ["sender"])
    op.create_table(
        "conversations",
        sa.Column("sender", sa.Text, primary_key=True),
        sa.Column("state", JSON, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _demands() -> None:
    op.create_table(
        "demands",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("notice", sa.Text, nullable=False),
        sa.Column("campaign", sa.Text),
        sa.Column("region", sa.Text),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("personal", JSON, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("updated", MOMENT, nullable=False),
        sa.Column("moved", MOMENT, nullable=False),
        sa.UniqueConstraint("sender", "number", name="demands_sender_number"),
    )
    op.create_index("demands_status_moved", "demands", ["status", "moved"])
    op.create_table(
        "demand_events",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("demand", ID, sa.ForeignKey("demands.id"), nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("demand_events_demand", "demand_events", ["demand"])


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("lacks", sa.Text, nullable=False),
        sa.Column("nearest", JSON),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("questions_state_at", "questions", ["state", "at"])
    op.create_index("questions_sender", "questions", ["sender"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("sent", MOMENT),
        sa.UniqueConstraint("key", name="outbox_key"),
    )
    op.create_index("outbox_state_due", "outbox", ["state", "due"])
