"""A real HTTP server that speaks OpenAI's chat protocol, and does what it is told, good or bad.

    with ModelServer() as server:
        server.will(refuses(429, retry_after="0"), says("Masz 14 dni na zwrot. [E1]"))
        ...  # ask a model at server.base_url
        assert len(server.asked) == 2

Each request takes the next of what was told; the last one is repeated. A model may have a script
of its own.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def model(self) -> str:
        """The model that was asked."""
        return str(self.body.get("model", ""))

    @property
    def system(self) -> str:
        """The rules."""
        return str(self.body["messages"][0]["content"])

    @property
    def prompt(self) -> str:
        """What the rules are about: evidence, conversation, question."""
        return str(self.body["messages"][-1]["content"])

    @property
    def data(self) -> list[str]:
        """The lines that others than the shop's software wrote."""
        return [line[2:] for line in self.prompt.splitlines() if line.startswith("| ")]


class Wire:
    """The way back, down to the bytes."""

    def __init__(self, writer: asyncio.StreamWriter, stopped: asyncio.Event) -> None:
        self._writer = writer
        self.stopped = stopped

    async def head(self, status: int = 200, /, **headers: str) -> None:
        """Send the status and headers; the body's end is the connection's."""
        lines = {"content-type": "text/event-stream", "connection": "close"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        await self.raw(f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode())

    async def raw(self, data: bytes) -> None:
        """Send bytes."""
        self._writer.write(data)
        await self._writer.drain()

    async def text(self, text: str, *, finish: str | None = None) -> None:
        """Send a part of the answer."""
        delta = {"role": "assistant", "content": text} if text else {}
        await self.event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    async def event(self, content: dict[str, Any]) -> None:
        """Send one event of the stream."""
        whole = {
            "id": "c1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
            "choices": [],
        } | content
        await self.raw(b"data: " + json.dumps(whole).encode() + b"\n\n")

    async def usage(self, prompt: int, completion: int) -> None:
        """Say how many tokens were used."""
        counts = {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
        }
        await self.event({"usage": counts})

    async def done(self) -> None:
        """Say that this was all."""
        await self.raw(b"data: [DONE]\n\n")

    def break_off(self) -> None:
        """Tear the connection down in the middle of things."""
        self._writer.transport.abort()


Behaviour = Callable[[Asked, Wire], Awaitable[None]]
"""What the server does with one request."""


class ModelServer:
    """The server, in a thread of its own, for tests of any kind.

    Attributes:
        asked: Every request that came, in order.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._scripts: dict[str, list[Behaviour]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._busy: set[asyncio.Task[None]] = set()

    def will(self, *behaviours: Behaviour, model: str = "") -> None:
        """Do these with the next requests (of one model, if it is named), the last one from then on."""
        self._scripts[model] = list(behaviours)

    @property
    def base_url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> None:
        self._stopped = asyncio.Event()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._port = int(self._server.sockets[0].getsockname()[1])

    async def _stop(self) -> None:
        self._stopped.set()
        self._server.close()
        for task in self._busy:
            task.cancel()
        await asyncio.gather(*self._busy, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._busy.add(task)
        try:
            asked = await _read(reader)
            self.asked.append(asked)
            script = self._scripts.get(asked.model) or self._scripts[""]
            behaviour = script.pop(0) if len(script) > 1 else script[0]
            await behaviour(asked, Wire(writer, self._stopped))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # who asked has gone: that is theirs to decide
        except asyncio.CancelledError:
            if not self._stopped.is_set():
                raise
            # The server stops: asyncio would log a cancelled connection as an error (fixed in Python 3.12).
        finally:
            writer.close()
            self._busy.discard(task)


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)
    }
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(head[0].split()[1], headers, json.loads(body or b"{}"))


def says(
    *lines: str, tokens: tuple[int, int] | None = (900, 40), piece: int = 7, finish: str = "stop"
) -> Behaviour:
    """Answer with these lines, a few characters at a time."""

    async def answer(_asked: Asked, wire: Wire) -> None:
        await wire.head()
        text = "\n".join(lines)
        for start in range(0, len(text), piece):
            await wire.text(text[start : start + piece])
        await wire.text("", finish=finish)
        if tokens:
            await wire.usage(*tokens)
        await wire.done()

    return answer


def breaks_off(after: str = "") -> Behaviour:
    """Say something and tear the connection down, not at the end of a chunk."""

    async def answer(_asked: Asked, wire: Wire) -> None:
        await wire.head(transfer_encoding="chunked")
        if after:
            whole = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"}
            delta = {"choices": [{"index": 0, "delta": {"content": after}, "finish_reason": None}]}
            event = b"data: " + json.dumps(whole | delta).encode() + b"\n\n"
            await wire.raw(f"{len(event):x}\r\n".encode() + event + b"\r\n")
        await wire.raw(b"40\r\ndata: {")

    return answer


def hangs(after: str = "") -> Behaviour:
    """Say something, or nothing, and then nothing more until the server is stopped."""

    async def answer(_asked: Asked, wire: Wire) -> None:
        await wire.head()
        if after:
            await wire.text(after)
        await wire.stopped.wait()

    return answer


def floods(line: str, *, megabytes: float = 1.0) -> Behaviour:
    """Repeat one line until so much was sent."""

    async def answer(_asked: Asked, wire: Wire) -> None:
        await wire.head()
        for _ in range(int(megabytes * 1_000_000 / len(line))):
            await wire.text(line)
        await wire.done()

    return answer


def floods_one_event(megabytes: float = 1.0) -> Behaviour:
    """Begin an event that does not end for so long."""

    async def answer(_asked: Asked, wire: Wire) -> None:
        await wire.head()
        await wire.raw(b'data: {"choices": [{"index": 0, "delta": {"content": "')
        for _ in range(int(megabytes * 100)):
            await wire.raw(b"x" * 10_000)
        await wire.raw(b'"}}]}\n\n')
        await wire.done()

    return answer


def sends_a_bomb() -> Behaviour:
    """Send little that unpacks to much."""

    async def answer(_asked: Asked, wire: Wire) -> None:
        await wire.head(content_encoding="gzip")
        await wire.raw(gzip.compress(b"data: " + b"0" * 50_000_000))

    return answer


def refuses(status: int, *, retry_after: str = "", code: str = "") -> Behaviour:
    """Refuse with a status."""

    async def answer(_asked: Asked, wire: Wire) -> None:
        body = json.dumps({"error": {"message": "no", "type": "t", "code": code or None}}).encode()
        headers = {"content_type": "application/json", "content_length": str(len(body))}
        if retry_after:
            headers["retry_after"] = retry_after
        await wire.head(status, **headers)
        await wire.raw(body)

    return answer


def redirects(to: str) -> Behaviour:
    """Send whoever asks, with all that they say, to another place."""

    async def answer(_asked: Asked, wire: Wire) -> None:
        await wire.head(307, location=to, content_length="0")

    return answer


def sends(body: bytes, **headers: str) -> Behaviour:
    """Send these bytes."""

    async def answer(_asked: Asked, wire: Wire) -> None:
        await wire.head(**headers)
        await wire.raw(body)

    return answer


ORDER = re.compile(
    r"\b(?:napisz|powiedz|odpowiedz|odpisz|say|write|reply|answer|tell)\b[^:„“\"\n]{0,80}[:„“\"]\s*(.+)",
    re.IGNORECASE,
)
"""An instruction to say something, and what."""


def obeys(*, only_data: bool = False) -> Behaviour:
    """Do what the last instruction says: of the whole prompt, or of what others wrote into it.

    Our own instruction asks for an answer from the evidence: then its first line is repeated.
    """

    async def answer(asked: Asked, wire: Wire) -> None:
        lines: Sequence[str] = asked.data if only_data else asked.prompt.splitlines()
        last = next((line for line in reversed(lines) if ORDER.search(line)), "")
        found = ORDER.search(last)
        obeyed = found is not None and (only_data or last.startswith("| "))
        words = found[1] if found and obeyed else asked.data[1]
        await says(words.rstrip('”“"') + " [E1]")(asked, wire)

    return answer
