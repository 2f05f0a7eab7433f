"""Numbered states of the library; vectors by text and model."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

articles = sa.table(
    "articles",
    sa.column("id", sa.String),
    sa.column("version", sa.Integer),
    sa.column("published_at", sa.DateTime(timezone=True)),
    sa.column("retired_at", sa.DateTime(timezone=True)),
    sa.column("published_in", sa.Integer),
    sa.column("retired_in", sa.Integer),
    sa.column("confirmed_at", sa.DateTime(timezone=True)),
)
passages = sa.table(
    "passages",
    sa.column("article_id", sa.String),
    sa.column("article_version", sa.Integer),
    sa.column("number", sa.Integer),
    sa.column("embedded_hash", sa.String),
    sa.column("embedder_id", sa.String),
    sa.column("vector", sa.LargeBinary),
)
vectors = sa.table(
    "passage_vectors",
    sa.column("embedded_hash", sa.String),
    sa.column("embedder_id", sa.String),
    sa.column("vector", sa.LargeBinary),
)
states = sa.table(
    "knowledge_states",
    sa.column("number", sa.Integer),
    sa.column("published_at", sa.DateTime(timezone=True)),
    sa.column("reason", sa.String),
    sa.column("embedder_id", sa.String),
    sa.column("changed_by", sa.Text),
)


def upgrade() -> None:
    """Move vectors into a table of their own; what is published so far becomes state 1."""
    op.create_table(
        "passage_vectors",
        sa.Column("embedded_hash", sa.String(length=64), nullable=False),
        sa.Column("embedder_id", sa.String(length=500), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("embedded_hash", "embedder_id", name=op.f("pk_passage_vectors")),
    )
    op.create_table(
        "knowledge_states",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("embedder_id", sa.String(length=500), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_knowledge_states")),
    )
    # No batch: it would make the table anew, and dropping the old one would take the passages with it.
    op.add_column("articles", sa.Column("published_in", sa.Integer(), server_default="0", nullable=False))
    op.add_column("articles", sa.Column("retired_in", sa.Integer(), nullable=True))
    op.add_column("articles", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    _move_vectors()
    _number_the_first_state()
    op.drop_index("ix_passages_embedded", table_name="passages")
    with op.batch_alter_table("passages") as batch:
        batch.drop_column("embedder_id")
        batch.drop_column("vector")
    op.create_index("ix_passages_embedded_hash", "passages", ["embedded_hash"], unique=False)


def _move_vectors() -> None:
    p = passages.c
    place = (
        sa.func.row_number()
        .over(
            partition_by=(p.embedded_hash, p.embedder_id),
            order_by=(p.article_id, p.article_version, p.number),
        )
        .label("place")
    )
    ranked = sa.select(p.embedded_hash, p.embedder_id, p.vector, place).subquery()
    once = sa.select(ranked.c.embedded_hash, ranked.c.embedder_id, ranked.c.vector).where(ranked.c.place == 1)
    op.execute(vectors.insert().from_select(["embedded_hash", "embedder_id", "vector"], once))


def _number_the_first_state() -> None:
    """Earlier publications were not numbered: all versions came in state 1, the retired ones went in it."""
    connection, a, p = op.get_bind(), articles.c, passages.c
    current = (p.article_id == a.id) & (p.article_version == a.version) & a.retired_at.is_(None)
    of_current = sa.select(sa.func.max(p.embedder_id)).select_from(passages.join(articles, current))
    embedder = connection.scalar(of_current) or connection.scalar(sa.select(sa.func.max(p.embedder_id)))
    if embedder is None:
        return
    newest = connection.scalar(sa.select(sa.func.max(a.published_at)))
    row = {"number": 1, "published_at": newest, "reason": "published", "changed_by": ""}
    op.execute(states.insert().values(embedder_id=embedder, **row))
    op.execute(articles.update().values(published_in=1, confirmed_at=a.published_at))
    op.execute(articles.update().where(a.retired_at.is_not(None)).values(retired_in=1))
