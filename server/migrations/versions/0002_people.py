"""People: who waits, for what, and how it ended."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns of hand-over and feedback."""
    with op.batch_alter_table("conversations") as table:
        table.add_column(sa.Column("waiting_since", sa.DateTime(timezone=True)))
        table.add_column(sa.Column("handoff_reason", sa.String(64)))
        table.add_column(sa.Column("handed_off_at", sa.DateTime(timezone=True)))
        table.add_column(sa.Column("resolved_at", sa.DateTime(timezone=True)))
        table.add_column(sa.Column("score", sa.Integer()))
        table.add_column(sa.Column("email", sa.String(254)))
    op.create_index(op.f("ix_conversations_owner_id"), "conversations", ["owner_id"])
    op.create_index(op.f("ix_conversations_waiting_since"), "conversations", ["waiting_since"])
    op.create_index("ix_events_kind_ts", "events", ["kind", "ts"])
    op.create_table(
        "pilot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("share_percent", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot")),
    )
