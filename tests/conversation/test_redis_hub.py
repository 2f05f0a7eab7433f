"""Wake-ups between processes over a real Redis: they arrive, they are few, and Redis may go and come back."""

from __future__ import annotations

import asyncio
import gc
import logging
import tracemalloc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from conversation import redis_hub
from conversation.hub import EVERYTHING, LOOK_ANYWAY_SECONDS, TURNS
from conversation.redis_hub import (
    FIRST_PAUSE_SECONDS,
    LOOK_ANYWAY_WHILE_OUT_SECONDS,
    MAX_WAITING,
    RedisHub,
    read_message,
)
from foundation.errors import Unavailable
from foundation.redis_server import COMMAND_SECONDS, RedisServer
from tests.redis_server import OwnRedis

PATIENCE_SECONDS = 20


@asynccontextmanager
async def running(url: str, channel: str) -> AsyncIterator[RedisHub]:
    """A hub as a process of its own has it."""
    server = RedisServer(url)
    hub = RedisHub(server, channel)
    task = asyncio.create_task(hub.run())
    try:
        yield hub
    finally:
        await hub.stop(task)
        await server.close()


async def until(true: Callable[[], bool]) -> None:
    """Return when something has come true; the hub tells nobody of it."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@asynccontextmanager
async def two(url: str) -> AsyncIterator[tuple[RedisHub, RedisHub]]:
    channel = f"test-{uuid4()}"
    async with running(url, channel) as one, running(url, channel) as other:
        await until(lambda: one.joined and other.joined)
        yield one, other


async def woken(
    hub: RedisHub, topic: str, wake: Callable[[], None], seconds: float = PATIENCE_SECONDS
) -> bool:
    with hub.listen(topic) as subscription:
        wake()
        return await subscription.wait(seconds)


async def test_a_wake_up_reaches_this_process_at_once_and_the_other_soon(redis: OwnRedis) -> None:
    async with two(redis.url) as (one, other):
        topic = str(uuid4())
        with one.listen(topic) as here, other.listen(topic) as there, other.listen(TURNS) as elsewhere:
            one.wake(topic)
            assert await here.wait(0)
            assert await there.wait(PATIENCE_SECONDS)
            assert not await elsewhere.wait(0)
        assert await woken(one, TURNS, lambda: other.wake(TURNS))


async def test_everything_wakes_all_topics_of_all_processes(redis: OwnRedis) -> None:
    async with two(redis.url) as (one, other):
        with other.listen("a") as first, other.listen("b") as second:
            one.wake(EVERYTHING)
            assert await first.wait(PATIENCE_SECONDS)
            assert await second.wait(PATIENCE_SECONDS)


async def test_shops_on_one_redis_do_not_wake_each_other(redis: OwnRedis) -> None:
    async with two(redis.url) as (one, other), running(redis.url, f"test-{uuid4()}") as stranger:
        await until(lambda: stranger.joined)
        with stranger.listen(TURNS) as elsewhere:
            assert await woken(other, TURNS, lambda: one.wake(TURNS))
            assert not await elsewhere.wait(0.05)


class Watched(RedisServer):
    """A Redis that remembers what is published, heartbeats aside."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.said: list[list[str]] = []

    async def publish(self, channel: str, message: str) -> None:
        await super().publish(channel, message)
        _, *topics = message.split(" ")
        if topics:
            self.said.append(topics)


async def test_a_burst_of_wakes_of_a_topic_is_one_message(redis: OwnRedis) -> None:
    server = Watched(redis.url)
    hub = RedisHub(server, "test-burst")
    task = asyncio.create_task(hub.run())
    await until(lambda: hub.joined)
    for _ in range(1000):
        hub.wake(TURNS)
        hub.wake("desk")
    await until(lambda: not hub.waiting and bool(server.said))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await server.close()
    assert server.said == [[TURNS, "desk"]]


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\xff\xfe",
        "żółw ąę".encode(),
        b"somebody " + b"a" * 65,
        b"somebody ../../etc A_B {x} * *x",
        b"somebody\nturns",
        b"somebody " + b"turns " * 5000,
    ],
)
def test_what_is_no_topic_wakes_nothing(message: bytes) -> None:
    _, topics = read_message(message)
    assert set(topics) <= {EVERYTHING}


def test_a_message_names_its_sender_and_topics() -> None:
    topic = str(uuid4())
    assert read_message(f"me turns {topic}".encode()) == ("me", ["turns", topic])


async def test_rubbish_on_the_channel_is_passed_over(redis: OwnRedis) -> None:
    async with two(redis.url) as (one, other):
        server = RedisServer(redis.url)
        for rubbish in ("", "x" * 100_000, "{}", " ", "\x00 \x00"):
            await server.publish(one._channel, rubbish)
        await server.close()
        assert await woken(other, TURNS, lambda: one.wake(TURNS))


async def test_without_redis_this_process_goes_on_and_looks_more_often(
    redis: OwnRedis, caplog: pytest.LogCaptureFixture
) -> None:
    redis.stop()
    async with running(redis.url, "test-none") as hub:
        assert await woken(hub, TURNS, lambda: hub.wake(TURNS), seconds=0)
        await until(lambda: "Redis" in caplog.text)
        assert (hub.joined, hub.look_anyway_seconds) == (False, LOOK_ANYWAY_WHILE_OUT_SECONDS)
        redis.start()
        await until(lambda: hub.joined)
        assert hub.look_anyway_seconds == LOOK_ANYWAY_SECONDS


