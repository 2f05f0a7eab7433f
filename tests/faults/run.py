"""What a run is asked to do, what is counted, and what was found to be wrong."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from dataclasses import dataclass, field

MANY = 20
REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to be; `seed` decides texts, faults, their order and what happens to connections.

    Attributes:
        messages: So many shoppers' messages, and as many replies.
        kills: Of servers with -9, about half of them while a reply is being shown.
        reconnects: At least so many, cut lines and killed servers among them.
        variant: Of `tests/faults/broken.py`; empty: the servers as they are.
        minutes: After so long the run comes to its end with what it has, and says so.
    """

    messages: int
    kills: int
    reconnects: int
    seed: int
    shoppers: int = 12
    agents: int = 2
    processes: int = 1
    postgres: bool = False
    redis: bool = False
    variant: str = ""
    others: bool = True
    minutes: float = 30


@dataclass
class Run:
    """The state of a run that its parts share."""

    plan: Plan
    counts: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    back_seconds: list[float] = field(default_factory=list)
    recovery_seconds: list[float] = field(default_factory=list)
    showing: asyncio.Event = field(default_factory=asyncio.Event)
    quiet: asyncio.Event = field(default_factory=asyncio.Event)
    faults_done: bool = False
    broken_off: bool = False
    time_up: bool = False
    happened: deque[tuple[float, str]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    _killed_at: float = 0.0

    def note(self, what: str) -> None:
        """Remember what was done to the servers, for findings to tell."""
        self.happened.append((time.monotonic(), what))

    def found(self, kind: str, what: str) -> None:
        """Note that something is wrong."""
        self.findings[kind] += 1
        if len(self.told) < MANY:
            self.told.append(f"{kind}: {what}")

    @property
    def progress(self) -> float:
        """How much of the messages and replies is done, 0 to 1 and beyond."""
        return min(self.counts["messages"], self.counts["replies"]) / self.plan.messages

    @property
    def enough(self) -> bool:
        """Whether shoppers may stop writing."""
        reached = self.progress >= 1 and self.counts["reconnects"] >= self.plan.reconnects
        return self.time_up or (self.faults_done and reached)

    def killed(self) -> None:
        """A server has just been killed."""
        self._killed_at = self._killed_at or time.monotonic()

    def served(self) -> None:
        """Somebody's message was stored or answered."""
        if self._killed_at:
            self.recovery_seconds.append(time.monotonic() - self._killed_at)
            self._killed_at = 0.0


def percentile(values: list[float], share: float) -> float | None:
    """Return the value below which `share` of them lie, in the unit they have; None of none."""
    return round(sorted(values)[min(len(values) - 1, int(share * len(values)))], 3) if values else None
