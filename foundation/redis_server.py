"""Redis: short commands and one channel. The home of its client, imported only where a shop has set it.

Nothing is kept there that is not also in the database, or that may not be forgotten: wake-ups and counts. So
every command has a short time to be done in, and none is tried again here: whoever asks goes on without.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from foundation.errors import Unavailable

COMMAND_SECONDS = 1.0
"""Time to connect, and for an answer. Who cannot wait as long says so with a timeout of their own."""
QUIET_SECONDS = 60.0
CONNECTIONS = 16
"""Of one process; who wants one more waits for one to be free."""


class RedisServer:
    """A Redis server, connected to when the first command is given.

    Args:
        url: ``redis://user:password@host:port/0``, or ``rediss://`` for TLS.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.pool: BlockingConnectionPool = BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=None,
            socket_connect_timeout=COMMAND_SECONDS,
            socket_timeout=COMMAND_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._redis = Redis(connection_pool=self.pool)

    async def check(self) -> None:
        """Return when it answers.

        Raises:
            Unavailable: It does not.
        """
        with _mapped():
            async with asyncio.timeout(COMMAND_SECONDS):
                await self._redis.execute_command("PING")  # type: ignore[no-untyped-call]

    async def publish(self, channel: str, message: str) -> None:
        """Give a message to whoever listens to a channel now.

        Raises:
            Unavailable: It cannot be given.
        """
        with _mapped():
            async with asyncio.timeout(COMMAND_SECONDS):
                await self._redis.publish(channel, message)

    @asynccontextmanager
    async def subscribed(self, channel: str) -> AsyncIterator[AsyncIterator[bytes]]:
        """Listen to a channel for the length of the block; entered when the server has confirmed it.

        The iterator ends with `Unavailable` when the line breaks. A line that is dead without having broken
        looks like silence: whoever must know it sends something to the channel now and then.

        Raises:
            Unavailable: The server is out of reach.
        """
        listener = self._redis.pubsub()
        try:
            with _mapped():
                async with asyncio.timeout(COMMAND_SECONDS):
                    await listener.subscribe(channel)
                    confirmed = await listener.get_message(timeout=COMMAND_SECONDS)
            if confirmed is None or confirmed["type"] != "subscribe":
                raise Unavailable("Redis does not answer.")

            async def messages() -> AsyncIterator[bytes]:
                while True:
                    with _mapped():
                        # Without a time of its own a silent line would count as a command not answered.
                        heard = await listener.get_message(
                            ignore_subscribe_messages=True, timeout=QUIET_SECONDS
                        )
                    if heard is not None and isinstance(heard["data"], bytes):
                        yield heard["data"]

            yield messages()
        finally:
            with suppress(RedisError, OSError):
                await listener.aclose()  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Close every line."""
        with suppress(RedisError, OSError):
            await self._redis.aclose()
            await self.pool.aclose()


@contextmanager
def heeding_cancellation() -> Iterator[None]:
    """End the task at the end of the block if it was cancelled inside, and the block did not hear.

    The client waits with `asyncio.wait_for`, which before Python 3.12 returns a result that comes at the same
    moment instead of raising: a task that goes on for ever would never end (bugs.python.org, issue 37658).
    """
    task = asyncio.current_task()
    before = task.cancelling() if task is not None else 0
    yield
    if task is not None and task.cancelling() > before:
        raise asyncio.CancelledError


@contextmanager
def _mapped() -> Iterator[None]:
    try:
        with heeding_cancellation():
            yield
    except (RedisError, OSError, TimeoutError) as error:
        # Only the kind: what a server says may hold an address or a name.
        raise Unavailable(f"Redis does not answer ({type(error).__name__}).") from error
