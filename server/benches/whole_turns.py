"""Whole turns without a model, in a process of their own: from a message to the reply that is committed.

Everything of a chat but the line to the browser: session, intake, log, worker, turn, and the feed that a
socket follows.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from conversation import tables
from conversation.events import AuthorKind
from conversation.feed import Feed
from conversation.frames import Ack, Msg, Send, SessionRequest
from conversation.intake import Intake
from foundation.database import Database
from foundation.errors import Unavailable
from server.benches.job import Job
from server.benches.timing import Times, resident_mib
from server.front import ShopperActions
from server.house import House, open_house
from server.serving import new_event_loop
from server.settings import Settings, load_settings

WARM = 20
"""So many questions are asked before the first one that counts."""

ANSWER_SECONDS = 30.0
_LOOK_ANYWAY_SECONDS = 1.0


def unstreamed(job: Job) -> dict[str, Any]:
    """Ask every question, each in a conversation of its own; return times in all and by stage."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(_unstreamed(job))


def settings_for(job: Job) -> Settings:
    """Return the settings of the benchmark's shop: no mail, no model, no limits, exact folder."""
    without = {"messages_per_minute": 0, "sessions_per_minute": 0, "opening_hours": ""}
    return load_settings().apart(Path(job.folder), **without)


def questions_of(job: Job) -> list[tuple[str, str]]:
    """Return the questions with their languages' codes."""
    return [(text, code) for text, code in json.loads(Path(job.questions).read_text(encoding="utf-8"))]


async def records_of(database: Database) -> dict[str, dict[str, Any]]:
    """Return what the transcript keeps of the last turn of every conversation, by the conversation's id."""
    asked = select(tables.turns.c.conversation_id, tables.turns.c.record).order_by(tables.turns.c.created_at)
    async with database.reading() as connection:
        rows = (await connection.execute(asked)).all()
    return {row.conversation_id: row.record or {} for row in rows}


async def _unstreamed(job: Job) -> dict[str, Any]:
    asked = questions_of(job)
    walls, cpus, ids = [], [], []
    async with open_house(settings_for(job)) as house:
        await house.warm_up()
        intake = Intake(
            log=house.log,
            hub=house.hub,
            actions=ShopperActions(house.ownership, house.statements),
            limiter=house.limiter,
            messages_per_minute=0,
        )
        worker = asyncio.create_task(house.worker.run())
        try:
            for text, code in asked:
                wall, cpu, conversation_id = await _take_one(house, intake, text, code)
                walls.append(wall)
                cpus.append(cpu)
                ids.append(conversation_id)
        finally:
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)
        records = await records_of(house.database)
        searched_by = house.library.searched_by
    counted = [records[conversation_id] for conversation_id in ids[WARM:]]
    return {
        "searched_by": searched_by,
        "outcomes": dict(Counter(str(record["outcome"]) for record in counted)),
        "wall": asdict(Times.of(walls[WARM:], cpus[WARM:])),
        "cpu": asdict(Times.of(cpus[WARM:], cpus[WARM:])),
        "stages": _stages(walls[WARM:], [record["stage_ms"] for record in counted]),
        "rss_mib": resident_mib(),
    }


async def _take_one(house: House, intake: Intake, text: str, code: str) -> tuple[float, float, str]:
    """Ask in a fresh conversation; return milliseconds by the clock and of the processor until the reply."""
    request = SessionRequest(site_key=house.settings.site_key, locale=code)
    session = await house.sessions.open(request, address="127.0.0.1")
    visitor, conversation = await house.sessions.admit(session.token, session.conversation_id)
    feed = Feed(house.database, conversation.id, session.head)
    frame = Send(cid=uuid4(), body=text)
    with house.hub.listen(conversation.id) as woken:
        wall, cpu = time.perf_counter(), time.process_time()
        taken = await intake.take(visitor, conversation, frame)
        if not isinstance(taken, Ack):
            raise Unavailable(f"A message was not taken: {taken}")
        async with asyncio.timeout(ANSWER_SECONDS):
            while not any(_is_reply(each) for each in await feed.next()):
                await woken.wait(_LOOK_ANYWAY_SECONDS)
        return (
            (time.perf_counter() - wall) * 1000,
            (time.process_time() - cpu) * 1000,
            conversation.id,
        )


def _is_reply(frame: object) -> bool:
    return isinstance(frame, Msg) and frame.author.kind is AuthorKind.ASSISTANT


def _stages(walls: list[float], kept: list[dict[str, float]]) -> dict[str, Any]:
    """Return times by stage of the transcript, and of what is around the turn: the log, written and read."""
    names = sorted({name for stages in kept for name in stages})
    found = {name: [stages.get(name, 0.0) for stages in kept] for name in names}
    found["around"] = [wall - sum(stages.values()) for wall, stages in zip(walls, kept, strict=True)]
    return {name: asdict(Times.of(times, [0.0])) for name, times in found.items()}
