"""The catalogue: read from a file, kept exactly, and what is bought together counted over the orders."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from customer.batch import ImportBatch
from customer.model import Customer, Order, OrderItem, OrderStatus
from customer.orders import SqlOrders
from customer.product import Product, ProductBatch, Together
from customer.product_imports import COLUMNS, read_products
from customer.products import SqlProducts
from foundation.database import Database
from foundation.errors import InvalidInput
from foundation.language import Language
from tests.customer.test_orders import SHIPPED

GUIDE = (Path(__file__).parents[2] / "docs" / "products.md").read_text(encoding="utf-8")
BOOTS = Product("B", "Buty „Turnia”", Decimal("459.00"), category="Buty", attributes={"size": ("38", "39")})
WAX = Product("W", "Wosk", Decimal("29.00"), goes_with=("B",), url="https://shop.example/wosk")
CAP = Product("C", "Czapka", Decimal("79.00"), available=False)


def from_text(tmp_path: Path, text: str, name: str = "products.csv") -> ProductBatch:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_products(path)


def test_a_csv_file_is_read_whole(tmp_path: Path) -> None:
    batch = from_text(
        tmp_path,
        "sku;name;price;category;size;goes_with;available;url\n"
        'B;Buty „Turnia”;"459,00";Buty;38|39;;;\n'
        "W;Wosk;29.00;;;B;tak;https://shop.example/wosk\n"
        "C;Czapka;79;;;;nie;\n",
    )
    assert batch.products == (BOOTS, WAX, CAP)
    assert batch.problems == ()


def test_a_json_file_is_read_whole(tmp_path: Path) -> None:
    records = [
        {
            "sku": "B",
            "name": BOOTS.name,
            "price": 459.00,
            "category": "Buty",
            "attributes": {"size": ["38", "39"]},
        },
        {"sku": "W", "name": "Wosk", "price": "29,00", "goes_with": ["B"], "url": WAX.url, "available": True},
    ]
    for content in (records, {"products": records}):
        assert from_text(tmp_path, json.dumps(content), "p.json").products == (
            replace(BOOTS, price=Decimal("459.0")),
            WAX,
        )


@pytest.mark.parametrize(
    ("row", "trouble"),
    [
        ("A,Kubek,1,299", "price"),
        ("A,,10,", "name must not be empty"),
        ("A,Kubek,10,http://shop.example/a", "https://"),
        ("A,Kubek,10,https://a@shop.example/", "https://"),
        ("A,Kubek,10,javascript:alert(1)", "https://"),
        ("A,Kubek,10", "3 values where the header names 4"),
        ('A,"Kubek,10,', "quotation mark"),
        ("OK,Kubek,10,", "has been used above"),
        ("x" * 101 + ",Kubek,10,", "at most 100"),
    ],
)
def test_a_broken_row_is_named_and_the_rest_comes_in(tmp_path: Path, row: str, trouble: str) -> None:
    price = '"1,299"' if "1,299" in row else ""
    row = row.replace("1,299", price + ",") if price else row
    batch = from_text(tmp_path, f"sku,name,price,url\nOK,Talerz,5,\n{row}\nZ,Miska,7,\n")
    assert [product.sku for product in batch.products] == ["OK", "Z"]
    assert [problem.place for problem in batch.problems] == ["line 3"]
    assert trouble in batch.problems[0].message


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("", "p.csv", "empty"),
        ("sku,name\nA,B\n", "p.csv", "lacks these columns: price"),
        ("sku,name,price,sku\n", "p.csv", "more than once: sku"),
        ("{", "p.json", "no JSON"),
        ('{"orders": []}', "p.json", "list of products"),
        ("a", "p.txt", "neither .csv nor .json"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str, name: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        from_text(tmp_path, text, name)


def test_an_english_name_and_description_are_read(tmp_path: Path) -> None:
    batch = from_text(
        tmp_path,
        "sku,name,price,name_en,description_en\nW,Wosk,29,Wax,For leather shoes\nC,Czapka,79,,\n",
    )
    wax, cap = batch.products
    assert (wax.name_en, wax.description_en) == ("Wax", "For leather shoes")
    assert (wax.called(Language.EN), wax.called(Language.PL)) == ("Wax", "Wosk")
    assert (cap.called(Language.EN), cap.called(Language.PL)) == ("Czapka", "Czapka")
    long = from_text(tmp_path, f"sku,name,price,description_en\nW,Wosk,29,{'x' * 5001}\n")
    assert "description_en has more than 5000" in long.problems[0].message


def test_unknown_columns_are_noted(tmp_path: Path) -> None:
    batch = from_text(tmp_path, "sku,name,price,stock\nA,Kubek,10,4\n")
    assert batch.notes == ("Columns that Okienko does not know are ignored: stock.",)


def test_control_characters_do_not_come_in(tmp_path: Path) -> None:
    batch = from_text(tmp_path, "sku,name,price\nA,Ku\u202ebek\u0007,10\n")
    assert batch.products[0].name == "Kubek"


def test_the_guide_names_every_column() -> None:
    assert all(f"`{column}`" in GUIDE for column in COLUMNS)


async def test_saving_twice_changes_nothing(database: Database) -> None:
    shelf = SqlProducts(database)
    assert await shelf.save([BOOTS, WAX, CAP]) == (3, 0)
    assert await shelf.save([BOOTS, WAX, CAP]) == (0, 3)
    assert list(await shelf.all()) == [BOOTS, CAP, WAX]
    named = replace(CAP, name_en="Cap", description_en="Warm")
    assert await shelf.save([named]) == (1, 0)
    assert named in await shelf.all()
    assert await shelf.save([CAP]) == (1, 0)
    dearer = replace(WAX, price=Decimal("31.00"))
    assert await shelf.save([dearer]) == (1, 0)
    assert dearer in await shelf.all()
    await shelf.save([BOOTS], complete=True)
    assert (await shelf.all(), await shelf.count()) == ([BOOTS], 1)


async def test_two_products_of_one_sku_are_refused(database: Database) -> None:
    with pytest.raises(InvalidInput, match="comes twice"):
        await SqlProducts(database).save([BOOTS, BOOTS])


def bought(number: int, customer: int, *names: str, status: OrderStatus = OrderStatus.DELIVERED) -> Order:
    items = tuple(OrderItem(f"{name}-39", name, 1, Decimal("1.00")) for name in names)
    return replace(SHIPPED, number=f"Z-{number}", customer_id=str(customer), items=items, status=status)


async def counted(database: Database, *orders: Order) -> SqlProducts:
    people = {o.customer_id: Customer(o.customer_id, "", "", Language.PL) for o in orders}
    await SqlOrders(database).save(ImportBatch(tuple(people.values()), orders))
    shelf = SqlProducts(database)
    await shelf.save([BOOTS, WAX, CAP])
    await shelf.count_together()
    return shelf


async def test_what_three_customers_bought_together_is_told(database: Database) -> None:
    pairs = [bought(n, n, BOOTS.name, WAX.name) for n in range(3)]
    shelf = await counted(
        database, *pairs, bought(9, 1, BOOTS.name, WAX.name.upper()), bought(10, 5, CAP.name)
    )
    assert list(await shelf.bought_with(["B"])) == [Together("B", "W", 4)]
    assert list(await shelf.bought_with(["W"])) == [Together("W", "B", 4)]
    assert await shelf.bought_with(["C"]) == []
    assert await shelf.bought_with([]) == []


async def test_one_customers_habit_is_not_told(database: Database) -> None:
    shelf = await counted(database, *(bought(n, n % 2, BOOTS.name, WAX.name) for n in range(9)))
    assert await shelf.bought_with(["B"]) == []


async def test_what_was_never_paid_does_not_count(database: Database) -> None:
    cancelled = [bought(n, n, BOOTS.name, WAX.name, status=OrderStatus.CANCELLED) for n in range(5)]
    assert await (await counted(database, *cancelled)).bought_with(["B"]) == []


async def test_counting_again_forgets_what_was_counted_before(database: Database) -> None:
    orders = [bought(n, n, BOOTS.name, WAX.name) for n in range(3)]
    shelf = await counted(database, *orders)
    await SqlOrders(database).save(
        ImportBatch((), tuple(replace(o, status=OrderStatus.CANCELLED) for o in orders))
    )
    assert await shelf.count_together() == 0
    assert await shelf.bought_with(["B"]) == []
