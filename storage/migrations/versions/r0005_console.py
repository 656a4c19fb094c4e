"""The console: who signs in, their sessions, failed sign-ins; demands by when they changed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_index("demands_updated", "demands", ["updated"])
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("staff", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("temporary", sa.Boolean, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("staff", name="accounts_staff"),
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, sa.ForeignKey("accounts.name"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
    )
    op.create_index("sessions_account", "sessions", ["account"])
    op.create_table(
        "attempts",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
    )
