"""The letters that confirm a withdrawal or a complaint: what came, word for word, and when. Pure.

Sources: ustawa o prawach konsumenta (below: u.p.k.), art. 30 (a receipt of the withdrawal without delay, on
a durable medium), art. 32 and art. 34 (what follows a withdrawal), art. 7a (the clock of a complaint). A
receipt confirms receipt. It neither accepts nor refuses, and promises nothing that the law does not give.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from customer.day_words import EN, PL, written_day, written_moment
from customer.request import CustomerRequest, RequestKind, Wanted
from customer.terms import day_of
from foundation.language import Language
from foundation.letterhead import Letterhead
from foundation.style import Wording

_SUBJECT = {
    RequestKind.WITHDRAWAL: {
        PL: "Otrzymaliśmy Twoje oświadczenie o odstąpieniu od umowy ({number}){shop}",
        EN: "We have received your withdrawal from the contract ({number}){shop}",
    },
    RequestKind.COMPLAINT: {
        PL: "Otrzymaliśmy Twoją reklamację ({number}){shop}",
        EN: "We have received your complaint ({number}){shop}",
    },
}
_OPENING = {
    RequestKind.WITHDRAWAL: {
        PL: (
            "Dzień dobry,\n\n"
            "potwierdzamy, że {when} dotarło do nas Twoje oświadczenie o odstąpieniu od umowy."
        ),
        EN: "Hello,\n\nwe confirm that your statement of withdrawal from the contract reached us on {when}.",
    },
    RequestKind.COMPLAINT: {
        PL: "Dzień dobry,\n\npotwierdzamy, że {when} dotarła do nas Twoja reklamacja.",
        EN: "Hello,\n\nwe confirm that your complaint reached us on {when}.",
    },
}
_LABELS = {
    "number": {PL: "Numer zgłoszenia", EN: "Reference"},
    "order": {PL: "Numer zamówienia, jak go podano", EN: "Order number, as given"},
    "items": {PL: "Czego dotyczy", EN: "What it is about"},
    "since": {PL: "Od kiedy, jak podano", EN: "Since when, as given"},
    "wanted": {PL: "Oczekiwanie", EN: "What you ask for"},
    "photos": {PL: "Liczba zdjęć", EN: "Photos"},
}
_NOT_GIVEN = {PL: "nie podano", EN: "not given"}
_WHOLE_ORDER = {PL: "nie wskazano pojedynczych rzeczy", EN: "no single things were named"}
_WANTED = {
    Wanted.REPAIR: {PL: "naprawa", EN: "repair"},
    Wanted.REPLACEMENT: {PL: "wymiana", EN: "replacement"},
    Wanted.PRICE_CUT: {PL: "obniżenie ceny", EN: "a lower price"},
    Wanted.REFUND: {PL: "zwrot pieniędzy", EN: "money back"},
}
_WORDS = {PL: "Treść, słowo w słowo:", EN: "The text, word for word:"}
_NEXT = {
    RequestKind.WITHDRAWAL: {
        PL: (
            "Ta wiadomość potwierdza, że oświadczenie do nas dotarło i kiedy. O dalszych krokach napisze "
            "osoba z obsługi sklepu; jeśli będzie trzeba, zapyta o szczegóły.",
            "Co mówi ustawa o prawach konsumenta, gdy przysługuje prawo odstąpienia:",
            "- rzeczy odsyła się nie później niż 14 dni od dnia odstąpienia od umowy; wystarczy wysłać je "
            "przed końcem tego terminu (art. 34 ust. 1),\n"
            "- sklep oddaje pieniądze nie później niż 14 dni od otrzymania oświadczenia, a może z tym "
            "poczekać, aż dostanie rzeczy albo dowód ich odesłania (art. 32).",
        ),
        EN: (
            "This message confirms that your statement reached us, and when. A person from the shop will "
            "write to you about the next steps and ask if anything is unclear.",
            "What the Polish Consumer Rights Act says where there is a right of withdrawal:",
            "- goods are sent back no later than 14 days after the day of withdrawal; sending them before "
            "the end of that period is enough (art. 34(1)),\n"
            "- the shop pays back no later than 14 days after it received the statement, and may wait "
            "until it has the goods or proof that they were sent (art. 32).",
        ),
    },
    RequestKind.COMPLAINT: {
        PL: (
            "Odpowiemy najpóźniej {due}.",
            "Na reklamację konsumenta sklep odpowiada w ciągu 14 dni od dnia jej otrzymania, na papierze "
            "albo na innym trwałym nośniku, na przykład e-mailem. Jeśli w tym czasie nie odpowie, uważa "
            "się, że uznał reklamację (art. 7a ustawy o prawach konsumenta).",
            "Ta wiadomość potwierdza, że reklamacja do nas dotarła i kiedy. Nie jest jeszcze odpowiedzią "
            "na nią.",
        ),
        EN: (
            "We will answer by {due} at the latest.",
            "A shop answers a consumer's complaint within 14 days of the day it was received, on paper or on "
            "another durable medium such as e-mail. If it does not answer in that time, it is considered to "
            "have accepted the complaint (art. 7a of the Polish Consumer Rights Act).",
            "This message confirms that your complaint reached us, and when. It is not yet the answer to it.",
        ),
    },
}
_CLOSING = {
    PL: "Zachowaj tę wiadomość: jest potwierdzeniem dla Ciebie.",
    EN: "Please keep this message: it is your confirmation.",
}
_FORMAL = {
    _SUBJECT[RequestKind.WITHDRAWAL][PL]: (
        "Otrzymaliśmy oświadczenie o odstąpieniu od umowy ({number}){shop}"
    ),
    _SUBJECT[RequestKind.COMPLAINT][PL]: "Otrzymaliśmy reklamację ({number}){shop}",
    _OPENING[RequestKind.WITHDRAWAL][PL]: (
        "Dzień dobry,\n\npotwierdzamy, że {when} dotarło do nas oświadczenie o odstąpieniu od umowy."
    ),
    _OPENING[RequestKind.COMPLAINT][PL]: "Dzień dobry,\n\npotwierdzamy, że {when} dotarła do nas reklamacja.",
    _CLOSING[PL]: "Prosimy zachować tę wiadomość: jest potwierdzeniem zgłoszenia.",
}
"""What stands for a Polish text where nobody is addressed by "ty"; the others address nobody."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A letter: one line, and plain text."""

    subject: str
    body: str


