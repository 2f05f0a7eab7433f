"""Questions asked of corpora with and without their answers: what confidence is fitted to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from evals.dataset import Dataset
from evals.holdout import hold_out
from evals.run import articles_of, one_passage
from foundation.errors import InvalidInput
from foundation.language import Language
from knowledge.analysis.text import detect_language
from knowledge.articles import Article, StoredPassage
from knowledge.index import ExactIndex
from knowledge.library import PassageEmbedder
from knowledge.passage import PassageText, Retrieval
from knowledge.retrieval.confidence import NAMES
from knowledge.retrieval.retriever import Retriever, Searchable
from knowledge.retrieval.snapshot import Snapshot
from knowledge.split import embedded_text, split
from knowledge.store.publishing import Splitter

_DAY = date(2026, 1, 1)
_ROUNDS = 6
_PHRASINGS = 3
"""At most so many phrasings of one article are asked."""


class Kind(StrEnum):
    """What is there for a question."""

    ANSWERABLE = "answerable"
    MISSING = "missing"
    OFF_TOPIC = "off_topic"


@dataclass(frozen=True, slots=True)
class Sample:
    """One question asked once.

    Attributes:
        signals: What spoke for the best passage, in the order of `NAMES`.
        speaks: Whether the model speaks the language.
        kind: Whether its answer was there.
        right: Whether the best passage answers.
        group: Questions that share an answer share it. The name of the set, a space, and a name in it.
        world: Number of the corpus that it was asked of.
    """

    signals: tuple[float, ...]
    speaks: bool
    kind: Kind
    right: bool
    group: str
    world: int

    @property
    def of(self) -> str:
        """The set that it is of."""
        return self.group.partition(" ")[0]

    @property
    def answer(self) -> str:
        """What it shares with all questions of the same answer, and with itself asked of another corpus."""
        return self.group.partition(" ")[2]


class Asker:
    """Searches corpora in memory; a text is embedded once."""

    def __init__(self, embedder: PassageEmbedder) -> None:
        self._embedder = embedder
        self._vectors: dict[PassageText, np.ndarray[tuple[int, ...], np.dtype[np.float32]]] = {}

    def searching(self, articles: Sequence[Article], splitter: Splitter) -> Retriever:
        """Return what searches these articles; to be closed."""
        passages = [(article, each) for article in articles for each in splitter(article, 1)]
        texts = [embedded_text(each) for _, each in passages]
        new = list(dict.fromkeys(text for text in texts if text not in self._vectors))
        if new:
            self._vectors.update(zip(new, self._embedder.embed(new), strict=True))
        stored = [
            StoredPassage(each, None, None, "", self._embedder.id, self._vectors[text])
            for (_, each), text in zip(passages, texts, strict=True)
        ]
        index = ExactIndex()
        index.rebuild(self._embedder.id, [s.key for s in stored], np.stack([s.vector for s in stored]))
        current = Searchable(1, self._embedder, index, Snapshot(stored))
        return Retriever(lambda: current, lambda: _DAY)

    def speaks(self, language: Language) -> bool:
        """Tell whether the model speaks a language."""
        return language is Language.EN or self._embedder.speaks_polish


def held_out_samples(asker: Asker, name: str, dataset: Dataset, seeds: Iterable[int]) -> Iterator[Sample]:
    """Yield each question of a set, asked of it with half of the right passages gone, once a seed."""
    groups = answer_groups(dataset)
    for seed in seeds:
        held = hold_out(dataset, 0.5, seed)
        articles = articles_of(held.dataset.passages)
        ids = {a.id: p.id for a, p in zip(articles, held.dataset.passages, strict=True)}
        prior = Counter(a.language for a in articles).most_common(1)[0][0]
        retriever = asker.searching(articles, one_passage)
        for key, question in held.dataset.queries.items():
            found = retriever.search(question, detect_language(question, prior))
            there = key in held.answerable
            right = _led_by(found, lambda best: ids[best.article_id] in dataset.relevant[key])  # noqa: B023
            kind = Kind.ANSWERABLE if there else Kind.MISSING
            yield from sample_of(asker, found, kind, right, f"{name} {groups[key]}", seed)
        retriever.close()


def off_topic_samples(
    asker: Asker,
    name: str,
    articles: Sequence[Article],
    questions: Mapping[str, str],
    splitter: Splitter = one_passage,
) -> Iterator[Sample]:
    """Yield each of some questions on other topics, asked of all of some articles."""
    prior = Counter(a.language for a in articles).most_common(1)[0][0]
    retriever = asker.searching(articles, splitter)
    for key, question in questions.items():
        found = retriever.search(question, detect_language(question, prior))
        yield from sample_of(asker, found, Kind.OFF_TOPIC, False, f"{name} off {key}", 0)
    retriever.close()


def own_samples(asker: Asker, articles: Sequence[Article], splitter: Splitter = split) -> Iterator[Sample]:
    """Yield a shop's own phrasings, asked of its articles with and without the one that they are of.

    Each round takes out every sixth article, and one phrasing of every other: nobody asks in the very words
    of the owner.

    Raises:
        InvalidInput: There are too few phrasings.
    """
    phrased = [article for article in articles if len(article.questions) > 1]
    if len(phrased) < _ROUNDS:
        raise InvalidInput(
            f"Only {len(phrased)} articles have two or more alternative phrasings; write some for "
            f"{_ROUNDS} articles or more, then run: okienko evals calibrate"
        )
    for turn in range(_ROUNDS):
        gone = {article.id for number, article in enumerate(phrased) if number % _ROUNDS == turn}
        # Where the article is there in two languages, its twin would answer.
        gone |= {f"{lang}/{each.partition('/')[2]}" for each in gone for lang in Language if "/" in each}
        asked = {a.id: a.questions[turn % len(a.questions)] for a in phrased if a.id not in gone}
        left = [_without(article, asked.get(article.id)) for article in articles if article.id not in gone]
        retriever = asker.searching(left, splitter)
        for article in phrased:
            there = article.id not in gone
            for question in [asked[article.id]] if there else article.questions[:_PHRASINGS]:
                found = retriever.search(question, article.language)
                right = there and _led_by(found, lambda best: best.article_id == article.id)  # noqa: B023
                kind = Kind.ANSWERABLE if there else Kind.MISSING
                yield from sample_of(asker, found, kind, right, f"own {article.id}", turn)
        retriever.close()


def answer_groups(dataset: Dataset) -> dict[str, str]:
    """Return a name for each question; those that share a right passage, even by way of others, share it."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for key, passages in dataset.relevant.items():
        for passage in passages:
            parent[root(f"passage {passage}")] = root(f"question {key}")
    return {key: root(f"question {key}") for key in dataset.relevant}


def _without(article: Article, phrasing: str | None) -> Article:
    return replace(article, questions=tuple(q for q in article.questions if q != phrasing))


def _led_by(found: Retrieval, right: object) -> bool:
    return bool(found.passages) and bool(right(found.passages[0].passage))  # type: ignore[operator]


def sample_of(
    asker: Asker, found: Retrieval, kind: Kind, right: bool, group: str, world: int
) -> Iterator[Sample]:
    """Yield the question, if it was answered in its own language: another's signals mean other things."""
    if not found.passages or found.passages[0].passage.language is not found.language:
        return
    given = found.passages[0].signals
    signals = tuple(given[name] for name in NAMES)
    yield Sample(signals, asker.speaks(found.language), kind, right, group, world)
