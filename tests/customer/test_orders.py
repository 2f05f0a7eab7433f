"""Orders in SQL: kept exactly, found by any spelling, shown to their owner alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from customer.batch import ImportBatch, Saved
from customer.model import Customer, Order, OrderItem, OrderSource, OrderStatus
from customer.orders import SqlOrders
from foundation.database import Database
from foundation.errors import InvalidInput
from foundation.language import Language

HANNA = Customer("17", "Hanna Kalina", "hanna@example.com", Language.PL)
JAN = Customer("18", "Jan Grzybek", "jan@example.com", Language.EN)
CUP = OrderItem("FIL-B", "Filiżanka „Rosa”", 2, Decimal("79.50"), "biała")
CLOTH = OrderItem("", "Serwetki lniane", 1, Decimal("40.10"))
SHIPPED = Order(
    number="ZM-2026/1042",
    customer_id=HANNA.id,
    status=OrderStatus.SHIPPED,
    placed_at=datetime(2026, 11, 16, 8, 12, tzinfo=UTC),
    items=(CUP, CLOTH),
    total=Decimal("212.09"),
    currency="PLN",
    payment_method="BLIK",
    carrier="InPost Paczkomat 24/7",
    parcel_number="600000000000000000000017",
    pickup_point="BBI97M, ul. Miodowa 3, Bielsko-Biała",
    shipped_at=datetime(2026, 11, 16, 14, 40, tzinfo=UTC),
    expected_on=date(2026, 11, 18),
    invoice_number="FV/1",
)
OLDER = replace(
    SHIPPED,
    number="ZM-2026/0990",
    status=OrderStatus.DELIVERED,
    placed_at=datetime(2026, 9, 1, tzinfo=UTC),
    delivered_at=datetime(2026, 9, 3, 16, tzinfo=UTC),
)
OF_JAN = replace(SHIPPED, number="ZM-2026/1043", customer_id=JAN.id, items=(CLOTH,), total=Decimal("52.00"))
BATCH = ImportBatch(customers=(HANNA, JAN), orders=(SHIPPED, OLDER, OF_JAN))


@pytest.fixture
def orders(database: Database) -> SqlOrders:
    return SqlOrders(database)


async def test_what_was_saved_comes_back_exactly(orders: SqlOrders) -> None:
    source: OrderSource = orders
    assert await orders.save(BATCH) == Saved(customers=2, orders=3, unchanged=0)
    assert await source.customer("17") == HANNA
    assert await source.orders_of("17") == [SHIPPED, OLDER]
    assert await source.order("18", "ZM-2026/1043") == OF_JAN
    assert await orders.count() == 3


async def test_saving_again_changes_nothing(orders: SqlOrders) -> None:
    await orders.save(BATCH)
    assert await orders.save(BATCH) == Saved(customers=0, orders=0, unchanged=3)
    spelled = replace(SHIPPED, total=Decimal("212.090"))
    assert await orders.save(ImportBatch(orders=(spelled,))) == Saved(0, 0, unchanged=1)


async def test_what_differs_is_brought_up_to_date(orders: SqlOrders) -> None:
    await orders.save(BATCH)
    delivered = replace(
        SHIPPED, status=OrderStatus.DELIVERED, delivered_at=datetime(2026, 11, 18, tzinfo=UTC), items=(CLOTH,)
    )
    renamed = replace(HANNA, name="Hanna Wrzos")
    assert await orders.save(ImportBatch((renamed, JAN), (delivered, OLDER))) == Saved(1, 1, unchanged=1)
    assert await orders.order("17", SHIPPED.number) == delivered
    assert await orders.customer("17") == renamed
    assert await orders.order("18", OF_JAN.number) == OF_JAN


async def test_what_a_file_does_not_tell_is_not_erased(orders: SqlOrders) -> None:
    await orders.save(BATCH)
    bare = Customer(JAN.id, "", "", Language.PL)
    assumed = ImportBatch(customers=(bare,), assumed_language=frozenset({JAN.id}))
    assert await orders.save(assumed) == Saved(0, 0, 0)
    assert await orders.customer(JAN.id) == JAN
    await orders.save(ImportBatch(customers=(bare,)))
    assert await orders.customer(JAN.id) == replace(JAN, language=Language.PL)


async def test_a_complete_batch_removes_what_it_no_longer_holds(orders: SqlOrders) -> None:
    await orders.save(BATCH)
    assert await orders.save(ImportBatch((HANNA,), (SHIPPED,)), complete=True) == Saved(0, 0, 1, removed=1)
    assert await orders.orders_of(HANNA.id) == [SHIPPED]
    assert await orders.orders_of(JAN.id) == [OF_JAN]  # not in the batch, not touched


@pytest.mark.parametrize("spelling", ["zm 2026/1042", "#ZM2026/1042", " ZM–2026/1042 ", "ＺＭ-2026/1042"])
async def test_an_order_is_found_by_any_spelling(orders: SqlOrders, spelling: str) -> None:
    await orders.save(BATCH)
    assert await orders.order(HANNA.id, spelling) == SHIPPED


@pytest.mark.parametrize(
    "number",
    [
        "",
        "#",
        "ZM-2026/104",
        "%",
        "ZM-2026/104_",
        "' OR 1=1 --",
        "\x00",
        "\ud800",
        "9" * 100_000,
        "🙂",
        "null",
    ],
)
async def test_a_hostile_number_finds_nothing(orders: SqlOrders, number: str) -> None:
    await orders.save(BATCH)
    assert await orders.order(HANNA.id, number) is None


@pytest.mark.parametrize("customer_id", ["", "1", "17 ", "%", "' OR '1'='1", "18\x00", "c-" + "9" * 10_000])
async def test_a_stranger_has_neither_record_nor_orders(orders: SqlOrders, customer_id: str) -> None:
    await orders.save(BATCH)
    assert await orders.customer(customer_id) is None
    assert await orders.orders_of(customer_id) == []
    assert await orders.order(customer_id, SHIPPED.number) is None


async def test_hostile_words_are_only_words(orders: SqlOrders) -> None:
    evil = "'); DROP TABLE orders; -- <script>alert(1)</script> {{7*7}} \u202e\n"
    order = replace(
        SHIPPED, customer_id=evil, carrier=evil, items=(replace(CUP, name=evil, sku=evil, variant=evil),)
    )
    await orders.save(ImportBatch((Customer(evil, evil, evil, Language.PL),), (order,)))
    assert await orders.orders_of(evil) == [order]


async def test_nothing_is_saved_of_an_impossible_batch(orders: SqlOrders) -> None:
    twice = replace(OLDER, number="zm 2026/1042")
    with pytest.raises(InvalidInput, match="comes twice"):
        await orders.save(ImportBatch((HANNA,), (SHIPPED, twice)))
    with pytest.raises(InvalidInput, match="No record of the customer 18"):
        await orders.save(ImportBatch((HANNA,), (SHIPPED, OF_JAN)))
    with pytest.raises(InvalidInput, match="cannot be an order number"):
        await orders.save(ImportBatch((HANNA,), (replace(SHIPPED, number="#"),)))
    assert await orders.count() == 0
    assert await orders.customer(HANNA.id) is None


async def test_thousands_of_orders_fit(orders: SqlOrders) -> None:
    people = tuple(Customer(f"p{index}", f"Person {index}", "", Language.PL) for index in range(1200))
    many = tuple(replace(OF_JAN, number=f"N{index}", customer_id=f"p{index % 1200}") for index in range(2500))
    assert await orders.save(ImportBatch(people, many)) == Saved(1200, 2500, 0)
    assert await orders.save(ImportBatch(people, many[:1200]), complete=True) == Saved(0, 0, 1200, 1300)
    assert await orders.count() == 1200
