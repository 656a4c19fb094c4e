"""Which region a message in the outbox is about: of those from before nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("region", sa.Text))
    op.create_index("outbox_region", "outbox", ["region"])
