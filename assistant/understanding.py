"""What a shopper wants: language, intent, order numbers. Pure: word lists in `lexicon.py`, no I/O."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant import lexicon, phrases
from assistant.brief import Brief, Intent, Utterance
from assistant.phrases import Phrase
from foundation.language import Language
from knowledge.text import edit_distance
from knowledge.words import fold

MAX_QUESTION_CHARS = 500
"""A retriever gets no more: of a longer text its questions, else how it begins and ends."""

MENDED_FROM_CHARS, SWAPPED_FROM_CHARS = 6, 5
"""Shorter words have too many neighbours one letter away ("idzie", "gdzie"); two letters swapped are told earlier."""

_NOT_WORDS = re.compile(r"[^\w]+")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_NUMBER_LIKE = re.compile(
    r"(?:#|\b(?:nr|numer\w*|zam\w*|order|number|no)\.?:? ?)\s*(?P<named>[A-Za-z]{0,6}[-/ ]?\d[\d/-]{2,24})"
    r"|(?<![\w@.+-])(?P<coded>[A-Za-z]{1,6}[-/]?\d{2,4}[-/ ]\d{3,12}|[A-Za-z]{1,4}-?\d{4,12})(?![\w@])"
    r"|(?<![\w@.,+/-])(?P<bare>(?!\d{9}\b)\d{5,24})(?![\w@-])",
    re.IGNORECASE,
)

DetectLanguage = Callable[[str, Language], Language]
"""Text and prior in, one of our languages out."""
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
        foreign: In a language we do not speak.
    """

    text: str
    question: str
    language: Language
    intent: Intent
    order_numbers: tuple[str, ...] = ()
    own_order: bool = False
    about_refund: bool = False
    foreign: bool = False


def understand(brief: Brief, detect: DetectLanguage, foreign: ForeignLanguage) -> Understanding:
    """Understand the messages of a turn."""
    text = "\n".join(m.strip() for m in brief.messages if m.strip())
    if not any(c.isalnum() for c in text):
        return Understanding(text, "", brief.forced_language or brief.language, Intent.EMPTY)
    plain = simplify(text)
    question = _shorten(_cut_courtesy(text))
    told = _small_talk(plain, brief.history)
    if told is not None or not question:
        # A lone "ok" or "hej" says little of a language: what was spoken so far weighs more.
        language = brief.forced_language or detect(text, brief.language)
        return Understanding(text, question or text, language, told or Intent.GREETING)
    language = brief.forced_language or detect(question, brief.language)
    numbers = order_numbers(text)
    intent, own = _intent(plain, numbers)
    about_refund = _any(lexicon.REFUND_STATUS, plain)
    alien = intent is Intent.QUESTION and not numbers and bool(foreign(question))
    return Understanding(text, question, language, intent, numbers, own, about_refund, alien)


def simplify(text: str) -> str:
    """Return folded words with single spaces, keywords misspelt by one letter mended."""
    bare = re.sub(r"['’`´]", "", text)
    return " ".join(_mend(word) for word in _NOT_WORDS.sub(" ", fold(bare)).replace("_", " ").split())


def order_numbers(text: str) -> tuple[str, ...]:
    """Return what looks like order numbers, in order of appearance, without repeats."""
    found = (m["named"] or m["coded"] or m["bare"] for m in _NUMBER_LIKE.finditer(text))
    return tuple(dict.fromkeys(number.strip(" -/") for number in found))


def has_topic(question: str) -> bool:
    """Return whether a question names a topic of its own ("a ile to kosztuje?" does not)."""
    words = [w for w in simplify(question).split() if w not in lexicon.EMPTY_CONTENT and len(w) > 1]
    return bool(words)


def leans_back(question: str) -> bool:
    """Return whether a question needs what was said before: short, and without a topic or opening with "a…"."""
    plain = simplify(question)
    words = plain.split()
    content = [w for w in words if w not in lexicon.EMPTY_CONTENT and len(w) > 1]
    if not content:
        return bool(words)
    return len(words) <= 5 and len(content) <= 2 and plain.split()[0] in lexicon.FOLLOW_UP_OPENERS


def in_context(question: str, history: Sequence[Utterance]) -> str:
    """Return the question, with the shopper's message before it when it leans on that one."""
    if not leans_back(question):
        return question
    for utterance in reversed(history):
        if utterance.by == "shopper" and has_topic(_cut_courtesy(utterance.body)):
            return f"{_shorten(_cut_courtesy(utterance.body))} {question}"
    return question


