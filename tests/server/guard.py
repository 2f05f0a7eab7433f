"""Ends the servers of tests when the process that started them is gone and could not do so itself."""

from __future__ import annotations

import atexit
import subprocess
import sys
from functools import cache

# Told of processes line by line; ends those that are left when nobody can tell it anything any more.
_WATCH = """
import os, signal, sys
watched = set()
for line in sys.stdin:
    word, pid = line.split()
    (watched.add if word == "watch" else watched.discard)(int(pid))
for pid in watched:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
"""


class Guard:
    """A small process that lives a moment longer than this one, however this one ends."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _WATCH],
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,  # out of reach of Ctrl-C
        )

    def watch(self, pid: int) -> None:
        self._tell("watch", pid)

    def forget(self, pid: int) -> None:
        """To be called once the process has been waited for: its number may become another's."""
        self._tell("forget", pid)

    def _tell(self, word: str, pid: int) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word} {pid}\n")
        self._process.stdin.flush()

    def close(self) -> None:
        """End what is still watched, as when this process dies."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@cache
def guard() -> Guard:
    """Return this process's guard."""
    started = Guard()
    atexit.register(started.close)
    return started
