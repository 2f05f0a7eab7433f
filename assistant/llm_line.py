"""The line to a model's server: no redirect, and no more than an answer can be. Home of httpx2."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2

from assistant.llm_retries import ModelTrouble

MAX_BYTES = 400_000
"""Of one response. An answer of a thousand tokens takes some two hundred bytes each on the wire."""


class BoundedClient(httpx2.AsyncClient):
    """A client whose responses end with `ModelTrouble` when they grow beyond `max_bytes`."""

    def __init__(self, *, max_bytes: int = MAX_BYTES, timeout_seconds: float) -> None:
        # What is compressed has no size before it is read.
        super().__init__(
            timeout=timeout_seconds, follow_redirects=False, headers={"Accept-Encoding": "identity"}
        )
        self._max_bytes = max_bytes

    async def send(self, request: httpx2.Request, **how: Any) -> httpx2.Response:
        """Send a request; what is read of its response is counted."""
        response = await super().send(request, **how | {"stream": True})
        if response.headers.get("content-encoding", "identity") != "identity":
            await response.aclose()
            raise ModelTrouble("not_understood", "the model's server compresses what it was asked not to")
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Counted(response.stream, self._max_bytes)
        if not how.get("stream"):
            await response.aread()
        return response


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, left: int) -> None:
        self._stream = stream
        self._left = left

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            self._left -= len(part)
            if self._left < 0:
                raise ModelTrouble("too_much", "the model's server sends more than an answer can be")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


def never_left(error: BaseException) -> bool:
    """Return whether a request came to nothing before it was sent."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, httpx2.TransportError):
        cause = cause.__cause__
    return isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.PoolTimeout)
