"""What a shopper wants: language, intent, order numbers. Pure: word lists in `lexicon.py`, no I/O."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from assistant import lexicon, phrases
from assistant.brief import Brief, Intent, Utterance
from assistant.cases import complains, is_unusual, is_upset
from assistant.kept import remembered
from assistant.order_aspects import asks_of_own, aspects_of
from assistant.parts import parts_of
from assistant.phrases import Phrase
from assistant.plain import simplify
from assistant.wording import cut_courtesy, cut_person, shorten
from foundation.language import Language
from foundation.letter import ADDRESS_IN_TEXT

_NUMBER_LIKE = re.compile(
    r"(?:#|\b(?:nr|numer\w*|zam\w*|order|number|no)\.?:? ?)\s*(?P<named>[A-Za-z]{0,6}[-/ ]?\d[\d/-]{2,24})"
    r"|(?<![\w@.+-])(?P<coded>[A-Za-z]{1,6}[-/]?\d{2,4}[-/ ]\d{3,12}|[A-Za-z]{1,4}-?\d{4,12})(?![\w@])"
    r"|(?<![\w@.,+/-])(?P<bare>(?!\d{9}\b)\d{5,24})(?![\w@-])",
    re.IGNORECASE,
)


DetectLanguage = Callable[[str, Language, Collection[Language]], Language]
"""Text, prior and the shop's languages in, one of these out."""
ForeignLanguage = Callable[[str], object]
"""Text in; something true when it is surely in a language that we do not speak."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """A shopper's unanswered messages, understood.

    Attributes:
        text: All of them, a line each.
        question: Without greetings and courtesy, at most `MAX_QUESTION_CHARS`; empty if nothing is left.
        language: To answer in.
        order_numbers: What looks like an order's number, as written.
        own_order: For `Intent.ORDER_STATUS`: surely about an order of the shopper's own. If not, an article
            may answer as well.
        about_refund: Asks where goods or money given back are.
        also_asks: For `Intent.ORDER_STATUS`: what is asked besides, for an article to answer; mostly empty.
        about_status: Asks how an order stands, not for a part of it such as its price.
        foreign: In a language we do not speak.
        complaint: Tells of a grievance of their own; general questions on complaints are none.
        unusual: Tells of a case of their own that articles cannot settle.
        upset: Is angry or let down, in so many words.
    """

    text: str
    question: str
    language: Language
    intent: Intent
    order_numbers: tuple[str, ...] = ()
    own_order: bool = False
    about_refund: bool = False
    also_asks: str = ""
    about_status: bool = True
    foreign: bool = False
    complaint: bool = False
    unusual: bool = False
    upset: bool = False


def understand(brief: Brief, detect: DetectLanguage, foreign: ForeignLanguage) -> Understanding:
    """Understand the messages of a turn."""
    text = "\n".join(m.strip() for m in brief.messages if m.strip())
    offered = _offered_a_person(brief.history)
    return _understood(
        text, offered, brief.language, tuple(brief.languages), brief.forced_language, detect, foreign
    )


@remembered(512)
def _understood(
    text: str,
    offered: bool,
    prior: Language,
    languages: tuple[Language, ...],
    forced: Language | None,
    detect: DetectLanguage,
    foreign: ForeignLanguage,
) -> Understanding:
    """Understand a text; `offered`: a person was, by the reply before."""
    if not any(c.isalnum() for c in text):
        return Understanding(text, "", forced or prior, Intent.EMPTY)
    plain = simplify(text)
    question = question_of(text)
    told = _small_talk(plain, offered=offered)
    if told is not None or not question:
        # A lone "ok" or "hej" says little of a language: what was spoken so far weighs more.
        language = forced or detect(text, prior, languages)
        return Understanding(text, question or text, language, told or Intent.GREETING)
    language = forced or _spoken(question, prior, languages, detect)
    numbers = order_numbers(text)
    intent, own = _intent(plain, numbers)
    also_asks = _besides(question) if intent is Intent.ORDER_STATUS else ""
    about_refund = _any(lexicon.REFUND_STATUS, plain)
    alien = intent is Intent.QUESTION and not numbers and bool(foreign(question))
    return Understanding(
        text,
        question,
        language,
        intent,
        numbers,
        own,
        about_refund,
        also_asks,
        not aspects_of(plain),
        alien,
        complaint=complains(text),
        unusual=is_unusual(text),
        upset=is_upset(text),
    )


def question_of(text: str) -> str:
    """Return what a message asks: without greetings, courtesy and who writes; empty if nothing is left."""
    return shorten(cut_courtesy(cut_person(text)) or cut_courtesy(text))


def _spoken(
    question: str, prior: Language, languages: tuple[Language, ...], detect: DetectLanguage
) -> Language:
    """Return the language of a question; an address or a number alone is in none."""
    words = _NUMBER_LIKE.sub(" ", ADDRESS_IN_TEXT.sub(" ", question))
    if not any(c.isalpha() for c in words):
        return prior if prior in languages else languages[0]
    return detect(words, prior, languages)


def order_numbers(text: str) -> tuple[str, ...]:
    """Return what looks like order numbers, in order of appearance, without repeats."""
    found = (m["named"] or m["coded"] or m["bare"] for m in _NUMBER_LIKE.finditer(text))
    return tuple(dict.fromkeys(number.strip(" -/") for number in found))


def _intent(plain: str, numbers: tuple[str, ...]) -> tuple[Intent, bool]:
    if _wants_person(plain):
        return Intent.WANTS_PERSON, False
    if _any(lexicon.ABOUT_ASSISTANT, plain):
        return Intent.ABOUT_ASSISTANT, False
    status = _status(plain, numbers)
    if status is not None:
        return Intent.ORDER_STATUS, status
    own = asks_of_own(plain, numbered=bool(numbers))
    if own is not None:
        return Intent.ORDER_STATUS, own
    if _any(lexicon.RETURN, plain) and not lexicon.ASKING.search(plain):
        return Intent.RETURN, False
    return Intent.QUESTION, False


def _besides(question: str) -> str:
    """Return the parts of a question that ask about no order of one's own."""
    parts = [part.kind for part in parts_of(question)]
    others = [part for part in parts if _status(simplify(part), ()) is None]
    return " ".join(others) if 0 < len(others) < len(parts) else ""


