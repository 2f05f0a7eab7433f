"""Wake-ups: "something happened, go and look".

A hint, never the truth: a lost one delays, it loses nothing. Inside one process it may bring what was
committed just now, so that not everybody needs to look.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from conversation.news import News

TURNS = "turns"
"""The topic on which workers wait for turns."""
DESK = "desk"
"""The topic on which desks wait for changes of any conversation."""
LIBRARY = "library"
"""The topic on which processes wait for changed articles."""
SOCKETS = "sockets"
"""The topic on which the sockets of a process wait together. Every other topic is a conversation's id."""
EVERYTHING = "*"
"""Wakes every listener of every topic: somebody's right to see something has ended."""

LOOK_ANYWAY_SECONDS = 5.0


class Subscription:
    """A listener to one topic. Wake-ups that come while nobody waits are remembered as one."""

    __slots__ = ("_heard", "_woken")

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self._heard: Callable[[News | None], None] | None = None

    def call(self, heard: Callable[[News | None], None]) -> None:
        """Call a function at each wake-up from now on; nobody may `wait` any more.

        Who listens for hours needs no task for it then, and a process has room for thousands.

        Args:
            heard: Gets the news, if the wake-up brings any. Must not fail: whoever wakes calls it.
        """
        self._heard = heard
        del self._woken

    def wake(self, news: News | None = None) -> None:
        """Let the listener go and look, or take the news."""
        if self._heard is None:
            self._woken.set()
        else:
            self._heard(news)

    async def wait(self, timeout_seconds: float) -> bool:
        """Wait for a wake-up; False when none came in time (look anyway: hints may be lost)."""
        try:
            async with asyncio.timeout(timeout_seconds):
                await self._woken.wait()
        except TimeoutError:
            return False
        finally:
            self._woken.clear()
        return True


class Hub(Protocol):
    """Carries wake-ups between those who write and those who show."""

    @property
    def look_anyway_seconds(self) -> float:
        """How long to wait for a wake-up before looking without one; shorter while wake-ups are lost."""
        ...

    def wake(self, topic: str, news: News | None = None) -> None:
        """Wake every listener of a topic.

        Args:
            topic: What they listen to.
            news: What was committed to the conversation that the topic names, in order; for listeners of
                this process alone. None: they have to look.
        """
        ...

    def wake_all(self) -> None:
        """Wake every listener of every topic in this process, so that they see that it stops."""
        ...

    def listened_to(self, topic: str) -> bool:
        """Return whether anybody in this process listens to a topic."""
        ...

    def listen(self, topic: str) -> AbstractContextManager[Subscription]:
        """Listen to a topic for the length of the block."""
        ...


class InProcessHub:
    """Wake-ups inside one process."""

    look_anyway_seconds = LOOK_ANYWAY_SECONDS

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[Subscription]] = defaultdict(set)

    def wake(self, topic: str, news: News | None = None) -> None:
        """Wake every listener of a topic in this process."""
        if topic == EVERYTHING:
            self.wake_all()
            return
        for subscription in self._listeners.get(topic, ()):
            subscription.wake(news)

    def wake_all(self) -> None:
        """Wake every listener of every topic in this process."""
        for topic in self.topics():
            self.wake(topic)

    def topics(self) -> list[str]:
        """Return the topics that somebody in this process listens to."""
        return list(self._listeners)

    def listened_to(self, topic: str) -> bool:
        """Return whether anybody in this process listens to a topic."""
        return bool(self._listeners.get(topic))

    @contextmanager
    def listen(self, topic: str) -> Iterator[Subscription]:
        """Listen to a topic for the length of the block."""
        subscription = Subscription()
        self._listeners[topic].add(subscription)
        try:
            yield subscription
        finally:
            listeners = self._listeners[topic]
            listeners.discard(subscription)
            if not listeners:
                del self._listeners[topic]
