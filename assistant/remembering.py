"""Wishes about the conversation itself: shorter, in English, by which name; forget it; how do you know? Pure.

A wish is read into a closed form: nothing that a shopper types is kept or repeated as it is.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from assistant import lexicon
from assistant.brief import Utterance
from assistant.kept import remembered
from assistant.plain import APOSTROPHES, simplify
from assistant.wording import cut_courtesy
from customer.names import KNOWN
from customer.profile import first_name
from foundation.language import Language
from knowledge.analysis.words import fold


class Preference(StrEnum):
    """What a wish is about."""

    LENGTH = "length"  # short, full
    LANGUAGE = "language"  # pl, en
    ADDRESS = "address"  # formal, informal
    NAME = "name"  # a known first name


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_TONGUE = r"(?P<tongue>polsku|angielsku|polish|english)"
_TONGUES = {"polsku": "pl", "polish": "pl", "angielsku": "en", "english": "en"}
_WRITE = r"(?:(?:prosze|mozesz|mozecie|czy mozesz|czy mozecie) )?(?:pisz|odpowiadaj|odpisuj|mow|pisac|odpowiadac|mowic)(?:cie|my)?"
_WRITE_EN = (
    r"(?:(?:please|can you|could you|can we) )?(?:write|answer|reply|speak|talk|continue|respond|switch)"
)

_RULES: tuple[tuple[Preference, str, re.Pattern[str]], ...] = (
    (Preference.LENGTH, "short", re.compile(rf"\b(?:{_WRITE} (?:prosze )?(?:krocej|krotko|zwiezle|zwiezlej)|krocej,? prosze|prosze (?:krocej|o krotsze odpowiedzi)|{_WRITE_EN} (?:\w+ )?(?:shorter|briefly|concisely|short)|(?:please )?(?:keep (?:it|them|answers) (?:short|brief|shorter)|be (?:more )?(?:brief|concise|briefer))|shorter(?: answers)?,? please)\b")),
    (Preference.LENGTH, "full", re.compile(rf"\b(?:{_WRITE} (?:prosze )?(?:dluzej|pelniej|wiecej|(?:bardziej )?szczegolowo|dokladniej)|{_WRITE_EN} (?:\w+ )?(?:longer|in (?:more |full )?detail|in full)|longer(?: answers)?,? please)\b")),
    (Preference.LANGUAGE, "", re.compile(rf"\b(?:{_WRITE} (?:\w+ )?po {_TONGUE}(?:,? prosze)?|{_WRITE_EN.replace('continue', 'continue(?: in)?')} (?:to )?(?:me )?(?:in )?{_TONGUE.replace('tongue', 'tongue2')}(?:,? please)?|(?:po|in) {_TONGUE.replace('tongue', 'tongue3')},? (?:prosze|please)|prosze po {_TONGUE.replace('tongue', 'tongue4')})\b|^\W*(?:po|in) {_TONGUE.replace('tongue', 'tongue5')}\W*$")),
    (Preference.ADDRESS, "formal", re.compile(r"\b(?:prosze )?(?:mowic|zwracac sie|pisac)(?: do mnie)? (?:na|per) (?:pani?|pana|panstwo)\b")),
    (Preference.ADDRESS, "informal", re.compile(r"\b(?:(?:prosze )?(?:mow|mowcie|mowmy|mowic|zwracaj sie|zwracac sie)(?: do mnie| mi| sobie)? (?:na|per) ty)\b")),
    (Preference.NAME, "", re.compile(r"\b(?:(?:prosze )?(?:mow|mowcie|mowic)(?: do)? mi (?:po prostu )?|(?:please |you can |just )?call me )(?P<name>[^\W\d_]{2,20})\b")),
)  # fmt: skip

_MAY_WISH = re.compile(
    r"\b(?:mow|pisac|zwraca|call me|kro|zwiez|short|brief|concise|dluzej|pelniej|wiecej|szczegolowo|dokladniej|longer|detail|full|polsku|angielsku|polish|english)"
)
"""Each rule needs one of these."""
_ROUND = " \n\t,.;:!–-"

_WHENCE = re.compile(
    r"(?:a |and |ale |but )?(?:skad (?:ty )?(?:to |o tym )?(?:wiesz|wiecie|masz|macie|ta informacja)(?: to| te informacje| o tym)?|na jakiej podstawie(?: tak mowisz| to mowisz)?|jakie (?:jest |masz )?(?:tego )?zrodlo|"
    r"gdzie (?:to )?jest (?:to )?napisane|how do you know(?: that| this| it)?|where did you get (?:that|this|it)(?: from)?|where does (?:that|this|it) come from|what(?:s| is) (?:your|the) source(?: for (?:that|this))?)"
)
_FORGET = re.compile(
    r"(?:prosze )?zapomnij(?:cie)?(?: prosze)?(?: o tym| o mnie| to| wszystko| o wszystkim| co (?:\w+ ){0,4}(?:mowil\w+|pisal\w+|powiedzial\w+|zapamietal\w+)| moje (?:preferencje|ustawienia|zyczenia|prosby|imie|(?:wczesniejsze |poprzednie )?rozmowy)| o (?:moich|naszych) (?:wczesniejszych |poprzednich )?rozmowach)?(?: prosze)?|"
    r"(?:please )?forget (?:it|that|this|me|everything|about me|all of (?:it|that)|what i (?:said|told you)|my (?:preferences|name|(?:earlier|previous|old|last) (?:chats?|conversations?))|our (?:earlier|previous|old|last) (?:chats?|conversations?))(?: please)?"
)
_YES = _words(
    "tak yes yeah yep jasne pewnie ok okej okay sure zapamietaj prosze please remember it that do so to dobrze poprosze korzystaj zgoda"
)
_NO = _words(
    "nie no nope thanks thank you dziekuje dzieki not now teraz only this time tylko tym razem trzeba"
)


def wishes_in(text: str) -> dict[Preference, str]:
    """Return the wishes that a message states, in closed form."""
    return dict(_effect_of(text)[1])


def without_wishes(text: str) -> str:
    """Return what else a message says; empty if it states wishes alone."""
    found, rest = _read(text)
    if not found:
        return text
    said = [word for word in simplify(cut_courtesy(rest)).split() if len(word) > 1]
    return rest if any(word not in lexicon.COURTESY_WORDS | lexicon.GREETING_WORDS for word in said) else ""


def asks_whence(text: str) -> bool:
    """Return whether a shopper asks how we know what was said last."""
    return _WHENCE.fullmatch(simplify(text)) is not None


def asks_to_forget(text: str) -> bool:
    """Return whether a shopper asks to forget what they wished."""
    return _effect_of(text)[0]


def consents(text: str) -> bool | None:
    """Return the answer to "shall I remember this?"; None if the message is none."""
    words = simplify(text).split()
    if not words or len(words) > 5:
        return None
    if words[0] in ("nie", "no", "nope") and set(words) <= _NO:
        return False
    return True if set(words) <= _YES else None


def in_effect(
    kept: Mapping[Preference, str], history: Iterable[Utterance], messages: Iterable[str] = ()
) -> dict[Preference, str]:
    """Return the wishes that hold: those kept, then those of this conversation since the last "forget it"."""
    holding = dict(kept)
    said = [utterance.body for utterance in history if utterance.by == "shopper"]
    for text in (*said, *messages):
        forgets, wishes = _effect_of(text)
        if forgets:
            holding.clear()
        if wishes:
            holding |= wishes
    return holding


# Each turn reads all that was said before.
@remembered(2048)
def _effect_of(text: str) -> tuple[bool, Mapping[Preference, str]]:
    """Return whether a message asks to forget, and its wishes; most do neither, which is told soon."""
    bare = fold(APOSTROPHES.sub("", text))
    forgets = "forget" in bare or "zapomnij" in bare
    return forgets and _FORGET.fullmatch(simplify(text)) is not None, _read(text)[0]


def _read(text: str) -> tuple[Mapping[Preference, str], str]:
    plain = fold(text)
    if len(plain) != len(text):
        text = plain  # letters that fold to two: names are read folded then
    if _MAY_WISH.search(plain) is None:
        return {}, text.strip(_ROUND)
    found: dict[Preference, str] = {}
    cuts: list[tuple[int, int]] = []
    for preference, value, rule in _RULES:
        for match in rule.finditer(plain):
            read = value or _value(match, text)
            if read:
                found[preference] = read
                cuts.append(match.span())
    for start, end in sorted(cuts, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return found, text.strip(_ROUND)


def _value(match: re.Match[str], text: str) -> str:
    groups = match.groupdict()
    if "name" in groups:
        # Only a first name that is surely one: nothing else that is typed is ever repeated.
        name = first_name(text[slice(*match.span("name"))]) or ""
        return name if name in KNOWN else ""
    tongue = next((said for said in groups.values() if said), "")
    return Language(_TONGUES[tongue]).value if tongue else ""
