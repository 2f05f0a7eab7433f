"""A shop's file of products → its catalogue. Reads the file, stores nothing.

What is broken is named and left out; the rest is imported.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from customer.batch import ImportProblem
from customer.cells import read_currency, read_money, read_text
from customer.product import Product, ProductBatch
from customer.shop_file import read_shop_file
from foundation.errors import InvalidInput

MAX_SKU_CHARS = 100
MAX_DESCRIPTION_CHARS = 5_000
MAX_VALUES = 100

REQUIRED_COLUMNS = ("sku", "name", "price")
ATTRIBUTES = ("size", "colour", "material", "season", "for_whom")
COLUMNS = (
    *REQUIRED_COLUMNS, "name_en", "currency", "category", "description", "description_en", "url", "available",
    "goes_with", *ATTRIBUTES,
)  # fmt: skip

_YES = frozenset(("", "1", "true", "yes", "y", "tak", "t", "dostępny", "dostepny", "in stock"))
_NO = frozenset(("0", "false", "no", "n", "nie", "niedostępny", "niedostepny", "out of stock"))
_DELIMITERS = ",;\t"

_Record = tuple[str, Mapping[str, object]]


def read_products(path: Path) -> ProductBatch:
    """Return what a ``.csv`` or ``.json`` file of products holds (``docs/products.md`` tells the columns).

    Raises:
        InvalidInput: There is no such file, it is neither format, or lacks required columns.
        TooLarge: It has more than `customer.shop_file.MAX_FILE_BYTES`.
    """
    readers = {".csv": _from_csv, ".json": _from_json}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InvalidInput(f"{path.name} is neither .csv nor .json: export the products as one of them.")
    problems: list[ImportProblem] = []
    found: dict[str, Product] = {}
    unknown: dict[str, None] = {}
    for place, record in reader(read_shop_file(path), problems):
        unknown |= dict.fromkeys(name for name in record if name and name not in COLUMNS)
        try:
            product = _product(record)
            if product.sku in found:
                raise InvalidInput(f"the sku {product.sku} has been used above.")
            found[product.sku] = product
        except InvalidInput as error:
            problems.append(ImportProblem(place, f"{error.message} This product is left out."))
    ignored = ", ".join(unknown)
    notes = (f"Columns that Okienko does not know are ignored: {ignored}.",) if ignored else ()
    return ProductBatch(tuple(found.values()), tuple(problems), notes)


def _from_csv(text: str, problems: list[ImportProblem]) -> Iterator[_Record]:
    """Yield the rows. A value does not span lines, so an unclosed quote breaks its own row only."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise InvalidInput("The file is empty: it needs a header with the names of its columns.")
    delimiter = max(_DELIMITERS, key=lines[first].count)
    header = [name.strip().lower() for name in next(csv.reader([lines[first]], delimiter=delimiter))]
    if missing := [name for name in REQUIRED_COLUMNS if name not in header]:
        raise InvalidInput(
            f"The file lacks these columns: {', '.join(missing)}. Name them in its first line."
        )
    if repeated := sorted({name for name in header if name in COLUMNS and header.count(name) > 1}):
        raise InvalidInput(f"The file has these columns more than once: {', '.join(repeated)}.")
    for number, line in enumerate(lines[first + 1 :], start=first + 2):
        if not line.strip(f'{delimiter} "'):
            continue
        place = f"line {number}"
        try:
            cells = next(csv.reader([line], delimiter=delimiter, strict=True))
        except csv.Error:
            trouble = "a quotation mark is not closed, or stands inside a value. This product is left out."
            problems.append(ImportProblem(place, trouble))
            continue
        if len(cells) != len(header):
            trouble = f"{len(cells)} values where the header names {len(header)}. This product is left out."
            problems.append(ImportProblem(place, trouble))
            continue
        yield place, dict(zip(header, cells, strict=True))


def _from_json(text: str, problems: list[ImportProblem]) -> Iterator[_Record]:
    try:
        # numbers stay as written: no float comes near a price
        content = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"The file is no JSON that can be read: {error}.") from error
    records = content.get("products") if isinstance(content, dict) else content
    if not isinstance(records, list):
        raise InvalidInput('The file must be a list of products, or {"products": […]}.')
    for index, record in enumerate(records):
        if not isinstance(record, dict):
            problems.append(ImportProblem(f"products[{index}]", "an object is expected here."))
            continue
        attributes = record.pop("attributes", None)
        yield f"products[{index}]", record | (attributes if isinstance(attributes, dict) else {})


def _product(record: Mapping[str, object]) -> Product:
    if missing := [name for name in REQUIRED_COLUMNS if not _cell(record, name)]:
        raise InvalidInput(f"{', '.join(missing)} must not be empty.")
    sku = read_text(_cell(record, "sku"), "sku")
    if len(sku) > MAX_SKU_CHARS:
        raise InvalidInput(f"sku must have at most {MAX_SKU_CHARS} characters.")
    attributes = {name: _values(record, name) for name in ATTRIBUTES}
    return Product(
        sku=sku,
        name=read_text(_cell(record, "name"), "name"),
        price=read_money(_cell(record, "price"), "price"),
        currency=read_currency(_cell(record, "currency") or "PLN"),
        category=read_text(_cell(record, "category"), "category"),
        description=_description(_cell(record, "description")),
        url=_url(_cell(record, "url")),
        available=_available(_cell(record, "available")),
        attributes={name: values for name, values in attributes.items() if values},
        goes_with=_values(record, "goes_with"),
        name_en=read_text(_cell(record, "name_en"), "name_en"),
        description_en=_description(_cell(record, "description_en"), "description_en"),
    )


def _cell(record: Mapping[str, object], name: str) -> str:
    value = record.get(name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is not None and not isinstance(value, str):
        raise InvalidInput(f"{name} must be a text or a number.")
    return (value or "").strip()


def _values(record: Mapping[str, object], name: str) -> tuple[str, ...]:
    """Return several values: a list in JSON, separated by ``|`` in a cell."""
    value = record.get(name)
    parts = value if isinstance(value, list) else _cell(record, name).split("|")
    if not all(isinstance(part, str) for part in parts) or len(parts) > MAX_VALUES:
        raise InvalidInput(f"{name} must be at most {MAX_VALUES} texts.")
    read = (read_text(part, name) for part in parts)
    return tuple(dict.fromkeys(part for part in read if part))


def _description(value: str, column: str = "description") -> str:
    if len(value) > MAX_DESCRIPTION_CHARS:
        raise InvalidInput(f"{column} has more than {MAX_DESCRIPTION_CHARS} characters.")
    words = value.split()
    return " ".join(word for word in words if word.isprintable())


def _url(value: str) -> str:
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        good = parts.scheme == "https" and parts.hostname and not parts.username and parts.port in (None, 443)
    except ValueError:
        good = False
    if not good or not value.isprintable() or any(c in value for c in " <>\"'„”") or len(value) > 1_000:
        raise InvalidInput("url must be a whole address that begins with https://.")
    return value


def _available(value: str) -> bool:
    plain = value.casefold()
    if plain not in _YES | _NO:
        raise InvalidInput(f"available “{value[:40]}” is neither yes nor no.")
    return plain in _YES
