"""Answers of the retriever to questions asked before: many ask the same. In memory, bounded, thread-safe.

A shopper's words are not kept: an entry is found by their digest, and whoever asks again puts in their own.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date

from foundation.language import Language
from knowledge.passage import Retrieval

_ENTRIES = 2048
_BYTES = 4 * 2**20

# Roughly, in CPython: an entry with its key, and a ranked passage with ten signals and five sentences.
# Passages are shared.
_ENTRY_BYTES, _PASSAGE_BYTES = 400, 1900


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """All that a retrieval depends on.

    Attributes:
        state: Which published state is searched; told by identity, so two never share an entry.
        asked: What is searched for.
        language: Of the question.
        limit: At most so many passages.
        day: On which the passages must hold.
        explained: How many of them carry their signals.
    """

    state: object
    asked: str
    language: Language
    limit: int
    day: date
    explained: int = 1

    @property
    def key(self) -> bytes:
        """A digest of all but the state."""
        line = f"{self.language}\0{self.limit}\0{self.explained}\0{self.day}\0{self.asked}"
        return hashlib.blake2b(line.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Recent:
    """The retrievals of one state, the longest unused given up first.

    Args:
        entries: At most so many.
        size_bytes: At most about so many bytes.
    """

    def __init__(self, entries: int = _ENTRIES, size_bytes: int = _BYTES) -> None:
        self._entries = entries
        self._size_bytes = size_bytes
        self._state: object = None
        self._held: OrderedDict[bytes, Retrieval] = OrderedDict()
        self._held_bytes = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, search: Search, question: str) -> Retrieval | None:
        """Return what was found before, for `question` in this shopper's words; None if it was not."""
        key = search.key
        with self._lock:
            found = self._held.get(key) if search.state is self._state else None
            if found is None:
                return None
            self._held.move_to_end(key)
        return replace(found, question=question)

    def keep(self, search: Search, found: Retrieval) -> None:
        """Keep what was found; what other states found is given up."""
        key, kept = search.key, replace(found, question="")
        with self._lock:
            if search.state is not self._state:
                self._state, self._held_bytes = search.state, 0
                self._held.clear()
            if key in self._held:
                return
            self._held[key] = kept
            self._held_bytes += _bytes(kept)
            while len(self._held) > self._entries or self._held_bytes > self._size_bytes:
                self._held_bytes -= _bytes(self._held.popitem(last=False)[1])


def _bytes(found: Retrieval) -> int:
    return _ENTRY_BYTES + _PASSAGE_BYTES * len(found.passages)
