"""Until when a shopper may withdraw from a contract made at a distance, and why. Pure.

Sources: ustawa z dnia 30 maja 2014 r. o prawach konsumenta (below: u.p.k.), art. 27–38a; how days are counted
is in `customer/terms.py`. To keep the period it is enough to *send* the statement before it ends (art. 30
ust. 2 u.p.k.). Nothing here refuses: what speaks against a withdrawal is a `Doubt`, and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from customer.contract import Facts, Item
from customer.terms import FreeDay, Term, aware, day_of, days_after, months_after
from foundation.errors import InvalidInput

LEGAL_DAYS = 14
"""Art. 27 u.p.k."""
UNINFORMED_MONTHS = 12
"""Art. 29 ust. 1 u.p.k."""
MAX_SHOP_DAYS = 3650

_IN_FORCE_SINCE = datetime(2014, 12, 24, 23, tzinfo=UTC)  # the u.p.k.: 25 December 2014 in Warsaw


class Reason(StrEnum):
    """Why the period is what it is. Stable codes; whoever tells a shopper puts them into words."""

    FOURTEEN_DAYS = "fourteen_days"  # art. 27 u.p.k.
    FROM_POSSESSION = "from_possession"  # art. 28 pkt 1: the carrier's possession is not the consumer's
    FROM_PICK_UP = "from_pick_up"  # the same, out of a parcel locker or from a point
    FROM_LAST_PARCEL = "from_last_parcel"  # art. 28 pkt 1 lit. a: one order in several parcels
    FROM_FIRST_PARCEL = "from_first_parcel"  # art. 28 pkt 1 lit. b: delivered regularly for a set time
    FROM_CONTRACT = "from_contract"  # art. 28 pkt 2: no goods are handed over
    NOT_INFORMED = "not_informed"  # art. 29 ust. 1: twelve months more
    INFORMED_LATE = "informed_late"  # art. 29 ust. 2: fourteen days from being told
    SHOP_WINDOW = "shop_window"  # the shop's own longer window, on the shop's conditions
    NOT_YET_DELIVERED = "not_yet_delivered"  # art. 28: not begun; withdrawing is possible already


class Doubt(StrEnum):
    """Why a person decides."""

    AFTER_LAST_DAY = "after_last_day"  # sent after the last day that we counted
    BUSINESS = "business"  # art. 38a u.p.k.: some sole traders are protected, companies are not
    ITEM_EXCLUDED = "item_excluded"  # art. 38 u.p.k. takes an item out
    ITEM_UNSURE = "item_unsure"  # it would, if a condition is met that we do not know
    DELIVERY_UNKNOWN = "delivery_unknown"  # called delivered, and nobody says when
    DATE_IMPLAUSIBLE = "date_implausible"  # the shop's data name a day to come, or one before the law
    ORDER_CLOSED = "order_closed"  # cancelled, returned or refunded already


class Basis(StrEnum):
    """What gives the last day."""

    LAW = "law"
    SHOP = "shop"


class Standing(StrEnum):
    """Where the period stands at a moment."""

    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when a statement of withdrawal may be *sent*.

    Attributes:
        term: The event's day, where counting ended, the last day, and why it moved.
        basis: Whether law or the shop's own longer window gives it.
        legal: The period by law alone; the shop's conditions hold only after its last day.
        reasons: Why, in the order to tell it.
    """

    term: Term
    basis: Basis
    legal: Term
    reasons: tuple[Reason, ...]

    @property
    def last_day(self) -> date:
        """The last day, all of it, in the shop's zone."""
        return self.term.last_day

    @property
    def ends_at(self) -> datetime:
        """The first moment that is too late, UTC."""
        return self.term.ends_at

    @property
    def moved_from(self) -> date | None:
        """The free day where counting ended; None where the end did not move."""
        return self.term.counted_day if self.term.moved_because else None

    @property
    def moved_because(self) -> FreeDay | None:
        """Why the end moved (Kodeks cywilny, art. 115)."""
        return self.term.moved_because


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a withdrawal sent at one moment meets.

    Attributes:
        deadline: None where the period has not begun, or nobody knows when it did.
        reasons: The deadline's, or why there is none.
        excluded: Items that art. 38 takes out.
        unsure: Items that it takes out on a condition that we do not know.
        doubts: Why a person decides; empty: nothing speaks against it.
    """

    standing: Standing
    deadline: Deadline | None
    reasons: tuple[Reason, ...]
    excluded: tuple[Item, ...]
    unsure: tuple[Item, ...]
    doubts: tuple[Doubt, ...]

    @property
    def needs_person(self) -> bool:
        """Whether somebody of the shop must look at it. It is received all the same."""
        return bool(self.doubts)


def deadline_of(facts: Facts) -> Deadline | None:
    """Return until when a withdrawal may be sent; None where the period has not begun or nobody knows.

    Raises:
        InvalidInput: A moment has no zone, or `shop_days` makes no sense.
    """
    if facts.shop_days is not None and not 0 < facts.shop_days <= MAX_SHOP_DAYS:
        raise InvalidInput(f"The shop's own window has 1 to {MAX_SHOP_DAYS} days, not {facts.shop_days}.")
    begun = _beginning(facts)
    if begun is None:
        return None
    day, why = begun
    legal, reasons = _by_law(day, facts.informed)
    found = Deadline(legal, Basis.LAW, legal, (*reasons, why))
    if facts.shop_days is None:
        return found
    own = days_after(day, facts.shop_days)
    if own.last_day <= legal.last_day:
        return found
    return replace(found, term=own, basis=Basis.SHOP, reasons=(Reason.SHOP_WINDOW, why))


def withdraw(facts: Facts, *, at: datetime) -> Withdrawal:
    """Return what a withdrawal sent at a moment meets. It refuses nothing; doubts are for a person.

    Raises:
        InvalidInput: As `deadline_of`, or `at` has no zone.
    """
    today, plausible = day_of(at), all(_IN_FORCE_SINCE <= aware(moment) <= at for moment in _moments(facts))
    deadline = deadline_of(facts) if plausible else None
    standing = _standing(facts, deadline, today) if plausible else Standing.UNKNOWN
    reasons = deadline.reasons if deadline else ()
    return Withdrawal(
        standing=standing,
        deadline=deadline,
        reasons=(Reason.NOT_YET_DELIVERED,) if standing is Standing.NOT_BEGUN else reasons,
        excluded=tuple(item for item in facts.items if item.excluded is True),
        unsure=tuple(item for item in facts.items if item.excluded is None),
        doubts=tuple(_doubts(facts, standing, plausible)),
    )


def _moments(facts: Facts) -> list[datetime]:
    """Return the moments that a period may begin at."""
    if not facts.hands_over_goods:
        return [facts.concluded_at] if facts.concluded_at else []
    return [parcel.possessed_at for parcel in facts.parcels if parcel.possessed_at is not None]


def _beginning(facts: Facts) -> tuple[date, Reason] | None:
    days = [day_of(moment) for moment in _moments(facts)]
    if not days:
        return None
    if not facts.hands_over_goods:
        return days[0], Reason.FROM_CONTRACT
    if facts.regular:
        return min(days), Reason.FROM_FIRST_PARCEL
    if len(days) < len(facts.parcels):
        return None
    if len(days) > 1:
        return max(days), Reason.FROM_LAST_PARCEL
    return days[0], Reason.FROM_PICK_UP if facts.parcels[0].from_locker else Reason.FROM_POSSESSION


def _by_law(day: date, informed: bool | date) -> tuple[Term, tuple[Reason, ...]]:
    usual = days_after(day, LEGAL_DAYS)
    told = None if isinstance(informed, bool) else informed
    if informed is True or (told is not None and told <= day):
        return usual, (Reason.FOURTEEN_DAYS,)
    longest = replace(months_after(usual.last_day, UNINFORMED_MONTHS), event_day=day)
    if told is None or told > longest.last_day:
        return longest, (Reason.NOT_INFORMED,)
    return days_after(told, LEGAL_DAYS), (Reason.INFORMED_LATE,)


def _standing(facts: Facts, deadline: Deadline | None, today: date) -> Standing:
    if deadline is not None:
        return Standing.RUNNING if today <= deadline.last_day else Standing.OVER
    return Standing.UNKNOWN if facts.delivery_unknown or not facts.hands_over_goods else Standing.NOT_BEGUN


def _doubts(facts: Facts, standing: Standing, plausible: bool) -> Iterator[Doubt]:
    excluded = {item.excluded for item in facts.items}
    found = {
        Doubt.AFTER_LAST_DAY: standing is Standing.OVER,
        Doubt.BUSINESS: facts.business,
        Doubt.ITEM_EXCLUDED: True in excluded,
        Doubt.ITEM_UNSURE: None in excluded,
        Doubt.DELIVERY_UNKNOWN: plausible and standing is Standing.UNKNOWN,
        Doubt.DATE_IMPLAUSIBLE: not plausible,
        Doubt.ORDER_CLOSED: facts.closed,
    }
    yield from (doubt for doubt, holds in found.items() if holds)
