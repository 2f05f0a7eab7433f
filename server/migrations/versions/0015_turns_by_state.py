"""Whether a conversation has an unfinished turn is found without reading its finished ones."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_turns_conversation_id_state", "turns", ["conversation_id", "state"])
    op.drop_index(op.f("ix_turns_conversation_id"), "turns")
