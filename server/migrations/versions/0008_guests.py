"""Guests who prove an order to be theirs, and where a conversation is had from."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guest_tries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("visitor_id", sa.String(length=36), nullable=False),
        sa.Column("address_key", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_tries")),
    )
    op.create_index(op.f("ix_guest_tries_visitor_id"), "guest_tries", ["visitor_id"], unique=False)
    op.create_index(op.f("ix_guest_tries_address_key"), "guest_tries", ["address_key"], unique=False)
    op.create_index(op.f("ix_guest_tries_at"), "guest_tries", ["at"], unique=False)
    op.create_table(
        "guest_proofs",
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("order_key", sa.String(length=80), nullable=False),
        sa.Column("customer_id", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("full_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "order_key", name=op.f("pk_guest_proofs")),
    )
    op.create_index(op.f("ix_guest_proofs_customer_id"), "guest_proofs", ["customer_id"], unique=False)
    op.create_table(
        "one_time_codes",
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=200), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_one_time_codes")),
    )
    op.create_index(op.f("ix_one_time_codes_customer_id"), "one_time_codes", ["customer_id"], unique=False)
    op.add_column("conversations", sa.Column("address_key", sa.String(length=64), nullable=True))
