"""What products are called in English."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("name_en", "description_en"):
        op.add_column("products", sa.Column(name, sa.Text(), nullable=False, server_default=""))
