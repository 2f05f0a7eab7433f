"""What a shopper's message is about: one subject of a shop's work, told by words. Pure.

A subject changes nothing of an answer; owners read by it what they are asked, and `okienko evals intents`
measures it. The rules stand in order, the more particular before the more general, and the first that
matches wins: "cancel my newsletter" is about the newsletter, not about an order.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from functools import lru_cache

from assistant.brief import Intent, Subject
from assistant.kept import remembered
from assistant.plain import simplify
from knowledge.analysis.text import edit_distance

# Beginnings of folded words by what they name; `$` ends a whole word.
_THINGS = {
    "newsletter": "newsletter mailing subskry subscri unsubscri wypisz wypisac",
    "review": "review opinion opinia$ opinie$ opinii$ recenz ocena$ ocene$ oceny$ ocenic ocenil feedback testimonial comment komentarz gwiazdk",
    "complaint": "complain complaint reclam reklam claim$ claims$ grievanc skarg skarz zazalen usterk wada$ wady$ wadliw faulty defect niezgodnosc",
    "invoice": "invoice faktur rachunek rachunk bill$ bills$ nip$ fv$ vat$",
    "refund": "refund reimburs rebate compensat rekompens restitut moneyback",
    "money": "money$ cash$ pieniadz pieniedz kasa$ kase$ kasy$ hajs srodk",
    "back": "back$ return oddac oddaje oddaci odda$ zwroc zwrot zwrac",
    "return": "return zwrot zwroc zwrac odesl odsyl oddac oddaje oddam$ oddanie odstap odstep wymian wymien exchang",
    "address": "address adres$ adresu$ adresy$ adresem$ adresow",
    "order": "order orders purchas zamow zakup zakupy$ zakupow",
    "item": "item items article product produkt towar rzecz artykul",
    "cancel": "cancel anul zrezygn rezygn wycof odwol undo$ terminat cofn afford",
    "fee": "fee$ fees$ penalt charg oplat kara$ kary$ koszt",
    "change": "chang edit modif swap switch zmien zmian correct amend updat popraw add$ adding dodac dodaj dorzuc delet remov usun wyrzuc",
    "account": "account konto$ konta$ koncie$ kontem$ profil passwo pwd$ haslo$ hasla$ hasel pin$ passcode log$ login$ logow zalog sign$ signup signing regist rejestr zarejestr user uzytkown membership",
    "pay": "pay$ paid$ pays$ paying$ payment payin plac$ placic placenie zaplac zaplat oplac platn przelew blik$ card$ cards$ karta$ karte$ karty$ raty$ rat$ installment checkout$ transact transakcj",
    "deliver": "deliver dostaw dostarcz dorecz ship$ ships$ shipp shipment wysyl wysl kurier courier paczkomat parcel paczk przesyl postag dispatch locker",
    "arrive": "arriv przyjd przysz dojdz dojdzie dotrze dostane receiv otrzymam",
    "contact": "contact kontakt phone telefon dzwon zadzwon call$ calls$ calling hotline infolini number$ numer$ hours$ godzin czynn email$ mail$ e-mail",
    "help_desk": "service$ support$ helpdesk obslug biuro$ bok$ customer$ konsult agent$",
    "buy": "buy$ buying$ purchas kup$ kupi kupow kupno zamowic zamawia zlozyc acquir obtain shop$ earn$ get$",
    "abroad": "abroad overseas international zagranic kraj$ kraju$ krajow countr niemiec niemcy from$",
}

# A subject is meant where all of the named things are spoken of; `!thing` must not be.
_RULES: tuple[tuple[str, Subject], ...] = (
    ("newsletter", Subject.NEWSLETTER),
    ("complaint", Subject.COMPLAINT),
    ("review", Subject.REVIEW),
    ("cancel fee", Subject.CANCELLATION),
    ("invoice", Subject.INVOICE),
    ("refund", Subject.REFUND),
    ("money back", Subject.REFUND),
    ("address !account", Subject.ADDRESS),
    ("cancel !account", Subject.CANCELLATION),
    ("account", Subject.ACCOUNT),
    ("change order", Subject.ORDER_CHANGE),
    ("change item", Subject.ORDER_CHANGE),
    ("return", Subject.RETURN),
    ("pay", Subject.PAYMENT),
    ("deliver", Subject.DELIVERY),
    ("arrive", Subject.DELIVERY),
    ("help_desk", Subject.CONTACT),
    ("contact", Subject.CONTACT),
    ("order abroad !cancel", Subject.DELIVERY),
    ("buy", Subject.BUYING),
    ("order", Subject.BUYING),
)

_EARLY_END = re.compile(
    r"\b(?:early (?:termination|exit|cancellation)|withdrawal|exit) (?:fee|fees|penalt\w*|charge\w*)\b"
)


@remembered(512)
def subject_of(text: str, intent: Intent, *, about_refund: bool = False) -> Subject:
    """Return what a message is about.

    Args:
        text: The message as written.
        intent: What it asks for, as `assistant.understanding` tells.
        about_refund: Whether it asks where money or goods given back are.
    """
    if intent is Intent.WANTS_PERSON:
        return Subject.PERSON
    if intent is Intent.ORDER_STATUS:
        return Subject.REFUND if about_refund else Subject.ORDER_STATUS
    plain = simplify(text)
    if _EARLY_END.search(plain):
        return Subject.CANCELLATION
    named = things_named(plain)
    for rule, subject in _RULES:
        if all((thing.lstrip("!") in named) is not thing.startswith("!") for thing in rule.split()):
            return subject
    return Subject.OTHER


def things_named(plain: str) -> frozenset[str]:
    """Return what folded words name, by the keys of the table above; a slip of one letter is forgiven."""
    return frozenset(thing for word in plain.split() for thing in _things_of(word))


@lru_cache(maxsize=8192)
def _things_of(word: str) -> frozenset[str]:
    begun = (_BEGINNINGS.get(word[:chars], frozenset()) for chars in range(1, len(word) + 1))
    found = _WORDS.get(word, frozenset()).union(*begun)
    if found or len(word) < _Start.MENDED_FROM_CHARS or not word.isalpha():
        return found
    return frozenset(
        thing for thing, starts in _STARTS.items() if any(start.nearly(word) for start in starts)
    )


class _Start:
    """The beginning of a word, or the whole of it."""

    MENDED_FROM_CHARS = 5

    def __init__(self, written: str) -> None:
        self.letters, self.whole = written.rstrip("$"), written.endswith("$")

    def nearly(self, word: str) -> bool:
        """Tell whether one edit makes a longer word begin like this; the first letter is right."""
        chars = len(self.letters)
        if chars < self.MENDED_FROM_CHARS or word[0] != self.letters[0]:
            return False
        cuts = (word,) if self.whole else (word[: chars - 1], word[:chars], word[: chars + 1])
        return any(edit_distance(cut, self.letters, 1) <= 1 for cut in cuts)


_STARTS = {thing: tuple(map(_Start, line.split())) for thing, line in _THINGS.items()}


def _by_letters(*, whole: bool) -> dict[str, frozenset[str]]:
    """Return what is named by whole words, or by beginnings of words."""
    found: dict[str, set[str]] = {}
    for thing, starts in _STARTS.items():
        for start in starts:
            if start.whole is whole:
                found.setdefault(start.letters, set()).add(thing)
    return {letters: frozenset(things) for letters, things in found.items()}


_WORDS, _BEGINNINGS = _by_letters(whole=True), _by_letters(whole=False)
