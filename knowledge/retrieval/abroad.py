"""Phrasings in one language of articles in the other: an English article that lists Polish questions.

They are analysed as what they are. An article that also exists in the language of its phrasings
(``pl/zwroty`` for ``en/zwroty``) needs none of this. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from foundation.language import Language
from knowledge.analysis.language import marked_language
from knowledge.analysis.text import grams
from knowledge.articles import StoredPassage
from knowledge.passage import Passage


def twin(passage: Passage) -> str:
    """Return the id of the same article in the other language: ``pl/zwroty`` for ``en/zwroty``."""
    return f"{passage.language.other}/{passage.article_id.removeprefix(f'{passage.language}/')}"


def likeness(first: str, second: str) -> float:
    """Return how far two short texts are letter for letter the same, 0 to 1: Dice over 4-grams."""
    ours, theirs = Counter(grams(first)), Counter(grams(second))
    return 2 * (ours & theirs).total() / ((ours.total() + theirs.total()) or 1)


def phrased_in(language: Language, stored: Iterable[StoredPassage]) -> list[StoredPassage]:
    """Return a stand-in for each article of the other language that has phrasings in `language`.

    It has the id of the article's first passage, and the phrasings as its text.
    """
    every = list(stored)
    ids = {each.passage.article_id for each in every}
    found: dict[str, StoredPassage] = {}
    for each in every:
        passage = each.passage
        if passage.language is language or passage.article_id in found or twin(passage) in ids:
            continue
        phrasings = tuple(q for q in passage.questions if marked_language(q) is language)
        if phrasings:
            said = replace(passage, title="", heading="", text="\n".join(phrasings), questions=phrasings)
            found[passage.article_id] = replace(each, passage=replace(said, language=language))
    return list(found.values())
