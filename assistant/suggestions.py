"""The buttons under an answer: related questions, nearest topics, a person. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from assistant import lexicon
from assistant.brief import Suggestion
from assistant.kept import Itself
from assistant.phrases import ASK_PERSON_LABEL, SEND_BACK_LABEL, SEND_CODE_LABEL, WITHDRAW_LABEL
from assistant.plain import simplify
from assistant.reading import words_of
from foundation.language import Language
from knowledge.analysis.words import tokens
from knowledge.passage import RankedPassage, Retrieval, Zone

RELATED_SCORE = 0.7
"""An article whose best passage reaches this share of the best score of all counts as related."""

NEAR_SCORE, NEAREST = 0.5, 2
"""An article whose best passage reaches this share is near; so many are offered even if they do not."""

TITLE_CHARS = 300
"""No title is longer."""


def talk_to_person(language: Language) -> Suggestion:
    """Return the button that calls a person."""
    return Suggestion(label=ASK_PERSON_LABEL[language], action="ask_human")


def send_code(language: Language) -> Suggestion:
    """Return the button that asks for a one-time code."""
    return Suggestion(label=SEND_CODE_LABEL[language], send=SEND_CODE_LABEL[language])


def withdraw(language: Language) -> Suggestion:
    """Return the button that states a withdrawal: its text is the statement."""
    label = WITHDRAW_LABEL[language]
    return Suggestion(label=label, send=f"{label}.")


def how_to_send_back(language: Language) -> Suggestion:
    """Return the button that asks how goods are sent back."""
    return Suggestion(label=SEND_BACK_LABEL[language], send=SEND_BACK_LABEL[language])


def near_topics(retrieval: Retrieval, limit: int = 3) -> tuple[Suggestion, ...]:
    """Return the topics to ask back with, nearest first; none when the articles do not know."""
    if retrieval.zone is Zone.UNKNOWN:
        return ()
    near = _titles(retrieval.passages, retrieval.language, NEAR_SCORE, set(), limit)
    return (
        near if len(near) >= NEAREST else _titles(retrieval.passages, retrieval.language, 0.0, set(), NEAREST)
    )


def titled(retrieval: Retrieval, text: str) -> tuple[RankedPassage, ...]:
    """Return the passages of the article whose title a message is, in the order found; mostly none."""
    wanted = tuple(tokens(text))
    article = next(
        (r.passage.article_id for r in retrieval.passages if words_of(r.passage.title) == wanted), ""
    )
    return _of_article(Itself(retrieval.passages), article) if article else ()


@lru_cache(maxsize=256)
def _of_article(passages: Itself[tuple[RankedPassage, ...]], article_id: str) -> tuple[RankedPassage, ...]:
    """Return what there is of an article, as evidence that is known again."""
    return tuple(ranked for ranked in passages.of if ranked.passage.article_id == article_id)


def chosen(text: str) -> int | None:
    """Return which of the topics on offer a message names: from 0, -1 for the last; None if it names none."""
    words = simplify(text).split()
    places = {place for word in words for place, ordinals in lexicon.ORDINALS if word in ordinals}
    said_one = "one" in words and len(places) > 1  # "the second one"
    places -= {0} if said_one and not {*words} & {"1", "first"} else set()
    known = lexicon.ORDINAL_FILLERS.union(*(ordinals for _, ordinals in lexicon.ORDINALS))
    return places.pop() if len(places) == 1 and set(words) <= known else None


def none_of_them(text: str) -> bool:
    """Return whether a message turns down all topics on offer."""
    return lexicon.NONE_OF_THEM.fullmatch(simplify(text)) is not None


def related(retrieval: Retrieval, used_articles: Iterable[str], limit: int = 2) -> tuple[Suggestion, ...]:
    """Return topics close to the question that the answer did not use."""
    return _titles(retrieval.passages, retrieval.language, RELATED_SCORE, set(used_articles), limit)


def _titles(
    passages: tuple[RankedPassage, ...], language: Language, share: float, left_out: set[str], limit: int
) -> tuple[Suggestion, ...]:
    enough = share * passages[0].score if passages else 0.0
    titles = {
        ranked.passage.article_id: ranked.passage.title
        for ranked in passages
        if ranked.passage.language is language
        and ranked.passage.article_id not in left_out
        and ranked.score >= enough
    }
    return tuple(Suggestion(label=title, send=title) for title in islice(titles.values(), limit))
