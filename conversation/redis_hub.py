"""Wake-ups between processes, through a channel of Redis.

Whoever listens in this process is woken at once, others by a message that names topics and nothing else. A
message that is lost delays: everybody looks now and then without being woken, and more often while Redis is
out (`look_anyway_seconds`). Each process hears its own messages too: when it has not heard itself for long,
the line is dead, however open it looks.
"""

from __future__ import annotations

import asyncio
import logging
import random
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager
from uuid import uuid4

from conversation.hub import EVERYTHING, InProcessHub, Subscription
from conversation.news import News
from foundation.errors import Unavailable
from foundation.redis_server import RedisServer

logger = logging.getLogger("okienko.conversation")

LOOK_ANYWAY_WHILE_OUT_SECONDS = 1.0
GATHER_SECONDS = 0.002
"""How long wake-ups are gathered before they go out as one message: a burst of them is one."""
SPEAK_SECONDS, SILENT_SECONDS = 1.0, 4.0
"""Something is sent at least so often; who has heard nothing for so long is cut off."""
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 5.0
MAX_WAITING = 10_000
"""Topics that wait to be sent; more are left out, which delays whoever waits for them."""
TOPICS_A_MESSAGE = 200
MAX_MESSAGE_BYTES = 16_384
WOKEN_AT_ONCE, BETWEEN_SECONDS = 100, 0.02
"""When all are woken, so many at once: each of them asks the database."""

_TOPIC = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class RedisHub:
    """A `Hub` for several processes. Works as one for this process alone until `run` runs.

    Args:
        redis: Carries the messages.
        channel: What the processes of a shop have in common, and no other shop has.
    """

    def __init__(self, redis: RedisServer, channel: str) -> None:
        self._redis = redis
        self._channel = channel
        self._here = InProcessHub()
        self._name = uuid4().hex
        self._waiting: dict[str, None] = {}
        self._something = asyncio.Event()
        self._joined = self._complained = False
        self._stopping = False
        self._pause_seconds = FIRST_PAUSE_SECONDS

    @property
    def look_anyway_seconds(self) -> float:
        """How long to wait for a wake-up before looking without one."""
        return self._here.look_anyway_seconds if self._joined else LOOK_ANYWAY_WHILE_OUT_SECONDS

    @property
    def joined(self) -> bool:
        """Whether other processes hear us, as far as we know."""
        return self._joined

    @property
    def waiting(self) -> int:
        """How many topics wait to be sent."""
        return len(self._waiting)

    def wake(self, topic: str, news: News | None = None) -> None:
        """Wake every listener of a topic: here at once, elsewhere soon. Never waits, never fails."""
        self._here.wake(topic, news)
        if topic in self._waiting or len(self._waiting) < MAX_WAITING:
            self._waiting[topic] = None
            self._something.set()

    def wake_all(self) -> None:
        """Wake every listener of every topic in this process."""
        self._here.wake_all()

    def listened_to(self, topic: str) -> bool:
        """Return whether anybody in this process listens to a topic."""
        return self._here.listened_to(topic)

    def listen(self, topic: str) -> AbstractContextManager[Subscription]:
        """Listen to a topic for the length of the block."""
        return self._here.listen(topic)

    async def stop(self, carrying: asyncio.Task[None]) -> None:
        """End the task of `run`, even while the line to Redis breaks.

        A group of tasks one of which fails while it is cancelled tells of the failure alone (Python 3.11 to
        3.12), so cancelling is not enough.
        """
        self._stopping = True
        carrying.cancel()
        await asyncio.gather(carrying, return_exceptions=True)

    async def run(self) -> None:
        """Carry wake-ups to and from other processes until stopped; comes back when Redis does."""
        try:
            while True:
                try:
                    await self._carry()
                except Exception:
                    self._joined = False
                    logger.exception("wake-ups between processes failed, and begin anew")
                if self._stopping:
                    return
                await asyncio.sleep(self._pause_seconds * random.uniform(0.5, 1))  # noqa: S311 - to spread them
                self._pause_seconds = min(LONGEST_PAUSE_SECONDS, self._pause_seconds * 2)
        finally:
            self._joined = False

    async def _carry(self) -> None:
        """Carry wake-ups until the line to Redis breaks."""
        try:
            async with self._redis.subscribed(self._channel) as messages, asyncio.TaskGroup() as both:
                both.create_task(self._hear(messages))
                both.create_task(self._speak())
        except* Unavailable as errors:
            await self._leave(errors)

    async def _hear(self, messages: AsyncIterator[bytes]) -> None:
        """Wake what others wake.

        Raises:
            Unavailable: The line broke, or we have not heard ourselves for long.
        """
        now = asyncio.get_running_loop().time
        try:
            async with asyncio.timeout(SILENT_SECONDS) as patience:
                async for message in messages:
                    sender, topics = read_message(message)
                    if sender == self._name:
                        patience.reschedule(now() + SILENT_SECONDS)
                        await self._join()
                    elif EVERYTHING in topics:
                        await self._wake_everyone_here()
                    else:
                        for topic in topics:
                            self._here.wake(topic)
        except TimeoutError:
            raise Unavailable("Redis is silent.") from None

    async def _speak(self) -> None:
        """Send what waits, and a word now and then so that we hear ourselves."""
        while True:
            for message in self._messages():
                await self._redis.publish(self._channel, message)
            try:
                async with asyncio.timeout(SPEAK_SECONDS):
                    await self._something.wait()
                await asyncio.sleep(GATHER_SECONDS)
            except TimeoutError:
                continue

    def _messages(self) -> Iterator[str]:
        """Yield messages until nothing waits, at least one."""
        while True:
            self._something.clear()
            topics = list(self._waiting)[:TOPICS_A_MESSAGE]
            for topic in topics:
                del self._waiting[topic]
            yield " ".join((self._name, *topics))
            if not self._waiting:
                return

    async def _join(self) -> None:
        if self._joined:
            return
        self._joined, self._pause_seconds = True, FIRST_PAUSE_SECONDS
        if self._complained:
            logger.warning("Redis answers again: wake-ups reach all processes.")
        self._complained = False
        await self._wake_everyone_here()

    async def _leave(self, errors: BaseExceptionGroup[Unavailable]) -> None:
        was_joined, self._joined = self._joined, False
        if not self._complained:  # once, not at every try
            logger.warning(
                "%s The chat goes on: whoever waits looks into the database every %g s until it is back.",
                errors.exceptions[0],
                LOOK_ANYWAY_WHILE_OUT_SECONDS,
            )
        self._complained = True
        if was_joined:
            # Who waits now does so for longer than is good while wake-ups are lost.
            await self._wake_everyone_here()

    async def _wake_everyone_here(self) -> None:
        for number, topic in enumerate(self._here.topics(), 1):
            self._here.wake(topic)
            if number % WOKEN_AT_ONCE == 0:
                await asyncio.sleep(BETWEEN_SECONDS)


def read_message(message: bytes) -> tuple[str, list[str]]:
    """Return who sent a message and the topics that it wakes; what is no message of ours wakes nothing."""
    if len(message) > MAX_MESSAGE_BYTES:
        return "", []
    try:
        sender, *topics = message.decode("ascii").split(" ")[: TOPICS_A_MESSAGE + 1]
    except UnicodeDecodeError:
        return "", []
    return sender, [topic for topic in topics if topic == EVERYTHING or _TOPIC.fullmatch(topic)]
