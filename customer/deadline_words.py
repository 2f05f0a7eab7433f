"""A withdrawal's deadline and doubts told to a shopper, sentence by sentence, in both languages. Pure.

Every date in these sentences was computed by `customer/returns.py`; nothing here refuses.
"""

# ruff: noqa: E501 - a sentence reads best on one line
from __future__ import annotations

from collections.abc import Iterator

from customer.contract import Exception38, Item
from customer.day_words import EN, PL, until_day, written_day
from customer.returns import Basis, Deadline, Doubt, Reason, Standing, Withdrawal
from customer.terms import FreeDay
from foundation.language import Language

_RUNNING = {
    PL: "Od umowy można odstąpić do {until}, do końca dnia: wystarczy w tym czasie wysłać oświadczenie.",
    EN: "You can withdraw from the contract until the end of {until}: sending the statement by then is enough.",
}
_OVER = {
    PL: "Policzyliśmy, że termin na odstąpienie od umowy minął {day}. Oświadczenie można wysłać mimo to.",
    EN: "By our count the period for withdrawing ended on {day}. You can send the statement all the same.",
}
_WHY = {
    Reason.FOURTEEN_DAYS: {
        PL: "Ustawa daje na to 14 dni (art. 27 ustawy o prawach konsumenta).",
        EN: "The law gives 14 days for it (art. 27 of the Polish Consumer Rights Act).",
    },
    Reason.FROM_POSSESSION: {
        PL: "Termin liczy się od odebrania przesyłki, {event}; tego dnia się nie wlicza.",
        EN: "The period is counted from the day the parcel was received, {event}; that day is not counted.",
    },
    Reason.FROM_PICK_UP: {
        PL: "Termin liczy się od odebrania paczki z automatu lub punktu, {event}; tego dnia się nie wlicza.",
        EN: "The period is counted from the day the parcel was picked up, {event}; that day is not counted.",
    },
    Reason.FROM_LAST_PARCEL: {
        PL: "Zamówienie przyszło w kilku paczkach, więc termin liczy się od odebrania ostatniej, {event}; tego "
        "dnia się nie wlicza.",
        EN: "The order came in several parcels, so the period is counted from the day the last one was received, "
        "{event}; that day is not counted.",
    },
    Reason.FROM_FIRST_PARCEL: {
        PL: "Przy regularnych dostawach termin liczy się od odebrania pierwszej, {event}; tego dnia się nie "
        "wlicza.",
        EN: "With regular deliveries the period is counted from the day the first one was received, {event}; that "
        "day is not counted.",
    },
    Reason.FROM_CONTRACT: {
        PL: "Termin liczy się od zawarcia umowy, {event}; tego dnia się nie wlicza.",
        EN: "The period is counted from the day the contract was made, {event}; that day is not counted.",
    },
    Reason.NOT_INFORMED: {
        PL: "Termin jest dłuższy o 12 miesięcy, bo zabrakło informacji o prawie odstąpienia (art. 29 ust. 1 "
        "ustawy o prawach konsumenta).",
        EN: "The period is 12 months longer, because information on the right of withdrawal was missing (art. "
        "29(1) of the Polish Consumer Rights Act).",
    },
    Reason.INFORMED_LATE: {
        PL: "Informacja o prawie odstąpienia przyszła dopiero {event}, więc 14 dni liczy się od tego dnia, bez niego samego (art. 29 ust. 2 ustawy o prawach konsumenta).",
        EN: "Information on the right of withdrawal came only on {event}, so the 14 days are counted from that day, which is not counted itself (art. 29(2) of the Polish Consumer Rights Act).",
    },
    Reason.SHOP_WINDOW: {
        PL: "To dłuższy termin naszego sklepu. Termin z ustawy kończy się {legal}; później obowiązują warunki "
        "sklepu.",
        EN: "This is our shop's own longer period. The one by law ends on {legal}; after it the shop's "
        "conditions hold.",
    },
    Reason.NOT_YET_DELIVERED: {
        PL: "Termin na odstąpienie od umowy jeszcze nie biegnie: zacznie się, gdy dotrze całe zamówienie. "
        "Odstąpić można już teraz.",
        EN: "The period for withdrawing has not begun: it will once you have the whole order. You can withdraw "
        "already now.",
    },
}
_MOVED = {
    FreeDay.SATURDAY: {
        PL: "Ostatni dzień wypadł w sobotę, {day}, więc termin przeszedł na najbliższy dzień roboczy.",
        EN: "The last day fell on a Saturday, {day}, so the end moved to the next working day.",
    },
    FreeDay.SUNDAY: {
        PL: "Ostatni dzień wypadł w niedzielę, {day}, więc termin przeszedł na najbliższy dzień roboczy.",
        EN: "The last day fell on a Sunday, {day}, so the end moved to the next working day.",
    },
    FreeDay.HOLIDAY: {
        PL: "Ostatni dzień wypadł w święto, {day}, więc termin przeszedł na najbliższy dzień roboczy.",
        EN: "The last day fell on a public holiday, {day}, so the end moved to the next working day.",
    },
}
_EXCEPTION = {
    Exception38.SERVICE_DONE: {PL: "usługa już w pełni wykonana", EN: "a service already performed in full"},
    Exception38.MADE_TO_ORDER: {
        PL: "rzecz na zamówienie lub spersonalizowana",
        EN: "made to order or personalised",
    },
    Exception38.PERISHABLE: {PL: "towar o krótkim terminie przydatności", EN: "goods that spoil quickly"},
    Exception38.SEALED_HYGIENE: {
        PL: "towar higieniczny po otwarciu zapieczętowanego opakowania",
        EN: "hygiene goods once their sealed packaging is opened",
    },
    Exception38.MIXED: {PL: "rzecz trwale połączona z inną", EN: "goods inseparably joined with others"},
    Exception38.SEALED_MEDIA: {
        PL: "nagranie lub program po otwarciu zapieczętowanego opakowania",
        EN: "a recording or program once its sealed packaging is opened",
    },
    Exception38.PRESS: {PL: "gazeta lub czasopismo", EN: "a newspaper or magazine"},
    Exception38.DATED_SERVICE: {PL: "usługa na oznaczony dzień", EN: "a service for a set day"},
    Exception38.DIGITAL_CONTENT: {
        PL: "treść cyfrowa udostępniona za zgodą przed końcem terminu",
        EN: "digital content supplied with consent before the period ended",
    },
    Exception38.OTHER: {PL: "inny wyjątek z art. 38", EN: "another exception of art. 38"},
}
_EXCLUDED = {
    PL: "Prawo odstąpienia zwykle nie obejmuje: {items} (art. 38 ustawy o prawach konsumenta).",
    EN: "The right of withdrawal usually does not cover: {items} (art. 38 of the Polish Consumer Rights Act).",
}
_UNSURE = {
    PL: "Od okoliczności zależy, czy prawo odstąpienia obejmuje: {items} (art. 38 ustawy o prawach konsumenta).",
    EN: "It depends on the circumstances whether the right of withdrawal covers: {items} (art. 38 of the "
    "Polish Consumer Rights Act).",
}
_DOUBT = {
    Doubt.BUSINESS: {
        PL: "Przy zakupie na firmę prawo odstąpienia zależy od tego, czy zakup ma charakter zawodowy (art. 38a "
        "ustawy o prawach konsumenta).",
        EN: "With a business purchase the right of withdrawal depends on whether it is of a professional nature "
        "(art. 38a of the Polish Consumer Rights Act).",
    },
    Doubt.DELIVERY_UNKNOWN: {
        PL: "Nie mamy daty odebrania, więc nie możemy policzyć terminu na odstąpienie od umowy.",
        EN: "We have no date of receipt, so we cannot count the period for withdrawing.",
    },
    Doubt.DATE_IMPLAUSIBLE: {
        PL: "Data odebrania w naszym systemie wygląda na błędną, więc nie możemy policzyć terminu na odstąpienie "
        "od umowy.",
        EN: "The date of receipt in our system looks wrong, so we cannot count the period for withdrawing.",
    },
    Doubt.ORDER_CLOSED: {
        PL: "To zamówienie jest już anulowane, zwrócone lub rozliczone.",
        EN: "This order is cancelled, returned or refunded already.",
    },
}
_PERSON = {PL: "Sprawdzi to osoba z obsługi sklepu.", EN: "A person from the shop will check it."}


