"""Changing the embedding model: all current passages are embedded first, then one transaction flips.

Nothing is taken from those who search meanwhile: the vectors of two models live side by side.
"""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import Unavailable
from knowledge.articles import Reason
from knowledge.passage import PassageText
from knowledge.split import embedded_text
from knowledge.store import shelf, states, vectors
from knowledge.store.vectors import Progress, TextEmbedder

# So often articles may be published while the last ones are embedded.
_TRIES = 100


async def switch_model(
    database: Database,
    embedder: TextEmbedder,
    clock: Clock,
    progress: Progress | None = None,
    *,
    changed_by: str = "",
) -> int:
    """Make `embedder` the one by whose vectors the library is searched.

    Killed at any moment, the library stays with the model before; what was embedded is kept for the next
    attempt. Articles that are published meanwhile are embedded too, before the flip.

    Returns:
        The number of the new state, or of the present one if the model was in use already.

    Raises:
        Unavailable: The database cannot be written.
    """
    for _ in range(_TRIES):
        async with database.reading() as connection:
            texts = await _texts(connection)
        await vectors.embed_missing(database, embedder, texts, progress)
        try:
            async with database.transaction(alone="library") as connection:
                state = await _flip(connection, embedder.id, clock, changed_by)
        except IntegrityError:
            continue  # another process took the number
        if state is not None:
            return state
    raise Unavailable("Articles are published all the time: try again when nobody publishes.")


async def _flip(connection: AsyncConnection, embedder_id: str, clock: Clock, changed_by: str) -> int | None:
    """Begin a state of another model, and delete what no model needs; None if a vector is missing still."""
    before = await states.latest(connection)
    if before is not None and before.embedder_id == embedder_id:
        return before.number
    wanted = set(await _texts(connection))
    if wanted - await vectors.known(connection, wanted, embedder_id):
        return None
    number = await states.add(connection, Reason.MODEL, embedder_id, clock.now(), changed_by)
    await vectors.sweep(connection, embedder_id)
    return number


async def _texts(connection: AsyncConnection) -> dict[str, PassageText]:
    """Return the texts of all current passages by their hash."""
    rows = await shelf.current_passages(connection)
    return {row.embedded_hash: embedded_text(shelf.passage_of(row)) for row in rows}
