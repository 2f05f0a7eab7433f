"""Which articles say what another one says already, word for word or nearly. Pure.

The same words twice would take the place of something else among the passages found. Nearly the same words
may differ in the one number that matters: that is said, and both stay.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from knowledge.analysis.words import fold, tokens
from knowledge.articles import Article
from knowledge.reading.fields import spoken
from knowledge.remarks import Note, Problem

NEAR = 0.9
_WORDS_TOGETHER = 3
_LEAST_SHINGLES = 20  # shorter texts are alike by chance
_MAX_RIVALS = 20  # of thousands of rows that are all alike, not every pair is compared


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article and an earlier one that says the same.

    Attributes:
        article: The later one.
        other: An article before it in its batch, or one that was known.
        similarity: 1.0 for the same words in the same order, case, marks and diacritics aside; else the share
            of their runs of three words that both have, `NEAR` or more.
    """

    article: Article
    other: Article
    similarity: float

    @property
    def is_same(self) -> bool:
        """Whether nothing is lost without the later one."""
        return self.similarity == 1.0


def duplicates(new: Sequence[Article], known: Sequence[Article] = ()) -> list[Duplicate]:
    """Return the articles of `new` that say the same as a known one or one before them, in their order.

    Args:
        new: A batch. Their languages do not matter: the same words under two languages are one text.
        known: What is published. An article of the same id as one of `new` is replaced by it, no duplicate.

    Returns:
        At most one for each article, the same text before a similar one.
    """
    replaced = {article.id for article in new}
    earlier = [article for article in known if article.id not in replaced]
    same = _same(earlier, new)
    near = _near(earlier, [article for article in new if article.id not in same])
    found = {**near, **same}
    return [found[article.id] for article in new if article.id in found]


def without_duplicates(
    new: Sequence[Article], known: Sequence[Article] = ()
) -> tuple[tuple[Article, ...], tuple[Problem, ...], tuple[Note, ...]]:
    """Return `new` without articles that only repeat another, what is said of those, and of similar ones."""
    found = duplicates(new, known)
    left_out = {one.article.id for one in found if one.is_same}
    problems = [
        Problem(one.article.source, "duplicate", {"title": one.article.title, "other": one.other.id})
        for one in found
        if one.is_same
    ]
    notes = [
        Note(
            one.article.source,
            "near_duplicate",
            # Not rounded up: "100 %" would say that they are the same.
            {"title": one.article.title, "other": one.other.id, "percent": int(one.similarity * 100)},
        )
        for one in found
        if not one.is_same
    ]
    return tuple(one for one in new if one.id not in left_out), tuple(problems), tuple(notes)


def _same(known: Sequence[Article], new: Sequence[Article]) -> dict[str, Duplicate]:
    """Return articles with the text of an earlier one, by id."""
    by_body: defaultdict[str, list[Article]] = defaultdict(list)
    untitled: defaultdict[str, list[Article]] = defaultdict(list)
    by_both: defaultdict[tuple[str, str], list[Article]] = defaultdict(list)
    found: dict[str, Duplicate] = {}
    for number, article in enumerate((*known, *new)):
        title, body = _normal(article.title), _normal(article.body)
        if number >= len(known):
            alike = by_body[body] if _untitled(article) else [*by_both[title, body], *untitled[body]]
            other = next((one for one in alike if _covers(one, article)), None)
            if other is not None:
                found[article.id] = Duplicate(article, other, 1.0)
                continue
        by_body[body].append(article)
        by_both[title, body].append(article)
        if _untitled(article):
            untitled[body].append(article)
    return found


def _untitled(article: Article) -> bool:
    """Tell whether the title is only the name of its file, as of a copy."""
    return article.title == spoken(PurePath(article.source).stem)


def _covers(one: Article, other: Article) -> bool:
    """Tell whether `one` is true on all days on which `other` is."""
    starts = one.valid_from is None or (other.valid_from is not None and one.valid_from <= other.valid_from)
    ends = one.valid_until is None or (other.valid_until is not None and other.valid_until <= one.valid_until)
    return starts and ends


def _near(known: Sequence[Article], new: Sequence[Article]) -> dict[str, Duplicate]:
    """Return articles nearly like an earlier one, by id.

    Two sets that share nine tenths share one of the rarest few of each: only such pairs are compared, and of
    many alike only some, so that the time grows with the number of articles, not with its square.
    Source: Bayardo, Ma and Srikant, Scaling up all pairs similarity search, WWW 2007 (prefix filtering).
    """
    shingles = {id(article): _shingles(article) for article in (*known, *new)}
    counts = Counter(shingle for found in shingles.values() for shingle in found)
    holders: defaultdict[str, list[Article]] = defaultdict(list)
    by_identity = {id(article): article for article in (*known, *new)}
    found: dict[str, Duplicate] = {}
    for number, article in enumerate((*known, *new)):
        prefix = list(_prefix(shingles[id(article)], counts))
        if number >= len(known):
            shared = Counter(id(one) for shingle in prefix for one in holders[shingle])
            rivals = [by_identity[one] for one, _ in shared.most_common(_MAX_RIVALS)]
            best = _most_alike(article, rivals, shingles)
            if best is not None:
                found[article.id] = best
        for shingle in prefix:
            if len(holders[shingle]) < _MAX_RIVALS:
                holders[shingle].append(article)
    return found


def _most_alike(
    article: Article, rivals: Sequence[Article], shingles: Mapping[int, frozenset[str]]
) -> Duplicate | None:
    own = shingles[id(article)]
    alike = [
        (len(own & other) / len(own | other), -number)
        for number, other in enumerate(shingles[id(rival)] for rival in rivals)
    ]
    similarity, place = max(alike, default=(0.0, 0))
    # Word for word, but under another title or on other days: similar, and said so.
    return Duplicate(article, rivals[-place], min(similarity, 0.999)) if similarity >= NEAR else None


def _prefix(shingles: frozenset[str], counts: Mapping[str, int]) -> Iterator[str]:
    if len(shingles) >= _LEAST_SHINGLES:
        rarest = sorted(shingles, key=lambda shingle: (counts[shingle], shingle))
        yield from rarest[: len(rarest) - math.ceil(NEAR * len(rarest)) + 1]


def _shingles(article: Article) -> frozenset[str]:
    words = _normal(f"{article.title}\n{article.body}").split()
    last = max(1, len(words) - _WORDS_TOGETHER + 1)
    return frozenset(" ".join(words[n : n + _WORDS_TOGETHER]) for n in range(last))


def _normal(text: str) -> str:
    return " ".join(tokens(fold(text)))
