"""A sentence as clauses: their words, claims, marks and who acts. Pure, and kept by text.

Everything is read from one folded text, in which what has been read as a claim or a mark is blanked, so that
no letter counts twice.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.claims import Claim, claims_of, plain, spaced
from assistant.families import is_light, key_of
from assistant.idioms import plain_verbs
from assistant.marks import Mark, Marked, marks
from foundation.language import Language

PL, EN = Language.PL, Language.EN


@dataclass(frozen=True, slots=True)
class Word:
    """A word: folded, what it is compared by, where it stands, and whether it is written as a name."""

    form: str
    key: str
    start: int
    light: bool
    name: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A claim, and whether it is a least (1), a most (-1), or said as it is (0)."""

    claim: Claim
    bound: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A mark and the word or claim that it belongs to.

    Attributes:
        head: What its head is compared by; a claim's value; empty if nothing follows.
        opens: Whether it is the first word of its clause.
    """

    mark: Mark
    head: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence between commas, colons, brackets or conjunctions.

    Attributes:
        agents: Who acts in it, as far as a verb's ending or a subject tells: shop, customer.
        acts: The same for single verbs, by what they are compared by.
        condition: What must hold for the clause: heads of a leading "if", "in", "after", "from 249 zł"…
        subordinate: Whether the clause is a condition of the one beside it, as "if" and "until" make it.
        nouns: Shop or customer where they are named by a noun.
        names: What stands in quotation marks, folded.
        asks: Whether it begins as a request does: "choose", "wybierz".
        colon: Whether it opens with a colon.
        listed: Whether it is joined by a mere "and" or "or", which may join two nouns.
        reason: Whether it gives a reason: "because", "bo".
        mentions: Shop or customer where they are spoken of at all.
        acting: Whether somebody acts in it or is told to: it is no mere member of a list.
        bound: Whether it belongs to the clause before: it opens with a colon, a dash or a bracket.
    """

    words: tuple[Word, ...]
    said: tuple[Said, ...]
    turns: tuple[Turn, ...]
    agents: frozenset[Mark]
    acts: tuple[tuple[str, Mark], ...]
    condition: tuple[str, ...]
    subordinate: bool
    nouns: frozenset[Mark]
    names: tuple[str, ...]
    bound: bool
    colon: bool = False
    listed: bool = False
    asks: bool = False
    reason: bool = False
    acting: bool = False
    mentions: frozenset[Mark] = frozenset()


@lru_cache(maxsize=8192)
def clauses(text: str, language: Language) -> tuple[Clause, ...]:
    """Return the clauses of a sentence, none of them empty."""
    text = plain_verbs(text, language)
    folded = plain(text)
    made = claims_of(folded)
    rest = _blanked(folded, [claim.span for claim in made])
    marked = marks(rest, language)
    found = [mark for mark in marked if mark.mark not in (Mark.SHOP, Mark.CUSTOMER)]
    rest = _blanked(rest, [(mark.start, mark.end) for mark in marked])
    words = _words(text, rest, language)
    # Bounds of claims are theirs, not their clause's.
    bounds = {claim.span: _bound(folded, claim) for claim in made}
    edges = [0, *sorted({m.start() for m in _EDGE[language].finditer(rest)}), len(folded)]
    parts: list[Clause] = []
    for start, end in pairwise(edges):
        own_words = tuple(w for w in words if start <= w.start < end)
        own_said = tuple(Said(c, bounds[c.span]) for c in made if start <= c.span[0] < end)
        own_marks = [m for m in found if start <= m.start < end]
        if _WHILE_NOT.search(folded[start:end]):
            own_marks = (
                [m for m in own_marks if m.mark is not Mark.NOT]
                if any(m.mark is Mark.NOT for m in own_marks)
                else [replace(m, mark=Mark.IF) if m.mark is Mark.UNLESS else m for m in own_marks]
            )
        if not (own_words or own_said or own_marks):
            continue
        heads = sorted(
            [(w.start, w.key) for w in own_words if not w.light]
            + [(s.claim.span[0], s.claim.value) for s in own_said]
        )
        first = re.match(r"\W*", folded[start:end])
        opening = start + (first.end() if first else 0)
        turns = tuple(
            Turn(
                m.mark,
                next((h for at, h in heads if at >= m.end), heads[-1][1] if heads else ""),
                m.start <= opening + 2,
            )
            for m in own_marks
            if m.mark not in (Mark.LEAST, Mark.MOST, Mark.BEFORE, Mark.AFTER, Mark.ONLY, Mark.UNLESS)
            or not _bounds_a_claim(m, own_said, folded)
        )
        actors = [m for m in marked if m.mark in (Mark.SHOP, Mark.CUSTOMER) and start <= m.start < end]
        acts, agents = _actors(folded, own_words, [(m.start, m.end, m.mark) for m in actors], language)
        condition, subordinate = _condition(folded[opening:end], opening, heads, language, first=not parts)
        parts.append(
            Clause(
                own_words,
                own_said,
                turns,
                agents,
                acts,
                condition,
                subordinate,
                frozenset(m.mark for m in actors if _NOUN.match(folded, m.start)),
                tuple(m[1].strip(" .,") for m in _QUOTED.finditer(folded) if start <= m.start() < end),
                folded[start : start + 1] in (":", "(", "[") or folded.startswith(" - ", start),
                folded[start : start + 1] == ":",
                _LISTED.match(folded, start) is not None,
                not parts and _ASKS[language].match(folded[opening:end]) is not None,
                _REASON.match(folded, opening) is not None,
                bool(acts or agents)
                or _ASKS[language].match(_JOINED.sub("", folded[opening:end])) is not None,
                agents | {m.mark for m in actors},
            )
        )
    return tuple(parts)


