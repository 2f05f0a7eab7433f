"""Short follow-ups: "a ile to kosztuje?" takes the message before along. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lexicon
from assistant.brief import Utterance
from assistant.goods import goods_in
from assistant.plain import has_topic, simplify
from assistant.wording import cut_courtesy, shorten


def leans_back(question: str) -> bool:
    """Return whether a question leans on what was said before: it is short and names no topic of its own."""
    plain = simplify(question)
    words = plain.split()
    content = [w for w in words if w not in lexicon.EMPTY_CONTENT and len(w) > 1]
    if not content:
        return bool(words)
    return len(words) <= 5 and len(content) <= 2 and plain.split()[0] in lexicon.FOLLOW_UP_OPENERS


def in_context(question: str, history: Sequence[Utterance]) -> str:
    """Return the question, with the topic of the shopper's message before it when it leans on that one.

    Of that message only what names the topic is taken: its own "how long?" is answered already. Goods that
    the question names take the place of those named before ("and for shoes?").
    """
    if not leans_back(question):
        return question
    for utterance in reversed(history):
        if utterance.by == "shopper" and has_topic(cut_courtesy(utterance.body)):
            topic = _topic_of(shorten(cut_courtesy(utterance.body)), question)
            return f"{question.rstrip(' ?!.')} {topic}".strip()
    return question


def _topic_of(message: str, question: str) -> str:
    replaced = bool(goods_in(question))
    words = []
    for word in message.split():
        plain = simplify(word)
        if plain and plain not in lexicon.EMPTY_CONTENT and not (replaced and goods_in(word)):
            words.append(word.strip("?!.,;:"))
    return " ".join(words)
