"""Made-up people and numbers, right to the check digit, in the spellings that shoppers use. Seeded, pure.

Knows nothing of how they are found: check digits are computed here once more.
"""

# ruff: noqa: E501 - lists of spellings read best on one line
from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

Chance = random.Random


@dataclass(frozen=True, slots=True)
class Message:
    """A message of which is known what it holds.

    Attributes:
        personal: ``(kind, value)`` of what must not leave.
        kept: The same of what must stay.
    """

    text: str
    personal: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str], ...]


def _words(text: str) -> list[str]:
    return text.split()


def _listed(text: str) -> list[str]:
    return text.split("|")


_WOMEN = _words("Anna Katarzyna Małgorzata Agnieszka Zofia Ewa Łucja Kinga Bożena Aleksandra Żaneta Iwona")
_MEN = _words("Jan Piotr Paweł Krzysztof Łukasz Grzegorz Marek Stanisław Wojciech Michał Jerzy Kacper")
_SURNAMES = _words(
    "Nowak Wójcik Zając Dudek Mazur Krawczyk Wróbel Sikora Baran Duda Szewczyk Kaczmarek Gołąb Zięba"
)
_ADJECTIVES = _words("Kowalsk Wiśniewsk Zielińsk Dąbrowsk Jabłońsk Nowick Pietrzyck Lewandowsk Ostrowsk")
_ENGLISH = _words(
    "John Emily Oliver Sarah Thomas Charlotte Harry Megan George Lucy Callum Fiona Ethan Rebecca"
)
_FAMILIES = _words(
    "Smith Taylor Brown Walker Hughes Bennett Clarke Murphy O'Connor Fletcher Watson Doyle Pearce"
)
_STREETS = _listed(
    "Kwiatowa|Długa|Polna|Słoneczna|Leśna|Krótka|Szkolna|Ogrodowa|Mickiewicza|Piłsudskiego|Jana Pawła II|3 Maja|11 Listopada"
    "|Armii Krajowej|Żeromskiego|Świętego Marcina|Stefana Batorego|gen. Andersa|Łąkowa|Nad Potokiem"
)
_TOWNS = _listed(
    "Warszawa|Kraków|Łódź|Wrocław|Poznań|Gdańsk|Zielona Góra|Nowy Sącz|Bielsko-Biała|Piaseczno|Świdnica|Mława"
)
_ROADS = _listed(
    "Baker Street|High Street|Victoria Road|Mill Lane|Queens Avenue|Church Road|Park Crescent|Elm Drive|Oak Close"
)
_CITIES = _listed("London|Leeds|Bristol|Glasgow|Cardiff|York|Bath|Exeter")
_DOMAINS = _words(
    "gmail.com wp.pl o2.pl onet.pl example.com poczta.fm firma-nowak.com.pl outlook.com mail.example.co.uk"
)
_PREFIXES = _words("500 512 533 571 600 607 609 660 691 721 731 784 790 881 888")
_PLAIN = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ'", "acelnoszzACELNOSZZ_")


def digits(chance: Chance, count: int) -> str:
    """Return random digits."""
    return "".join(chance.choice("0123456789") for _ in range(count))


def _weighted(number: str, weights: tuple[int, ...]) -> int:
    return sum(int(d) * w for d, w in zip(number, weights, strict=True))


def pl_name(chance: Chance) -> str:
    """Return a Polish first and last name."""
    if chance.random() < 0.5:
        return f"{chance.choice(_WOMEN)} {chance.choice([*_SURNAMES, *(a + 'a' for a in _ADJECTIVES)])}"
    return f"{chance.choice(_MEN)} {chance.choice([*_SURNAMES, *(a + 'i' for a in _ADJECTIVES)])}"


def en_name(chance: Chance) -> str:
    """Return an English first and last name."""
    return f"{chance.choice(_ENGLISH)} {chance.choice(_FAMILIES)}"


def email(chance: Chance) -> str:
    """Return an e-mail address."""
    name = (pl_name if chance.random() < 0.6 else en_name)(chance).translate(_PLAIN).lower().split()
    local = chance.choice(
        [".".join(name), "".join(name), f"{name[0]}{digits(chance, 2)}", f"{name[0][0]}_{name[1]}"]
    )
    tag = "+zakupy" if chance.random() < 0.08 else ""
    found = f"{local}{tag}@{chance.choice(_DOMAINS)}"
    return found.capitalize() if chance.random() < 0.1 else found


