"""What a line of the log is about: ids of the request, the conversation and the turn that the code works on.

They belong to the task that sets them and to the tasks it starts. What the log may hold, and how it looks, is
decided in `server/logs.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_about: ContextVar[Mapping[str, str]] = ContextVar("okienko_about", default={})  # noqa: B039 - never changed


@contextmanager
def about(**ids: str) -> Iterator[None]:
    """Let the lines that are logged in the block carry these ids: ``conversation=…``, ``turn=…``."""
    token = _about.set({**_about.get(), **ids})
    try:
        yield
    finally:
        _about.reset(token)


def now_about(**ids: str) -> None:
    """Let all lines that this task logs from now on carry these ids."""
    _about.set({**_about.get(), **ids})


def what_about() -> Mapping[str, str]:
    """Return the ids that hold here, by name."""
    return _about.get()
