"""What was read of texts before, so that a library that is built anew reads only what is new. Pure.

Reading a text into words takes most of the time of building; nearly all texts are the ones of the build
before. They are told by a digest of what they say, so nothing here can be out of date.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from foundation.language import Language
from knowledge.analysis.terms import Documents, Words
from knowledge.analysis.text import stem
from knowledge.analysis.words import tokens

_DIGEST_BYTES = 16

Arrays = Mapping[str, NDArray[np.uint8] | NDArray[np.int32]]


class KnownTexts:
    """The texts of one corpus, of one language.

    Args:
        language: Theirs.
        before: Of an earlier build, from which is taken what is asked for again. It is not changed, and the
            rest of it is given up with `settle`.
    """

    def __init__(self, language: Language, before: KnownTexts | None = None) -> None:
        self.language = language
        #: How many texts had to be read, because nobody knew them.
        self.read = 0
        self._before = before
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__  # a new word gets the next number
        self._stems: dict[str, str] = {}
        if before is not None:
            self._numbers.update(before._numbers)
            self._stems.update(before._stems)
        # Parts of texts come several times in a build: what they are is asked for by themselves then.
        self._here: dict[str, bytes] = {}
        # By digest: the numbers of a text's words, int32.
        self._words: dict[bytes, bytes] = {}
        self._notes: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._words)

    def words(self, texts: Iterable[Sequence[str]]) -> Words:
        """Return the words of texts, each given in parts that no word runs across."""
        read, sizes = [], []
        for parts in texts:
            numbers = [self._here.get(part) or self._words_of(part) for part in parts]
            read += numbers
            sizes.append(sum(map(len, numbers)) // 4)
        flat = np.frombuffer(b"".join(read), dtype=np.int32)
        # Words that only other texts have are no words of these.
        had = np.bincount(flat, minlength=len(self._numbers)) > 0
        numbers_of = (np.cumsum(had) - 1).astype(np.int32)
        terms = [word for word, has in zip(self._numbers, had.tolist(), strict=True) if has]
        own = {word: number for number, word in enumerate(terms)}
        return Words.of(Documents(own, numbers_of[flat], np.array(sizes, dtype=np.int64)))

    def noted(self, texts: Iterable[str], note: Callable[[str], int]) -> NDArray[np.int32]:
        """Return a number that is told of each text: int32, (texts,). `note` is the same at every call."""
        before = self._before._notes if self._before is not None else {}
        found = []
        for text in texts:
            key = _digest(text)
            if key not in self._notes:
                known = before.get(key)
                self._notes[key] = note(text) if known is None else known
            found.append(self._notes[key])
        return np.array(found, dtype=np.int32)

    def stem(self, word: str) -> str:
        """Return what `knowledge.analysis.text.stem` does."""
        found = self._stems.get(word)
        if found is None:
            found = self._stems[word] = stem(word, self.language)
        return found

    def settle(self) -> None:
        """Give up what nobody has asked for."""
        self._before = None
        self._here.clear()

    def arrays(self) -> Arrays:
        """Return all of it as arrays that `of` reads."""
        sizes = [len(numbers) // 4 for numbers in self._words.values()]
        return {
            "words": letters(self._numbers),
            "stemmed": letters(self._stems),
            "stems": letters(self._stems.values()),
            "digests": np.frombuffer(b"".join(self._words), dtype=np.uint8),
            "sizes": np.array(sizes, dtype=np.int32),
            "flat": np.frombuffer(b"".join(self._words.values()), dtype=np.int32),
            "noted": np.frombuffer(b"".join(self._notes), dtype=np.uint8),
            "notes": np.array(list(self._notes.values()), dtype=np.int32),
        }

    @classmethod
    def of(cls, language: Language, arrays: Arrays) -> KnownTexts:
        """Return what `arrays` has told.

        Raises:
            ValueError: They do not fit one another.
            KeyError: One is missing.
        """
        known = cls(language)
        for word in lines(arrays["words"]):
            known._numbers[word]
        known._stems = dict(zip(lines(arrays["stemmed"]), lines(arrays["stems"]), strict=True))
        flat = arrays["flat"].astype(np.int32, copy=False)
        ends = np.cumsum(arrays["sizes"], dtype=np.int64)
        if flat.size != (ends[-1] if ends.size else 0) or flat.max(initial=-1) >= len(known._numbers):
            raise ValueError("texts have words that are not there")
        every, at = flat.tobytes(), 0
        for key, end in zip(_digests(arrays["digests"]), (4 * ends).tolist(), strict=True):
            known._words[key], at = every[at:end], end
        known._notes = dict(zip(_digests(arrays["noted"]), arrays["notes"].tolist(), strict=True))
        return known

    def _words_of(self, text: str) -> bytes:
        key = _digest(text)
        known = self._words.get(key)
        if known is None and self._before is not None:
            known = self._before._words.get(key)
        if known is None:
            known = np.array([self._numbers[word] for word in tokens(text)], dtype=np.int32).tobytes()
            self.read += 1
        self._words[key] = self._here[text] = known
        return known


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest()


def _digests(array: NDArray[np.uint8] | NDArray[np.int32]) -> list[bytes]:
    every = array.tobytes()
    if len(every) % _DIGEST_BYTES:
        raise ValueError("a digest is cut off")
    return [every[at : at + _DIGEST_BYTES] for at in range(0, len(every), _DIGEST_BYTES)]


def letters(words: Iterable[str]) -> NDArray[np.uint8]:
    """Return words as an array that `lines` reads."""
    # No word has a line's end in it; one more after each keeps none apart from one that is empty.
    text = "".join(f"{word}\n" for word in words)
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)


def lines(array: NDArray[np.uint8] | NDArray[np.int32]) -> list[str]:
    """Return the words that `letters` has told."""
    return array.tobytes().decode("utf-8", "surrogatepass").split("\n")[:-1]
