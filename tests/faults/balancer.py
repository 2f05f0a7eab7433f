"""Stands between clients and servers: sends every new connection elsewhere, and cuts and delays."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

CHUNK = 4096


class Trouble(StrEnum):
    """What happens to a connection."""

    NONE = "none"
    CUT = "cut"  # both ways, in the middle of whatever is being said
    HALF = "half"  # one way is closed, the other stays open for a moment
    SLOW = "slow"  # everything comes later, in small pieces


@dataclass(frozen=True, slots=True)
class Fate:
    """What happens to one connection, after how many bytes, and in which direction."""

    trouble: Trouble
    after_bytes: int
    upstream: bool
    seed: int


class Balancer:
    """A TCP proxy in front of one or more servers.

    Args:
        ports: Where the servers listen; the next connection goes to the next of them.
        dice: Decides over each connection.
        troubled: Share of connections that something happens to.
    """

    def __init__(self, ports: Sequence[int], dice: random.Random, *, troubled: float) -> None:
        self._ports, self._dice, self._troubled = list(ports), dice, troubled
        self._next = 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.connections = 0
        self.cuts = 0
        self.port = 0

    async def __aenter__(self) -> Balancer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def calm(self) -> None:
        """From now on let nothing happen to new connections."""
        self._troubled = 0

    def _fate(self) -> Fate:
        dice = self._dice
        trouble = Trouble.NONE
        if dice.random() < self._troubled:
            trouble = dice.choices((Trouble.CUT, Trouble.HALF, Trouble.SLOW), (6, 2, 2))[0]
        return Fate(trouble, int(10 ** dice.uniform(1, 4.2)), dice.random() < 0.5, dice.getrandbits(32))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self.connections += 1
        self._next += 1
        port, fate = self._ports[self._next % len(self._ports)], self._fate()
        ends = [writer]
        try:
            # Refused: the server is dead. Cancelled: the run is over.
            with suppress(OSError, asyncio.CancelledError):
                to_reader, to_writer = await asyncio.open_connection("127.0.0.1", port)
                ends.append(to_writer)
                await self._between(reader, writer, to_reader, to_writer, fate)
        finally:
            for end in ends:
                if fate.trouble is Trouble.CUT or len(ends) == 1:
                    end.transport.abort()
                end.close()
            for end in ends:
                with suppress(OSError):
                    await end.wait_closed()
            self._open.discard(task)

    async def _between(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        to_reader: asyncio.StreamReader,
        to_writer: asyncio.StreamWriter,
        fate: Fate,
    ) -> None:
        """Carry both ways until one has ended."""
        ways = [
            asyncio.create_task(self._carry(reader, to_writer, fate, fate.upstream)),
            asyncio.create_task(self._carry(to_reader, writer, fate, not fate.upstream)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            if fate.trouble is Trouble.HALF:
                await asyncio.wait(ways, timeout=1.0)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fate: Fate, struck: bool
    ) -> None:
        dice, left = random.Random(fate.seed), fate.after_bytes
        ends = struck and fate.trouble in (Trouble.CUT, Trouble.HALF)
        slow = struck and fate.trouble is Trouble.SLOW
        with suppress(OSError):
            while chunk := await reader.read(dice.randint(1, 200) if slow else CHUNK):
                if slow:
                    await asyncio.sleep(dice.expovariate(1 / 0.02))
                if ends and len(chunk) >= left:
                    writer.write(chunk[:left])
                    await writer.drain()
                    self.cuts += 1
                    if fate.trouble is Trouble.HALF:
                        writer.write_eof()
                    return
                left -= len(chunk)
                writer.write(chunk)
                await writer.drain()
            if writer.can_write_eof():
                writer.write_eof()
