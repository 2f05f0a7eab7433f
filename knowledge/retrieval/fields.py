"""What passages of one language are searched by: their words, looked at in several ways. Pure: numpy only.

Finished fields can be told as arrays and be made of them again, for the next start.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foundation.language import Language
from knowledge.analysis.known_texts import KnownTexts, letters, lines
from knowledge.analysis.synonyms import Synonyms
from knowledge.analysis.text import Vocabulary, begun, is_stopword
from knowledge.passage import Passage
from knowledge.retrieval.forms import Forms
from knowledge.retrieval.lexical import Bm25
from knowledge.retrieval.phrased import Phrases
from knowledge.retrieval.postings import Arrays, part, parts
from knowledge.split import own_parts, searched_parts, searched_text

# An answer mostly opens by taking up the question, if no title does; so much is looked at for that.
_OPENING_CHARS = 160

_PLAIN = 1.2
# A term counts its idf, once, in however long a document.
_ONCE = 0.0

# How slowly a repeated term stops counting, by field.
_FIELDS = {
    "char": _PLAIN,
    "stem": _PLAIN,
    "begun": _ONCE,
    "kin": _PLAIN,
    "own": _PLAIN,
    "opening": _ONCE,
}


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields, finished.

    Attributes:
        vocabulary: The words.
        char: 4-grams.
        stem: Stems.
        begun: How the words of the topic begin.
        kin: Families of synonyms.
        own: Stems of what a passage says itself, without the title.
        opening: How the words of its first lines begin.
        forms: Which kinds of answer each passage gives.
        phrases: Titles, headings and phrasings, by article.
        told: What is told of it besides: the numbers of words, and of forms.
    """

    vocabulary: Vocabulary
    char: Bm25
    stem: Bm25
    begun: Bm25
    kin: Bm25
    own: Bm25
    opening: Bm25
    forms: Forms
    phrases: Phrases
    told: Arrays

    @classmethod
    def built(
        cls, language: Language, passages: Sequence[Passage], synonyms: Synonyms, known: KnownTexts
    ) -> Fields:
        """Read passages; what is known of their texts is not read again, and the rest is known then."""
        words = known.words(map(searched_parts, passages))
        counts = words.counts()
        beginnings = cache(lambda word: begun(word, language))
        opening = known.words([searched_text(passage)[:_OPENING_CHARS]] for passage in passages)
        documents = {
            "char": words.grams(),
            "stem": words.by(lambda word: [known.stem(word)]),
            "begun": words.by(beginnings),
            "kin": words.by(lambda word: families([word], language, synonyms)),
            "own": known.words(map(own_parts, passages)).by(lambda word: [known.stem(word)]),
            "opening": opening.by(beginnings),
        }
        told: dict[str, NDArray[Any]] = {
            "words": letters(counts),
            "counts": np.array(list(counts.values()), dtype=np.int32),
        }

        def noted(texts: Iterable[str], note: Callable[[str], int]) -> NDArray[np.int32]:
            told["forms"] = known.noted(texts, note)
            return told["forms"]

        return cls(
            vocabulary=Vocabulary(counts, language, map(known.stem, counts)).ready(),
            **{name: Bm25(documents[name], k1=k1) for name, k1 in _FIELDS.items()},
            forms=Forms([passage.text for passage in passages], language, noted),
            phrases=Phrases(*_phrases(passages), language, synonyms, known),
            told=told,
        )

    def arrays(self) -> Arrays:
        """Return all of it as arrays that `of` reads."""
        bm25: Iterable[tuple[str, Bm25]] = ((name, getattr(self, name)) for name in _FIELDS)
        return {
            **self.told,
            **parts("phrases", self.phrases.arrays()),
            **{name: array for field, each in bm25 for name, array in parts(field, each.arrays()).items()},
        }

    @classmethod
    def of(
        cls, language: Language, passages: Sequence[Passage], synonyms: Synonyms, arrays: Arrays
    ) -> Fields:
        """Return what `arrays` has told of these very passages.

        Raises:
            ValueError: They do not fit one another.
            KeyError: One is missing.
        """
        counts = dict(zip(lines(arrays["words"]), arrays["counts"].tolist(), strict=True))
        bm25 = {name: Bm25.of(part(name, arrays), k1=k1) for name, k1 in _FIELDS.items()}
        articles, given = len(article_numbers(passages)), arrays["forms"]
        if given.size != len(passages) or any(field.size != len(passages) for field in bm25.values()):
            raise ValueError("they are of other passages")
        return cls(
            vocabulary=Vocabulary(counts, language, bm25["stem"].terms).ready(),
            **bm25,
            forms=Forms([], language, lambda texts, note: given),
            phrases=Phrases.of(part("phrases", arrays), articles, language, synonyms),
            told={name: arrays[name] for name in ("words", "counts", "forms")},
        )


def families(words: Iterable[str], language: Language, synonyms: Synonyms) -> list[str]:
    """Return the families of synonyms that words belong to; none for a function word."""
    return [
        str(family)
        for word in words
        if not is_stopword(word, language)
        for family in sorted(synonyms.families_of(word, language))
    ]


def article_numbers(passages: Iterable[Passage]) -> Mapping[str, int]:
    """Return a number for each article, in the order in which they come."""
    return {name: n for n, name in enumerate(dict.fromkeys(p.article_id for p in passages))}


def digest(language: Language, passages: Sequence[Passage], synonyms: Synonyms) -> str:
    """Return what tells apart passages, and words for them, of which different fields are built."""
    texts: list[str] = [language.value, synonyms.digest]
    numbers = []
    for passage in passages:
        texts += (passage.article_id, passage.title, passage.heading, passage.text, *passage.questions)
        numbers.append(len(passage.questions))
    # How long each one is tells where it ends, whatever letters it has.
    sizes = np.array([*map(len, texts), *numbers], dtype="<i8")
    seen = hashlib.blake2b(sizes.tobytes(), digest_size=16)
    seen.update("".join(texts).encode("utf-8", "surrogatepass"))
    return seen.hexdigest()


def _phrases(passages: Sequence[Passage]) -> tuple[list[str], list[int], int]:
    """Return the owner's phrases, the number of each one's article, and how many articles there are."""
    articles = article_numbers(passages)
    phrases = sorted(
        {
            (text, articles[passage.article_id])
            for passage in passages
            for text in (passage.title, passage.heading, *passage.questions)
            if text
        }
    )
    return [text for text, _ in phrases], [number for _, number in phrases], len(articles)
