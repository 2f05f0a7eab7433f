"""How the C library shares out memory between threads.

glibc gives each busy thread an arena of its own, up to eight for each core, and what one has freed another
does not use: with threads at work around every message, a server keeps memory that nobody has.
"""

from __future__ import annotations

import ctypes
import os
import sys

ARENAS = 2
"""The event loop's, and one that all other threads share: they allocate little, and seldom at once."""

_M_ARENA_MAX = -8  # glibc's malloc.h; see mallopt(3)


def share_arenas() -> bool:
    """Have all threads share `ARENAS` arenas; return whether the C library does so.

    Others than glibc have no arenas. An environment with ``MALLOC_ARENA_MAX`` knows better.
    """
    if sys.platform != "linux" or "MALLOC_ARENA_MAX" in os.environ:
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and mallopt(_M_ARENA_MAX, ARENAS) == 1