def phone(chance: Chance) -> str:
    """Return a Polish telephone number, mobile or not."""
    if chance.random() < 0.15:
        a, b, c, d = (
            chance.choice(["22", "12", "61", "71"]),
            digits(chance, 3),
            digits(chance, 2),
            digits(chance, 2),
        )
        b = chance.choice("2367") + b[1:]
        return chance.choice(
            [f"{a} {b} {c} {d}", f"({a}) {b} {c} {d}", f"{a} {b}-{c}-{d}", f"+48 {a} {b} {c} {d}"]
        )
    a, b, c = chance.choice(_PREFIXES), digits(chance, 3), digits(chance, 3)
    return chance.choice(
        [a + b + c, a + b + c, f"{a} {b} {c}", f"{a} {b} {c}", f"{a}-{b}-{c}", f"{a}.{b}.{c}", f"+48{a}{b}{c}",
         f"+48 {a} {b} {c}", f"+48 {a}-{b}-{c}", f"0048 {a} {b} {c}", f"48 {a} {b} {c}", f"(+48) {a} {b} {c}"]
    )  # fmt: skip


def foreign_phone(chance: Chance) -> str:
    """Return a telephone number of another country, as people there write it."""

    def n(count: int) -> str:
        return digits(chance, count)

    return chance.choice(
        [f"+44 7{chance.choice('45789')}{n(2)} {n(6)}", f"+447{chance.choice('45789')}{n(8)}", f"+44 20 7{n(3)} {n(4)}",
         f"07{chance.choice('45789')}11 {n(6)}", f"+49 151 2{n(7)}", f"+1 212 55{chance.randint(5, 9)} {n(4)}",
         f"(212) 55{chance.randint(5, 9)}-{n(4)}", f"+353 87 {chance.randint(2, 9)}{n(2)} {n(4)}", f"+420 60{n(1)} {n(3)} {n(3)}"]
    )  # fmt: skip


def pesel(chance: Chance) -> str:
    """Return a PESEL."""
    year = chance.randint(1945, 2008)
    month = chance.randint(1, 12) + (20 if year >= 2000 else 0)
    body = f"{year % 100:02}{month:02}{chance.randint(1, 28):02}{digits(chance, 4)}"
    return body + str(-_weighted(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10)


def nip(chance: Chance) -> str:
    """Return a NIP, with dashes or without."""
    while True:
        body = chance.choice("125678") + digits(chance, 8)
        check = _weighted(body, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11
        if check < 10:
            n = f"{body}{check}"
            return chance.choice(
                [n, n, f"{n[:3]}-{n[3:6]}-{n[6:8]}-{n[8:]}", f"{n[:3]}-{n[3:5]}-{n[5:7]}-{n[7:]}", f"PL{n}"]
            )


def regon(chance: Chance) -> str:
    """Return a REGON of 9 digits."""
    body = digits(chance, 8)
    return body + str(_weighted(body, (8, 9, 2, 3, 4, 5, 6, 7)) % 11 % 10)


def account(chance: Chance) -> str:
    """Return a Polish account number, as an IBAN or not, in groups or not."""
    body = chance.choice(["1090", "1140", "1020", "2490", "1240"]) + digits(chance, 20)
    number = f"{98 - int(body + '252100') % 97:02}{body}"
    groups = " ".join([number[:2], *re.findall("....", number[2:])])
    return chance.choice([number, groups, groups, f"PL{number}", f"PL{groups}", groups.replace(" ", "-")])


def card(chance: Chance) -> str:
    """Return the number of a payment card."""
    body = chance.choice(["4", "51", "52", "55", "2221"])
    body += digits(chance, 15 - len(body))
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(body)]
    number = body + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)
    return chance.choice([number, " ".join(re.findall("....", number)), "-".join(re.findall("....", number))])


def _house(chance: Chance) -> str:
    number = str(chance.randint(1, 140)) + chance.choice(["", "", "", "a", "B"])
    flat = chance.randint(1, 90)
    return number + chance.choice(
        ["", "", f"/{flat}", f"/{flat}", f" m. {flat}", f" m {flat}", f" lok. {flat}", f" / {flat}"]
    )


def pl_address(chance: Chance) -> str:
    """Return a Polish postal address, mostly with its postcode and town."""
    street = chance.choice(_STREETS)
    sign = chance.choice(["ul. ", "ul. ", "ul.", "ulica ", "al. ", "os. ", "Al. ", "pl. "])
    post = f"{digits(chance, 2)}-{digits(chance, 3)} {chance.choice(_TOWNS)}"
    return chance.choice(
        [f"{sign}{street} {_house(chance)}, {post}", f"{sign}{street} {_house(chance)}", f"{street} {_house(chance)}, {post}",
         f"{sign}{street} {_house(chance)} {post}", f"{sign}{street} {_house(chance)}\n{post}",
         f"{sign}{street} {_house(chance)}, {chance.choice(_TOWNS)}", f"{post}, {sign}{street} {_house(chance)}"]
    )  # fmt: skip


def en_address(chance: Chance) -> str:
    """Return a British postal address."""
    post = f"{chance.choice(['NW', 'LS', 'BS', 'SW', 'E', 'G'])}{chance.randint(1, 20)} {chance.randint(1, 9)}{chance.choice(['AB', 'XE', 'QT', 'HL'])}"
    road = f"{chance.randint(1, 240)} {chance.choice(_ROADS)}"
    city = chance.choice(_CITIES)
    return chance.choice(
        [
            f"{road}, {city} {post}",
            f"{road}, {city}, {post}",
            f"Flat {chance.randint(1, 30)}, {road}, {city} {post}",
            road,
        ]
    )


