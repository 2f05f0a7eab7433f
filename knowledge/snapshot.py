"""One state of the whole library, ready to be searched. Built once, never changed, swapped as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foundation.language import Language
from knowledge.articles import StoredPassage
from knowledge.confidence import Signals
from knowledge.lexical import Bm25, Scores
from knowledge.passage import Passage
from knowledge.split import searched_text
from knowledge.text import Vocabulary, grams, is_stopword, stem, stems, tokens


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """How much each way of searching counts; they add up to 1."""

    char: float
    stem: float
    dense: float


def fusion_weights(language: Language, *, speaks_polish: bool) -> FusionWeights:
    """Return the weights for a language.

    Character n-grams carry Polish inflection and typos; an English embedding model knows little of it. Rank
    fusion would let that model outvote the rest, a sum of normalised scores does not.
    """
    if language is Language.EN:
        return FusionWeights(char=0.0, stem=0.25, dense=0.75)
    if speaks_polish:
        return FusionWeights(char=0.25, stem=0.15, dense=0.6)
    return FusionWeights(char=0.5, stem=0.25, dense=0.25)


class Side:
    """The passages of one language, indexed by their words."""

    def __init__(self, language: Language, stored: Sequence[StoredPassage]) -> None:
        self.language = language
        self.passages: tuple[Passage, ...] = tuple(s.passage for s in stored)
        self._rows = {s.key: row for row, s in enumerate(stored)}
        # Days as numbers, so that one comparison leaves out what is not valid today.
        self._from = np.array([(s.valid_from or date.min).toordinal() for s in stored], dtype=np.int64)
        self._until = np.array([(s.valid_until or date.max).toordinal() for s in stored], dtype=np.int64)
        texts = [searched_text(passage) for passage in self.passages]
        self._vocabulary = Vocabulary(texts, language)
        self._char = Bm25([grams(text) for text in texts])
        terms = [stems(text, language) for text in texts]
        self._stem = Bm25(terms)
        self._terms = [frozenset(found) for found in terms]

    def valid_on(self, day: date) -> NDArray[np.bool_]:
        """Return which passages hold on `day`: bool, (n,)."""
        return (self._from <= day.toordinal()) & (day.toordinal() <= self._until)

    def rank(self, question: str, cosines: Mapping[str, float], weights: FusionWeights, day: date) -> Ranking:
        """Score all passages.

        Args:
            question: As asked.
            cosines: Of the nearest passages by key; the others count as far as the farthest of them.
            weights: Of the fusion.
            day: Passages that do not hold on it get score 0.
        """
        terms = self._vocabulary.stems(question)
        by_grams = grams(question)
        dense = np.full(len(self.passages), max(0.0, min(cosines.values(), default=0.0)), dtype=np.float32)
        for key, cosine in cosines.items():
            row = self._rows.get(key)
            if row is not None:
                dense[row] = max(0.0, cosine)
        char, by_stem = self._char.scores(by_grams), self._stem.scores(terms)
        fused = (
            weights.char * _normalised(char)
            + weights.stem * _normalised(by_stem)
            + weights.dense * _normalised(dense)
        )
        fused[~self.valid_on(day)] = 0.0
        return Ranking(self, question, terms, by_grams, char, by_stem, dense, fused)


@dataclass(frozen=True)
class Ranking:
    """The passages of one side, scored for one question. Arrays are float32, (n,), in the side's order."""

    side: Side
    question: str
    terms: Sequence[str]
    grams: Sequence[str]
    char: Scores
    stem: Scores
    dense: Scores
    fused: Scores

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """Rows, best first; those with score 0 are left out."""
        order = np.argsort(-self.fused, kind="stable")
        return order[self.fused[order] > 0]

    @cached_property
    def _content(self) -> list[str]:
        """The stems of the question's content words, once each."""
        language = self.side.language
        vocabulary = self.side._vocabulary
        words = [t for t in tokens(self.question) if not is_stopword(t, language)]
        return list(dict.fromkeys(stem(vocabulary.restore(word), language) for word in words))

    def signals(self, row: int) -> Signals:
        """Return what speaks for the passage in `row`."""
        index, has = self.side._stem, self.side._terms[row]
        total = sum(index.idf(term) for term in self._content)
        found = [term for term in self._content if term in has]
        return Signals(
            coverage=sum(index.idf(term) for term in found) / total if total else 0.0,
            char=float(self.char[row]) / max(1e-9, self.side._char.ceiling(self.grams)),
            stem=float(self.stem[row]) / max(1e-9, index.ceiling(self.terms)),
            dense=float(self.dense[row]),
            matched=min(len(found), 3) / 3,
        )


class Snapshot:
    """All current passages by language.

    Attributes:
        size: Number of passages.
    """

    def __init__(self, stored: Sequence[StoredPassage]) -> None:
        self.size = len(stored)
        self.sides = {
            language: Side(language, [s for s in stored if s.passage.language is language])
            for language in Language
        }


def _normalised(scores: Scores) -> Scores:
    best = float(scores.max()) if scores.size else 0.0
    return scores / best if best > 0 else np.zeros_like(scores)
