"""Texts of the page on which an owner erases a person."""

# ruff: noqa: E501 - a sentence reads best on one line
from __future__ import annotations

from foundation.language import Language

PL, EN = Language.PL, Language.EN

PRIVACY_TEXTS: dict[str, dict[Language, str]] = {
    "privacy.tab": {PL: "Dane osób", EN: "Privacy"},
    "privacy.title": {PL: "Usuwanie danych osoby", EN: "Erase a person"},
    "privacy.lead": {
        PL: "Na żądanie klienta (art. 17 RODO). Najpierw zobaczysz, ile czego zniknie; niczego nie da się potem przywrócić.",
        EN: "When a customer asks for it (GDPR, art. 17). First you see how much of what would go; it cannot be undone.",
    },
    "privacy.customer_id": {PL: "Identyfikator klienta w sklepie", EN: "The customer's id in your shop"},
    "privacy.email": {PL: "Adres e-mail", EN: "E-mail address"},
    "privacy.email_hint": {
        PL: "Także dla gości. Wystarczy jedno z dwóch.",
        EN: "For guests, too. One of the two is enough.",
    },
    "privacy.look": {PL: "Pokaż, co zniknie", EN: "Show what would go"},
    "privacy.erase": {PL: "Usuń na zawsze", EN: "Erase for good"},
    "privacy.other": {PL: "Inna osoba", EN: "Another person"},
    "privacy.would": {PL: "Zniknie", EN: "This would be erased"},
    "privacy.done": {PL: "Usunięte", EN: "Erased"},
    "privacy.import": {
        PL: "Usuń tę osobę także w systemie sklepu: następny import zamówień przywróciłby jej dane.",
        EN: "Erase this person in your shop system as well: the next import of orders would bring them back.",
    },
    "privacy.kept": {
        PL: "Zostają, bo nie są załatwione: {numbers}. Prawo każe na nie odpowiedzieć albo oddać pieniądze. Załatw je i usuń dane jeszcze raz.",
        EN: "Kept, because they are not settled: {numbers}. The law asks for an answer or the money. Settle them, then erase once more.",
    },
    "privacy.problem.nobody": {
        PL: "Niczego o tej osobie tu nie ma.",
        EN: "There is nothing of this person here.",
    },
    "privacy.problem.unnamed": {
        PL: "Podaj identyfikator klienta albo poprawny adres e-mail.",
        EN: "Give the customer's id, or a valid e-mail address.",
    },
    "privacy.count.customers": {PL: "Dane klienta", EN: "Customer records"},
    "privacy.count.orders": {PL: "Zamówienia", EN: "Orders"},
    "privacy.count.memories": {PL: "Zapamiętane prośby i zgody", EN: "Wishes and consents remembered"},
    "privacy.count.proofs": {
        PL: "Rozmowy gości, którzy potwierdzili zamówienie",
        EN: "Chats of guests who proved an order",
    },
    "privacy.count.conversations": {PL: "Rozmowy", EN: "Conversations"},
    "privacy.count.events": {
        PL: "Wiadomości i inne zdarzenia w nich",
        EN: "Messages and other events in them",
    },
    "privacy.count.letters": {PL: "E-maile, wysłane i czekające", EN: "Mails, sent and waiting"},
    "privacy.count.requests": {
        PL: "Załatwione odstąpienia i reklamacje",
        EN: "Settled withdrawals and complaints",
    },
    "privacy.count.photos": {PL: "Zdjęcia z reklamacji", EN: "Photos of complaints"},
}
