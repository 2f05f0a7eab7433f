"""Forms with files, read part by part as they come: what is too much is refused before it is all there.

The home of python-multipart. A form is read once, so the CSRF check and the route share one `PostedForm`;
the field ``csrf`` comes first in it, before any file.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from foundation.errors import InvalidInput, TooLarge

MAX_TEXT_BYTES = 2 * 1024 * 1024
"""What a text field may have, in UTF-8."""
PATIENCE_SECONDS, SLOWEST_BYTES_A_SECOND = 30.0, 10_000
"""Who sends more slowly, and for longer, only holds a line."""
_MAX_PARTS = 10_000
_UNREADABLE = "This form cannot be read. Reload the page and try again."


@dataclass(frozen=True, slots=True)
class Part:
    """A field or a file of a form.

    Attributes:
        filename: The file's own name without folders; None for a field.
        content: Empty if there was more than the limit.
        size: Bytes that came.
    """

    name: str
    filename: str | None
    content: bytes
    size: int

    @property
    def text(self) -> str:
        """The content as text, as a field has it: line ends are single, there is no NUL."""
        try:
            text = self.content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InvalidInput(_UNREADABLE) from error
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def is_upload(request: Request) -> bool:
    """Return whether a request brings a ``multipart/form-data`` form."""
    return request.headers.get("content-type", "").split(";")[0].strip().lower() == "multipart/form-data"


def posted_form(request: Request) -> PostedForm:
    """Return the request's form, the same one every time.

    Raises:
        InvalidInput: The request brings none.
    """
    if not hasattr(request.state, "posted_form"):
        request.state.posted_form = PostedForm(request)
    form: PostedForm = request.state.posted_form
    return form


class PostedForm:
    """A ``multipart/form-data`` form while it arrives. Holds one part in memory at a time."""

    def __init__(self, request: Request, patience_seconds: float = PATIENCE_SECONDS) -> None:
        kind, options = parse_options_header(request.headers.get("content-type", ""))
        boundary = options.get(b"boundary", b"")
        if kind != b"multipart/form-data" or not 0 < len(boundary) <= 200:
            raise InvalidInput("Send this as a form (multipart/form-data).")
        announced = request.headers.get("content-length", "")
        self._announced = int(announced) if announced.isascii() and announced.isdigit() else 0
        self._max_bytes = MAX_TEXT_BYTES
        self._received = 0
        self._patience_seconds, self._waited = patience_seconds, 0.0
        self._over = self._ended = False
        self._parts = 0
        self._events: deque[tuple[str, bytes]] = deque()
        self._stream = request.stream()
        self._parser = MultipartParser(boundary, self._callbacks())

    async def token(self, name: str) -> str:
        """Return the first field if it has this name, else an empty text; for the CSRF check."""
        first = await self.part(limit=1000)
        return first.text if first is not None and first.name == name and first.filename is None else ""

    def allow(self, max_bytes: int) -> None:
        """Take forms of up to `max_bytes` in all.

        Raises:
            TooLarge: This one says of itself that it is larger; nothing more of it is read.
        """
        self._max_bytes = max_bytes
        if self._announced > max_bytes:
            raise self._too_large()

    async def fields(self, max_bytes: int = MAX_TEXT_BYTES) -> dict[str, str]:
        """Read the whole form and return its text fields; the last of a name counts. Files are left out.

        Raises:
            TooLarge: It has more than `max_bytes`.
            InvalidInput: It cannot be read.
        """
        self.allow(max_bytes)
        return {part.name: part.text async for part in self.parts(max_bytes) if part.filename is None}

    async def parts(self, limit: int) -> AsyncIterator[Part]:
        """Yield the parts that are left, each as soon as it is there. Raises as `fields`.

        Args:
            limit: Bytes of one part; of a larger one only the size is told.
        """
        while (part := await self.part(limit)) is not None:
            yield part

    async def part(self, limit: int) -> Part | None:
        """Return the next part, or None at the end of the form."""
        header = await self._next()
        if header is None:
            return None
        self._parts += 1
        if self._parts > _MAX_PARTS:
            raise TooLarge(f"A form may have {_MAX_PARTS} fields and files.")
        name, filename = _names(header[1])
        content, size = bytearray(), 0
        while True:
            event = await self._next()
            if event is None:
                raise InvalidInput(_UNREADABLE)
            if event[0] == "end":
                break
            size += len(event[1])
            if size > limit:
                content.clear()
            else:
                content += event[1]
        return Part(name, filename, bytes(content), size)

    async def _next(self) -> tuple[str, bytes] | None:
        """Return the next event: ``head`` with the disposition, ``data``, ``end``; None at the end."""
        while not self._events:
            if self._over:
                return None
            await self._receive()
        return self._events.popleft()

    async def _receive(self) -> None:
        chunk = await self._chunk()
        self._received += len(chunk)
        if self._received > self._max_bytes:
            raise self._too_large()
        try:
            if chunk:
                self._parser.write(chunk)
            else:
                self._over = True
                self._parser.finalize()
                if not self._ended:
                    raise InvalidInput(_UNREADABLE)
        except FormParserError as error:
            raise InvalidInput(_UNREADABLE) from error

    async def _chunk(self) -> bytes:
        """Wait for more, but not for ever: the wait grows with what has come, and only waiting counts."""
        began = time.monotonic()
        left_seconds = self._patience_seconds + self._received / SLOWEST_BYTES_A_SECOND - self._waited
        try:
            async with asyncio.timeout(max(0.0, left_seconds)):
                return await anext(self._stream, b"")
        except TimeoutError:
            raise InvalidInput("The form came too slowly. Please try again.") from None
        finally:
            self._waited += time.monotonic() - began

    def _too_large(self) -> TooLarge:
        return TooLarge(f"This is too much at once: send at most {self._max_bytes // (1024 * 1024)} MB.")

    def _callbacks(self) -> Any:
        header: dict[str, bytes] = {"field": b"", "value": b"", "disposition": b""}

        def begin() -> None:
            header.update(field=b"", value=b"", disposition=b"")

        def field(data: bytes, start: int, end: int) -> None:
            header["field"] += data[start:end]

        def value(data: bytes, start: int, end: int) -> None:
            header["value"] += data[start:end]

        def header_end() -> None:
            if header["field"].lower() == b"content-disposition":
                header["disposition"] = header["value"]
            header.update(field=b"", value=b"")

        def end() -> None:
            self._ended = True

        return {
            "on_part_begin": begin,
            "on_header_field": field,
            "on_header_value": value,
            "on_header_end": header_end,
            "on_headers_finished": lambda: self._events.append(("head", header["disposition"])),
            "on_part_data": lambda data, start, end: self._events.append(("data", data[start:end])),
            "on_end": end,
            "on_part_end": lambda: self._events.append(("end", b"")),
        }


def _names(disposition: bytes) -> tuple[str, str | None]:
    """Return a part's field name, and its file's name without folders (None if it is no file)."""
    _, options = parse_options_header(disposition)
    name = options.get(b"name", b"").decode("utf-8", "replace")
    if b"filename" not in options:
        return name, None
    filename = options[b"filename"].decode("utf-8", "replace").replace("\\", "/").rpartition("/")[2]
    return name, "".join(letter for letter in filename if letter.isprintable())[:200]
