"""A model's server on this machine that speaks OpenAI's chat protocol, and keeps what it was sent.

For evaluations and benchmarks. It listens on 127.0.0.1 only, on a free port.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

_DATA = "| "
_BLOCK = re.compile(r"<<<(\w+) [0-9a-f]+>>>\n(.*?)\n<<<\w+ [0-9a-f]+>>>", re.DOTALL)
_SOURCE = re.compile(r"\[(E\d+)\]")


@dataclass(slots=True)
class Call:
    """One request, as its bytes came. Moments are those of `time.perf_counter`, in seconds.

    Attributes:
        body: The request's body.
        received: When the last byte of it was read.
        line_left: When the piece was sent that ended the answer's first line; None if none did.
    """

    body: bytes
    received: float
    line_left: float | None = None

    @property
    def prompt(self) -> str:
        """The last message of the request: evidence, conversation, question."""
        return str(json.loads(self.body)["messages"][-1]["content"])

    @property
    def content(self) -> str:
        """All messages of the request, a line break between two."""
        return "\n".join(str(message["content"]) for message in json.loads(self.body)["messages"])

    def block(self, *names: str) -> str:
        """Return the data lines of the prompt's blocks of these names, without what marks them as data."""
        lines = [
            line for name, body in _BLOCK.findall(self.prompt) if name in names for line in body.splitlines()
        ]
        return "\n".join(line.removeprefix(_DATA) for line in lines if line.startswith(_DATA))

    def evidence(self) -> dict[str, list[str]]:
        """Return the data lines of each piece of evidence by its short id, in order."""
        found: dict[str, list[str]] = {}
        lines: list[str] = []
        for line in _BLOCK.findall(self.prompt)[0][1].splitlines():
            if source := _SOURCE.match(line):
                lines = found.setdefault(source[1], [])
            elif line.startswith(_DATA):
                lines.append(line.removeprefix(_DATA))
        return found


Answer = Callable[[Call], Sequence[str]]
"""What is answered: pieces of a text, an event each."""


class ModelServer:
    """The server, in the running event loop.

    Args:
        answer: What to say to a request.
        delay_seconds: Waits so long before each piece, as a model that thinks about every word.

    Attributes:
        calls: Every request, in order.
    """

    def __init__(self, answer: Answer, *, delay_seconds: float = 0.0) -> None:
        self.calls: list[Call] = []
        self._answer, self._delay = answer, delay_seconds
        self._busy: set[asyncio.Task[None]] = set()

    @property
    def base_url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._port}/v1"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._busy:
            task.cancel()
        await asyncio.gather(*self._busy, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._busy.add(task)
        # Whoever asked may go at any moment; that the server stops is no error either.
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                call = Call(await _body(reader), time.perf_counter())
                self.calls.append(call)
                await self._reply(call, writer)
        writer.close()
        self._busy.discard(task)

    async def _reply(self, call: Call, writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        for piece in self._answer(call):
            await asyncio.sleep(self._delay)
            if call.line_left is None and "\n" in piece:
                call.line_left = time.perf_counter()
            await _send(writer, {"choices": [_choice({"role": "assistant", "content": piece})]})
        await _send(writer, {"choices": [_choice({}, "stop")]})
        used = {"prompt_tokens": 900, "completion_tokens": 40, "total_tokens": 940}
        await _send(writer, {"choices": [], "usage": used})
        await _chunk(writer, b"data: [DONE]\n\n")
        writer.write(b"0\r\n\r\n")
        await writer.drain()


def _choice(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finish}


async def _body(reader: asyncio.StreamReader) -> bytes:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = re.search(r"\r\ncontent-length: *(\d+)", head)
    return await reader.readexactly(int(length[1]) if length else 0)


async def _send(writer: asyncio.StreamWriter, content: dict[str, Any]) -> None:
    whole = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m"} | content
    await _chunk(writer, b"data: " + json.dumps(whole).encode() + b"\n\n")


async def _chunk(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    await writer.drain()
