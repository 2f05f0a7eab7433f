"""Whether a message is a withdrawal from the contract. Pure, and fast: every message is asked.

Source: ustawa o prawach konsumenta, art. 30: a statement in any form will do, so long as it says so. A clear
one counts from the moment it is received; talk about withdrawing (questions, conditions, what somebody else
said or might say) does not.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from customer.withdrawal_words import QUOTED, WORDINGS, Wording
from foundation.language import Language


class Sign(StrEnum):
    """How clearly a message withdraws."""

    STATEMENT = "statement"
    """It is a withdrawal: keep it, and send its receipt."""
    WISH = "wish"
    """It may be meant as one: show the form's second step, where one tap confirms it."""
    NONE = "none"


def recognise_withdrawal(text: str, language: Language) -> bool:
    """Return whether a message clearly states a withdrawal, in either language.

    Args:
        text: What the shopper wrote.
        language: Of the conversation: misspelt words are understood in it only.
    """
    return sign_of_withdrawal(text, language) is Sign.STATEMENT


def sign_of_withdrawal(text: str, language: Language) -> Sign:
    """Return how clearly a message withdraws; arguments as for `recognise_withdrawal`."""
    found = Sign.NONE
    folded_text = _fold(text)
    for spoken, wording in WORDINGS.items():
        mend = spoken is language
        if not (wording.hint.search(folded_text) or (mend and _has_misspelt(folded_text, spoken))):
            continue
        for sentence, asks in _sentences(text):
            sign = _sign(sentence, wording, asks=asks, mend=spoken if mend else None)
            if sign is Sign.STATEMENT:
                return sign
            found = sign if sign is Sign.WISH else found
    return found


_MARKS = str.maketrans("ąćęłńóśźż", "acelnoszz")
_REPLY = re.compile(r"^\s*>.*$", re.MULTILINE)
_QUOTE = re.compile(r"[„“”\"«»‘][^„“”\"«»‘]{0,2000}[”“\"»«’]|(?<!\w)'[^'\n]{3,2000}'(?!\w)")
_SHORT = re.compile(
    r"\b(art|ust|nr|pkt|ul|zam|dot|ww|tj|np|dn|poz|sp|um|no|mr|mrs|ms|dr|inż|godz|tel|r)\.", re.IGNORECASE
)
_WRAPPED = re.compile(r"\s*\n\s*(?=(?:od|from)\b)", re.IGNORECASE)
_END = re.compile(r"(?<!\d)[.]+|[.]+(?!\d)|[!?;…\n]+")
_TOKEN = re.compile(rf"[^\W_]+(?:[-/][^\W_]+)*|{QUOTED}|[,:()–—-]")
_APOSTROPHES = re.compile(r"['’`´]")
_SPOKEN = {
    "i'm": "i am",
    "im": "i am",
    "we're": "we are",
    "i'd": "i would",
    "we'd": "we would",
    "i'll": "i will",
}
_CONTRACTED = re.compile(r"\b(?:i'm|im|we're|i'd|we'd|i'll|(?:do|does|did|wo|ca|would)n't)\b")


def _fold(text: str) -> str:
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    folded = lowered.translate(_MARKS)
    if folded.isascii():
        return folded
    apart = unicodedata.normalize("NFKD", folded).translate(_MARKS)
    return "".join(char for char in apart if not unicodedata.combining(char))


def _sentences(text: str) -> list[tuple[str, bool]]:
    """Return the sentences of a text and whether each ends with a question mark; quotations are marked."""
    own = _REPLY.sub(" ", unicodedata.normalize("NFC", text))
    own = _SHORT.sub(r"\1 ", _WRAPPED.sub(" ", _QUOTE.sub(f" {QUOTED} ", own)))
    found, start = [], 0
    for end in _END.finditer(own):
        found.append((own[start : end.start()], "?" in end.group()))
        start = end.end()
    return [*found, (own[start:], False)]


def _sign(sentence: str, wording: Wording, *, asks: bool, mend: Language | None) -> Sign:
    written = _APOSTROPHES.sub("'", sentence.lower())
    written = _CONTRACTED.sub(lambda m: _SPOKEN.get(m.group(), m.group()[:-3] + " not"), written)
    tokens = [token if token[0].isalnum() or token == QUOTED else "," for token in _TOKEN.findall(written)]
    words = [_mended(_fold(token), mend) if mend else _fold(token) for token in tokens]
    plain = " ".join(words)
    for found in islice(wording.statement.finditer(plain), _TRIED):
        first = plain[: found.start()].count(" ")
        said = " ".join(tokens[first : first + found.group().count(" ") + 1])
        before, after = plain[: found.start()].strip(), plain[found.end() :].strip()
        if _is_meant(before, said, after, wording, asks=asks):
            return Sign.STATEMENT
    if wording.wish.search(plain) and not wording.denied.search(plain):
        return Sign.WISH
    return Sign.NONE


def _is_meant(before: str, said: str, after: str, wording: Wording, *, asks: bool) -> bool:
    if wording.later.search(after) or (asks and not wording.asking.search(f"{after} ")):
        return False
    clauses = [clause.strip() for clause in f"{before} ".split(", ")]
    own, earlier = clauses[-1].split(), " , ".join(clauses[:-1]).strip()
    joined = [at for at, word in enumerate(own) if word in wording.that]
    if joined:
        reported = f"{earlier} {' '.join(own[: joined[-1]])}".strip(" ,")
        report = wording.report.search(reported)
        if report is None or wording.other.search(reported[: report.start()]):
            return False
        own, earlier = own[joined[-1] + 1 :], reported[: report.start()]
    if wording.condition.search(" ".join((earlier, *own))):
        return False
    nearest = _AND.split(" ".join(own))[-1]
    if (
        wording.sure is None
    ):  # "I" stands in the statement itself: what is before "and" is a clause of its own
        own = nearest.split()
    elif wording.sure.search(said):
        return not wording.other.search(nearest)
    return not wording.other.search(" ".join(own)) and all(wording.lead.fullmatch(word) for word in own)


def _has_misspelt(folded_text: str, language: Language) -> bool:
    words = set(re.findall(r"[a-z]{7,13}", folded_text))  # the verbs; what is withdrawn from is not enough
    return any(_mended(word, language) != word for word in words)


@lru_cache(maxsize=1 << 13)
def _mended(word: str, language: Language) -> str:
    """Return the word that a misspelt one is taken for; others as they are."""
    wording = WORDINGS[language]
    if word in wording.mended or word in wording.kept or not word.isalpha():
        return word
    for right in wording.mended:
        reach = 1 if len(right) < _LONG_CHARS else 2
        if word[0] == right[0] and abs(len(word) - len(right)) <= reach and _apart(word, right) <= reach:
            return right
    return word


_AND = re.compile(r"\b(?:i|oraz|ale|wiec|dlatego|and|so|but)\b")
_LONG_CHARS = 9
_TRIED = 5
"""So many statements of one sentence are looked at: who repeats it without an end does not wait for it."""


def _apart(one: str, other: str) -> int:
    """Return how many letters to add, drop, change or swap with the next lead from one word to the other."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
