"""What a shop sells, as the other rooms see it. Pure types, no I/O."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from customer.batch import ImportProblem
from foundation.language import Language


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the catalogue.

    Attributes:
        sku: The shop's own key; an order's item is the same product if its sku or its name is the same.
        price: Gross, in `currency` (ISO 4217).
        category: As shoppers read it (``Buty``); may be empty.
        url: Its page, ``https`` only; may be empty.
        available: Whether it can be bought now.
        attributes: Values by name (`product_imports.ATTRIBUTES`): ``{"size": ("S", "M")}``.
        goes_with: The skus of products that the shop itself calls fitting.
        name_en: Its name in English; empty: there is none of its own.
        description_en: As `description`, in English.
    """

    sku: str
    name: str
    price: Decimal
    currency: str = "PLN"
    category: str = ""
    description: str = ""
    url: str = ""
    available: bool = True
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    goes_with: tuple[str, ...] = ()
    name_en: str = ""
    description_en: str = ""

    def called(self, language: Language) -> str:
        """Return its name in a language; the shop's own where there is none."""
        return (self.name_en if language is Language.EN else "") or self.name


@dataclass(frozen=True, slots=True)
class Together:
    """Two products in the same orders.

    Attributes:
        sku: Of the one.
        other: Sku of the other one.
        orders: In how many orders both were bought.
    """

    sku: str
    other: str
    orders: int


@dataclass(frozen=True, slots=True)
class ProductBatch:
    """What a file of products holds: whole ones, and what was wrong with the rest."""

    products: tuple[Product, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    notes: tuple[str, ...] = ()


class ProductSource(Protocol):
    """Where products come from."""

    async def all(self) -> Sequence[Product]:
        """Return the whole catalogue, by name."""
        ...

    async def bought_with(self, skus: Collection[str]) -> Sequence[Together]:
        """Return what was bought with these products, the most often first; rare pairs are not told."""
        ...
