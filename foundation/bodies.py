"""The body of a request, read as it comes: neither much of it nor for long."""

from __future__ import annotations

import asyncio

from fastapi import Request

from foundation.errors import InvalidInput, TooLarge


async def read_body(request: Request, *, most: int, seconds: float, what: str = "request") -> bytes:
    """Read a body to its end; one that comes in chunks announces no length.

    Args:
        request: Whose body it is.
        most: Bytes that it may have.
        seconds: So long it may take.
        what: What it is called, for people.

    Raises:
        TooLarge: It has more than `most`.
        InvalidInput: It did not come in time.
        ClientDisconnect: The client left meanwhile.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise TooLarge(f"A {what} may have {most} bytes.")
    except TimeoutError:
        raise InvalidInput(f"The {what} did not come whole within {seconds:g} seconds.") from None
    return bytes(body)
