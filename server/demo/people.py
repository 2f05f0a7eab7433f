"""The demo shop's customers: invented, with addresses at example.com."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from customer.model import Customer
from foundation.language import Language

_SEED = 14_43300
_HOW_MANY_POLISH = 37  # besides the featured and the foreign ones

ANNA, PIOTR, MALGORZATA, EMMA, KUBA = (f"c-{number}" for number in range(1001, 1006))

_FEATURED = (
    (ANNA, "Anna Zielińska", Language.PL),
    (PIOTR, "Piotr Wrona", Language.PL),
    (MALGORZATA, "Małgorzata Sikora", Language.PL),
    (EMMA, "Emma Becker", Language.EN),
    (KUBA, "Kuba Lis", Language.PL),
)
_FOREIGN = (
    ("Lukas Neumann", Language.EN),
    ("Tereza Dvořáková", Language.EN),
    ("Jonas Petrauskas", Language.EN),
    ("Zuzana Horváthová", Language.EN),
    ("Sophie Wagner", Language.EN),
)
_WOMEN = """
    Agnieszka Aleksandra Alicja Barbara Beata Dorota Ewa Hanna Iwona Joanna Julia Katarzyna Kinga Lena
    Magdalena Maja Maria Marta Natalia Ola Zofia
"""
_MEN = """
    Adam Bartosz Dawid Filip Grzegorz Jakub Jan Kacper Konrad Krzysztof Łukasz Maciej Marek Mateusz
    Michał Paweł Rafał Robert Szymon Tomasz Wojciech
"""
# a woman's and a man's form; birds, trees and places
_SURNAMES = """
    Borowik/Borowik Jarząbek/Jarząbek Kalina/Kalina Leszczyna/Leszczyna Olszańska/Olszański
    Brzezińska/Brzeziński Świerk/Świerk Dąbek/Dąbek Gawron/Gawron Czyżyk/Czyżyk Makowska/Makowski
    Trawińska/Trawiński Rosiak/Rosiak Łąkowska/Łąkowski Modrzewska/Modrzewski Skałka/Skałka
    Żurawska/Żurawski Grzybek/Grzybek Jodłowska/Jodłowski Paproć/Paproć Wrzos/Wrzos Kępińska/Kępiński
"""


@dataclass(frozen=True, slots=True)
class Featured:
    """A customer whom the demo page offers to sign in as.

    Attributes:
        description: What there is to ask about, one line, by language.
    """

    customer_id: str
    description: Mapping[Language, str]


def featured_customers() -> tuple[Featured, ...]:
    """Return the customers that the demo page offers, in its order."""
    lines = (
        (ANNA, "Paczka czeka w Paczkomacie", "A parcel is waiting in the parcel locker"),
        (PIOTR, "Dwa zamówienia w drodze", "Two orders on the way"),
        (MALGORZATA, "Zamówienie czeka na płatność", "An order is awaiting payment"),
        (EMMA, "Zamówienie dostarczone w zeszłym tygodniu", "An order delivered last week"),
        (KUBA, "Nowe konto, jeszcze bez zamówień", "A new account, no orders yet"),
    )
    return tuple(Featured(who, {Language.PL: pl, Language.EN: en}) for who, pl, en in lines)


def demo_customers() -> tuple[Customer, ...]:
    """Return all customers, by id; the same ones on every call."""
    draw = random.Random(_SEED)  # noqa: S311 - sample data, no secret
    people = [(name, language) for _, name, language in _FEATURED]
    people += _FOREIGN
    while len(people) < len(_FEATURED) + len(_FOREIGN) + _HOW_MANY_POLISH:
        woman = draw.random() < 0.55
        surname = draw.choice(_SURNAMES.split()).split("/")[0 if woman else 1]
        name = f"{draw.choice((_WOMEN if woman else _MEN).split())} {surname}"
        if (name, Language.PL) not in people:
            people.append((name, Language.PL))
    return tuple(
        Customer(f"c-{1001 + index}", name, _email(name), language)
        for index, (name, language) in enumerate(people)
    )


def foreign_ids() -> frozenset[str]:
    """Return the ids of customers who live abroad."""
    first = 1001 + len(_FEATURED)
    return frozenset({EMMA, *(f"c-{first + index}" for index in range(len(_FOREIGN)))})


def _email(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().replace("ł", "l"))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return f"{letters.replace(' ', '.')}@example.com"
