"""The passages of one language, ready to be searched, and what a question makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from foundation.language import Language
from knowledge.analysis.known_texts import KnownTexts
from knowledge.analysis.synonyms import Synonyms, bundled
from knowledge.analysis.text import begun, grams, slip_mended, stem, tokens
from knowledge.articles import StoredPassage
from knowledge.passage import Passage
from knowledge.retrieval.fields import Fields, article_numbers, digest, families
from knowledge.retrieval.fusion import FusionWeights, Scale, fuse, fusion_weights, normalised
from knowledge.retrieval.lexical import Scores
from knowledge.retrieval.postings import Arrays
from knowledge.retrieval.stages import stage

# How much what a passage says itself, and being the opening one, count among passages of one article.
_OWN_WORDS = 0.1
_OPENING = 0.07

# So many of a ranking are put in order; sorting all of ten thousand takes a millisecond.
_LOOKED_AT = 500

# How much the form of a passage counts whose title says what it answers.
_TITLED_FORM = 0.5


Kept = Mapping[str, Arrays]
"""What `Fields.arrays` has told, by `Side.digest`."""


class Side:
    """The passages of one language, indexed by their words.

    Args:
        language: Theirs.
        stored: The passages.
        synonyms: What stands for what; the bundled words if None.
        before: What was read of the same language's texts before.
        kept: Finished fields of an earlier start, by their digest; those that are the same are taken.
    """

    def __init__(
        self,
        language: Language,
        stored: Sequence[StoredPassage],
        synonyms: Synonyms | None = None,
        before: KnownTexts | None = None,
        kept: Kept | None = None,
    ) -> None:
        self.language = language
        self.synonyms = synonyms or bundled()
        self.passages: tuple[Passage, ...] = tuple(s.passage for s in stored)
        self._rows = {s.key: row for row, s in enumerate(stored)}
        self._from, self._until = _days(stored)
        #: What tells its fields from others.
        self.digest = digest(language, self.passages, self.synonyms)
        found = _kept_fields(language, self.passages, self.synonyms, (kept or {}).get(self.digest))
        #: Whether its fields were built, and not taken from what was kept.
        self.is_new = found is None
        #: What was read of the texts, for the next build.
        self.known = KnownTexts(language, before) if found is None else before or KnownTexts(language)
        self.fields = found or Fields.built(language, self.passages, self.synonyms, self.known)
        if self.is_new:
            self.known.settle()
        self._form_share = np.array([_TITLED_FORM if p.title else 1.0 for p in self.passages], np.float32)
        articles = article_numbers(self.passages)
        self._article_of = np.array([articles[p.article_id] for p in self.passages], dtype=np.int64)
        self._opens = np.array([p.id.endswith("#1") for p in self.passages], dtype=np.float32)
        # A question is read to be embedded, and to be ranked.
        self._read = lru_cache(maxsize=4)(self._words_of)
        #: What a title, a phrasing or an opening of the passages weighs, by its words.
        self.phrase = lru_cache(maxsize=4096)(self._phrase)
        #: Of the passages, float16, (n, d): precise enough to tell neighbours apart, at half the memory.
        self.vectors = _vectors(stored)

    def _words_of(self, words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return tuple(self.fields.vocabulary.read(words))

    def _phrase(self, text: str) -> Mapping[str, float]:
        """Return the beginnings of a text's words with their weights, 0 to 1."""
        weights: dict[str, float] = {}
        for word in tokens(text):
            if not word.isdigit():
                for beginning in begun(word, self.language):
                    weights.setdefault(beginning, self.weight(word) / self.rarest)
        return weights

    def holds(self, stored: Sequence[StoredPassage], synonyms: Synonyms) -> bool:
        """Tell whether it was made of just these."""
        same = self.synonyms is synonyms and list(self._rows) == [s.key for s in stored]
        if not same or self.passages != tuple(s.passage for s in stored):
            return False
        first, last = _days(stored)
        days = np.array_equal(self._from, first) and np.array_equal(self._until, last)
        return days and np.array_equal(self.vectors, _vectors(stored))

    def valid_on(self, day: date) -> NDArray[np.bool_]:
        """Return which passages hold on `day`: bool, (n,)."""
        return (self._from <= day.toordinal()) & (day.toordinal() <= self._until)

    def mended(self, question: str) -> str | None:
        """Return the question without slips of the finger, in the corpus' words; None if there are none."""
        words = tuple(tokens(question))
        # A model knows more words than the corpus: only what is no word of its own is mended for it.
        restored = tuple(slip_mended(word, meant) for word, meant in self._read(words))
        return " ".join(restored) if restored != words else None

    def rank(self, question: str, cosines: Mapping[str, float], scale: Scale, day: date) -> Ranking:
        """Score all passages.

        Args:
            question: As asked.
            cosines: Of the nearest passages by key; the others count as far as the farthest of them.
            scale: Of the cosines.
            day: Passages that do not hold on it get score 0.
        """
        weights = fusion_weights(self.language, scale)
        words = self._read(tuple(tokens(question)))
        restored = [meant for _, meant in words]
        by_grams = grams(" ".join(restored))
        dense = self._dense(cosines)
        # A model that reads the language has a floor, under which nothing is related.
        above = np.maximum(dense - np.float32(scale.low if scale.reads else 0.0), 0)
        parts = self._parts(restored, by_grams, above)
        fused = self._within_articles(fuse(parts, weights), restored)
        # Of passages on one topic, the one that answers this kind of question.
        form = np.float32(weights.form) * self._form_share * self.fields.forms.scores(question)
        fused *= 1 + form
        fused /= max(1.0, float(fused.max(initial=0.0)))
        fused[~self.valid_on(day)] = 0.0
        return Ranking(
            self,
            words,
            scale,
            by_grams,
            parts,
            form,
            weights,
            dense,
            fused,
        )

    def _dense(self, cosines: Mapping[str, float]) -> Scores:
        dense = np.full(len(self.passages), min(cosines.values(), default=0.0), dtype=np.float32)
        for key, cosine in cosines.items():
            row = self._rows.get(key)
            if row is not None:
                dense[row] = cosine
        return dense

    @stage("lexical")
    def _parts(self, words: Sequence[str], by_grams: Sequence[str], dense: Scores) -> dict[str, Scores]:
        """Return each way's raw scores by its name in `FusionWeights`."""
        line = " ".join(words)
        topic = list(dict.fromkeys(begun(line, self.language)))
        return {
            "char": self.fields.char.scores(by_grams),
            "begun": self.fields.begun.scores(topic),
            "opening": self.fields.opening.scores(topic),
            "kin": self.fields.kin.scores(families(words, self.language, self.synonyms)),
            "phrased": self.fields.phrases.scores(line)[self._article_of] if self.passages else dense,
            "dense": dense,
        }

    def _within_articles(self, fused: Scores, words: Sequence[str]) -> Scores:
        """Order the passages of each article anew; its best score stays what it is.

        Title and phrasings speak for all of them alike, so what a passage says itself counts again, and the
        opening one, which answers the title's question, goes before equals.
        """
        if not fused.size:
            return fused
        own = self.fields.own.scores([stem(word, self.language) for word in words])
        within = fused + _OWN_WORDS * normalised(own) + _OPENING * self._opens
        best, best_within = (np.zeros(self._article_of.max() + 1, dtype=np.float32) for _ in range(2))
        np.maximum.at(best, self._article_of, fused)
        np.maximum.at(best_within, self._article_of, within)
        lowered: Scores = best[self._article_of] + within - best_within[self._article_of]
        lowered[lowered < 0] = 0.0
        return lowered

    def weight(self, word: str) -> float:
        """Return the idf of a word by its stem."""
        return self.fields.stem.idf(stem(word, self.language))

    def knows(self, word: str) -> bool:
        """Tell whether any passage has this word in some form."""
        return self.fields.vocabulary.knows(word)

    @property
    def rarest(self) -> float:
        """What `weight` is of a word that no passage has."""
        return max(self.fields.stem.unseen_idf, 1e-6)

    def families(self, word: str) -> list[str]:
        """Return the families of synonyms that a word belongs to; none for a function word."""
        return families([word], self.language, self.synonyms)

    def has_beginning(self, beginning: str, row: int) -> bool:
        """Tell whether a passage has a word of its topic that begins so (`knowledge.analysis.text.begun`)."""
        return self.fields.begun.has(beginning, row)

    def char_ceiling(self, by_grams: Sequence[str]) -> float:
        """Return what no passage can exceed in `Ranking.char`."""
        return self.fields.char.ceiling(by_grams)

    def share(self, by_grams: Sequence[str], row: int) -> float:
        """Return which share of 4-grams a passage has, 0 to 1."""
        return sum(self.fields.char.has(gram, row) for gram in by_grams) / len(by_grams)

    def has_family(self, families: Iterable[str], row: int) -> bool:
        """Tell whether a passage has a word of one of these families."""
        return any(self.fields.kin.has(family, row) for family in families)


