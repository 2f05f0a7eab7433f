"""Changes of the library: new versions, articles taken back, states restored; each one a transaction.

What a change needs to know of the articles is read in the transaction that makes it, so two processes that
publish at once cannot give one number twice: the one that comes second looks again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import Conflict, InvalidInput, NotFound, Unavailable
from knowledge.articles import Article, Published, Reason
from knowledge.passage import Passage
from knowledge.split import embedded_text, split
from knowledge.store import shelf, states, vectors
from knowledge.store.tables import MANY, articles_table, passages_table
from knowledge.store.vectors import Progress, TextEmbedder, digest

Splitter = Callable[[Article, int], list[Passage]]

# So often a change is begun again because another process was quicker.
_TRIES = 20


class ModelChanged(Exception):
    """The library is in a state of another embedding model than the one that was used."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to change.

    Attributes:
        articles: To be current; each id once.
        retire: Ids to be taken out of use; those that are not current are passed over.
        reason: Why.
        changed_by: Who.
        anew: Make a new version even of an article that says the same.
        expected: Versions that must be current when it is made, by article; 0: none is.
    """

    articles: tuple[Article, ...] = ()
    retire: tuple[str, ...] = ()
    reason: Reason = Reason.PUBLISHED
    changed_by: str = ""
    anew: bool = False
    expected: Mapping[str, int] = field(default_factory=dict)


class Publisher:
    """Makes changes.

    Args:
        database: The truth.
        clock: Says when.
        splitter: Makes passages of an article and its version.
    """

    def __init__(self, database: Database, clock: Clock, splitter: Splitter = split) -> None:
        self._database = database
        self._clock = clock
        self._split = splitter

    async def make(
        self, change: Change, embedder: TextEmbedder, progress: Progress | None = None
    ) -> Published:
        """Make a change; only texts that were never embedded are embedded.

        Raises:
            Conflict: An article has another version than expected; nothing was changed.
            InvalidInput: An id comes twice.
            ModelChanged: The library has another embedding model now; nothing was changed.
            Unavailable: The database cannot be written.
        """
        refuse_doubles(change.articles)
        for _ in range(_TRIES):
            async with self._database.reading() as connection:
                fresh = await _fresh(connection, change)
            texts = {digest(text): text for a in fresh for text in map(embedded_text, self._split(a, 1))}
            await vectors.embed_missing(self._database, embedder, texts, progress)
            try:
                async with self._database.transaction(alone="library") as connection:
                    done = await self._write(connection, change, embedder.id)
            except IntegrityError:
                continue  # another process took the number
            if done is not None:
                return done
        raise Unavailable("Others publish at the same time: try again in a moment.")

    async def restored(self, state: int, changed_by: str = "") -> Change:
        """Return the change that makes the library what it was in a state.

        Raises:
            NotFound: There was no such state.
        """
        async with self._database.reading() as connection:
            newest = await states.latest(connection)
            if newest is None or not 1 <= state <= newest.number:
                raise NotFound(f"The library had no state {state}. See: okienko knowledge history")
            then = await shelf.articles_in(connection, state)
            now = await shelf.current_articles(connection)
        kept = {row.article.id for row in then}
        gone = tuple(row.article.id for row in now if row.article.id not in kept)
        return Change(tuple(row.article for row in then), gone, Reason.RESTORED, changed_by)

    async def confirm(self, article_id: str, at: datetime) -> None:
        """Note that a current article is still true.

        Raises:
            NotFound: It is not current.
        """
        async with self._database.transaction(alone="library") as connection:
            done = await connection.execute(
                update(articles_table)
                .where(articles_table.c.id == article_id, articles_table.c.retired_at.is_(None))
                .values(confirmed_at=at)
            )
        if not done.rowcount:
            raise NotFound(f"There is no published article {article_id!r}.")

    async def _write(self, connection: AsyncConnection, change: Change, embedder_id: str) -> Published | None:
        """Write a change in one transaction; None if a vector is missing, so that it has to be made first."""
        before = await states.latest(connection)
        if before is not None and before.embedder_id != embedder_id:
            raise ModelChanged
        ids = [*(a.id for a in change.articles), *change.retire]
        newest = await shelf.newest_versions(connection, [*ids, *change.expected])
        _refuse_overtaken(change, newest)
        fresh = await _fresh(connection, change)
        going = [one for one in set(change.retire) if one in newest and newest[one].content_hash]
        same = len(change.articles) - len(fresh)
        if not fresh and not going:
            return Published(0, 0, same, 0, state=before.number if before else 0)
        cut = [
            (article, passage)
            for article in fresh
            for passage in self._split(article, _next(newest.get(article.id)))
        ]
        hashes = [digest(embedded_text(passage)) for _, passage in cut]
        if set(hashes) - await vectors.known(connection, hashes, embedder_id):
            return None
        now = self._clock.now()
        state = await states.add(connection, change.reason, embedder_id, now, change.changed_by)
        replaced = [a.id for a in fresh if a.id in newest and newest[a.id].content_hash]
        await _retire(connection, [*going, *replaced], now, state)
        await _insert(
            connection,
            articles_table,
            [_article_row(a, _next(newest.get(a.id)), now, state) for a in fresh],
        )
        rows = [_passage_row(passage, key) for (_, passage), key in zip(cut, hashes, strict=True)]
        await _insert(connection, passages_table, rows)
        added = len(fresh) - len(replaced)
        return Published(added, len(replaced), same, len(rows), len(going), state)


def refuse_doubles(articles: Sequence[Article]) -> None:
    """Refuse articles of which two have one id.

    Raises:
        InvalidInput: Names the id.
    """
    seen: set[str] = set()
    for article in articles:
        if article.id in seen:
            raise InvalidInput(f"The article {article.id!r} comes twice: give one of them another id.")
        seen.add(article.id)


async def _fresh(connection: AsyncConnection, change: Change) -> list[Article]:
    """Return those articles of a change that are not current as they are."""
    if change.anew:
        return list(change.articles)
    newest = await shelf.newest_versions(connection, [a.id for a in change.articles])
    known = {one: found.content_hash for one, found in newest.items()}
    return [a for a in change.articles if known.get(a.id) != a.content_hash]


def _refuse_overtaken(change: Change, newest: Mapping[str, shelf.Newest]) -> None:
    for article_id, version in change.expected.items():
        found = newest.get(article_id)
        if (found.version if found and found.content_hash else 0) != version:
            raise Conflict(f"The article {article_id!r} was changed meanwhile: look at it and publish again.")


def _next(newest: shelf.Newest | None) -> int:
    return newest.version + 1 if newest else 1


async def _retire(connection: AsyncConnection, ids: Iterable[str], now: datetime, state: int) -> None:
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), MANY):
        await connection.execute(
            update(articles_table)
            .where(articles_table.c.id.in_(wanted[start : start + MANY]))
            .where(articles_table.c.retired_at.is_(None))
            .values(retired_at=now, retired_in=state)
        )


async def _insert(connection: AsyncConnection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        await connection.execute(insert(table), rows)


def _article_row(article: Article, version: int, now: datetime, state: int) -> dict[str, Any]:
    return {
        "id": article.id,
        "version": version,
        "language": article.language.value,
        "title": article.title,
        "body": article.body,
        "tags": list(article.tags),
        "questions": list(article.questions),
        "valid_from": article.valid_from,
        "valid_until": article.valid_until,
        "source": article.source,
        "content_hash": article.content_hash,
        "published_at": now,
        "published_in": state,
        "confirmed_at": now,
    }


def _passage_row(passage: Passage, embedded_hash: str) -> dict[str, Any]:
    return {
        "article_id": passage.article_id,
        "article_version": passage.article_version,
        "number": int(passage.id.rpartition("#")[2]),
        "heading": passage.heading,
        "text": passage.text,
        "embedded_hash": embedded_hash,
    }
