"""What is published and what was: articles, their versions, the library's states. Reads, never searches."""

from __future__ import annotations

from foundation.database import Database
from knowledge.articles import ArticleVersion, KnowledgeState, PublishedArticle
from knowledge.passage import Passage
from knowledge.store import shelf, states


class Catalogue:
    """Reads from the database; needs neither model nor index.

    Args:
        database: The truth.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    async def articles(self, *, retired: bool = False) -> list[PublishedArticle]:
        """Return all current articles by id; or the newest version of each that is retired."""
        async with self.database.reading() as connection:
            read = shelf.retired_articles if retired else shelf.current_articles
            return await read(connection)

    async def articles_in(self, state: int) -> list[PublishedArticle]:
        """Return the articles that were current in a state, by id."""
        async with self.database.reading() as connection:
            return await shelf.articles_in(connection, state)

    async def article(self, article_id: str, version: int | None = None) -> PublishedArticle | None:
        """Return the current version of an article, or `version` even if it is retired; None if unknown."""
        async with self.database.reading() as connection:
            return await shelf.article_version(connection, article_id, version)

    async def history(self, article_id: str) -> list[ArticleVersion]:
        """Return all versions of an article, newest first; none if it is unknown."""
        async with self.database.reading() as connection:
            return await shelf.history(connection, article_id)

    async def states(self) -> list[KnowledgeState]:
        """Return all states of the library, newest first."""
        async with self.database.reading() as connection:
            return await states.listed(connection)

    async def passage(self, passage_id: str, version: int | None = None) -> Passage | None:
        """Return a passage of the current version of its article, or of `version`; None if unknown."""
        async with self.database.reading() as connection:
            return await shelf.passage_by_id(connection, passage_id, version)
