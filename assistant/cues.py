"""What kind of answer a question asks for, and which sentences are of that kind. Data and pure look-ups.

"Ile na zwrot?" wants a time, "ile kosztuje?" an amount, "jak zwrócić?" steps, "gdzie?" a place.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from assistant.claims import claims
from knowledge.analysis.words import fold


class Cue(StrEnum):
    """A kind of answer that is asked for."""

    TIME = "time"
    MONEY = "money"
    NUMBER = "number"
    STEPS = "steps"
    CHOICE = "choice"
    YES_NO = "yes_no"
    OTHER = "other"
    PLACE = "place"
    CONTACT = "contact"


_QUESTIONS: tuple[tuple[Cue, re.Pattern[str]], ...] = tuple(
    (cue, re.compile(pattern))
    for cue, pattern in (
        (
            Cue.MONEY,
            r"\bile (?:to )?(?:mnie )?(?:kosztuj\w*|wynosi koszt|zaplac\w*|place|placi\w*|wynosi oplata|za (?!granic))|"
            r"\b(?:koszt\w*|cen[aeynię]\w*|cennik\w*|oplat[aey]\w*|darmow\w*|za darmo|bezplatn\w*|gratis|platn[aey]|"
            r"od jakiej kwoty|od ilu zl\w*|minimaln\w+ kwot\w+)\b|"
            r"\b(?:how much|cost\w*|price\w*|fee|fees|charge\w*|free|pay for|expensive|minimum order)\b",
        ),
        (
            Cue.TIME,
            r"\b(?:jak dlugo|ile (?:\w+ )?(?:czasu|dni|godzin\w*|tygodni|miesiecy|idzie|trwa\w*|czeka\w*|lezy|potrwa|mam na|na|leci|zajmuj\w*)|"
            r"kiedy|do kiedy|od kiedy|po ilu|w ile|ilu dni|termin\w*|o ktorej|do ktorej|od ktorej|godzin\w*|jak szybko|dni|wazn\w+|"
            r"czas\w* (?:dostaw\w*|realizacj\w*|zwrot\w*))\b|"
            r"\b(?:how long|when|how many (?:days|hours|weeks|months)|how soon|how fast|how quick\w*|deadline|what time|hours|until when|"
            r"(?:delivery|shipping|transit|processing|handling|lead) times?|time (?:limit|frame)|last|expire\w*|valid|period|days)\b",
        ),
        (Cue.NUMBER, r"\b(?:ile|ilu|how many)\b"),
        (
            Cue.CONTACT,
            r"\b(?:telefon\w*|mail\w*|e ?mail\w*|kontakt\w*|skontaktowac|dodzwonic|zadzwonic|napisac do|numer (?:do|telefonu)|infolini\w*|"
            r"contact|phone|call you|reach you|get in touch|hotline)\b",
        ),
        (
            Cue.PLACE,
            r"\b(?:gdzie|dokad|skad|adres\w*|pod jaki|na jaki adres|w jakim miejscu|where|address|which place|location)\b",
        ),
        (
            Cue.STEPS,
            r"^(?:a )?jak\b(?! dlugo| szybko| duz| wysok| czesto)|\b(?:jak (?:moge|mozna|mam|sie|to|zrobic|zwroc\w*|oddac|odeslac|zlozyc|"
            r"zmieni\w*|wymieni\w*|zaplac\w*)|w jaki sposob|co (?:mam |trzeba |musze |powinienem |powinnam |nalezy )?(?:zrobic|robic)|jak dziala\w*|krok po kroku|instrukcja|procedura)\b|"
            r"^how\b(?! long| much| many| soon| fast| quick| big| far)|\b(?:how (?:do|can|to|should|would)|what (?:do|should|must) i do|steps|procedure|instructions?)\b",
        ),
        (
            Cue.CHOICE,
            r"\b(?:jaki\w*|ktor\w*|czym|sposob\w*|metod\w*|opcj\w*|form\w*|rodzaj\w*|which|what (?:kind|type|payment|delivery|options|methods|are)|"
            r"options?|methods?|ways)\b",
        ),
        (
            Cue.YES_NO,
            r"^(?:a |no )?(?:czy|mozna|moge|da sie|macie|jest|sa|wolno|mozecie|mogliby\w*)\b|\bczy\b|"
            r"^(?:and |so )?(?:can|could|do|does|is|are|may|will|would|am|have|has|did|must|should)\b",
        ),
        (
            Cue.OTHER,
            r"\b(?:kto|komu|czyj\w*|dlaczego|czemu|co (?:jesli|gdy|teraz|dalej|z|sie)|who|why|what (?:if|happens|about))\b",
        ),
    )
)

# "What is that lowest price?" asks for no amount.
_MEANING = re.compile(
    r"\b(?:o co chodzi|co (?:to )?(?:znacz\w+|oznacza\w*)|co to (?:za|jest)|what (?:does|do) .* mean|what is (?:that|this|the meaning))\b"
)

_PLACES = re.compile(
    r"\b(?:ul|adres\w*|address|street|zakladc\w*|stopc\w*|footer|strona|stronie|page|section|punkt\w*|w sklepie|moje zamowienia|my orders)\b"
)


@lru_cache(maxsize=1 << 13)
def cues_of(question: str) -> frozenset[Cue]:
    """Return the kinds of answer that a question asks for; empty for one that only names a topic."""
    plain = " ".join(re.sub(r"[^\w]+", " ", fold(question)).split())
    found = {cue for cue, pattern in _QUESTIONS if pattern.search(plain)}
    if _MEANING.search(plain):
        found -= {Cue.TIME, Cue.MONEY, Cue.NUMBER}
    if found & {Cue.TIME, Cue.MONEY}:
        found.discard(Cue.NUMBER)
    return frozenset(found)


def answers(cue: Cue, text: str, *, listed: bool) -> float:
    """Return how far a sentence, or a whole list if `listed`, is of the kind that `cue` asks for, 0 to 1."""
    kinds = _kinds_of(text) if cue in _BY_CLAIMS else frozenset()
    if cue is Cue.TIME:
        return float(bool(kinds & {"duration", "date", "time"}))
    if cue is Cue.MONEY:
        return 1.0 if "amount" in kinds else 0.5 if _is_free(text) else 0.0
    if cue is Cue.NUMBER:
        return float(bool(kinds))
    if cue is Cue.CONTACT:
        return float(bool(kinds & {"phone", "email"}))
    if cue is Cue.PLACE:
        return float(_names_place(text))
    if cue is Cue.OTHER:
        return 0.0
    if cue in (Cue.STEPS, Cue.CHOICE):
        return float(listed)
    return 0.4 * _says_whether(text)


@lru_cache(maxsize=1 << 14)
def _kinds_of(text: str) -> frozenset[str]:
    return frozenset(claim.kind for claim in claims(text))


_FREE = re.compile(r"\b(?:darmow|bezplatn|za darmo|free of charge|free|pays? nothing|nic nie placi)")
_POSSIBLE = re.compile(
    r"\b(?:\w+[eiy]sz|tak|nie|mozna|mozesz|moze|moga|da sie|wolno|wysylamy|dostarczamy|przyjmujemy|oferujemy|prowadzimy|mamy|wystawiamy|"
    r"yes|no|not|can|cannot|may|we (?:offer|deliver|accept|ship|send|do|issue|have)|available|possible)\b"
)
_BY_CLAIMS = frozenset({Cue.TIME, Cue.MONEY, Cue.NUMBER, Cue.CONTACT})


@lru_cache(maxsize=1 << 14)
def _is_free(text: str) -> bool:
    return _FREE.search(fold(text)) is not None


@lru_cache(maxsize=1 << 14)
def _names_place(text: str) -> bool:
    return _PLACES.search(fold(text)) is not None


@lru_cache(maxsize=1 << 14)
def _says_whether(text: str) -> bool:
    return _POSSIBLE.search(fold(text)) is not None
