"""Each message with what kind of answer it got and how long it is kept; drafts of revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _inbox()
    _drafts()


def _inbox() -> None:
    """What lies there was to be kept for a week."""
    op.add_column("inbox", sa.Column("kind", sa.Text))
    op.add_column("inbox", sa.Column("until", MOMENT))
    sqlite = op.get_bind().dialect.name == "sqlite"
    week = "strftime('%Y-%m-%d %H:%M:%f', at, '+7 days')" if sqlite else "at + interval '7 days'"
    op.execute(f"UPDATE inbox SET until = {week}")
    with op.batch_alter_table("inbox") as inbox:
        inbox.alter_column("until", existing_type=MOMENT, nullable=False)
    op.create_index("inbox_at_kind", "inbox", ["at", "kind"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("updated", MOMENT, nullable=False),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer),
    )
    op.create_index("drafts_state", "drafts", ["state"])
    op.create_table(
        "draft_files",
        sa.Column("draft", ID, sa.ForeignKey("drafts.id"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("text", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("updated", MOMENT, nullable=False),
    )
