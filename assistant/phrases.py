"""The assistant's fixed texts, looked up: by name, language and form of address, and the other way round.

What is said here needs no source: it claims nothing about the shop, its goods or an order. Polish avoids
forms with a gender: the assistant has none, and whom it speaks to is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from assistant import phrases_en, phrases_pl
from assistant.phrase import Phrase
from foundation.language import Language
from foundation.style import Style

__all__ = ["Phrase", "contains", "every", "kind_of", "opens_with", "say"]

PL, EN = Language.PL, Language.EN

ASK_PERSON_LABEL: Mapping[Language, str] = {PL: "Porozmawiaj z człowiekiem", EN: "Talk to a person"}

WITHDRAW_LABEL: Mapping[Language, str] = {PL: "Odstępuję od umowy", EN: "I withdraw from the contract"}
SEND_BACK_LABEL: Mapping[Language, str] = {PL: "Jak odesłać zwrot?", EN: "How do I send the return?"}
NOTED_NAME: Mapping[Language, str] = {PL: "Dobrze, {name}.", EN: "All right, {name}."}
CONSENT_LABELS: Mapping[Language, tuple[str, str]] = {
    PL: ("Tak, zapamiętaj", "Nie, dziękuję"),
    EN: ("Yes, remember it", "No, thanks"),
}
EARLIER_LABELS: Mapping[Language, tuple[str, str]] = {
    PL: ("Tak, korzystaj", "Nie, dziękuję"),
    EN: ("Yes, do so", "No, thanks"),
}
ANY_KIND_LABEL: Mapping[Language, str] = {PL: "Obojętnie", EN: "Anything"}
ANY_PRICE_LABEL: Mapping[Language, str] = {PL: "Bez ograniczeń", EN: "Any price"}
SEND_CODE_LABEL: Mapping[Language, str] = {PL: "Wyślij mi kod", EN: "Send me a code"}


def say(phrase: Phrase, language: Language, style: Style = Style.INFORMAL) -> tuple[str, ...]:
    """Return the sentences of a fixed text; what is not informal addresses nobody by "ty"."""
    if language is EN:
        return phrases_en.TEXTS[phrase]
    informal = phrases_pl.INFORMAL[phrase]
    return informal if style is Style.INFORMAL else phrases_pl.FORMAL.get(phrase, informal)


def every(phrase: Phrase) -> Iterator[tuple[str, ...]]:
    """Yield a fixed text in each language and form, without repeats."""
    forms = [say(phrase, language, style) for language in (PL, EN) for style in Style]
    yield from dict.fromkeys(forms)


_KINDS: Mapping[str, Phrase] = {
    sentence.strip(): phrase for phrase in Phrase for sentences in every(phrase) for sentence in sentences
}


def kind_of(sentence: str) -> Phrase | None:
    """Return which fixed text a sentence belongs to, or None for any other sentence."""
    return _KINDS.get(sentence.strip())


def opens_with(body: str, *phrases: Phrase) -> bool:
    """Return whether a message of the assistant opens with one of the given fixed texts."""
    return body.startswith(_openings(phrases))


def contains(body: str, *phrases: Phrase) -> bool:
    """Return whether a message of the assistant has a sentence of one of the given fixed texts."""
    return bool(body) and any(sentence in body for sentence in _sentences(phrases))


@lru_cache(maxsize=256)
def _openings(phrases: tuple[Phrase, ...]) -> tuple[str, ...]:
    return tuple(texts[0] for phrase in phrases for texts in every(phrase))


@lru_cache(maxsize=256)
def _sentences(phrases: tuple[Phrase, ...]) -> tuple[str, ...]:
    found = (sentence.strip() for phrase in phrases for texts in every(phrase) for sentence in texts)
    return tuple(dict.fromkeys(found))
