"""Where articles were cited, read from logs on SQLite and on Postgres: each has its own way into JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from conversation.events import ASSISTANT, SYSTEM, Author, AuthorKind, Draft, Kind
from conversation.log import Log
from conversation.tables import conversations
from feedback.knowledge_citations import Citations, Cited, Led
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from tests.postgres import postgres_database

SHOPPER = Author(AuthorKind.SHOPPER, "v")
RETURNS, DELIVERY = "pl/zwroty", "pl/dostawa"


@pytest.fixture(params=["sqlite", "postgres"])
async def kept(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[Database]:
    if request.param == "sqlite":
        yield database
        return
    async with postgres_database() as opened:
        yield opened


def citation(article_id: str, quote: str, version: int = 1) -> dict[str, Any]:
    return {
        "passage_id": f"{article_id}#1",
        "article_id": article_id,
        "article_version": version,
        "title": "T",
        "quote": quote,
        "language": "pl",
    }


async def told(log: Log, question: str, citations: list[dict[str, Any]] | None) -> str:
    """Write a conversation of a question and its answer; return its id."""
    said: dict[str, Any] = {"body": "Masz 14 dni.", "outcome": "answered"}
    if citations is not None:
        said["citations"] = citations
    conversation = await log.open(visitor_id="v", language=Language.PL, opening=[])
    await log.append(
        conversation.id,
        [
            Draft(Kind.DISCLOSURE, SYSTEM, {"speaker": "assistant", "text": "AI"}),
            Draft(Kind.MESSAGE, SHOPPER, {"body": question, "citations": "none of mine"}, cid="a"),
            Draft(Kind.MESSAGE, ASSISTANT, said, cid="r:a", generated=True),
        ],
    )
    return conversation.id


async def rated(database: Database, conversation_id: str, score: int) -> None:
    async with database.transaction() as connection:
        await connection.execute(
            update(conversations).where(conversations.c.id == conversation_id).values(score=score)
        )


async def test_citations_are_counted_by_reply_and_conversation(kept: Database, clock: SettableClock) -> None:
    log, since = Log(kept, clock), clock.now() - timedelta(days=1)
    twice = [citation(RETURNS, "14 dni."), citation(RETURNS, "Od odebrania."), citation(DELIVERY, "19 zł.")]
    good = await told(log, "ile na zwrot?", twice)
    bad = await told(log, "kiedy oddać?", [citation(RETURNS, "14 dni.", version=2)])
    await told(log, "co z gwarancją?", [])
    await told(log, "hej", None)
    await rated(kept, good, 5)
    await rated(kept, bad, 2)
    assert await Citations(kept).counts(since) == {
        RETURNS: Cited(times=2, conversations=2, rated=2, good=1),
        DELIVERY: Cited(times=1, conversations=1, rated=1, good=1),
    }
    assert await Citations(kept).counts(clock.now() + timedelta(seconds=1)) == {}


async def test_an_articles_citations_are_told_newest_first(kept: Database, clock: SettableClock) -> None:
    log, since = Log(kept, clock), clock.now()
    older = await told(log, "ile na zwrot?", [citation(RETURNS, "14 dni."), citation(RETURNS, "Od „X”.")])
    clock.advance(timedelta(minutes=1))
    newer = await told(log, "Ile na zwrot", [citation(RETURNS, "30 dni.", version=2)])
    await told(log, "dostawa", [citation(DELIVERY, "19 zł.")])
    await rated(kept, newer, 4)
    uses = await Citations(kept).of(RETURNS, since)
    assert uses.cited == Cited(times=2, conversations=2, rated=1, good=1)
    assert [
        (one.conversation_id, one.question, sorted(one.quotes), one.version, one.score) for one in uses.newest
    ] == [
        (newer, "Ile na zwrot", ["30 dni."], 2, 4),
        (older, "ile na zwrot?", ["14 dni.", "Od „X”."], 1, None),
    ]
    assert uses.questions == (Led("Ile na zwrot", "pl", 2),)
    assert (await Citations(kept).of("pl/nic", since)).newest == ()


async def test_the_count_is_made_again_when_anything_was_said_or_rated(
    kept: Database, clock: SettableClock
) -> None:
    log, since, citations = Log(kept, clock), clock.now(), Citations(kept)
    assert await citations.counts(since) == {}
    first = await told(log, "ile na zwrot?", [citation(RETURNS, "14 dni.")])
    counted = await citations.counts(since)
    assert counted == {RETURNS: Cited(times=1, conversations=1)}
    assert await citations.counts(since) is counted
    again = Draft(
        Kind.MESSAGE, ASSISTANT, {"body": "19 zł", "citations": [citation(RETURNS, "19 zł")]}, cid="r:b"
    )
    await log.append(first, [again])
    assert await citations.counts(since) == {RETURNS: Cited(times=2, conversations=1)}
    await rated(kept, first, 4)
    assert await citations.counts(since) == {RETURNS: Cited(times=2, conversations=1, rated=1, good=1)}
    await rated(kept, first, 1)
    assert await citations.counts(since) == {RETURNS: Cited(times=2, conversations=1, rated=1)}
    assert await citations.counts(since + timedelta(days=2)) == {}
