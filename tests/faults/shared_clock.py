"""A clock that all servers of a run share: faster than the machine's, and set under their feet."""

from __future__ import annotations

import mmap
import struct
import time
from datetime import UTC, datetime
from pathlib import Path

from conversation.turns import LEASE

RATE = 5.0
"""Seconds of it in one of ours: a session of 15 minutes is over after three."""
LEASE_SECONDS = LEASE.total_seconds() / RATE
"""Ours, after which a lease is over."""

_LAYOUT = struct.Struct("=dd")


class SharedClock:
    """A `Clock` in a few bytes of a file, which every process that has mapped it sees change."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(_LAYOUT.pack(time.time(), 0.0))
        with path.open("r+b") as file:
            self._bytes = mmap.mmap(file.fileno(), _LAYOUT.size)

    def now(self) -> datetime:
        """Return the current moment, aware, in UTC."""
        origin, offset = _LAYOUT.unpack(self._bytes[:])
        return datetime.fromtimestamp(origin + (time.time() - origin) * RATE + offset, UTC)

    def step(self, seconds: float) -> None:
        """Set it forward by so much; back if negative."""
        origin, offset = _LAYOUT.unpack(self._bytes[:])
        self._bytes[:] = _LAYOUT.pack(origin, offset + seconds)
