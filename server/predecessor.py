"""What a killed process had under way, given back by the next one where nobody else can have it.

Processes that share a database server cannot know of each other: there leases run out. A SQLite file is one
process's; that it is the only one it knows by a lock, which the system lets go of when a process dies.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from conversation.turns import Turns
from foundation.errors import Unavailable

logger = logging.getLogger("okienko.server")

LOCK = "answering.lock"


@asynccontextmanager
async def after_predecessor(data_dir: Path, turns: Turns) -> AsyncIterator[None]:
    """Answer out of a folder for the length of the block; who comes alone goes on where others were killed.

    Args:
        data_dir: Holds the database.
        turns: Those of its conversations.
    """
    try:
        import fcntl
    except ImportError:  # Windows has no such lock; leases run out there, too.
        yield
        return
    descriptor = os.open(data_dir / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Somebody answers, or is about to and looks first, which takes a moment.
            await asyncio.to_thread(fcntl.flock, descriptor, fcntl.LOCK_SH)
        else:
            await _end_leases(turns)
            fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


async def _end_leases(turns: Turns) -> None:
    try:
        if ended := await turns.end_leases():
            logger.info("turns that another process had begun when it ended go on: %d", ended)
    except Unavailable as error:
        # The disk is full, or a command writes for long: leases run out by themselves.
        logger.warning("turns that another process had begun wait for their leases to end. %s", error.message)
