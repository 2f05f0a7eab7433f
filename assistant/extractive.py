"""Writes without an LLM: picks, orders, joins and trims the sentences that answer what was asked. Pure.

Order facts go by template (`order_words.py`); from articles every sentence is taken word for word.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from assistant import order_words, phrases
from assistant.evidence import Evidence
from assistant.phrases import Phrase
from assistant.picking import Picked, pick
from assistant.writer import DraftSentence, WritingBrief
from foundation.language import Language
from knowledge.analysis.synonyms import Synonyms, bundled


class ExtractiveWriter:
    """The `Writer` that needs no key, no network and invents nothing.

    Args:
        synonyms: Called for each answer: what stands for what in this shop, for picking sentences.
    """

    def __init__(self, synonyms: Callable[[], Synonyms] = bundled) -> None:
        self._synonyms = synonyms

    async def write(self, draft: WritingBrief) -> AsyncIterator[DraftSentence]:
        """Yield orders in words, or the sentences of articles that answer best; none if nothing does."""
        told = order_words.tell(draft.evidence, draft.language, draft.now, draft.question, draft.style)
        for sentence in told:
            yield sentence
        if told:
            return
        for sentence in from_articles(
            draft.question,
            draft.evidence,
            draft.language,
            self._synonyms(),
            draft.sure,
            tentative=draft.tentative,
        ):
            yield sentence


def from_articles(
    question: str,
    evidence: tuple[Evidence, ...],
    language: Language,
    synonyms: Synonyms,
    sure: float | None = None,
    *,
    tentative: bool = False,
) -> tuple[DraftSentence, ...]:
    """Return the answer's sentences, in the article's order, all in one language; see `pick`."""
    picked = pick(question, evidence, language, synonyms, sure, tentative=tentative)
    if not picked:
        return ()
    sentences = [_draft(piece, first=n == 0) for n, piece in enumerate(picked)]
    if picked[0].source.language is not language:
        sentences = [DraftSentence(s) for s in phrases.say(Phrase.OTHER_LANGUAGE_ONLY, language)] + sentences
    return tuple(sentences)


def _draft(picked: Picked, *, first: bool) -> DraftSentence:
    text = f"{picked.text}:" if picked.heading else f"- {picked.text}" if picked.item else picked.text
    if picked.opens_line and not (first and picked.heading):
        text = f"\n{text}"
    quotes = () if picked.heading else ((picked.source.id, picked.text),)
    return DraftSentence(text, (picked.source.id,), quotes)
