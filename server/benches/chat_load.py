"""Load on a chat server: sessions that ask one question at a time, at once again or after thinking."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Self

from server.benches.chat_line import Lost, Session, Took
from server.benches.chat_servers import Probing, Server
from server.benches.timing import Times

PATIENCE_SECONDS = 60.0
"""So long after the last question its answer may take; then it counts as an error."""

OPENING_AT_ONCE = 50

Ask = Callable[[Session], Awaitable[Took] | None]
"""Asks the next question of a session and returns its answer to come; None when there is none left."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How questions follow each other.

    Attributes:
        name: For tables.
        think_seconds: From an answer to the next question; 0: at once (a closed loop).
        seconds: So long questions are asked.
    """

    name: str
    think_seconds: float
    seconds: float


async def open_all(make: Callable[[], Awaitable[Session]], number: int) -> tuple[list[Session], int]:
    """Open sessions, some at once; return those that are open, and how many are not."""
    gate = asyncio.Semaphore(OPENING_AT_ONCE)

    async def one() -> Session | None:
        async with gate:
            with suppress(Lost, OSError, TimeoutError):
                session = await make()
                await session.open()
                return session
        return None

    opened = await asyncio.gather(*(one() for _ in range(number)))
    found = [session for session in opened if session is not None]
    return found, number - len(found)


async def drive(
    server: Server, probe: Probing | None, sessions: Sequence[Session], ask: Ask, pace: Pace
) -> dict[str, Any]:
    """Ask for a while; return times in milliseconds, CPU a message, errors, lag and the load's own share.

    Sessions that get no answer are closed, and count as an error.
    """
    took: list[Took] = []
    errors: list[str] = []
    watch = await _Watch.of(server, probe)
    ends = watch.began + pace.seconds
    tasks = [asyncio.create_task(_chat(each, ask, pace, ends, took, errors)) for each in sessions]
    await asyncio.sleep(pace.seconds)
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=PATIENCE_SECONDS)
        for task in late:
            task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    found = await watch.found(pace, took)
    for session, task in zip(sessions, tasks, strict=True):
        if task.cancelled():
            errors.append("no answer came")
            session.close()
    return found | {"errors": len(errors), "why": errors[0] if errors else ""}


async def rest(server: Server, probe: Probing | None, seconds: float) -> dict[str, Any]:
    """Watch a server to whose sessions nobody says anything; return as `drive`."""
    watch = await _Watch.of(server, probe)
    await asyncio.sleep(seconds)
    return await watch.found(Pace("paced", 0.0, seconds), []) | {"errors": 0, "why": ""}


@dataclass(frozen=True, slots=True)
class _Watch:
    """A server and ourselves, watched from a moment on."""

    server: Server
    probe: Probing | None
    cpu: float
    own: float
    began: float

    @classmethod
    async def of(cls, server: Server, probe: Probing | None) -> Self:
        if probe is not None:
            await probe.lag()
        return cls(server, probe, server.cpu_seconds(), time.process_time(), time.perf_counter())

    async def found(self, pace: Pace, took: Sequence[Took]) -> dict[str, Any]:
        """Return what has happened since, as `drive` does."""
        cpu, own = self.server.cpu_seconds() - self.cpu, time.process_time() - self.own
        lag = None if self.probe is None else await self.probe.lag()
        wall = time.perf_counter() - self.began
        cpu_ms = 1000 * cpu / len(took) if took else 0.0
        return {
            "pace": pace.name,
            "think_seconds": pace.think_seconds,
            "messages": len(took),
            "per_second": len(took) / wall,
            "first": asdict(Times.of((1000 * each.first for each in took), [cpu_ms])) if took else None,
            "last": asdict(Times.of((1000 * each.last for each in took), [cpu_ms])) if took else None,
            "cpu_ms": cpu_ms,
            "cpu_share": cpu / wall,
            "load_share": own / wall,
            "cited": sum(each.cited for each in took) / len(took) if took else 0.0,
            "lag": lag,
        }


def asking(texts: Iterator[str]) -> Ask:
    """Return what asks one text after the other, over all sessions."""

    def ask(session: Session) -> Awaitable[Took] | None:
        text = next(texts, None)
        return None if text is None else session.ask(text)

    return ask


async def _chat(
    session: Session, ask: Ask, pace: Pace, ends: float, took: list[Took], errors: list[str]
) -> None:
    if pace.think_seconds:
        # People do not begin at the same moment.
        await asyncio.sleep(random.uniform(0, min(pace.think_seconds, pace.seconds)))  # noqa: S311
    while time.perf_counter() < ends:
        answer = ask(session)
        if answer is None:
            return
        try:
            took.append(await answer)
        except Lost as error:
            errors.append(str(error))
            return
        if pace.think_seconds:
            await asyncio.sleep(min(pace.think_seconds, max(0.0, ends - time.perf_counter())))