def document(chance: Chance) -> str:
    """Return the number of a Polish identity card."""
    letters = "".join(chance.choice("ABCDEFGHKLMNPRST") for _ in range(3))
    return f"{letters}{chance.choice(['', ' '])}{digits(chance, 6)}"


def day(chance: Chance) -> str:
    """Return a day of birth."""
    d, m, y = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1950, 2006)
    month = _words(
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
    )[m - 1]
    return chance.choice(
        [
            f"{d:02}.{m:02}.{y}",
            f"{d}.{m:02}.{y}",
            f"{y}-{m:02}-{d:02}",
            f"{d} {month} {y}",
            f"{d:02}/{m:02}/{y}",
        ]
    )


def link(chance: Chance) -> str:
    """Return a link that lets its bearer in, or names somebody."""
    token = "".join(chance.choice("abcdefghjkmnpqrstuvwxyzABCDEFGHJK0123456789") for _ in range(32))
    return chance.choice(
        [f"https://shop.example.com/reset?token={token}", f"https://example.com/o/{token}",
         f"https://example.com/unsubscribe?email={email(chance)}", f"http://example.com/login?session={token[:12]}&next=/"]
    )  # fmt: skip


def ip(chance: Chance) -> str:
    """Return an IP address."""
    return (
        ".".join(str(chance.randint(1, 254)) for _ in range(4))
        if chance.random() < 0.8
        else "2001:db8:85a3::8a2e:370:7334"
    )


def blik(chance: Chance) -> str:
    """Return a BLIK code."""
    return chance.choice([digits(chance, 6), f"{digits(chance, 3)} {digits(chance, 3)}"])


def order(chance: Chance) -> str:
    """Return an order number in one of the formats of many shops."""

    def n(count: int) -> str:
        return chance.choice("123456789") + digits(chance, count - 1)

    return chance.choice(
        [f"LS-2026-{n(5)}", f"ZM/{n(4)}", f"#{n(5)}", n(5), n(6), n(7), n(8), n(9), n(10), f"2026/11/{n(4)}", f"WC-{n(6)}",
         f"ZAM{n(8)}", f"A{n(6)}", f"{n(3)}-{digits(chance, 7)}-{digits(chance, 7)}", f"PS{n(7)}", f"{n(6)}/2026", f"ORD-{n(9)}"]
    )  # fmt: skip


def parcel(chance: Chance) -> str:
    """Return a parcel number of one of the carriers in Poland."""

    def n(count: int) -> str:
        return digits(chance, count)

    inpost = chance.choice("56") + n(23)
    return chance.choice(
        [inpost, inpost, " ".join(re.findall("....", inpost)), n(14), n(13) + "U", "1" + n(10), chance.choice("2345679") + n(10),
         "0035900773" + n(10), f"RR{n(9)}PL", f"EE{n(9)}PL",
         f"1Z{n(3)}AA{n(11)}", chance.choice("2378") + n(11), "JJD" + n(18)]
    )  # fmt: skip


def invoice(chance: Chance) -> str:
    """Return the number of an invoice."""
    n = chance.randint(1, 999)
    return chance.choice([f"FV/2026/11/{n}", f"FV {n}/11/2026", f"FS-{n}/2026", f"F/{n:06}/26"])


def ean(chance: Chance) -> str:
    """Return an EAN of 13 digits."""
    body = "590" + digits(chance, 9)
    return body + str(-_weighted(body, (1, 3) * 6) % 10)


def price(chance: Chance) -> str:
    """Return an amount."""
    n = chance.randint(5, 999)
    return chance.choice([f"{n},99 zł", f"{n} zł", f"1 {n:03},00 zł", f"{n}.50 PLN", f"{n} euro", f"£{n}.99"])


def shop_day(chance: Chance) -> str:
    """Return a recent day."""
    return chance.choice(
        [
            f"{chance.randint(1, 28):02}.11.2026",
            f"2026-11-{chance.randint(1, 28):02}",
            f"{chance.randint(1, 28)} listopada",
        ]
    )


PERSONAL: dict[str, Callable[[Chance], str]] = {
    "email": email, "phone": phone, "foreign_phone": foreign_phone, "pesel": pesel, "nip": nip, "regon": regon,
    "account": account, "card": card, "pl_address": pl_address, "en_address": en_address, "document": document,
    "birthdate": day, "link": link, "ip": ip, "blik": blik, "pl_name": pl_name, "en_name": en_name,
}  # fmt: skip
KEPT: dict[str, Callable[[Chance], str]] = {
    "order": order, "parcel": parcel, "invoice": invoice, "ean": ean, "price": price, "date": shop_day,
}  # fmt: skip
