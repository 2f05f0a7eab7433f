"""Until when a shopper may withdraw: a table of deadlines, their properties, and what goes to a person."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer.contract import CONDITIONAL, Exception38, Facts, Item, Parcel, facts_of
from customer.model import Order, OrderItem, OrderStatus
from customer.returns import Basis, Deadline, Doubt, Reason, Standing, deadline_of, withdraw
from customer.terms import FreeDay, days_after, end_of, months_after
from customer.workdays import is_working_day
from foundation.clock import SHOP_ZONE
from foundation.errors import InvalidInput
from tests.customer.withdrawal_rows import rows as counted_by_script

TABLE = Path(__file__).parent / "withdrawal_deadlines.tsv"
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
THEN = datetime(2026, 11, 17, 9, tzinfo=UTC)
"""A Tuesday: fourteen days later is Tuesday, 1 December."""

MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2090, 1, 1)).map(lambda m: m.replace(tzinfo=UTC))  # noqa: DTZ001
WINDOWS = st.none() | st.integers(1, 400)


def moment(text: str) -> datetime | None:
    if text == "-":
        return None
    read = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return read if read.tzinfo else read.replace(tzinfo=SHOP_ZONE)


def parcel(text: str) -> Parcel:
    return Parcel(moment(text.removeprefix("locker ")), from_locker=text.startswith("locker "))


def informed(text: str) -> bool | date:
    return text == "yes" if text in ("yes", "no") else date.fromisoformat(text)


def facts(row: dict[str, str]) -> Facts:
    parcels = tuple(parcel(text) for text in row["delivered"].split(";"))
    goods = row["kind"] != "contract"
    return Facts(
        parcels=parcels if goods else (),
        concluded_at=None if goods else parcels[0].possessed_at,
        hands_over_goods=goods,
        regular=row["kind"] == "regular",
        informed=informed(row["informed"]),
        shop_days=None if row["shop_days"] == "-" else int(row["shop_days"]),
    )


def only(**known: object) -> Facts:
    return replace(Facts(items=(Item("Buty"),), parcels=(Parcel(THEN),)), **known)  # type: ignore[arg-type]


def deadline(known: Facts) -> Deadline:
    found = deadline_of(known)
    assert found is not None
    return found


@pytest.mark.parametrize("row", ROWS, ids=[f"{i}-{row['delivered']}" for i, row in enumerate(ROWS, 2)])
def test_the_table(row: dict[str, str]) -> None:
    found = deadline_of(facts(row))
    if row["last_day"] == "-":
        assert found is None
        return
    assert found is not None
    assert {
        "counted_day": found.term.counted_day.isoformat(),
        "last_day": found.last_day.isoformat(),
        "moved_because": found.moved_because or "-",
        "basis": found.basis.value,
    } == {name: row[name] for name in ("counted_day", "last_day", "moved_because", "basis")}


def test_the_table_is_large_and_mostly_worked_by_hand() -> None:
    worked = Counter(row["worked"] for row in ROWS)
    assert sum(worked.values()) >= 200
    assert worked["by_hand"] >= 67
    assert all(len(row["reasoning"]) > 15 for row in ROWS if row["worked"] == "by_hand")
    assert [tuple(row.values()) for row in ROWS if row["worked"] == "by_script"] == list(counted_by_script())


@given(MOMENTS, WINDOWS)
def test_never_before_the_fourteenth_day_and_always_on_a_working_day(at: datetime, days: int | None) -> None:
    found = deadline(only(parcels=(Parcel(at),), shop_days=days))
    delivered = at.astimezone(SHOP_ZONE).date()
    assert found.legal.counted_day - delivered == timedelta(days=14)
    assert is_working_day(found.last_day)
    assert found.term.counted_day <= found.last_day <= found.term.counted_day + timedelta(days=5)
    assert (found.moved_from is None) is is_working_day(found.term.counted_day)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=400)), WINDOWS)
def test_who_gets_it_later_has_no_less_time(at: datetime, later: timedelta, days: int | None) -> None:
    first = deadline(only(parcels=(Parcel(at),), shop_days=days))
    second = deadline(only(parcels=(Parcel(at + later),), shop_days=days))
    assert first.last_day <= second.last_day


@given(MOMENTS, st.integers(1, 400), st.integers(0, 400))
def test_a_longer_window_never_shortens(at: datetime, days: int, more: int) -> None:
    law = deadline(only(parcels=(Parcel(at),)))
    short = deadline(only(parcels=(Parcel(at),), shop_days=days))
    long = deadline(only(parcels=(Parcel(at),), shop_days=days + more))
    assert law.last_day <= short.last_day <= long.last_day
    assert (long.basis is Basis.SHOP) == (long.last_day > law.last_day)
    assert long.legal == law.term


@given(st.lists(MOMENTS, min_size=1, max_size=5), WINDOWS, st.randoms())
def test_the_last_parcel_counts_in_any_order(
    moments: list[datetime], days: int | None, random: Random
) -> None:
    parcels = [Parcel(at) for at in moments]
    random.shuffle(parcels)
    found = deadline(only(parcels=tuple(parcels), shop_days=days))
    assert found.term == deadline(only(parcels=(Parcel(max(moments)),), shop_days=days)).term
    assert deadline_of(only(parcels=(*parcels, Parcel(None)))) is None


@given(MOMENTS, st.integers(-30, 800))
def test_being_told_late_never_shortens(at: datetime, after: int) -> None:
    usual = deadline(only(parcels=(Parcel(at),)))
    never = deadline(only(parcels=(Parcel(at),), informed=False))
    told = deadline(
        only(parcels=(Parcel(at),), informed=at.astimezone(SHOP_ZONE).date() + timedelta(days=after))
    )
    assert usual.last_day <= told.last_day <= never.last_day + timedelta(days=20)
    assert timedelta(days=365) <= never.last_day - usual.last_day <= timedelta(days=371)


@given(MOMENTS)
def test_it_ends_with_the_day_in_warsaw(at: datetime) -> None:
    ends = deadline(only(parcels=(Parcel(at),))).ends_at
    last = withdraw(only(parcels=(Parcel(at),)), at=ends - timedelta(microseconds=1))
    assert (last.standing, last.doubts) == (Standing.RUNNING, ())
    after = withdraw(only(parcels=(Parcel(at),)), at=ends)
    assert (after.standing, after.doubts) == (Standing.OVER, (Doubt.AFTER_LAST_DAY,))


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)]
)
def test_days_of_a_clock_change_end_at_midnight(day: date, hours: int) -> None:
    assert end_of(day) - end_of(day - timedelta(days=1)) == timedelta(hours=hours)
    assert end_of(day).astimezone(SHOP_ZONE).hour == 0


def test_months_end_on_the_same_number_or_the_last_of_the_month() -> None:
    assert months_after(date(2028, 2, 29), 12).counted_day == date(2029, 2, 28)
    assert months_after(date(2026, 8, 31), 1).counted_day == date(2026, 9, 30)
    assert months_after(date(2026, 12, 31), 2).counted_day == date(2027, 2, 28)
    assert months_after(date(2026, 12, 15), 12).counted_day == date(2027, 12, 15)


def test_a_holiday_at_the_weekend_is_called_a_holiday() -> None:
    assert days_after(date(2026, 12, 12), 14).moved_because is FreeDay.HOLIDAY
    assert days_after(date(2026, 12, 13), 14).moved_because is FreeDay.SUNDAY


@pytest.mark.parametrize(
    ("known", "reasons"),
    [
        (only(), (Reason.FOURTEEN_DAYS, Reason.FROM_POSSESSION)),
        (only(parcels=(Parcel(THEN, from_locker=True),)), (Reason.FOURTEEN_DAYS, Reason.FROM_PICK_UP)),
        (only(parcels=(Parcel(THEN), Parcel(THEN))), (Reason.FOURTEEN_DAYS, Reason.FROM_LAST_PARCEL)),
        (only(regular=True), (Reason.FOURTEEN_DAYS, Reason.FROM_FIRST_PARCEL)),
        (
            only(parcels=(), hands_over_goods=False, concluded_at=THEN),
            (Reason.FOURTEEN_DAYS, Reason.FROM_CONTRACT),
        ),
        (only(informed=False), (Reason.NOT_INFORMED, Reason.FROM_POSSESSION)),
        (only(informed=date(2026, 11, 20)), (Reason.INFORMED_LATE, Reason.FROM_POSSESSION)),
        (only(shop_days=30), (Reason.SHOP_WINDOW, Reason.FROM_POSSESSION)),
    ],
)
def test_it_says_why(known: Facts, reasons: tuple[Reason, ...]) -> None:
    assert deadline(known).reasons == reasons
    assert withdraw(known, at=NOW).reasons == reasons


@pytest.mark.parametrize("parcels", [(), (Parcel(None),), (Parcel(THEN), Parcel(None, from_locker=True))])
def test_before_delivery_withdrawing_is_possible_already(parcels: tuple[Parcel, ...]) -> None:
    found = withdraw(only(parcels=parcels), at=NOW)
    assert (found.standing, found.deadline, found.doubts) == (Standing.NOT_BEGUN, None, ())
    assert found.reasons == (Reason.NOT_YET_DELIVERED,)
    assert not found.needs_person


def test_the_shops_window_is_told_apart_from_the_law() -> None:
    found = withdraw(only(shop_days=30), at=datetime(2026, 12, 10, tzinfo=UTC))
    assert (found.standing, found.doubts) == (Standing.RUNNING, ())
    assert found.deadline is not None
    assert found.deadline.legal.last_day == date(2026, 12, 1)
    assert found.deadline.last_day == date(2026, 12, 17)


@pytest.mark.parametrize("exception", Exception38)
@pytest.mark.parametrize("condition_met", [True, False, None])
def test_exceptions_by_item(exception: Exception38, condition_met: bool | None) -> None:
    plain, special = Item("Buty"), Item("Inne", exception, condition_met)
    found = withdraw(only(items=(plain, special)), at=NOW)
    if exception not in CONDITIONAL or condition_met:
        assert (found.excluded, found.unsure, found.doubts) == ((special,), (), (Doubt.ITEM_EXCLUDED,))
    elif condition_met is None:
        assert (found.excluded, found.unsure, found.doubts) == ((), (special,), (Doubt.ITEM_UNSURE,))
    else:
        assert (found.excluded, found.unsure, found.doubts) == ((), (), ())
    # What an item is says nothing about how long the others' period runs.
    assert found.deadline == deadline(only())


@pytest.mark.parametrize(
    ("known", "doubt"),
    [
        (only(business=True), Doubt.BUSINESS),
        (only(closed=True), Doubt.ORDER_CLOSED),
        (only(parcels=(), delivery_unknown=True), Doubt.DELIVERY_UNKNOWN),
        (only(parcels=(), hands_over_goods=False), Doubt.DELIVERY_UNKNOWN),
        (only(parcels=(Parcel(NOW + timedelta(seconds=1)),)), Doubt.DATE_IMPLAUSIBLE),
        (only(parcels=(Parcel(datetime(9999, 12, 31, 23, 59, tzinfo=UTC)),)), Doubt.DATE_IMPLAUSIBLE),
        (only(parcels=(Parcel(datetime(1, 1, 1, tzinfo=UTC)),)), Doubt.DATE_IMPLAUSIBLE),
        (only(parcels=(Parcel(datetime(2014, 12, 24, 22, tzinfo=UTC)),)), Doubt.DATE_IMPLAUSIBLE),
        (only(parcels=(Parcel(THEN - timedelta(days=60)),)), Doubt.AFTER_LAST_DAY),
    ],
)
def test_what_is_doubtful_goes_to_a_person(known: Facts, doubt: Doubt) -> None:
    found = withdraw(known, at=NOW)
    assert found.doubts == (doubt,)
    assert found.needs_person


def test_several_doubts_are_all_told() -> None:
    known = only(items=(Item("Czapka", Exception38.MADE_TO_ORDER),), business=True, closed=True)
    assert set(withdraw(known, at=NOW).doubts) == {Doubt.BUSINESS, Doubt.ITEM_EXCLUDED, Doubt.ORDER_CLOSED}


@pytest.mark.parametrize("days", [0, -1, 100_000])
def test_a_window_that_makes_no_sense_is_named(days: int) -> None:
    with pytest.raises(InvalidInput, match="1 to 3650 days"):
        deadline_of(only(shop_days=days))


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 17)  # noqa: DTZ001
    with pytest.raises(InvalidInput, match="time zone"):
        deadline_of(only(parcels=(Parcel(naive),)))
    with pytest.raises(InvalidInput, match="time zone"):
        withdraw(only(parcels=(Parcel(naive),)), at=NOW)
    with pytest.raises(InvalidInput, match="time zone"):
        withdraw(only(), at=naive)


def order(status: OrderStatus, **known: object) -> Order:
    items = (OrderItem("B1", "Buty", 1, Decimal("199.00")),)
    made = Order("LS-1", "anna", status, THEN - timedelta(days=3), items, Decimal("199.00"), "PLN")
    return replace(made, **known)  # type: ignore[arg-type]


def test_the_facts_of_an_order() -> None:
    delivered = order(OrderStatus.DELIVERED, delivered_at=THEN, pickup_point="KRA01M", invoice_number="FV 1")
    found = facts_of(delivered, shop_days=30)
    assert found.items == (Item("Buty"),)
    assert found.parcels == (Parcel(THEN, from_locker=True),)
    assert (found.shop_days, found.business, found.closed) == (30, False, False)
    assert withdraw(found, at=NOW).doubts == ()


@pytest.mark.parametrize(
    ("status", "standing", "doubts"),
    [
        (OrderStatus.AWAITING_PAYMENT, Standing.NOT_BEGUN, ()),
        (OrderStatus.SHIPPED, Standing.NOT_BEGUN, ()),
        (OrderStatus.READY_FOR_PICKUP, Standing.NOT_BEGUN, ()),
        (OrderStatus.DELIVERED, Standing.UNKNOWN, (Doubt.DELIVERY_UNKNOWN,)),
        (OrderStatus.CANCELLED, Standing.NOT_BEGUN, (Doubt.ORDER_CLOSED,)),
        (OrderStatus.RETURNED, Standing.UNKNOWN, (Doubt.DELIVERY_UNKNOWN, Doubt.ORDER_CLOSED)),
    ],
)
def test_an_order_that_nobody_says_is_delivered(
    status: OrderStatus, standing: Standing, doubts: tuple[Doubt, ...]
) -> None:
    found = withdraw(facts_of(order(status)), at=NOW)
    assert (found.standing, found.doubts) == (standing, doubts)
