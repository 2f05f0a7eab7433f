"""Made-up mails to a shop as people with time write them: stories, quoted mails, signatures of offices. Seeded, pure.

A second opinion on `evals/redaction_messages.py`, with other words and other spellings; written after the patterns
were done, and not looked at while they were written.
"""

# ruff: noqa: E501 - spellings read best on one line
from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from evals.redaction_values import (
    Chance,
    Message,
    account,
    card,
    digits,
    ean,
    invoice,
    nip,
    order,
    parcel,
    pesel,
)

_FIRST = [
    "Joanna",
    "Tomasz",
    "Beata",
    "Andrzej",
    "Halina",
    "Mariusz",
    "Sylwia",
    "Rafał",
    "Wiesława",
    "Dominik",
    "Natalia",
    "Zbigniew",
]
_LAST = [
    "Sobczak",
    "Głowacki",
    "Pawlak",
    "Walczak",
    "Rutkowska",
    "Michalak",
    "Szymczak",
    "Baranowska",
    "Laskowski",
    "Kołodziej",
    "Maciejewska",
    "Urban",
]
_EN_FIRST = ["Hannah", "Daniel", "Rachel", "Matthew", "Sophie", "Andrew", "Laura", "Simon"]
_EN_LAST = ["Whitfield", "Barnes", "Coleman", "Hartley", "Nolan", "Prescott", "Reed", "Shaw"]
_STREETS = [
    "Konwaliowa",
    "Wojska Polskiego",
    "Kościuszki",
    "Sienkiewicza",
    "Wiśniowa",
    "Dworcowa",
    "Bolesława Chrobrego",
    "Zacisze",
    "Starowiejska",
]
_TOWNS = [
    "Tarnów",
    "Kalisz",
    "Ostrów Wielkopolski",
    "Suwałki",
    "Jelenia Góra",
    "Chełm",
    "Puławy",
    "Otwock",
    "Zakopane",
    "Legnica",
]
_FIRMS = ["AWEX", "Drewmax", "Biuro Rachunkowe Liczydło", "Studio Forma", "Meble-Pol"]


def _one_of(chance: Chance, ways: list[Callable[[], str]]) -> str:
    return chance.choice(ways)()