def _intent(plain: str, numbers: tuple[str, ...]) -> tuple[Intent, bool]:
    if _wants_person(plain):
        return Intent.WANTS_PERSON, False
    if _any(lexicon.ABOUT_ASSISTANT, plain):
        return Intent.ABOUT_ASSISTANT, False
    status = _status(plain, numbers)
    if status is not None:
        return Intent.ORDER_STATUS, status
    if _any(lexicon.RETURN, plain) and not lexicon.ASKING.search(plain):
        return Intent.RETURN, False
    return Intent.QUESTION, False


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
    if numbers and (len(plain.split()) <= 6 or _any(lexicon.ORDER_STATUS_MAYBE, plain)):
        return True
    if _any(lexicon.ORDER_STATUS_MAYBE, clause):
        return False
    return None


def _small_talk(plain: str, history: Sequence[Utterance]) -> Intent | None:
    words = plain.split()
    if _offered_a_person(history) and set(words) <= lexicon.YES_WORDS and set(words) & lexicon.YES_CORE:
        return None if set(words) <= {"no"} else Intent.WANTS_PERSON
    if all(w in lexicon.GREETING_WORDS for w in words):
        return Intent.GREETING
    polite = lexicon.THANKS_WORDS | lexicon.GREETING_WORDS
    if all(w in polite for w in words) and any(w in lexicon.THANKS_CORE for w in words):
        return Intent.THANKS
    return None


def _offered_a_person(history: Sequence[Utterance]) -> bool:
    last = next((u for u in reversed(history) if u.by != "system"), None)
    offers = (Phrase.OFFER_PERSON, Phrase.NEAR_TOPICS, Phrase.GUEST_ORDER_HOW, Phrase.LATE_PARCEL)
    return last is not None and last.by == "assistant" and phrases.contains(last.body, *offers)


def _cut_courtesy(text: str) -> str:
    """Return `text` without the greeting and courtesy it opens with; all of it if nothing else is left."""
    courtesy = lexicon.GREETING_WORDS | lexicon.COURTESY_WORDS
    rest = text.strip()
    while rest:
        match = re.match(r"[\W_]*([^\W_]+)", rest)
        if match is None:
            break
        word, after = fold(match[1]), rest[match.end() :]
        keeps = word in lexicon.QUESTION_OPENERS and not _opens_with_courtesy(after)
        if word not in courtesy or keeps:
            break
        rest = after
    rest = rest.lstrip(" \t\r\n,.;:!-–—)(")
    return rest if any(c.isalnum() for c in rest) else ""


def _opens_with_courtesy(text: str) -> bool:
    match = re.match(r"[\W_]*([^\W_]+)", text)
    return match is not None and fold(match[1]) in lexicon.GREETING_WORDS


def _shorten(text: str) -> str:
    if len(text) <= MAX_QUESTION_CHARS:
        return text
    asked = [s.strip() for s in _SENTENCE.findall(text) if s.rstrip().endswith("?")]
    half = MAX_QUESTION_CHARS // 2
    if asked:
        joined = " ".join(asked)
        return joined if len(joined) <= MAX_QUESTION_CHARS else _whole_words(joined, MAX_QUESTION_CHARS)
    return f"{_whole_words(text, half)} {_whole_words(text[-half:][::-1], half)[::-1]}"


def _whole_words(text: str, limit: int) -> str:
    cut = text[:limit]
    return cut.rsplit(None, 1)[0] if len(text) > limit and " " in cut.strip() else cut


def _without(plain: str, words: frozenset[str]) -> str:
    return " ".join(w for w in plain.split() if w not in words)


def _without_leading(plain: str, words: frozenset[str]) -> str:
    rest = plain.split()
    while rest and rest[0] in words:
        rest = rest[1:]
    return " ".join(rest)


def _any(rules: Iterable[re.Pattern[str]], plain: str) -> bool:
    return any(rule.search(plain) for rule in rules)


_KNOWN = frozenset(lexicon.KEYWORDS)


@lru_cache(maxsize=8192)
def _mend(word: str) -> str:
    if len(word) < SWAPPED_FROM_CHARS or word in _KNOWN or not word.isalpha():
        return word
    near = [k for k in lexicon.KEYWORDS if abs(len(k) - len(word)) <= 1 and edit_distance(word, k, 1) <= 1]
    if len(word) < MENDED_FROM_CHARS:
        near = [k for k in near if sorted(k) == sorted(word)]
    # A form that only differs in its ending is another form of the word, not a mistake.
    near = [k for k in near if word[: len(k) - 1] != k[:-1] and word[:-1] != k]
    return near[0] if near else word
