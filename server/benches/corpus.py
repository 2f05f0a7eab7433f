"""As many articles and questions as a benchmark needs, made of the demo shop's sentences. Deterministic.

A hundred articles hold some three thousand words; a big shop has more, for every product brings names of its
own. So each article is about an invented product of an invented brand, and its sentences name them here and
there: the number of different words grows with the number of articles, as it does in real text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from evals.perturb import stripped, with_typo
from foundation.language import Language
from knowledge.articles import Article
from knowledge.passage import Passage
from knowledge.reading.readers import read
from knowledge.split import split

_DEMO = Path(__file__).parents[1] / "demo" / "articles"
_SEED = 20_261_121
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_ONSETS = (*"bdfgklmnprstvwz", "br", "dr", "gr", "kl", "kr", "pr", "st", "tr")
_VOWELS = tuple("aeiou")
_CODAS = ["", "", "", "l", "m", "n", "r", "s", "x"]

# Of a hundred questions so many are typed without diacritics, and so many with a slip of the finger.
_STRIPPED, _SLIPPED = 40, 20


@dataclass(frozen=True, slots=True)
class Material:
    """What the demo shop's articles of one language are made of."""

    titles: tuple[str, ...]
    headings: tuple[str, ...]
    sentences: tuple[str, ...]
    phrasings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its language."""

    text: str
    language: Language


def articles(passages: int) -> list[Article]:
    """Return articles, each in both languages, that split into exactly so many passages.

    More passages begin with the articles of fewer, but for the last one.
    """
    made: list[Article] = []
    missing = passages
    for article in _endless():
        parts = len(split(article, 1))
        if parts > missing:
            body = "\n\n## ".join(article.body.split("\n\n## ")[:missing])
            article, parts = replace(article, body=body), missing
        made.append(article)
        missing -= parts
        if not missing:
            return made
    raise AssertionError("an endless row of articles ended")


def passages_of(made: Sequence[Article]) -> list[Passage]:
    """Return the passages of articles, in order."""
    return [passage for article in made for passage in split(article, 1)]


def questions(number: int, passages: int) -> list[Question]:
    """Return different questions to `articles(passages)`, of both languages in turn."""
    chance = _chance("questions")
    about = articles(passages)
    found: dict[str, Question] = {}
    while len(found) < number:
        language = (Language.PL, Language.EN)[len(found) % 2]
        article = chance.choice(about)
        phrasing = chance.choice(_material(language).phrasings)
        # Some ask of a product, some in general; a few say more than a phrase.
        text = f"{phrasing} {article.tags[0]}" if chance.random() < 0.5 else phrasing
        if chance.random() < 0.3:
            text = f"{chance.choice(_material(language).phrasings)}, {text}"
        dice = chance.randrange(100)
        if dice < _STRIPPED:
            text = stripped(text)
        elif dice < _STRIPPED + _SLIPPED:
            text = with_typo(text, chance)
        found.setdefault(text, Question(text, language))
    return list(found.values())


def _endless() -> Iterator[Article]:
    number = 0
    while True:
        number += 1
        for language in Language:
            yield _article(number, language)


def _article(number: int, language: Language) -> Article:
    chance, material = _chance(f"article {language} {number}"), _material(language)
    brand, product = _word(chance).title(), f"{_word(chance).title()} {chance.randrange(10, 999)}"
    body = _paragraph(material, chance, product)
    for heading in chance.sample(material.headings, chance.choice((1, 2, 2, 3))):
        body += f"\n\n## {heading}\n\n{_paragraph(material, chance, brand)}"
    return Article(
        id=f"{language}/bench-{number}",
        language=language,
        title=f"{chance.choice(material.titles)}: {product}",
        body=body,
        tags=(product,),
        questions=tuple(f"{phrase} {product}" for phrase in chance.sample(material.phrasings, 2)),
    )


def _paragraph(material: Material, chance: random.Random, name: str) -> str:
    sentences = chance.sample(material.sentences, chance.choice((2, 3, 4)))
    return f"{name}: {' '.join(sentences)}"


def _word(chance: random.Random) -> str:
    """Return an invented word of two or three syllables."""
    syllables = (chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(chance.choice((2, 2, 3))))
    return "".join(syllables) + chance.choice(_CODAS)


@cache
def _material(language: Language) -> Material:
    demo = [a for a in read([_DEMO]).articles if a.language is language]
    lines = [line.strip("- ") for a in demo for line in a.body.splitlines()]
    texts = [line for line in lines if line and not line.startswith("#")]
    return Material(
        titles=tuple(a.title for a in demo),
        headings=tuple(dict.fromkeys(line.strip("# ") for line in lines if line.startswith("#"))),
        sentences=tuple(
            dict.fromkeys(part for text in texts for part in _SENTENCE.split(text) if len(part) > 20)
        ),
        phrasings=tuple(dict.fromkeys(q for a in demo for q in a.questions)),
    )


def _chance(what: str) -> random.Random:
    return random.Random(f"{_SEED}: {what}")  # noqa: S311 - no secret, but the same every time