async def test_redis_killed_and_started_again_heals_and_wakes_everyone_once(
    redis: OwnRedis, caplog: pytest.LogCaptureFixture
) -> None:
    async with two(redis.url) as (one, other):
        redis.stop()
        await until(lambda: not one.joined and not other.joined)
        assert one.look_anyway_seconds == LOOK_ANYWAY_WHILE_OUT_SECONDS
        one.wake(str(uuid4()))
        # It does not come back at the first tries.
        await until(lambda: one._pause_seconds > 3 * FIRST_PAUSE_SECONDS)
        with other.listen("quiet") as subscription:
            await subscription.wait(0)
            await asyncio.to_thread(redis.start)
            assert await subscription.wait(PATIENCE_SECONDS)
        await until(lambda: one.joined and other.joined)
        assert await woken(other, TURNS, lambda: one.wake(TURNS))
    said = [record.message for record in caplog.records if record.levelno >= logging.WARNING]
    assert len([text for text in said if "does not answer" in text]) == 2, said  # once by each hub
    assert len([text for text in said if "answers again" in text]) == 2, said


class Faulty(RedisServer):
    """A client with a fault that nobody thought of, once."""

    faults = 1

    async def publish(self, channel: str, message: str) -> None:
        if self.faults:
            self.faults -= 1
            raise ValueError("nobody thought of this")
        await super().publish(channel, message)


async def test_a_fault_of_ours_is_told_and_ends_nothing(
    redis: OwnRedis, caplog: pytest.LogCaptureFixture
) -> None:
    server = Faulty(redis.url)
    hub = RedisHub(server, "test-fault")
    task = asyncio.create_task(hub.run())
    await until(lambda: hub.joined)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await server.close()
    assert "nobody thought of this" in caplog.text


async def test_a_redis_that_is_silent_without_closing_is_left_and_found_again(redis: OwnRedis) -> None:
    async with two(redis.url) as (one, other):
        redis.freeze()
        await until(lambda: not one.joined and not other.joined)
        redis.thaw()
        await until(lambda: one.joined and other.joined)
        assert await woken(one, TURNS, lambda: other.wake(TURNS))


@pytest.mark.parametrize("out", [False, True], ids=["redis runs", "redis is out"])
async def test_ten_thousand_wakes_leave_no_memory_behind(redis: OwnRedis, out: bool) -> None:
    async with two(redis.url) as (one, other):
        if out:
            redis.stop()
            await until(lambda: not one.joined and not other.joined)

        async def many(count: int) -> None:
            for number in range(count):
                one.wake(f"t{number}")
                if number % 100 == 0:
                    await asyncio.sleep(0)
            if not out:
                await until(lambda: one.waiting == 0)

        await many(10_000)
        gc.collect()
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        await many(10_000)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        assert one.waiting <= MAX_WAITING
        assert grown < 512 * 1024, f"{grown} bytes"


async def test_a_channel_on_which_nothing_is_said_stays_open(redis: OwnRedis) -> None:
    server = RedisServer(redis.url)
    async with server.subscribed("quiet") as messages:
        with pytest.raises(TimeoutError):  # ours, not the line's
            async with asyncio.timeout(COMMAND_SECONDS * 1.5):
                await anext(messages)
    await server.close()


async def test_a_hub_alone_hears_itself_and_says_nothing(
    redis: OwnRedis, caplog: pytest.LogCaptureFixture
) -> None:
    server = RedisServer(redis.url)
    async with running(redis.url, "alone") as hub, server.subscribed("alone") as messages:
        await until(lambda: hub.joined)
        for _ in range(3):
            await anext(messages)  # a word a second
            assert hub.joined
    await server.close()
    assert not caplog.records


async def test_more_topics_than_may_wait_are_left_out() -> None:
    hub = RedisHub(RedisServer("redis://127.0.0.1:1/0"), "test-full")
    for number in range(MAX_WAITING + 500):
        hub.wake(f"t{number}")
    assert hub.waiting == MAX_WAITING


def test_a_dead_line_is_found_before_sockets_look_anyway_would_have() -> None:
    assert redis_hub.SPEAK_SECONDS < redis_hub.SILENT_SECONDS < LOOK_ANYWAY_SECONDS


class BreaksWhenLeft(RedisServer):
    """Its line breaks at the moment at which whoever listens is told to stop."""

    @asynccontextmanager
    async def subscribed(self, channel: str) -> AsyncIterator[AsyncIterator[bytes]]:
        async def messages() -> AsyncIterator[bytes]:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                raise Unavailable("Redis does not answer (ConnectionError).") from None
            yield b""

        yield messages()


async def test_a_line_that_breaks_while_the_process_stops_does_not_hold_it(redis: OwnRedis) -> None:
    server = BreaksWhenLeft(redis.url)
    hub = RedisHub(server, "channel")
    task = asyncio.create_task(hub.run())
    for _ in range(5):
        await server.check()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await hub.stop(task)
    await server.close()
