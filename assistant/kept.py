"""What pure functions found is kept, bounded: of messages that many send, of things that are made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Generic, TypeVar, cast

LONGEST = 500
"""Of shoppers' messages only shorter ones are kept: a longer one comes but once."""

Read = TypeVar("Read", bound=Callable[..., Any])
K = TypeVar("K")


def remembered(messages: int) -> Callable[[Read], Read]:
    """Return a decorator for a pure function of a text, its first argument, that many write alike.

    Args:
        messages: Of so many different ones, none above `LONGEST` characters, what was found is kept.
    """

    def decorated(read: Read) -> Read:
        kept = lru_cache(maxsize=messages)(read)

        @wraps(read)
        def found(text: str, *args: Any, **kwargs: Any) -> Any:
            return (kept if len(text) <= LONGEST else read)(text, *args, **kwargs)

        return cast(Read, found)

    return decorated


class Itself(Generic[K]):
    """A key that is told by identity: of what is made once, is never changed, and takes long to compare.

    Attributes:
        of: What it is the key of.
    """

    __slots__ = ("of",)

    def __init__(self, of: K) -> None:
        self.of = of

    def __hash__(self) -> int:
        return id(self.of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and self.of is other.of