_ASKS = {
    PL: re.compile(
        r"(?:prosze |prosimy )?(?:wybierz|podaj|napisz|zadzwon|zaznacz|kliknij|wpisz|wyslij|odeslij|spakuj|zapakuj|dolacz|sprawdz|"
        r"zmierz|stan|potwierdz|zaplac|zaloguj|zglos|zachowaj|wloz|wyjmij|pierz|wypierz|susz|wysusz|czysc|wyczysc|nanies|usun|"
        r"otworz|nadaj|zrob|przeslij|pokaz|popros|przyjdz|odbierz|zamow|przymierz|wydrukuj|naklej|oddaj|przygotuj|odczekaj|uzyj)\b"
    ),
    EN: re.compile(
        r"(?:please )?(?:choose|give|enter|write|call|tick|click|send|pack|add|check|measure|stand|confirm|pay|sign|log|report|keep|"
        r"put|take|wash|dry|clean|apply|remove|open|hand|show|ask|come|collect|order|try|print|stick|prepare|wait|use|tell|fill|"
        r"select|type|go|make|leave|attach|brush|spray|lay)\b"
    ),
}
_LISTED = re.compile(r"(?:i|oraz|albo|lub|and|or)\b")
_JOINED = re.compile(r"^(?:(?:i|oraz|a|albo|lub|potem|nastepnie|and|or|then|next|also|tez|takze) )*")
_REASON = re.compile(r"(?:bo|poniewaz|gdyz|because)\b")
_WHILE_NOT = re.compile(r"\bdopoki\b")
"""*Dopóki nie* is *until*: it denies nothing; *dopóki* alone is *while*."""
_NOUN = re.compile(
    r"(?:the )?(?:sklep|sprzedaw|klient|kupuj|konsum|shop|store|seller|customer|buyer|consumer)"
)
_QUOTED = re.compile(r"[„“”\"«]([^„“”\"«»]{2,60})[“”\"»]")


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text


_EDGE = {
    PL: re.compile(
        r"[,;:()\[\]]| - |\.(?=\s)|(?<=\s)(?:i|oraz|a|ale|lecz|albo|lub|wiec|bo|poniewaz|ktor\w+|natomiast)(?=\s)"
    ),
    EN: re.compile(
        r"[,;:()\[\]]| - |\.(?=\s)|(?<=\s)(?:and|but|or|so|because|while|whereas|which|who)(?=\s)"
    ),
}
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SIZES = frozenset(["XS", "S", "M", "L", "XL", "XXL"])


def _words(text: str, rest: str, language: Language) -> list[Word]:
    """Return the words that are left; a single letter is a size, written large, or no word."""
    written = spaced(text)
    found = []
    for match in _TOKEN.finditer(rest):
        form = re.sub(r"['’](?:s|ll|re|ve|d|m)?$", "", match[0])
        if len(form) == 1 and written[match.start() : match.end()] not in _SIZES:
            continue
        name = len(written) != len(rest) or _is_name(written[match.start() : match.end()], match.start())
        found.append(Word(form, key_of(form, language), match.start(), is_light(form, language), name))
    return found


def _is_name(word: str, start: int) -> bool:
    """Return whether a word is written as a name; the first of a sentence only if it goes on in capitals."""
    return word[1:] != word[1:].lower() or (start > 0 and word[:1].isupper())


_LEAST = re.compile(
    r"(?:\b(?:co najmniej|przynajmniej|minimum|min\.?|ponad|powyzej|wiecej niz|dluzej niz|od|po|najwczesniej(?: po| za)?|dopiero po|"
    r"nie mniej niz|pozniej niz|at least|over|more than|above|from|after|no less than|no sooner than|no earlier than|"
    r"at the earliest(?: after)?|not before|starting (?:at|from)|since|exceed(?:s|ing)?|longer than)) $"
)
_MOST = re.compile(
    r"(?:\b(?:do|najpozniej(?: do| w| w ciagu)?|maksymalnie|maks\.?|najwyzej|nie wiecej niz|nie dluzej niz|nie pozniej niz|ponizej|"
    r"mniej niz|krocej niz|w ciagu|w terminie|przed|up to|at most|at the most|within|no later than|not later than|by|until|till|before|"
    r"below|under|less than|no more than|at the latest|maximum(?: of)?)(?: the| of| kwoty)?) $"
)
_LEAST_AFTER = re.compile(
    r"^ ?(?:lub|i|albo|or|and) (?:wiecej|more|over|above|longer|dluzej)\b|^\+|^ (?:at the earliest|najwczesniej)"
)
_MOST_AFTER = re.compile(r"^ ?(?:at the latest|najpozniej|at most|maksymalnie|or less|or sooner|lub mniej)\b")
_BESIDE_BEFORE, _BESIDE_AFTER = 26, 20


