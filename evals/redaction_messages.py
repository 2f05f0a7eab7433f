"""Made-up messages to a shop, Polish and English, with personal data and order numbers. Seeded, pure."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from evals.perturb import stripped, with_typo
from evals.redaction_values import KEPT, PERSONAL, Chance, Message

_POLISH = """
Dzień dobry, gdzie jest moje zamówienie {order}? Mój telefon to {phone}.
hej, paczka {parcel} nie doszła, proszę o kontakt {phone}
Proszę o zmianę adresu dostawy na {pl_address}. Zamówienie nr {order}.
Mój e-mail to {email}, a numer zamówienia {order}.
Zwrot proszę na konto {account}. Zamówienie {order}, kwota {price}.
Proszę o fakturę na NIP {nip}, zamówienie {order}
PESEL {pesel}, dowód osobisty {document}, proszę o usunięcie moich danych
Zapłaciłam kartą {card} w dniu {date}, a zamówienie {order} nadal nieopłacone
Nie przyszedł mail na {email}.
numer przesyłki {parcel}, numer telefonu {phone}, adres {pl_address}
Zadzwońcie pod numer {phone} w sprawie zamówienia {order}
Kod BLIK {blik} nie działa, kwota {price}, zamówienie {order}
Nazywam się {pl_name} i mieszkam przy {pl_address}.
Jestem {pl_name}, zamówienie {order} z {date}
Faktura {invoice} ma zły NIP: {nip}. Powinien być REGON {regon}.
Data urodzenia: {birthdate}, PESEL: {pesel}
urodziłem się {birthdate}, czy dostanę rabat? mail {email}
Czy kubek EAN {ean} jest dostępny? Odpiszcie na {email}
Link {link} nie działa, a chcę zobaczyć zamówienie {order}
Zmieniłem adres IP na {ip} i nie mogę się zalogować ({email})
Proszę przelać {price} na rachunek nr {account}
tel.{phone}, mail:{email}
{phone}
{email}
{account}
Przesyłka {parcel} ({order}) – kurier nie mógł się dodzwonić na {phone}!
Proszę o korektę faktury {invoice}: {pl_name}, {pl_address}, NIP {nip}
Moja karta ({card}) została obciążona dwa razy po {price}, zamówienia {order} i {order}
Zwracam zamówienie {order}. Konto: {account}. Pozdrawiam, {pl_name}
telefon: {phone}; zamówienie: {order}; paczka: {parcel}
Czy możecie wysłać SMS na {phone}? list przewozowy {parcel}
Kurier GLS, nr paczki {parcel}, odbiorca: {pl_name}, {pl_address}, tel. {phone}
Na jaki adres odesłać {order}? Mój to {pl_address}
Mój pesel {pesel} a nip {nip}
Numer dowodu {document}, numer zamówienia {order}
Paczka {parcel} miała być {date}, jest {date}. Oddzwońcie: {phone}
Dwa telefony: {phone}, {phone}. I mail {email}.
Nie podam karty, ale mogę konto {account} albo blik na numer {phone}
Zgubiłem hasło, reset przyszedł jako {link}
Wpłaciłem {price} z konta {account} tytułem {order}
Panie {pl_name}, gdzie zamówienie {order}?
""".strip().split("\n")

_ENGLISH = """
Hi, where is my order {order}? You can call me on {foreign_phone}.
My parcel {parcel} has not arrived, please email {email}
Please change the delivery address to {en_address}. Order {order}.
My name is {en_name}, order number {order}, phone {foreign_phone}.
I paid with card {card} on {date} but order {order} is unpaid
Refund to IBAN {account} please, order {order}, {price}
I was born on {birthdate}, passport and ID card {document}
Invoice {invoice} shows a wrong VAT number {nip}
tracking number {parcel}, mobile {foreign_phone}
Do you have EAN {ean} in stock? Reply to {email}.
The link {link} does not work for order {order}
My IP is {ip} and I cannot log in as {email}
I live at {en_address}; can you deliver {order} there?
Thanks, {en_name}
Please send it to {pl_address}, phone {phone}, order {order}
{email}, {foreign_phone}
DHL shipment {parcel} was left at {en_address}, not my place!
Date of birth {birthdate}, PESEL {pesel}
Order {order} and order {order}: which one is {price}? Contact {email}
Could you call {phone} about parcel {parcel}?
Best regards, {en_name}
my BLIK code is {blik}, the amount {price}
""".strip().split("\n")

_SLOT = re.compile(r"\{(\w+)\}")


def messages(count: int, seed: int) -> Iterator[Message]:
    """Yield messages: two thirds Polish, a third without diacritics, a fifth all small, some with a slip."""
    chance = random.Random(seed)  # noqa: S311 - no secret, but the same messages every time
    for _ in range(count):
        templates = _POLISH if chance.random() < 0.66 else _ENGLISH
        text = chance.choice(templates)
        if chance.random() < 0.15:
            text += chance.choice([" ", "\n", " | "]) + chance.choice(templates)
        yield fill(text, chance)


def fill(template: str, chance: Chance) -> Message:
    """Return a template as somebody would have typed it, its slots filled."""
    small, bare = chance.random() < 0.2, chance.random() < 0.33
    personal: list[tuple[str, str]] = []
    kept: list[tuple[str, str]] = []
    parts: list[str] = []
    for index, piece in enumerate(_SLOT.split(template)):
        if index % 2 == 0:
            text = with_typo(piece, chance) if chance.random() < 0.03 else piece
            parts.append(_typed(text, small, bare))
            continue
        value = (PERSONAL.get(piece) or KEPT[piece])(chance)
        if piece in ("pl_name", "en_name", "pl_address"):
            value = _typed(value, small, bare)
        (personal if piece in PERSONAL else kept).append((piece, value))
        parts.append(value)
    return Message("".join(parts), tuple(personal), tuple(kept))


def _typed(text: str, small: bool, bare: bool) -> str:
    text = text.lower() if small else text
    return stripped(text) if bare else text
