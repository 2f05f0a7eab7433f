"""What is known of one contract, as the right of withdrawal sees it. Pure.

Source: ustawa z dnia 30 maja 2014 r. o prawach konsumenta (below: u.p.k.), art. 28, art. 38 and art. 38a.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from customer.model import Order, OrderStatus


class Exception38(StrEnum):
    """What art. 38 u.p.k. takes out of the right of withdrawal; each names its point there."""

    SERVICE_DONE = "service_done"  # pkt 1: fully performed, with express consent
    MADE_TO_ORDER = "made_to_order"  # pkt 3: to the consumer's specification, or personalised
    PERISHABLE = "perishable"  # pkt 4: spoils quickly, or has a short use-by date
    SEALED_HYGIENE = "sealed_hygiene"  # pkt 5: sealed for health or hygiene, opened after delivery
    MIXED = "mixed"  # pkt 6: by its nature inseparably joined with other things after delivery
    SEALED_MEDIA = "sealed_media"  # pkt 9: recordings or programs, sealed, opened after delivery
    PRESS = "press"  # pkt 10: newspapers and magazines, subscriptions aside
    DATED_SERVICE = "dated_service"  # pkt 12: lodging, transport, catering, leisure, for a set day
    DIGITAL_CONTENT = "digital_content"  # pkt 13: not on a medium, begun with express consent
    OTHER = "other"  # another point of art. 38: a person knows which


CONDITIONAL = frozenset(
    {
        Exception38.SERVICE_DONE,
        Exception38.SEALED_HYGIENE,
        Exception38.MIXED,
        Exception38.SEALED_MEDIA,
        Exception38.DIGITAL_CONTENT,
        Exception38.OTHER,
    }
)
"""Exceptions that hold only once something has happened (opened, joined, begun with consent)."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery of an order.

    Attributes:
        possessed_at: Handed over to the consumer or to whom they named, or taken out of the locker. None: not
            yet. A parcel that waits in a locker is not possessed.
        from_locker: Out of a parcel locker or from a pick-up point.
    """

    possessed_at: datetime | None
    from_locker: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of an order, as the right of withdrawal sees it.

    Attributes:
        name: As the shop calls it.
        exception: The exception of art. 38 that its kind may fall under; None for ordinary goods.
        condition_met: For one of `CONDITIONAL`: whether it was opened, joined, begun. None: nobody knows yet.
    """

    name: str
    exception: Exception38 | None = None
    condition_met: bool | None = None

    @property
    def excluded(self) -> bool | None:
        """Whether art. 38 takes it out of the right; None where that depends on what we do not know."""
        if self.exception is None:
            return False
        return self.condition_met if self.exception in CONDITIONAL else True


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one contract.

    Attributes:
        parcels: Every delivery that belongs to it, those on their way too; empty: nothing is sent yet.
        concluded_at: When the contract was made. Counts where no goods are handed over.
        hands_over_goods: False for digital content and services alone.
        regular: Goods come regularly for a set time: the first parcel counts, not the last.
        delivery_unknown: Said to be delivered, without a date.
        informed: Whether the shopper was told of the right in time; the day, if only later; False: never.
        business: Bought with a tax number (NIP).
        closed: Cancelled, returned or refunded already.
        shop_days: The shop's own window from the same day, if it has one.
    """

    items: tuple[Item, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    concluded_at: datetime | None = None
    hands_over_goods: bool = True
    regular: bool = False
    delivery_unknown: bool = False
    informed: bool | date = True
    business: bool = False
    closed: bool = False
    shop_days: int | None = None


def facts_of(
    order: Order,
    items: Sequence[Item] = (),
    *,
    shop_days: int | None = None,
    informed: bool | date = True,
    business: bool = False,
) -> Facts:
    """Return the facts of an order out of the shop's system.

    Args:
        order: `delivered_at` is the possession of its last parcel.
        items: The order's own, where none are given, as ordinary goods.
        shop_days: As in `Facts`.
        informed: As in `Facts`.
        business: As in `Facts`. An invoice alone does not say so: consumers ask for one too.
    """
    delivered = order.delivered_at
    return Facts(
        items=tuple(items) or tuple(Item(item.name) for item in order.items),
        parcels=(Parcel(delivered, from_locker=bool(order.pickup_point)),),
        concluded_at=order.placed_at,
        delivery_unknown=delivered is None
        and order.status in (OrderStatus.DELIVERED, OrderStatus.RETURNED, OrderStatus.REFUNDED),
        informed=informed,
        business=business,
        closed=order.status in (OrderStatus.CANCELLED, OrderStatus.RETURNED, OrderStatus.REFUNDED),
        shop_days=shop_days,
    )
