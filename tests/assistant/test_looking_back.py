"""Which messages refer to an earlier conversation, ask of one, or ask how a request stands."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.looking_back import (
    asks_of_earlier,
    asks_of_request,
    day_named,
    refers_back,
    request_numbers,
    without_reference,
)
from customer.request import RequestKind

COMPLAINT, WITHDRAWAL = RequestKind.COMPLAINT, RequestKind.WITHDRAWAL


@pytest.mark.parametrize(
    ("text", "fresh", "begun"),
    [
        ("pisałem wczoraj w sprawie zwrotu", True, True),
        ("Pisałam do was w poniedziałek o reklamacji", True, True),
        ("3 dni temu pytałam o fakturę", True, True),
        ("wracam do naszej ostatniej rozmowy", True, True),
        ("as I said last time", True, True),
        ("I wrote to you last week about a return", True, True),
        ("we talked yesterday", True, True),
        ("jak już mówiłem", True, False),
        ("as I said", True, False),
        ("I already asked about this", True, False),
        ("zamówiłem wczoraj buty", False, False),
        ("pisałem wczoraj maila", False, False),
        ("dzwoniłam i pytałam wczoraj", False, False),
        ("kurier pisał, że będzie wczoraj", False, False),
        ("I ordered last week", False, False),
        ("when was the last time I bought boots", False, False),
        ("ostatnim razem paczka przyszła uszkodzona", False, False),
        ("ostatnim razem mówiliście, że zwrot jest za darmo", True, True),
        ("last time you told me that returns are free", True, True),
        ("dostałem wczoraj paczkę", False, False),
        ("ile mam dni na zwrot?", False, False),
    ],
)
def test_what_refers_to_an_earlier_conversation(text: str, fresh: bool, begun: bool) -> None:
    assert (refers_back(text, begun=False), refers_back(text, begun=True)) == (fresh, begun)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Pisałam wczoraj w sprawie zwrotu, ile mam dni?", "zwrotu, ile mam dni?"),
        ("Hi, I wrote to you last week about my order, where is it?", "Hi, my order, where is it?"),
        ("pisałem wczoraj w sprawie zwrotu", "pisałem wczoraj w sprawie zwrotu"),
        ("jak już mówiłem, ile mam dni na zwrot?", "jak już mówiłem, ile mam dni na zwrot?"),
        ("ile mam dni na zwrot?", "ile mam dni na zwrot?"),
    ],
)
def test_the_reference_is_no_part_of_the_question(text: str, rest: str) -> None:
    assert without_reference(text) == rest


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("o czym ostatnio rozmawialiśmy?", True),
        ("czy pamiętasz naszą rozmowę?", True),
        ("co o mnie wiesz?", True),
        ("what did we talk about last time?", True),
        ("do you remember me?", True),
        ("o czym jest ta książka?", False),
        ("co pisać w formularzu?", False),
        ("do you remember to wrap gifts?", False),
        ("what do you know about me, my data", False),
        ("co o mnie wiecie, moje dane osobowe", False),
    ],
)
def test_what_asks_of_an_earlier_conversation(text: str, asks: bool) -> None:
    assert asks_of_earlier(text, begun=False) is asks


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("co z moją reklamacją?", {COMPLAINT}),
        ("czy dostaliście moją reklamację?", {COMPLAINT}),
        ("co z moim zwrotem", {WITHDRAWAL}),
        ("czy moje odstąpienie dotarło?", {WITHDRAWAL}),
        ("jaki jest status mojego zgłoszenia?", {COMPLAINT, WITHDRAWAL}),
        ("any news on my return?", {WITHDRAWAL}),
        ("has my complaint been received?", {COMPLAINT}),
        ("jak złożyć reklamację?", set()),
        ("co zrobić z reklamacją", set()),
        ("jaki jest termin zwrotu?", set()),
        ("what is your return policy?", set()),
        ("gdzie jest moja paczka?", set()),
    ],
)
def test_which_requests_are_asked_about(text: str, kinds: set[RequestKind]) -> None:
    assert asks_of_request(text) == kinds


OWN = """co nowego w sprawie mojej reklamacji?
czy ktoś zajmuje się moim zgłoszeniem?
dlaczego nikt nie odpowiada na moją reklamację?
jaki numer ma moje zgłoszenie?
mój zwrot - co z nim?
ile dni macie jeszcze na moją reklamację?
kiedy oddacie pieniądze za mój zwrot?
złożyłam reklamację, co dalej?
is somebody working on my complaint?
what did you decide about my complaint?
when is my complaint due?
have you registered my return?
my complaint, any news?
can you check on my complaint
where are we with my return?"""
OTHERS = """jak złożyć reklamację na moje buty?
czy mogę anulować mój zwrot?
ile kosztuje mój zwrot kurierem?
gdzie wysłać moją reklamację?
jak długo trwa zwrot?
czy muszę mieć paragon do reklamacji?
gdzie sprawdzę numer i status mojej przesyłki?
zamówiłam wczoraj, kiedy dostanę?
napisałam opinię o kurtce
how do I send my return?
can I cancel my return?
what do I need for my complaint form?
I bought boots last week, can I return them?
did you ship my order yesterday?
I told my friend yesterday about your shop
can I change my return to an exchange?"""


@pytest.mark.parametrize("text", OWN.split("\n"))
def test_who_asks_how_an_own_request_stands(text: str) -> None:
    assert asks_of_request(text)


@pytest.mark.parametrize("text", OTHERS.split("\n"))
def test_who_asks_something_else(text: str) -> None:
    assert not asks_of_request(text)
    assert not refers_back(text, begun=False)
    assert not asks_of_earlier(text, begun=False)


def test_numbers_of_requests() -> None:
    assert request_numbers("co z rk 2026 00003 i ZW-2026-00017?") == ("RK-2026-00003", "ZW-2026-00017")
    assert request_numbers("zamówienie ZW-2026-000171") == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("pisałem wczoraj", date(2026, 11, 16)),
        ("pisałam przedwczoraj", date(2026, 11, 15)),
        ("I wrote on Monday", date(2026, 11, 16)),
        ("pisałem we wtorek", date(2026, 11, 10)),
        ("rozmowa z 12 listopada", date(2026, 11, 12)),
        ("I wrote on the 30th of December", date(2025, 12, 30)),
        ("31 lutego pisałem", None),
        ("pisałem ostatnio", None),
    ],
)
def test_which_day_is_named(text: str, day: date | None) -> None:
    assert day_named(text, date(2026, 11, 17)) == day
