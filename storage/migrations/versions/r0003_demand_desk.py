"""The demand desk: bureaus, each step on record, notes to tell, staff, audit, activities."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)

# What lies in the audit log stays: only `detail` may be sealed anew, with another key.
FIXED = "id, at, actor, act, demand"
REFUSE_ON_SQLITE = """\
CREATE TRIGGER audit_{name} BEFORE {what} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append only'); END"""
REFUSE_ON_POSTGRESQL = """\
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log is append only'; END $$"""


def upgrade() -> None:
    _demands()
    _questions()
    _notes()
    _staff()
    _activities()
    _audit()
    _data_keys()


def _demands() -> None:
    op.add_column("demands", sa.Column("bureau", sa.Text))
    national = sa.Column("national", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("demands", national)
    op.create_index("demands_bureau", "demands", ["bureau"])
    op.add_column("demand_events", sa.Column("step", sa.Text))
    op.add_column("demand_events", sa.Column("actor", sa.Text))
    op.add_column("demand_events", sa.Column("why", sa.Text, nullable=False, server_default=""))
    op.add_column("demand_events", sa.Column("resource", sa.Text))
    op.execute(
        "UPDATE demand_events SET"
        " step = CASE status WHEN 'submitted' THEN 'submit' WHEN 'cancelled' THEN 'cancel' END,"
        " actor = (SELECT sender FROM demands WHERE demands.id = demand_events.demand)"
    )
    op.create_index("demand_events_step", "demand_events", ["step", "at"])


def _questions() -> None:
    op.add_column("questions", sa.Column("region", sa.Text))
    op.add_column("questions", sa.Column("answer", sa.Text))
    op.add_column("questions", sa.Column("answered_by", sa.Text))
    op.add_column("questions", sa.Column("answered", MOMENT))


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("demand", ID, sa.ForeignKey("demands.id")),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("told", MOMENT),
    )
    op.create_index("notes_sender_told", "notes", ["sender", "told"])


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("sender", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("regions", JSON, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _activities() -> None:
    op.create_table(
        "activities",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("bureau", sa.Text),
        sa.Column("task", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("enterprises", sa.Integer, nullable=False),
        sa.Column("other", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("activities_at", "activities", ["at"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("demand", ID),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("audit_demand", "audit", ["demand"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(REFUSE_ON_SQLITE.format(name="kept", what="DELETE"))
        op.execute(REFUSE_ON_SQLITE.format(name="fixed", what=f"UPDATE OF {FIXED}"))
    else:
        op.execute(REFUSE_ON_POSTGRESQL)
        for what, name in (("DELETE OR TRUNCATE", "kept"), (f"UPDATE OF {FIXED}", "fixed")):
            op.execute(
                f"CREATE TRIGGER audit_{name} BEFORE {what} ON audit"
                " FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
            )


def _data_keys() -> None:
    op.create_table(
        "data_keys",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )
