"""Withdrawals and complaints that shoppers send."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer_requests",
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("cid", sa.String(length=80), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("handled_by", sa.String(length=200), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customer_id", sa.String(length=200), nullable=True),
        sa.Column("order_number", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("receipt_id", sa.String(length=320), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_customer_requests")),
        sa.UniqueConstraint("conversation_id", "cid", name=op.f("uq_customer_requests_conversation_id")),
    )
    op.create_index(op.f("ix_customer_requests_due_at"), "customer_requests", ["due_at"], unique=False)
    op.create_index(op.f("ix_customer_requests_state"), "customer_requests", ["state"], unique=False)
    op.create_index(
        op.f("ix_customer_requests_customer_id"), "customer_requests", ["customer_id"], unique=False
    )
    op.create_table(
        "request_counters",
        sa.Column("series", sa.String(length=8), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_request_counters")),
    )
