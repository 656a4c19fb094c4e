"""What is over is found by when it is, and a sender's last messages by when they came."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_index("inbox_until", "inbox", ["until"])
    op.create_index("inbox_sender_at", "inbox", ["sender", "at"])
    op.drop_index("inbox_sender", "inbox")