@dataclass(frozen=True)
class Ranking:
    """The passages of one side, scored for one question. Arrays are float32, (n,), in the side's order.

    Attributes:
        words: The words of the question, as asked and as the corpus writes them.
        parts: Raw scores of each way of searching, by its name in `FusionWeights`.
        form: What each passage's form added to its relevance, as a share of it.
        weights: Of the parts.
        dense: Raw cosines.
        fused: 0 to 1.
        notes: What was worked out about a row, which is asked for more than once.
    """

    side: Side
    words: tuple[tuple[str, str], ...]
    scale: Scale
    grams: Sequence[str]
    parts: Mapping[str, Scores]
    form: Scores
    weights: FusionWeights
    dense: Scores
    fused: Scores
    notes: dict[int, object] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """Rows, best first; those with score 0 are left out, and of very many those that nobody looks at."""
        least = 0.0
        if self.fused.size > 2 * _LOOKED_AT:
            least = float(np.partition(self.fused, -_LOOKED_AT)[-_LOOKED_AT])
        rows = np.flatnonzero((self.fused >= least) & (self.fused > 0))
        return rows[np.argsort(-self.fused[rows], kind="stable")]

    @property
    def compared(self) -> bool:
        """Whether vectors had their part in it."""
        return bool(self.dense.any())

    def fusion(self, row: int) -> dict[str, float]:
        """Return what each way of searching added to the passage in `row`.

        By its name in `FusionWeights`; 0 to that weight, for ``form`` the share by which it changed the sum.
        """
        weights = self.weights.as_mapping()
        added = {name: weights[name] * float(normalised(part)[row]) for name, part in self.parts.items()}
        return {**added, "form": float(self.form[row])}


def _days(stored: Sequence[StoredPassage]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the days from and until which passages hold, as numbers that one comparison looks at."""
    first = [(s.valid_from or date.min).toordinal() for s in stored]
    last = [(s.valid_until or date.max).toordinal() for s in stored]
    return np.array(first, dtype=np.int64), np.array(last, dtype=np.int64)


def _vectors(stored: Sequence[StoredPassage]) -> NDArray[np.float16]:
    return np.array([s.vector for s in stored], dtype=np.float16)


def _kept_fields(
    language: Language, passages: Sequence[Passage], synonyms: Synonyms, told: Arrays | None
) -> Fields | None:
    if told is None:
        return None
    try:
        return Fields.of(language, passages, synonyms, told)
    except (ValueError, KeyError):
        return None  # whatever is wrong with what was kept, it can be built
