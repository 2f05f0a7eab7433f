"""How a command speaks at a terminal: tables, what strangers wrote, and how it is stopped meanwhile."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console

from knowledge.remarks import Note, Problem

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
PIPED_COLUMNS = 160
"""What goes to a file or another program has no width; rich would take 80 columns and cut words."""
MAX_TOLD = 40
"""Of one call: the first ones tell what is the matter."""


def printer() -> Console:
    """Return what prints the tables of a command: as wide as the terminal, or wide enough."""
    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPED_COLUMNS
    return console


def plain(text: str) -> str:
    """Return text of a stranger without what would command the terminal; its lines stay."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def plain_line(text: str) -> str:
    """Return it as one line, so that it cannot pass for a line of ours."""
    return plain(" ".join(text.split("\n")))


def tell(problems: Iterable[Problem] = (), notes: Iterable[Note] = ()) -> None:
    """Print to stderr what could not be read, and what was left out; of very many the first."""
    for word, remarks in (("Skipped", list(problems)), ("Note", list(notes))):
        for remark in remarks[:MAX_TOLD]:
            print(f"{word}: {plain_line(remark.message)}", file=sys.stderr)
        if len(remarks) > MAX_TOLD:
            print(f"{word}: {len(remarks) - MAX_TOLD} more like these.", file=sys.stderr)


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C end at once what blocks inside a coroutine: reading files, asking a person.

    asyncio only marks the task as cancelled, which a call that blocks does not notice.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
