"""What the importer read out of a notice, value by value, for whoever looks it over."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "draft_readings",
        sa.Column("draft", ID, sa.ForeignKey("drafts.id"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("reading", JSON, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
    )
