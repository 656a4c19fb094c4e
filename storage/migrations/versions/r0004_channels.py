"""Every channel: what each platform allows and has said, pushes, hand-over, attachments."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _national()
    _notes()
    _outbox()
    _limits()
    _arrivals()
    _pushes()
    _tickets()
    _attachments()


def _national() -> None:
    """The mark stood in the form of the time alone, under the name that its notice gave it."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    mark = "json_extract(fields, '$.需国家局协调') = 1"
    if not sqlite:
        mark = "jsonb_typeof(fields) = 'object' AND fields ->> '需国家局协调' = 'true'"
    true = "1" if sqlite else "true"
    clear = " AND json_type(fields) = 'object'" if sqlite else ""
    op.execute(f"UPDATE demands SET national = {true} WHERE {mark}{clear}")


def _notes() -> None:
    with op.batch_alter_table("notes") as notes:
        notes.add_column(sa.Column("key", sa.Text))
        notes.create_unique_constraint("notes_key", ["key"])


def _outbox() -> None:
    """All that was sent so far went to the robots of groups."""
    op.drop_index("outbox_state_due", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        channel = sa.Column("channel", sa.Text, nullable=False, server_default="robot")
        outbox.add_column(channel)
        outbox.add_column(sa.Column("queue", sa.Text))
        outbox.add_column(sa.Column("tried", MOMENT))
        outbox.add_column(sa.Column("holds", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("outbox_channel_state_due", "outbox", ["channel", "state", "due"])
    op.create_index("outbox_target_state", "outbox", ["target", "state"])
    op.create_index("outbox_queue_state", "outbox", ["queue", "state"])
    _letters()


def _letters() -> None:
    """Robots are named as such; what still waits lies there as every letter does now."""
    outbox = sa.table(
        "outbox",
        *(sa.column(name) for name in ("id", "target", "queue", "state")),
        sa.column("payload", JSON),
    )
    robot = sa.literal("robot:") + outbox.c.target
    op.execute(sa.update(outbox).values(target=robot, queue=robot))
    waiting = sa.select(outbox.c.id, outbox.c.payload).where(outbox.c.state == "waiting")
    for id_, old in op.get_bind().execute(waiting).all():
        reply = {"kind": "command", "text": old.pop("text", "")}
        letter = {**old, "reply": reply, "markdown": True}
        op.execute(sa.update(outbox).where(outbox.c.id == id_).values(payload=letter))


def _limits() -> None:
    op.create_table(
        "sends",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("sends_target_at", "sends", ["target", "at"])
    op.create_table(
        "windows",
        sa.Column("sender", sa.Text, primary_key=True),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("left", sa.Integer, nullable=False),
    )
    op.create_table(
        "quotas",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("period", sa.Text, primary_key=True),
        sa.Column("used", sa.Integer, nullable=False),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
    )


def _arrivals() -> None:
    op.create_table(
        "cursors",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("cursor", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "arrivals",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("channel", "key", name="arrivals_channel_key"),
    )


def _pushes() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("time", sa.Text),
        sa.Column("weekday", sa.Integer),
        sa.Column("regions", JSON, nullable=False),
        sa.Column("tasks", JSON, nullable=False),
        sa.Column("empty", sa.Boolean, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("target", "kind", name="subscriptions_target_kind"),
    )
    op.create_table(
        "reminders",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("deadline", sa.Text, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("sender", "deadline", name="reminders_sender_deadline"),
    )


def _tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("region", sa.Text),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("staff", sa.Text),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("last", MOMENT, nullable=False),
        sa.Column("closed", MOMENT),
        sa.Column("why", sa.Text),
    )
    op.create_index("tickets_sender_state", "tickets", ["sender", "state"])
    op.create_index("tickets_state_last", "tickets", ["state", "last"])
    op.create_index("tickets_staff_state", "tickets", ["staff", "state"])
    op.create_table(
        "ticket_words",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("ticket", ID, sa.ForeignKey("tickets.id"), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ticket_words_ticket", "ticket_words", ["ticket"])


def _attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("demand", ID, sa.ForeignKey("demands.id")),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("attachments_demand", "attachments", ["demand"])
    op.create_index("attachments_sender", "attachments", ["sender"])