class _Writer:
    """Writes one mail and remembers what it put in."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.personal: list[tuple[str, str]] = []
        self.kept: list[tuple[str, str]] = []
        self.polish = chance.random() < 0.7
        first, last = (_FIRST, _LAST) if self.polish else (_EN_FIRST, _EN_LAST)
        self.person = f"{chance.choice(first)} {chance.choice(last)}"

    def hide(self, kind: str, value: str) -> str:
        self.personal.append((kind, value))
        return value

    def keep(self, kind: str, value: str) -> str:
        self.kept.append((kind, value))
        return value

    def name(self) -> str:
        return self.hide("pl_name" if self.polish else "en_name", self.person)

    def phone(self) -> str:
        a, b, c = (
            self.chance.choice(["602", "516", "793", "668", "885"]),
            digits(self.chance, 3),
            digits(self.chance, 3),
        )
        if not self.polish:
            return self.hide(
                "foreign_phone",
                self.chance.choice(
                    [
                        f"+44 (0)7{self.chance.choice('45789')}{digits(self.chance, 2)} {a} {b}",
                        f"07{self.chance.choice('4578')}{digits(self.chance, 2)} {b}{c}",
                        f"+1 (415) 6{digits(self.chance, 2)}-{digits(self.chance, 4)}",
                        f"0044 20 7{digits(self.chance, 3)} {digits(self.chance, 4)}",
                    ]
                ),
            )
        return self.hide(
            "phone",
            self.chance.choice(
                [
                    f"{a} {b} {c}",
                    f"{a}{b}{c}",
                    f"{a}-{b[:2]}-{b[2]}{c[0]}-{c[1:]}",
                    f"{a} {b}{c}",
                    f"+48 {a}{b}{c}",
                    f"(48) {a} {b} {c}",
                    f"+48-{a}-{b}-{c}",
                    f"{a}/{b}/{c}",
                    f"33 8{digits(self.chance, 2)} {digits(self.chance, 2)} {digits(self.chance, 2)}",
                ]
            ),
        )

    def email(self) -> str:
        plain = self.person.lower().translate(str.maketrans("ąćęłńóśźż", "acelnoszz")).split()
        local = self.chance.choice(
            [
                f"{plain[1]}.{plain[0]}",
                f"{plain[0][0]}{plain[1]}",
                f"biuro-{plain[1]}",
                f"{plain[0]}.{plain[1]}.{digits(self.chance, 2)}",
            ]
        )
        return self.hide(
            "email",
            f"{local}@{self.chance.choice(['interia.pl', 'op.pl', 'yahoo.co.uk', 'proton.me', 'drewmax.eu', 'icloud.com'])}",
        )

    def address(self) -> str:
        c = self.chance
        if not self.polish:
            road = f"{c.randint(1, 180)} {c.choice(['Hawthorn', 'Station', 'Manor', 'St. Mary’s', 'North'])} {c.choice(['Road', 'Avenue', 'Lane', 'Way', 'Gardens'])}"
            town = f"{c.choice(['Norwich', 'Stoke', 'Reading', 'Luton'])}{c.choice([' ', chr(10), ', '])}{c.choice(['NR', 'ST', 'RG', 'LU'])}{c.randint(1, 9)} {c.randint(1, 9)}{c.choice(['PD', 'JT', 'BB'])}"
            return self.hide("en_address", f"{road},{c.choice([' ', chr(10)])}{town}")
        street = f"{c.choice(['ul. ', 'ul. ', '', 'Os. ', 'Aleja ', 'ulica '])}{c.choice(_STREETS)} {c.randint(1, 99)}{c.choice(['', 'A', '/3', '/14', ' m.7', ' lok. 2', 'c/22'])}"
        return self.hide(
            "pl_address",
            f"{street}{c.choice([', ', chr(10), ' '])}{c.randint(10, 99)}-{digits(c, 3)} {c.choice(_TOWNS)}",
        )

    def order(self) -> str:
        return self.keep("order", order(self.chance))

    def parcel(self) -> str:
        return self.keep("parcel", parcel(self.chance))

    def story(self) -> str:
        c = self.chance
        if not self.polish:
            return _one_of(
                c,
                [
                    lambda: (
                        f"I ordered a set of plates two weeks ago (order no. {self.order()}) and it still has not turned up. The tracking says {self.parcel()} is on its way, but the courier has clearly never seen my house."
                    ),
                    lambda: (
                        f"so... me again :) the refund for order {self.order()} never reached my card {self.hide('card', card(c))}, could you have a look?"
                    ),
                    lambda: (
                        f"We moved last month, so please update the address on file. The new one is {self.address()}. The order in question is {self.order()}."
                    ),
                    lambda: (
                        f"Could somebody ring me on {self.phone()} after five? It's about parcel number {self.parcel()}."
                    ),
                    lambda: (
                        f"You asked for bank details: IBAN {self.hide('account', account(c))}. Order ref {self.order()}."
                    ),
                ],
            )
        return _one_of(
            c,
            [
                lambda: (
                    f"piszę już trzeci raz. Zamówiłam u Państwa komplet talerzy (zamówienie {self.order()}), kurier twierdzi, że dzwonił, a telefon {self.phone()} mam cały czas przy sobie."
                ),
                lambda: (
                    f"zamówienie numer {self.order()} miało przyjść we wtorek. Numer listu: {self.parcel()}. Nic nie przyszło, sąsiadka też nic nie wie."
                ),
                lambda: (
                    f"chciałbym zwrócić dzbanek z zamówienia {self.order()}. Pieniądze poproszę na konto: {self.hide('account', account(c))}, bo płaciłem kartą {self.hide('card', card(c))}, której już nie mam."
                ),
                lambda: (
                    f"przeprowadziliśmy się i paczka {self.parcel()} jedzie na stary adres. Nowy: {self.address()}. Da się coś z tym zrobić?"
                ),
                lambda: (
                    f"na fakturze {self.keep('invoice', invoice(c))} jest zły NIP, powinno być {self.hide('nip', nip(c))}. Zamówienie {self.order()}."
                ),
                lambda: (
                    f"bank prosi o potwierdzenie danych, więc podaję: PESEL {self.hide('pesel', pesel(c))}, urodzona {self.hide('birthdate', f'{c.randint(1, 28)}.{c.randint(1, 12):02}.{c.randint(1948, 2003)}')}. Zwrot dotyczy {self.order()}."
                ),
                lambda: (
                    f"czy kubek o kodzie EAN {self.keep('ean', ean(c))} będzie jeszcze dostępny? Jak coś, to proszę o sms-a: {self.phone()}"
                ),
                lambda: (
                    f"proszę o odpowiedź na adres {self.email()}, na ten stary już nie zaglądam. Chodzi o przesyłkę nr {self.parcel()} i zamówienie {self.order()}."
                ),
            ],
        )

    def signature(self) -> str:
        c = self.chance
        if not self.polish:
            return _one_of(
                c,
                [
                    lambda: f"Many thanks,\n{self.name()}",
                    lambda: f"Kind regards\n\n{self.name()}\n{self.phone()}\n{self.email()}",
                    lambda: f"Best,\n{self.name()}\n--\n{self.address()}\nMobile: {self.phone()}",
                    lambda: "",
                ],
            )
        return _one_of(
            c,
            [
                lambda: f"Pozdrawiam serdecznie\n{self.name()}",
                lambda: f"Z poważaniem\n{self.name()}\ntel. kom. {self.phone()}\ne-mail: {self.email()}",
                lambda: (
                    f"--\n{self.name()}\n{c.choice(_FIRMS)} sp. z o.o.\n{self.address()}\nNIP: {self.hide('nip', nip(c))} | T: {self.phone()} | E: {self.email()}"
                ),
                lambda: (
                    f"{self.name()}\nKierownik biura | {c.choice(_FIRMS)}\nM {self.phone()}\n{self.email()}"
                ),
                lambda: "Wysłane z iPhone'a",
                lambda: "",
            ],
        )

    def quoted(self) -> str:
        c = self.chance
        if not self.polish:
            return f"\n\nOn 12 November 2026 at 14:05, {self.name()} <{self.email()}> wrote:\n> Is order {self.order()} on its way?\n> Thank you"
        return f"\n\n---------- Wiadomość przekazana ----------\nOd: {self.name()} <{self.email()}>\nWysłano: {c.randint(1, 28)} listopada 2026 1{c.randint(0, 9)}:3{c.randint(0, 9)}\nTemat: Zamówienie {self.order()}\n\n> proszę o numer przesyłki, mój telefon to {self.phone()}"

    def mail(self) -> str:
        hello = self.chance.choice(
            ["Dzień dobry,\n\n", "Witam!\n", "Szanowni Państwo,\n", "Hej, ", ""]
            if self.polish
            else ["Hello,\n\n", "Hi there!\n", "Dear Sir or Madam,\n", ""]
        )
        middle = self.story() + (
            self.chance.choice(
                ["\n\nI jeszcze jedno: ", "\n\nPS. "] if self.polish else ["\n\nOne more thing: ", "\n\nPS "]
            )
            + self.story()
            if self.chance.random() < 0.3
            else ""
        )
        return (
            hello
            + middle
            + "\n\n"
            + self.signature()
            + (self.quoted() if self.chance.random() < 0.25 else "")
        )


def mails(count: int, seed: int) -> Iterator[Message]:
    """Yield mails, seven tenths of them Polish."""
    chance = random.Random(seed)  # noqa: S311 - no secret, but the same mails every time
    for _ in range(count):
        writer = _Writer(chance)
        yield Message(writer.mail(), tuple(writer.personal), tuple(writer.kept))
