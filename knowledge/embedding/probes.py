"""A few questions with passages that answer them, to measure an embedding model by.

They tell how far its cosines reach (unrelated texts score 0.1 in one model, 0.75 in another) and whether it
understands Polish. Row by row, both languages say the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foundation.language import Language

# A model "speaks Polish" if it ranks the translation first for at least this share of the probes.
_LEAST_TRANSLATED = 0.85

#: By language: (question, passage that answers it); passages answer no other question of the list.
PROBES: dict[Language, tuple[tuple[str, str], ...]] = {
    Language.PL: (
        ("Ile mam czasu na oddanie butów?", "Zwrot towaru\nNa odesłanie zakupów jest 14 dni od dostawy."),
        ("Gdzie jest moja paczka?", "Śledzenie przesyłki\nPołożenie przesyłki pokazuje strona przewoźnika."),
        ("Karta została odrzucona", "Nieudana płatność\nGdy zapłata się nie powiedzie, spróbuj ponownie."),
        ("Potrzebuję faktury na firmę", "Faktura VAT\nZaznacz w koszyku fakturę i podaj NIP."),
        ("Jak zmierzyć stopę?", "Rozmiary obuwia\nPostaw stopę na kartce i zmierz jej długość."),
        ("Nie pamiętam hasła", "Konto i logowanie\nNowe hasło ustawisz przez odsyłacz z e-maila."),
        ("Czy kurtka przemaka?", "Wodoodporność\nMembrana nie przepuszcza deszczu."),
        ("Mój kod nie działa", "Rabaty\nKod promocyjny wpisuje się raz, przed zapłatą."),
    ),
    Language.EN: (
        ("How long do I have to give the shoes back?", "Returns\nGoods can be sent back for 14 days."),
        ("Where is my parcel?", "Tracking a shipment\nThe carrier's page shows where the package is."),
        ("My card was declined", "Failed payment\nIf paying does not succeed, try again."),
        ("I need an invoice for my company", "VAT invoice\nTick invoice in the basket, add the tax number."),
        ("How do I measure my foot?", "Shoe sizes\nStand on a sheet of paper and take the length."),
        ("I forgot my password", "Account and signing in\nSet a new password by the link in the e-mail."),
        ("Does the jacket let water through?", "Waterproofing\nThe membrane keeps the rain out."),
        ("My code does not work", "Discounts\nA promotional code is entered once, before paying."),
    ),
}


def probe_texts(query_prefix: str, passage_prefix: str) -> list[str]:
    """Return questions and passages by turns, language after language."""
    pairs = [pair for language in Language for pair in PROBES[language]]
    return [text for q, p in pairs for text in (query_prefix + q, passage_prefix + p)]


def speaks_polish(vectors: NDArray[Any]) -> bool:
    """Tell whether Polish questions lie nearest to their English translations."""
    questions = np.split(vectors[0::2], len(Language))
    cosines = questions[0] @ questions[1].T
    hits = (cosines.argmax(axis=1) == np.arange(len(cosines))).mean()
    return bool(hits >= _LEAST_TRANSLATED)


def cosine_range(vectors: NDArray[Any]) -> dict[str, tuple[float, float]]:
    """Return the mean cosine of questions with other passages and with their own, by language."""
    ranges = {}
    for language, part in zip(Language, np.split(vectors, len(Language)), strict=True):
        ranges[language.value] = range_of(part[0::2], part[1::2])
    return ranges


def range_of(questions: NDArray[Any], passages: NDArray[Any]) -> tuple[float, float]:
    """Return the mean cosine of questions with other passages and with their own."""
    cosines = questions @ passages.T
    own = np.eye(len(cosines), dtype=bool)
    return round(float(cosines[~own].mean()), 4), round(float(cosines[own].mean()), 4)
