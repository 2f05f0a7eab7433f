"""From what a client sent to a frame, or to one sentence that says what is wrong with it. Pure."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from conversation.frames import CLIENT_FRAME, MAX_FRAME_BYTES, ClientFrame, PostMessage, SessionRequest
from foundation.errors import InvalidInput, TooLarge

_POST: TypeAdapter[PostMessage] = TypeAdapter(PostMessage)
_SESSION: TypeAdapter[SessionRequest] = TypeAdapter(SessionRequest)
_T = TypeVar("_T")


def parse_frame(text: str) -> ClientFrame:
    """Return the frame that a client sent over a socket. Raises as `parse`."""
    return parse(text, CLIENT_FRAME)


def parse_post(body: bytes) -> PostMessage:
    """Return the frame that a client posted. Raises as `parse`."""
    return parse(body.decode("utf-8", "replace"), _POST)


def parse_session(body: bytes) -> SessionRequest:
    """Return what a client posted to open a session. Raises as `parse`."""
    return parse(body.decode("utf-8", "replace"), _SESSION)


def parse(text: str, shape: TypeAdapter[_T]) -> _T:
    """Return what a client sent, as `shape`.

    Characters that no database can hold (NUL, halves of surrogate pairs) are replaced, not refused: a
    client that stored such a message would send it for ever.

    Raises:
        TooLarge: It has more than `MAX_FRAME_BYTES`.
        InvalidInput: It is not of this protocol; says what is wrong with it.
    """
    if len(text) > MAX_FRAME_BYTES or len(text.encode("utf-8", "replace")) > MAX_FRAME_BYTES:
        raise TooLarge(f"A frame may have {MAX_FRAME_BYTES} bytes.")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidInput("This is not a valid frame: it is not JSON.") from None
    try:
        return shape.validate_python(_storable(value))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "frame"
        raise InvalidInput(f"This is not a valid frame: {where}: {first['msg']}.") from None
    except RecursionError:
        raise InvalidInput("This is not a valid frame: it is nested too deeply.") from None


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value
