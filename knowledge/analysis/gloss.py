"""Polish text put into English word by word, for an embedding model that reads English only. Pure.

Nobody reads it: it is embedded. *kiedy oddacie mi kasę* becomes *when give back me money*, which lies near to
what is said of refunds, in English or in Polish put over likewise. Each word has one gloss, that of its
everyday sense in a shop. The words are files of our own in ``knowledge/analysis/lists/gloss``, a line each::

    paczka paczk paczuszk = parcel               with what begins so, diacritics aside
    pies$ psa$ = dog                             whole words
    karta_podarunkowa = gift_card                words that are read together
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from knowledge.analysis.words import fold

_FOLDER = Path(__file__).parent / "lists" / "gloss"
# Where two lists have the same beginning, the earlier has the commoner sense.
_FILES = ("other.txt", "shop.txt", "verbs.txt", "nouns.txt")

# Words, numbers, and the marks by which a sentence is read.
_PIECE = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[.,;:?!%]")

_SHORTEST = 3
# A longer beginning loses its last vowels, as Polish words do.
_FIXED_CHARS, _VOWELS = 4, "aeiouy"
# How many letters may follow a beginning: few after a short one, which begins many a word.
_ENDING_CHARS, _SHORT_ENDING_CHARS = 7, 3
_KEPT = 1 << 16


class Glosses:
    """What Polish words are in English.

    Attributes:
        digest: Tells two lists apart.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        content = hashlib.sha256()
        self._whole: dict[str, str] = {}
        self._begun: dict[str, str] = {}
        joined: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for line in lines:
            line = line.partition("#")[0].strip()
            if not line:
                continue
            content.update(line.encode() + b"\n")
            said, _, gloss = line.lower().partition("=")
            means = gloss.strip().replace("_", " ")
            for word in said.split():
                if "_" in word:
                    parts = tuple(_key(part) for part in fold(word).split("_"))
                    joined[parts[0][:_SHORTEST]].append((parts, means))
                elif word.endswith("$"):
                    self._whole.setdefault(fold(word[:-1]), means)
                else:
                    self._begun.setdefault(_key(fold(word)), means)
        self._joined: Mapping[str, Sequence[tuple[tuple[str, ...], str]]] = {
            first: sorted(entries, key=lambda entry: (-len(entry[0]), -sum(map(len, entry[0]))))
            for first, entries in joined.items()
        }
        self._found: dict[str, str | None] = {}
        self.digest = content.hexdigest()

    def of(self, word: str) -> str | None:
        """Return the English of a word of any form; None if the lists have none."""
        folded = fold(word.lower())
        if folded not in self._found:
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[folded] = self._look_up(folded)
        return self._found[folded]

    def put(self, text: str) -> str:
        """Return a Polish text in English words, in its own order; what the lists lack stays as it is."""
        return " ".join(self._said([piece[0] for piece in _PIECE.finditer(text)]))

    def _said(self, pieces: Sequence[str]) -> Iterator[str]:
        folded = [fold(piece.lower()) for piece in pieces]
        at = 0
        while at < len(pieces):
            for parts, means in self._joined.get(folded[at][:_SHORTEST], ()):
                if len(parts) <= len(folded) - at and all(map(_fits, parts, folded[at : at + len(parts)])):
                    yield means
                    at += len(parts)
                    break
            else:
                means_alone = self.of(pieces[at])
                if means_alone is None:
                    yield pieces[at]
                else:
                    yield means_alone
                at += 1

    def _look_up(self, folded: str) -> str | None:
        whole = self._whole.get(folded)
        if whole is not None:
            return whole
        for chars in range(len(folded), _SHORTEST - 1, -1):
            means = self._begun.get(folded[:chars])
            if means is not None and len(folded) - chars <= _most_after(chars):
                return means
        return None


def _key(beginning: str) -> str:
    return beginning.rstrip(_VOWELS) if len(beginning) > _FIXED_CHARS else beginning


def _fits(part: str, word: str) -> bool:
    if len(part) <= _SHORTEST:
        return part == word
    return word.startswith(part) and len(word) - len(part) <= _most_after(len(part))


def _most_after(chars: int) -> int:
    return _SHORT_ENDING_CHARS if chars <= _FIXED_CHARS else _ENDING_CHARS


@lru_cache(maxsize=1)
def bundled_glosses() -> Glosses:
    """Return the lists that come with Okienko; read once."""
    texts = ((_FOLDER / name).read_text(encoding="utf-8") for name in _FILES)
    return Glosses(line for text in texts for line in text.split("\n"))