def told(found: Withdrawal, language: Language) -> tuple[str, ...]:
    """Return what a shopper should hear of a withdrawal, a sentence or two each, the answer first."""
    return tuple(_told(found, language))


def _told(found: Withdrawal, language: Language) -> Iterator[str]:
    if found.deadline is not None:
        yield from _deadline(found.deadline, found.standing, language)
    elif found.standing is Standing.NOT_BEGUN:
        yield _WHY[Reason.NOT_YET_DELIVERED][language]
    for items, words in ((found.excluded, _EXCLUDED), (found.unsure, _UNSURE)):
        if items:
            yield words[language].format(items=_items(items, language))
    yield from (_DOUBT[doubt][language] for doubt in found.doubts if doubt in _DOUBT)
    if found.needs_person:
        yield _PERSON[language]


def _deadline(deadline: Deadline, standing: Standing, language: Language) -> Iterator[str]:
    if standing is Standing.OVER:
        yield _OVER[language].format(day=written_day(deadline.last_day, language))
    else:
        yield _RUNNING[language].format(until=until_day(deadline.last_day, language))
    event = written_day(deadline.term.event_day, language)
    legal = written_day(deadline.legal.last_day, language)
    # Who was told late hears from when: the day of delivery is not the day that counts.
    late = Reason.INFORMED_LATE in deadline.reasons and deadline.basis is Basis.LAW
    for reason in deadline.reasons[:1] if late else deadline.reasons:
        yield _WHY[reason][language].format(event=event, legal=legal)
    if deadline.moved_because is not None and deadline.moved_from is not None:
        day = written_day(deadline.moved_from, language)
        yield _MOVED[deadline.moved_because][language].format(day=day)


def _items(items: tuple[Item, ...], language: Language) -> str:
    return "; ".join(
        f"{item.name} ({_EXCEPTION[item.exception][language]})"
        for item in items
        if item.exception is not None
    )
