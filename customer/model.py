"""Customers and orders as the other rooms see them. Pure types, no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from foundation.language import Language


@dataclass(frozen=True, slots=True)
class Customer:
    """The shop's record of a person.

    Attributes:
        id: The shop's own key; never shown to a shopper.
        name: First and last name, as the shop has it; may be empty.
        language: The language the shop writes to them in.
    """

    id: str
    name: str
    email: str
    language: Language


class OrderStatus(StrEnum):
    """Where an order stands."""

    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    PACKING = "packing"
    SHIPPED = "shipped"
    READY_FOR_PICKUP = "ready_for_pickup"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One line of an order. `unit_price` is gross, in the order's currency."""

    sku: str
    name: str
    quantity: int
    unit_price: Decimal
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one customer.

    Attributes:
        number: As the shop prints it, e.g. ``LS-2026-10457``.
        total: Gross, delivery included.
        currency: ISO 4217.
        carrier: Name for people (``InPost Paczkomat``), empty before shipping is known.
        pickup_point: Parcel locker or point, empty for a courier.
        expected_on: The day the carrier promised, if any. A date of the shop's zone.
        delivered_at: Possession: handed over, or taken from the locker.
    """

    number: str
    customer_id: str
    status: OrderStatus
    placed_at: datetime
    items: tuple[OrderItem, ...]
    total: Decimal
    currency: str
    payment_method: str = ""
    carrier: str = ""
    parcel_number: str = ""
    pickup_point: str = ""
    shipped_at: datetime | None = None
    expected_on: date | None = None
    delivered_at: datetime | None = None
    invoice_number: str = ""


@dataclass(frozen=True, slots=True)
class OrderStanding:
    """An order's number and status: all that a guest hears who knows number and e-mail address."""

    number: str
    status: OrderStatus


class OrderSource(Protocol):
    """Where orders come from. Each call names the customer the *session* proved, never one from a text."""

    async def customer(self, customer_id: str) -> Customer | None:
        """Return the customer's record, or None."""
        ...

    async def orders_of(self, customer_id: str) -> Sequence[Order]:
        """Return this customer's orders, newest first; empty when there are none."""
        ...

    async def order(self, customer_id: str, number: str) -> Order | None:
        """Return this customer's order of that number; None if there is none *or it is another's*.

        `number` is compared without case, spaces, dashes and a leading ``#``.
        """
        ...
