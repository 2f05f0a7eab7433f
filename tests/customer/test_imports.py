"""Orders from files: what is whole comes in, what is broken is named."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer.batch import ImportBatch
from customer.cells import STATUS_WORDS, read_money, read_status
from customer.columns import ALL_COLUMNS, REQUIRED_ITEM_COLUMNS, REQUIRED_ORDER_COLUMNS
from customer.drafts import drafts_from_csv, drafts_from_json
from customer.imports import read_orders
from customer.model import Customer, Order, OrderItem, OrderStatus
from customer.orders import SqlOrders
from customer.shop_file import MAX_FILE_BYTES
from foundation.database import Database
from foundation.errors import InvalidInput, TooLarge
from foundation.language import Language

GUIDE = (Path(__file__).parents[2] / "docs" / "orders.md").read_text(encoding="utf-8")
HEADER = "order_number,customer_id,status,placed_at,total,item_name,quantity,unit_price"
ROW = "A-1,17,paid,2026-11-17,10.00,Cup,1,10.00"


def from_text(tmp_path: Path, text: str, name: str = "orders.csv", encoding: str = "utf-8") -> ImportBatch:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_orders(path)


def from_rows(tmp_path: Path, *rows: str, header: str = HEADER) -> ImportBatch:
    return from_text(tmp_path, "\n".join([header, *rows]))


def from_json(tmp_path: Path, content: object) -> ImportBatch:
    return from_text(tmp_path, json.dumps(content), "orders.json")


def json_order(**changes: object) -> dict[str, object]:
    order: dict[str, object] = {
        "order_number": "A-1",
        "customer_id": "17",
        "status": "paid",
        "placed_at": "2026-11-17",
        "total": 10,
        "items": [{"item_name": "Cup", "quantity": 1, "unit_price": 10}],
    }
    return order | changes


def numbers(batch: ImportBatch) -> list[str]:
    return [order.number for order in batch.orders]


def problems(batch: ImportBatch) -> str:
    return "\n".join(map(str, batch.problems))


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    return found[1]


def test_the_guides_csv(tmp_path: Path) -> None:
    batch = from_text(tmp_path, example("csv"))
    assert (batch.problems, batch.notes) == ((), ())
    assert batch.customers == (
        Customer("17", "Hanna Kalina", "hanna.kalina@example.com", Language.PL),
        Customer("18", "Jan Grzybek", "jan.grzybek@example.com", Language.PL),
    )
    assert batch.assumed_language == {"17", "18"}
    assert batch.orders[0] == Order(
        number="ZM/1042",
        customer_id="17",
        status=OrderStatus.SHIPPED,
        placed_at=datetime(2026, 11, 16, 8, 12, tzinfo=UTC),
        items=(
            OrderItem("", "Filiżanka „Rosa”", 2, Decimal("79.50"), "biała"),
            OrderItem("", "Serwetki lniane", 1, Decimal("40.00")),
        ),
        total=Decimal("211.99"),
        currency="PLN",
        carrier="InPost Paczkomat 24/7",
        parcel_number="600000000000000000000017",
        shipped_at=datetime(2026, 11, 16, 14, 40, tzinfo=UTC),
        expected_on=date(2026, 11, 18),
    )
    assert batch.orders[1].status is OrderStatus.AWAITING_PAYMENT


def test_the_guides_json_says_the_same(tmp_path: Path) -> None:
    (order,) = from_text(tmp_path, example("json"), "orders.json").orders
    (as_csv, _) = from_text(tmp_path, example("csv")).orders
    assert (order.items, order.total, order.placed_at) == (as_csv.items, as_csv.total, as_csv.placed_at)


def test_the_guide_names_every_column_and_status_word() -> None:
    assert [name for name in ALL_COLUMNS if f"`{name}`" not in GUIDE] == []
    table = GUIDE.split("### Status")[1].split("## Examples")[0]
    told = {
        (status, word.strip())
        for status, words in re.findall(r"^\| `(\w+)` \| (.*) \|$", table, re.MULTILINE)
        for word in words.split(",")
    }
    assert {read_status(word) for _, word in told} == set(OrderStatus)
    assert all(read_status(word) == status for status, word in told)
    assert len(told) == sum(
        len(words) - 1 for words in STATUS_WORDS.values()
    )  # the status itself is not repeated


async def test_an_import_is_idempotent(tmp_path: Path, database: Database) -> None:
    batch, orders = from_text(tmp_path, example("csv")), SqlOrders(database)
    assert (await orders.save(batch)).orders == 2
    assert (await orders.save(batch)).unchanged == 2
    assert await orders.orders_of("17") == [batch.orders[0]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_dialects_of_csv(tmp_path: Path, delimiter: str, line_end: str, encoding: str) -> None:
    text = line_end.join(["", HEADER.replace(",", delimiter), ROW.replace(",", delimiter), "", ""])
    batch = from_text(tmp_path, text, encoding=encoding)
    assert (numbers(batch), batch.problems) == (["A-1"], ())


def test_rows_of_one_order_need_not_be_neighbours(tmp_path: Path) -> None:
    batch = from_rows(
        tmp_path, ROW, ROW.replace("A-1", "A-2"), "#a 1,,,,,Saucer,2,3.50", header=HEADER.upper()
    )
    assert numbers(batch) == ["A-1", "A-2"]
    assert [item.name for item in batch.orders[0].items] == ["Cup", "Saucer"]


def test_unknown_columns_are_ignored_with_a_note(tmp_path: Path) -> None:
    batch = from_rows(tmp_path, ROW + ",red,5", header=HEADER + ",colour,Weight")
    assert numbers(batch) == ["A-1"]
    assert batch.notes == ("Columns that Okienko does not know are ignored: colour, weight.",)


@pytest.mark.parametrize("column", REQUIRED_ORDER_COLUMNS + REQUIRED_ITEM_COLUMNS)
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    with pytest.raises(InvalidInput, match=f"lacks these columns: {column}"):
        from_rows(tmp_path, ROW, header=HEADER.replace(column, "other"))
    emptied = [
        "" if name == column else cell for name, cell in zip(HEADER.split(","), ROW.split(","), strict=True)
    ]
    batch = from_rows(tmp_path, ",".join(emptied), ROW.replace("A-1", "A-2"))
    assert numbers(batch) == ["A-2"]
    assert problems(batch).startswith(f"line 2: {column} ")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (ROW.replace("paid", "lost"), "the status “lost” is unknown"),
        (ROW.replace("2026-11-17", "2026-13-17"), "placed_at “2026-13-17” is no date"),
        (ROW.replace("2026-11-17", "31.02.2026"), "placed_at “31.02.2026” is no date"),
        (ROW.replace("2026-11-17", "0206-11-17"), "is no date"),
        (ROW.replace(",1,", ",0,"), "quantity “0” is no whole number"),
        (ROW.replace(",1,", ",1.5,"), "quantity “1.5” is no whole number"),
        (ROW.replace(",1,", ",¹,"), "quantity “¹” is no whole number"),
        (ROW.replace("10.00,Cup", "-10.00,Cup"), "total “-10.00” is no amount"),
        (ROW.replace("10.00,Cup", "NaN,Cup"), "total “NaN” is no amount"),
        (ROW.replace("10.00,Cup", "99999999999,Cup"), "too large"),
        (ROW.replace("Cup", '"Cup'), "a quotation mark is not closed"),
        (ROW.replace("Cup", "Cup, white"), "9 values where the header names 8"),
        (ROW.replace(",Cup", ""), "7 values where the header names 8"),
        (ROW.replace("Cup", "x" * 301), "item_name has 301 characters"),
        (ROW.replace("A-1", "A" * 65), "is no number of an order"),
        (ROW.replace("17,paid", "x" * 201 + ",paid"), "customer_id must have 1 to 200"),
        (ROW.replace("A-1", "---"), "is no number of an order"),
    ],
)
def test_a_broken_row_is_named_and_the_rest_imported(tmp_path: Path, row: str, sentence: str) -> None:
    batch = from_rows(tmp_path, ROW.replace("A-1", "A-0"), row, ROW.replace("A-1", "A-2"))
    assert numbers(batch) == ["A-0", "A-2"]
    assert problems(batch).startswith("line 3: ")
    assert sentence in problems(batch)
    assert len(batch.problems) == 1


@pytest.mark.parametrize(
    "second",
    [
        'A-1,17,paid,2026-11-17,10.00,"Cup,1,10.00',
        "A-1,17,paid,2026-11-17,10.00,Cup, white,1,10.00",
        "17,A-1,paid,2026-11-17,10.00,Cup,1",
        '"A-1,17,paid,2026-11-17,10.00,Cup,1,10.00',
        "A-1,18,,,,Cup,1,10.00",
        "A-1,17,,,,Cup,1,ten",
        "A-1,17,,,,,1,10.00",
    ],
)
def test_half_an_order_is_never_imported(tmp_path: Path, second: str) -> None:
    for rows in ([ROW, second], [second, ROW]):
        batch = from_rows(tmp_path, *rows, ROW.replace("A-1", "A-2"))
        assert numbers(batch) == ["A-2"]
        assert [customer.id for customer in batch.customers] == ["17"]
        assert batch.problems


def test_what_cannot_have_happened_is_refused(tmp_path: Path) -> None:
    header = HEADER + ",shipped_at,delivered_at"
    batch = from_rows(
        tmp_path,
        ROW + ",,2026-11-16",
        ROW.replace("A-1", "A-2") + ",2026-11-19,18.11.2026 12:00",
        ROW.replace("A-1", "A-3").replace("11-17", "11-17 23:30") + ",2026-11-17,2026-11-17",  # by days
        header=header,
    )
    assert numbers(batch) == ["A-3"]
    assert "line 2: delivered_at (2026-11-16) is before placed_at (2026-11-17)." in problems(batch)
    assert "line 3: delivered_at (2026-11-18) is before shipped_at (2026-11-19)." in problems(batch)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-17", datetime(2026, 11, 16, 23, tzinfo=UTC)),
        ("17.11.2026", datetime(2026, 11, 16, 23, tzinfo=UTC)),
        ("2026-07-01 12:00", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("1.7.2026 9:05", datetime(2026, 7, 1, 7, 5, tzinfo=UTC)),
        ("01.07.2026 09:05:30", datetime(2026, 7, 1, 7, 5, 30, tzinfo=UTC)),
        ("2026-11-17T12:00:00Z", datetime(2026, 11, 17, 12, tzinfo=UTC)),
        ("2026-11-17T12:00:00-05:00", datetime(2026, 11, 17, 17, tzinfo=UTC)),
    ],
)
def test_times_without_an_offset_are_polish(tmp_path: Path, written: str, moment: datetime) -> None:
    (order,) = from_rows(tmp_path, ROW.replace("2026-11-17", written)).orders
    assert order.placed_at == moment


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("0", "0"), ("10", "10"), ("10,5", "10.5"), ("10.50", "10.50"), ("1299,00", "1299"),
        ("1 299,00", "1299"), ("1\u00a0299,00", "1299"), ("1.299,00", "1299"), ("1,299.00", "1299"),
        ("1.234.567,89", "1234567.89"),
    ],
)  # fmt: skip
def test_amounts_as_poles_and_machines_write_them(written: str, amount: str) -> None:
    assert read_money(written, "total") == Decimal(amount)


@pytest.mark.parametrize(
    "written", ["", "1,299", "1.299", "1,2,3", "12.34,5,6", "1e3", "+1", "0x1", "١٢", "10 zł"]
)
def test_an_amount_that_may_mean_two_things_is_refused(written: str) -> None:
    with pytest.raises(InvalidInput, match="is no amount"):
        read_money(written, "total")


@given(st.decimals(0, 9_999_999, places=2))
def test_amounts_survive_both_notations(amount: Decimal) -> None:
    assert read_money(f"{amount:.2f}", "total") == amount
    assert read_money(f"{amount:,.2f}".translate(str.maketrans(",.", " ,")), "total") == amount


def test_the_customer_is_put_together_from_all_rows(tmp_path: Path) -> None:
    header = HEADER + ",customer_name,customer_email,customer_language"
    batch = from_rows(
        tmp_path,
        ROW + ",Anna Wrzos,,",
        ROW.replace("A-1", "A-2") + ",,anna@example.com,en-GB",
        ROW.replace("A-1", "A-3").replace("17,paid", "18,paid") + ",Jens,,de",
        ROW.replace("A-1", "A-4").replace("17,paid", "19,paid") + ",Jan,no address,",
        header=header,
    )
    assert batch.customers == (
        Customer("17", "Anna Wrzos", "anna@example.com", Language.EN),
        Customer("18", "Jens", "", Language.EN),
    )
    assert batch.assumed_language == frozenset()
    assert "line 5: customer_email “no address” is no e-mail address. Order A-4 is left out." in problems(
        batch
    )


def test_json_as_a_list_or_with_customers(tmp_path: Path) -> None:
    order = json_order(customer_id=17, total=10.50)
    assert from_json(tmp_path, [order]).orders == from_json(tmp_path, {"orders": [order]}).orders
    batch = from_json(tmp_path, {"customers": [{"customer_id": 17, "customer_name": "Anna"}, {}]})
    assert [customer.name for customer in batch.customers] == ["Anna"]
    assert problems(batch).startswith("customers[1]: customer_id must have")
    (read,) = from_json(tmp_path, [order]).orders
    assert (read.customer_id, read.total) == ("17", Decimal("10.50"))


@pytest.mark.parametrize(
    ("broken", "place", "sentence"),
    [
        ("A-1", "orders[1]", "an object is expected"),
        (None, "orders[1]", "an object is expected"),
        (json_order(status=True), "orders[1]", "status must be a text or a number"),
        (json_order(customer_id={"id": 1}), "orders[1]", "customer_id must be a text or a number"),
        (json_order(items=[]), "orders[1]", "no items"),
        (
            json_order(items={"item_name": "Cup"}),
            "orders[1].items[0]",
            "quantity, unit_price must not be empty",
        ),
        (json_order(items=["Cup"]), "orders[1].items[0]", "an object is expected"),
        (json_order(items="Cup"), "orders[1].items[0]", "an object is expected"),
        (
            json_order(items=[{"item_name": "Cup", "quantity": 1.5, "unit_price": 1}]),
            "orders[1].items[0]",
            "1.5",
        ),
        (json_order(total=1e300), "orders[1]", "is no amount"),
        (json_order(total=float("nan")), "orders[1]", "“NaN” is no amount"),
        (json_order(total=None), "orders[1]", "total must not be empty"),
        (json_order(order_number="a 0"), "orders[1]", "the number a 0 has been used above"),
        (json_order(order_number="#"), "orders[1]", "is no number of an order"),
    ],
)
def test_a_broken_json_order_is_named_by_its_place(
    tmp_path: Path, broken: object, place: str, sentence: str
) -> None:
    batch = from_json(tmp_path, [json_order(order_number="A-0"), broken, json_order(order_number="A-2")])
    assert numbers(batch) == ["A-0", "A-2"]
    assert batch.problems[0].place == place
    assert sentence in problems(batch)


def test_unknown_json_names_are_noted_once(tmp_path: Path) -> None:
    batch = from_json(tmp_path, [json_order(colour="red"), json_order(order_number="A-2", colour="red")])
    assert batch.notes == ("Columns that Okienko does not know are ignored: colour.",)


@pytest.mark.parametrize(
    "text", ["", "{", "1", '"x"', "{}", '{"orders": {}}', '{"orders": 1}', "[" * 100_000, "null"]
)
def test_json_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidInput):
        from_text(tmp_path, text, "orders.json")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"missing\.csv cannot be read"):
        read_orders(tmp_path / "missing.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InvalidInput, match=r"folder\.csv cannot be read"):
        read_orders(tmp_path / "folder.csv")
    with pytest.raises(InvalidInput, match=r"neither \.csv nor \.json"):
        from_text(tmp_path, ROW, "orders.xlsx")
    with pytest.raises(InvalidInput, match="is empty"):
        from_text(tmp_path, "\n \n")
    with pytest.raises(InvalidInput, match="not UTF-8"):
        from_text(tmp_path, f"{HEADER}\n{ROW}ż", encoding="cp1250")
    with pytest.raises(InvalidInput, match="more than once: total"):
        from_rows(tmp_path, ROW + ",1", header=HEADER + ",total")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(TooLarge):
        read_orders(path)


@given(st.text(max_size=200))
def test_no_text_breaks_the_readers(text: str) -> None:
    drafts = drafts_from_csv(f"{HEADER}\n{text}\nZ-9,17,paid,2026-11-17,10.00,Cup,1,10.00")
    assert any(draft.columns.get("order_number") for draft in drafts.orders)
    with suppress(InvalidInput):  # the one way out, besides an answer
        assert drafts_from_json(text).orders == []