def _wants_person(plain: str) -> bool:
    if lexicon.PERSON_ALONE.fullmatch(_without(plain, lexicon.GREETING_WORDS | lexicon.COURTESY_WORDS)):
        return True
    return _any(lexicon.WANTS_PERSON, plain) and not _any(lexicon.NOT_WANTS_PERSON, plain)


def _status(plain: str, numbers: tuple[str, ...]) -> bool | None:
    """Return whether an order of one's own is surely meant; None if no order is asked about."""
    if _any(lexicon.REFUND_STATUS, plain):
        return False
    if lexicon.NOT_STATUS.search(plain):
        return None
    how_to = lexicon.HOW_TO.search(plain) is not None
    # Rules that read the whole message read it without its greeting.
    clause = _without_leading(plain, lexicon.GREETING_WORDS | lexicon.COURTESY_WORDS) or plain
    for rule in lexicon.ORDER_STATUS_OWN:
        match = rule.search(clause) or rule.search(plain)
        if match and not lexicon.NOT_OWN_THINGS.match(match.groupdict().get("thing") or ""):
            return not how_to
    alone = len(plain.split()) <= 6 and not lexicon.NUMBER_OF_ANOTHER.search(plain)
    if numbers and (alone or _any(lexicon.ORDER_STATUS_MAYBE, plain)):
        return True
    if _any(lexicon.ORDER_STATUS_MAYBE, clause):
        return False
    return None


def _small_talk(plain: str, *, offered: bool) -> Intent | None:
    words = plain.split()
    if offered and _accepts_a_person(frozenset(words)):
        return Intent.WANTS_PERSON
    if all(w in lexicon.GREETING_WORDS for w in words):
        return Intent.GREETING
    polite = lexicon.THANKS_WORDS | lexicon.GREETING_WORDS
    if all(w in polite for w in words) and any(w in lexicon.THANKS_CORE for w in words):
        return Intent.THANKS
    return None


def _accepts_a_person(words: frozenset[str]) -> bool:
    if words <= lexicon.YES_WORDS:
        return bool(words & lexicon.YES_CORE) and words != {"no"}
    allowed = lexicon.YES_WORDS | lexicon.OFFERED_PERSON | lexicon.OFFERED_PERSON_FILLERS
    return bool(words & lexicon.OFFERED_PERSON) and words <= allowed


def _offered_a_person(history: Sequence[Utterance]) -> bool:
    last = next((u for u in reversed(history) if u.by != "system"), None)
    offers = (
        Phrase.OFFER_PERSON,
        Phrase.NEAR_TOPICS,
        Phrase.WHICH_TOPIC,
        Phrase.SIGN_IN_HOW,
        Phrase.GUEST_ORDER_HOW,
        Phrase.LATE_PARCEL,
    )
    return last is not None and last.by == "assistant" and phrases.contains(last.body, *offers)


def _without(plain: str, words: frozenset[str]) -> str:
    return " ".join(w for w in plain.split() if w not in words)


def _without_leading(plain: str, words: frozenset[str]) -> str:
    rest = plain.split()
    while rest and rest[0] in words:
        rest = rest[1:]
    return " ".join(rest)


def _any(rules: Iterable[re.Pattern[str]], plain: str) -> bool:
    return any(rule.search(plain) for rule in rules)
