"""What one import brings: customers, orders, and what was wrong with the rest. Pure types."""

from __future__ import annotations

from dataclasses import dataclass

from customer.model import Customer, Order


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """Something of the file that was not imported.

    Attributes:
        place: Where, as a person finds it: ``line 7`` or ``orders[3].items[0]``.
        message: A sentence that says what is wrong there.
    """

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """Customers and orders that are whole, ready to be saved.

    Attributes:
        customers: One record an id; every order's customer is among them (or stored already).
        orders: One record a number, whatever its spelling.
        problems: What was left out, in the file's order. The rest is good.
        notes: Sentences about what was ignored without harm, such as unknown columns.
        assumed_language: Ids of customers whose language the file did not tell, so that saving does
            not overwrite a language that is known.
    """

    customers: tuple[Customer, ...] = ()
    orders: tuple[Order, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    notes: tuple[str, ...] = ()
    assumed_language: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving a batch changed.

    Attributes:
        customers: Records of customers that are new or differ from what was stored.
        orders: Orders that are new or differ.
        unchanged: Orders that were stored already, exactly so.
        removed: Orders that a complete batch no longer holds.
    """

    customers: int
    orders: int
    unchanged: int
    removed: int = 0
