"""How near a question is to each sentence of a passage, by vectors made once. Pure: numpy only.

A passage is found by all that it says; which of its sentences answers is told by the sentences' own vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.passage import Passage, PassageText

SentencesOf = Callable[[str], Sequence[str]]
"""Parts a passage's text into what may be said of it alone."""


def sentence_text(passage: Passage, sentence: str) -> PassageText:
    """Return what is embedded of a sentence: after the heading above it, without which many say little."""
    above = passage.heading.rpartition(" › ")[2] or passage.title
    return PassageText(f"{above}. {sentence}" if above else sentence, passage.language)


class SentenceVectors:
    """The vectors of one state's sentences.

    Args:
        parts: How texts are parted.
        rows: Of each text that was embedded, its row.
        vectors: float16, (n, d), L2-normalised.
    """

    def __init__(
        self, parts: SentencesOf, rows: Mapping[PassageText, int], vectors: NDArray[np.float16]
    ) -> None:
        self._parts = parts
        self._rows = rows
        self._known: dict[str, tuple[Passage, list[tuple[str, int]]]] = {}
        self._vectors = vectors

    def near(self, question: NDArray[np.float32], passages: Sequence[Passage]) -> list[dict[str, float]]:
        """Return of each passage its sentences' cosines with a question, by sentence.

        Args:
            question: float32, (d,), L2-normalised.
            passages: Any; a sentence without a vector is left out.
        """
        told: list[dict[str, float]] = [{} for _ in passages]
        found = [
            (place, sentence, row)
            for place, passage in enumerate(passages)
            for sentence, row in self._rows_of(passage)
        ]
        if found:
            cosines = self._vectors[[row for *_, row in found]].astype(np.float32) @ question
            for (place, sentence, _), cosine in zip(found, cosines, strict=True):
                told[place][sentence] = float(cosine)
        return told

    def _rows_of(self, passage: Passage) -> list[tuple[str, int]]:
        """Return a passage's sentences with their rows, looked up once."""
        known = self._known.get(passage.id)
        if known is None or known[0] is not passage:
            rows = self._rows
            found = [
                (sentence, row)
                for sentence in self._parts(passage.text)
                if (row := rows.get(sentence_text(passage, sentence))) is not None
            ]
            known = self._known[passage.id] = passage, found
        return known[1]