def _bound(folded: str, claim: Claim) -> int:
    before = folded[max(0, claim.span[0] - _BESIDE_BEFORE) : claim.span[0]]
    after = folded[claim.span[1] : claim.span[1] + _BESIDE_AFTER]
    if re.search(
        r"\bnie (?:po|pozniej niz|dluzej niz|wiecej niz|przekracza\w*|powyzej) $|\b(?:no|not) (?:later|more|longer|higher|greater) than $|\bnot (?:above|over|after|exceed\w*) $",
        before,
    ):
        return -1
    if _MOST_AFTER.match(after) or _MOST.search(before):
        return -1
    return 1 if _LEAST_AFTER.match(after) or _LEAST.search(before) else 0


def _bounds_a_claim(mark: Marked, said: tuple[Said, ...], folded: str) -> bool:
    if mark.mark is Mark.ONLY:
        # "Only 2 minutes" is 2 minutes.
        return any(0 <= s.claim.span[0] - mark.end <= 1 for s in said)
    if mark.mark in (Mark.BEFORE, Mark.AFTER, Mark.UNLESS):
        # "Before 13:00" is a most of 13:00: what it bounds says it already.
        return any(s.bound and 0 <= s.claim.span[0] - mark.end <= 1 for s in said)
    return any(0 <= s.claim.span[0] - mark.end <= 14 or 0 <= mark.end - s.claim.span[1] <= 16 for s in said)


_SUBJECT = {
    PL: re.compile(r"sklep|my|klient|klienci|kupujacy|konsument|konsumenci|ty|pan|pani|panstwo|sprzedawca"),
    EN: re.compile(r"we|we['’]\w+|you|you['’]\w+|(?:the )?(?:shop|store|customer|buyer|consumer|seller)s?"),
}
_SHOP_VERB, _CUSTOMER_VERB = (
    re.compile(r"\w{2,}(?:emy|amy|imy|ymy)$"),
    re.compile(r"\w{2,}(?:esz|asz|isz|ysz)$"),
)
_NO_VERB = frozenset(["firmy", "ramy", "formy", "platformy", "problemy", "systemy", "normy"])


def _actors(
    folded: str, words: tuple[Word, ...], actors: list[tuple[int, int, Mark]], language: Language
) -> tuple[tuple[tuple[str, Mark], ...], frozenset[Mark]]:
    acts: list[tuple[str, Mark]] = []
    agents: set[Mark] = set()
    for start, end, mark in actors:
        if not _SUBJECT[language].fullmatch(folded[start:end]):
            if folded[start:end] in ("yours", "ours"):
                agents.add(mark)
            continue
        follows = next((w for w in words if w.start >= end), None)
        if language is PL or (follows is not None and follows.start - end <= 20):
            agents.add(mark)
        # "Sklep pyta", "the shop asks": what follows the noun at once is what is done.
        beside = 20 if language is EN else 1
        if follows is not None and follows.start - end <= beside:
            acts.append((follows.key, mark))
    if language is PL:
        for word in words:
            if _SHOP_VERB.fullmatch(word.form) and word.form not in _NO_VERB:
                acts.append((word.key, Mark.SHOP))
            elif _CUSTOMER_VERB.fullmatch(word.form):
                acts.append((word.key, Mark.CUSTOMER))
        agents |= {mark for _, mark in acts}
    return tuple(acts), frozenset(agents)


_CONDITION = {
    PL: re.compile(
        r"(?:tylko )?(?:jesli|jezeli|gdy|gdyby|o ile|pod warunkiem|w razie|w przypadku|kiedy|przy|po|przed|od|dla|podczas|chyba ze|dopoki|zanim|bez)\b"
    ),
    EN: re.compile(
        r"(?:only )?(?:if|when|once|unless|until|in (?:a|an|the case of|case of|case)|for|after|before|without|from|during|on condition|provided|as long as|except)\b"
    ),
}
_HEADS = 3


def _condition(
    said: str, opening: int, heads: list[tuple[int, str]], language: Language, *, first: bool
) -> tuple[tuple[str, ...], bool]:
    """Return what must hold, of a clause that opens with "if", "in", "after"…, and whether it is all of it."""
    match = _CONDITION[language].match(said)
    if match is None:
        return (), False
    wide = re.match(
        r"(?:tylko |only )?(?:jesli|jezeli|gdy|o ile|pod|chyba|dopoki|zanim|if|when|once|unless|until|provided|as long)",
        said,
    )
    follow = [head for at, head in heads if at >= opening + match.end()]
    if not follow or not (first or wide):
        return (), False
    return tuple(follow[: _HEADS if wide else 1]), wide is not None