def receipt_of(request: CustomerRequest, letterhead: Letterhead | None = None) -> Receipt:
    """Return the letter that confirms a request, in the request's language."""
    language, kind = request.language, request.kind
    letterhead = letterhead or Letterhead()
    shop_name, said = letterhead.shop_name, Wording(letterhead.style, _FORMAL)
    last = written_day(day_of(request.due_at - timedelta(microseconds=1)), language)
    parts = [
        said(_OPENING[kind][language]).format(when=written_moment(request.received_at, language)),
        "\n".join(f"{_LABELS[name][language]}: {value}" for name, value in _facts(request)),
        f"{_WORDS[language]}\n{quoted(request.words)}",
        *(part.format(due=last) for part in _NEXT[kind][language]),
        said(_CLOSING[language]),
    ]
    if foot := letterhead.foot(language):
        parts.append(foot)
    subject = said(_SUBJECT[kind][language]).format(
        number=request.number, shop=f" · {shop_name}" if shop_name else ""
    )
    return Receipt(subject, "\n\n".join(parts) + "\n")


def statement_of(order_number: str, items: tuple[str, ...], language: Language) -> str:
    """Return the statement that the form's second step shows, and that is kept word for word once confirmed.

    Source: the model form of annex 2 to u.p.k., in its substance.
    """
    polish = language is PL
    text = "Odstępuję od umowy sprzedaży" if polish else "I withdraw from the contract of sale"
    if items:
        text += " następujących rzeczy: " if polish else " of the following goods: "
        text += "; ".join(items)
    if order_number:
        text += f". Numer zamówienia: {order_number}" if polish else f". Order number: {order_number}"
    return text + "."


def quoted(words: str) -> str:
    """Return somebody's words as a mail quotes them: no line of theirs can pass for one of ours."""
    return "\n".join(f"> {line}" if line else ">" for line in words.splitlines())


def _facts(request: CustomerRequest) -> list[tuple[str, str]]:
    language = request.language
    facts = [
        ("number", request.number),
        ("order", request.order_number or _NOT_GIVEN[language]),
        ("items", "; ".join(request.items) or _WHOLE_ORDER[language]),
    ]
    if request.kind is RequestKind.COMPLAINT:
        wanted = _WANTED[request.wanted][language] if request.wanted else _NOT_GIVEN[language]
        facts += [
            ("since", request.since or _NOT_GIVEN[language]),
            ("wanted", wanted),
            ("photos", str(len(request.photos))),
        ]
    return facts
