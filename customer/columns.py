"""The names that a file of orders uses, in CSV and in JSON alike; ``docs/orders.md`` explains them."""

from __future__ import annotations

REQUIRED_ORDER_COLUMNS = ("order_number", "customer_id", "status", "placed_at", "total")
OPTIONAL_ORDER_COLUMNS = (
    "currency",
    "payment_method",
    "carrier",
    "parcel_number",
    "pickup_point",
    "shipped_at",
    "expected_on",
    "delivered_at",
    "invoice_number",
)
REQUIRED_ITEM_COLUMNS = ("item_name", "quantity", "unit_price")
OPTIONAL_ITEM_COLUMNS = ("sku", "variant")
CUSTOMER_COLUMNS = ("customer_name", "customer_email", "customer_language")

ITEM_COLUMNS = REQUIRED_ITEM_COLUMNS + OPTIONAL_ITEM_COLUMNS
ORDER_COLUMNS = REQUIRED_ORDER_COLUMNS + OPTIONAL_ORDER_COLUMNS + CUSTOMER_COLUMNS
ALL_COLUMNS = ORDER_COLUMNS + ITEM_COLUMNS
