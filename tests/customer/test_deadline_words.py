"""What a shopper is told of a withdrawal's deadline and doubts."""

# ruff: noqa: E501 - a sentence reads best on one line

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from customer.contract import Exception38, Facts, Item, Parcel
from customer.day_words import until_day, written_day
from customer.deadline_words import told
from customer.returns import Doubt, Reason, withdraw
from foundation.language import Language

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SATURDAY = Parcel(datetime(2026, 11, 7, 12, tzinfo=UTC))
TUESDAY = Parcel(datetime(2026, 11, 17, 9, tzinfo=UTC))


def test_it_is_told_in_polish() -> None:
    found = withdraw(Facts(parcels=(SATURDAY,)), at=NOW)
    assert told(found, Language.PL) == (
        "Od umowy można odstąpić do poniedziałku, 23 listopada 2026, do końca dnia: wystarczy w tym czasie "
        "wysłać oświadczenie.",
        "Ustawa daje na to 14 dni (art. 27 ustawy o prawach konsumenta).",
        "Termin liczy się od odebrania przesyłki, 7 listopada 2026; tego dnia się nie wlicza.",
        "Ostatni dzień wypadł w sobotę, 21 listopada 2026, więc termin przeszedł na najbliższy dzień roboczy.",
    )


def test_it_is_told_in_english() -> None:
    found = withdraw(Facts(parcels=(TUESDAY, SATURDAY), shop_days=30), at=NOW)
    assert told(found, Language.EN) == (
        "You can withdraw from the contract until the end of Thursday, 17 December 2026: sending the statement "
        "by then is enough.",
        "This is our shop's own longer period. The one by law ends on 1 December 2026; after it the shop's "
        "conditions hold.",
        "The order came in several parcels, so the period is counted from the day the last one was received, "
        "17 November 2026; that day is not counted.",
    )


def test_who_was_told_late_hears_from_when() -> None:
    found = withdraw(Facts(parcels=(TUESDAY,), informed=date(2026, 11, 20)), at=NOW)
    first, second = told(found, Language.PL)
    assert "do piątku, 4 grudnia 2026" in first
    assert "przyszła dopiero 20 listopada 2026" in second


@pytest.mark.parametrize("language", Language)
def test_nobody_is_refused(language: Language) -> None:
    late = withdraw(Facts(parcels=(Parcel(datetime(2026, 9, 1, tzinfo=UTC)),)), at=NOW)
    sentences = told(late, language)
    assert ("Oświadczenie można wysłać mimo to." in sentences[0]) or ("all the same" in sentences[0])
    assert sentences[-1] in ("Sprawdzi to osoba z obsługi sklepu.", "A person from the shop will check it.")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("exception", Exception38)
def test_every_exception_has_words(exception: Exception38, language: Language) -> None:
    unknown = withdraw(Facts(items=(Item("Termos", exception),), parcels=(TUESDAY,)), at=NOW)
    sentences = told(unknown, language)
    assert any(re.search(r"Termos \([^)]{5,}\) \(art\. 38 ", sentence) for sentence in sentences)


def every_case() -> list[Facts]:
    goods = Facts(parcels=(TUESDAY,))
    several = Facts(parcels=(TUESDAY, SATURDAY))
    contract = Facts(hands_over_goods=False, concluded_at=TUESDAY.possessed_at)
    picked = Facts(parcels=(Parcel(TUESDAY.possessed_at, from_locker=True),))
    regular = Facts(parcels=(TUESDAY,), regular=True)
    waiting = Facts(parcels=(Parcel(None),))
    unknown = Facts(delivery_unknown=True)
    wrong = Facts(parcels=(Parcel(datetime(2030, 1, 1, tzinfo=UTC)),))
    informed = [
        Facts(parcels=(TUESDAY,), informed=False),
        Facts(parcels=(TUESDAY,), informed=date(2026, 11, 20)),
    ]
    shop = Facts(parcels=(TUESDAY,), shop_days=30, business=True, closed=True)
    old = Facts(parcels=(Parcel(datetime(2026, 9, 1, tzinfo=UTC)),))
    kinds = Facts(
        items=(Item("A", Exception38.PRESS), Item("B", Exception38.MIXED)),
        parcels=(TUESDAY,),
    )
    return [goods, several, contract, picked, regular, waiting, unknown, wrong, *informed, shop, old, kinds]


@pytest.mark.parametrize("language", Language)
def test_every_reason_and_doubt_is_told(language: Language) -> None:
    met: set[Reason | Doubt] = set()
    for known in every_case():
        found = withdraw(known, at=NOW)
        met |= {*found.reasons, *found.doubts}
        sentences = told(found, language)
        assert sentences
        assert len(set(sentences)) == len(sentences)
        assert all(re.fullmatch(r"[A-ZŻŚĆŁ][^{}]+\.", sentence) for sentence in sentences)
        assert found.needs_person == (sentences[-1].startswith(("Sprawdzi to", "A person")))
    assert met == {*Reason, *Doubt}


@pytest.mark.parametrize(
    ("day", "polish", "english"),
    [
        (date(2026, 1, 7), "środy, 7 stycznia 2026", "Wednesday, 7 January 2026"),
        (date(2028, 2, 29), "wtorku, 29 lutego 2028", "Tuesday, 29 February 2028"),
        (date(2026, 12, 28), "poniedziałku, 28 grudnia 2026", "Monday, 28 December 2026"),
    ],
)
def test_days_in_words(day: date, polish: str, english: str) -> None:
    assert until_day(day, Language.PL) == polish
    assert until_day(day, Language.EN) == english
    assert written_day(day, Language.EN) == english.split(", ")[1]
