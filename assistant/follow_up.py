"""Short follow-ups: "a ile to kosztuje?" takes the message before along. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import lexicon
from assistant.brief import Utterance
from assistant.goods import goods_in
from assistant.plain import has_topic, simplify
from assistant.wording import cut_courtesy, shorten

_OPENERS = lexicon.FOLLOW_UP_OPENERS | {"nawet", "tez", "rowniez", "even"}

_SUPPOSES = re.compile(
    r"(?:a|ale|and|but) (?:(?:co|what) )?(?:jesli|jezeli|gdy|gdyby|if|when|jak (?!(?:\w+ )?\w+c\b))"
)
"""A case of what was asked before: "and if it was on sale?"; "a jak odesłać buty?" is no case of it."""

_ONLY_WHERE = re.compile(r"(?:w|we|do|dla|in|on|for|to) (?:the |a |tych |te |ta )?[^\W\d_]+")
"""A place, a day or somebody alone: "w niedzielę?", "for children?"."""


def leans_back(question: str) -> bool:
    """Return whether a question leans on what was said before: it is short and names no topic of its own."""
    plain = simplify(question)
    words = plain.split()
    content = [w for w in words if w not in lexicon.EMPTY_CONTENT and len(w) > 1]
    if not content:
        return bool(words)
    if _SUPPOSES.match(plain) and len(words) <= 8 and len(content) <= 3:
        return True
    if question.rstrip().endswith("?") and _ONLY_WHERE.fullmatch(plain):
        return True
    return len(words) <= 5 and len(content) <= 2 and words[0] in _OPENERS


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
    # A question that opens with the English "but" names no shoe ("but").
    replaced = bool(goods_in(re.sub(r"^\W*but\b", "", question, flags=re.IGNORECASE)))
    words = []
    for word in message.split():
        plain = simplify(word)
        if plain and plain not in lexicon.EMPTY_CONTENT and not (replaced and goods_in(word)):
            words.append(word.strip("?!.,;:"))
    return " ".join(words)
