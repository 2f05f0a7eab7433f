"""Turns on PostgreSQL, where a message comes while somebody claims."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from sqlalchemy import update

from conversation.events import ASSISTANT, SYSTEM, Author, AuthorKind, Draft, Kind
from conversation.log import Conversation, Log
from conversation.tables import turns as table
from conversation.turn_statements import DONE, WAITING
from conversation.turns import Turns
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from tests.postgres import two_processes, until_held_up

Two = tuple[Database, Database]


@pytest.fixture
async def two() -> AsyncIterator[Two]:
    async with two_processes() as opened:
        yield opened


async def begin(log: Log) -> Conversation:
    opening = [Draft(Kind.DISCLOSURE, SYSTEM, {"text": "AI"})]
    return await log.open(visitor_id="v", language=Language.PL, opening=opening)


async def say(log: Log, conversation: Conversation, body: str) -> None:
    author = Author(AuthorKind.SHOPPER, "v")
    draft = Draft(Kind.MESSAGE, author, {"body": body}, cid=str(uuid4()))
    await log.receive(conversation.id, draft)


async def needless(log: Log, turns: Turns) -> Conversation:
    """Begin a conversation whose turn that waits has nothing to answer any more."""
    conversation = await begin(log)
    await say(log, conversation, "one")
    first = await turns.claim("w")
    assert first is not None
    await say(log, conversation, "two")
    await turns.release(first)
    both = await turns.claim("w")
    assert both is not None
    assert len(both.messages) == 2
    reply = Draft(Kind.MESSAGE, ASSISTANT, {"body": "answer"}, cid=both.reply_cid, generated=True)
    await turns.finish(both, reply, record={})
    return conversation


async def test_a_message_does_not_join_a_turn_that_is_just_found_needless(
    two: Two, clock: SettableClock
) -> None:
    here, there = two
    log, turns = Log(there, clock), Turns(there, clock)
    conversation = await needless(log, turns)
    async with here.transaction() as claiming:
        ended = update(table).where(table.c.conversation_id == conversation.id, table.c.state == WAITING)
        assert (await claiming.execute(ended.values(state=DONE))).rowcount == 1
        saying = asyncio.create_task(say(log, conversation, "three"))
        await until_held_up(here, saying)
    await saying
    turn = await turns.claim("w")
    assert turn is not None
    assert [event.content["body"] for event in turn.messages] == ["three"]
