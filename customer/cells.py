"""One value of an imported file → what it means. Pure.

Each reader raises `InvalidInput` with a sentence that names the value and says what would do.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from customer.model import OrderStatus
from foundation.clock import SHOP_ZONE
from foundation.errors import InvalidInput

MAX_TEXT_CHARS = 300
MAX_QUANTITY = 100_000
MAX_AMOUNT = Decimal(10_000_000)
_YEARS = range(2000, 2100)

# What shops and the programs they export from write, folded by `_fold`.
STATUS_WORDS = {
    OrderStatus.AWAITING_PAYMENT: (
        "awaiting payment", "unpaid", "pending payment", "on hold",
        "oczekuje na platnosc", "oczekuje na wplate", "czeka na platnosc", "nieoplacone", "nowe",
    ),
    OrderStatus.PAID: ("paid", "oplacone", "zaplacone", "przyjete", "przyjete do realizacji"),
    OrderStatus.PACKING: (
        "packing", "processing", "pakowane", "w trakcie pakowania", "kompletowane", "w realizacji",
        "w przygotowaniu", "spakowane", "gotowe do wyslania",
    ),
    OrderStatus.SHIPPED: ("shipped", "sent", "in transit", "wyslane", "nadane", "w drodze", "w doreczeniu"),
    OrderStatus.READY_FOR_PICKUP: (
        "ready for pickup", "awaiting pickup", "gotowe do odbioru", "do odbioru", "czeka w paczkomacie",
        "oczekuje na odbior", "w punkcie odbioru",
    ),
    OrderStatus.DELIVERED: ("delivered", "completed", "dostarczone", "doreczone", "odebrane", "zrealizowane"),
    OrderStatus.CANCELLED: ("cancelled", "canceled", "anulowane", "odwolane"),
    OrderStatus.RETURNED: ("returned", "zwrocone", "zwrot przyjety"),
    OrderStatus.REFUNDED: ("refunded", "zwrot srodkow", "srodki zwrocone", "pieniadze zwrocone"),
}  # fmt: skip
_STATUS_OF = {word: status for status, words in STATUS_WORDS.items() for word in words}

_POLISH_DATE = re.compile(
    r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?:,?\s+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?"
)
_THOUSANDS = re.compile(r"[ \u00a0\u202f']")


def read_text(value: str, column: str) -> str:
    """Return the text on one line, without control characters.

    Raises:
        InvalidInput: It is longer than `MAX_TEXT_CHARS`; cutting a number short would falsify it.
    """
    if len(value) > MAX_TEXT_CHARS:
        raise InvalidInput(f"{column} has {len(value)} characters, more than the {MAX_TEXT_CHARS} allowed.")
    spaced = "".join(" " if character.isspace() else character for character in value)
    return " ".join("".join(c for c in spaced if unicodedata.category(c)[0] != "C").split())


def read_status(value: str) -> OrderStatus:
    """Return the status that an English or Polish word names, in any case and with or without accents."""
    status = _STATUS_OF.get(_fold(value))
    if status is None:
        allowed = ", ".join(status.value for status in OrderStatus)
        raise InvalidInput(f"the status “{_shown(value)}” is unknown: use one of {allowed}.")
    return status


def read_money(value: str, column: str) -> Decimal:
    """Return an amount written with a decimal comma or dot, perhaps with spaces between thousands.

    Returns:
        At least 0, below `MAX_AMOUNT`, at most two decimals.
    """
    digits = _THOUSANDS.sub("", value.strip())
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,2}", digits):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+\.[0-9]{1,2}", digits):
        digits = digits.replace(",", "")
    # "1,299" may be either, so it is neither
    if not re.fullmatch(r"[0-9]{1,12}([.,][0-9]{1,2})?", digits):
        raise InvalidInput(f"{column} “{_shown(value)}” is no amount: write it like 1299,00 or 1299.00.")
    amount = Decimal(digits.replace(",", "."))
    if amount >= MAX_AMOUNT:
        raise InvalidInput(f"{column} “{_shown(value)}” is too large for an order.")
    return amount


def read_quantity(value: str) -> int:
    """Return a whole number from 1 to `MAX_QUANTITY`."""
    if not re.fullmatch(r"[0-9]{1,6}", value.strip()) or not 1 <= int(value) <= MAX_QUANTITY:
        raise InvalidInput(f"quantity “{_shown(value)}” is no whole number from 1 to {MAX_QUANTITY}.")
    return int(value)


def read_email(value: str) -> str:
    """Return the address, or nothing for nothing."""
    email = value.strip()
    if email and not re.fullmatch(r"[^\s@]{1,64}@[^\s@]{1,189}", email):
        raise InvalidInput(f"customer_email “{_shown(value)}” is no e-mail address.")
    return read_text(email, "customer_email")


def read_currency(value: str) -> str:
    """Return an ISO 4217 code in capitals."""
    code = value.strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise InvalidInput(f"currency “{_shown(value)}” is no code of three letters, such as PLN.")
    return code


def read_moment(value: str, column: str, zone: ZoneInfo = SHOP_ZONE) -> datetime:
    """Return the moment in UTC.

    ISO 8601 or ``DD.MM.YYYY [HH:MM[:SS]]``. Without an offset the time is `zone`'s; without a time it
    is the first moment of that day there.
    """
    moment = _parse(value.strip())
    if moment is None or moment.year not in _YEARS:
        raise InvalidInput(
            f"{column} “{_shown(value)}” is no date: write it like 2026-11-17 14:30 or 17.11.2026."
        )
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def read_day(value: str, column: str, zone: ZoneInfo = SHOP_ZONE) -> date:
    """Return the day, by the calendar of `zone`; understands what `read_moment` does."""
    return read_moment(value, column, zone).astimezone(zone).date()


def _parse(value: str) -> datetime | None:
    polish = _POLISH_DATE.fullmatch(value)
    if polish:
        day, month, year, clock = polish.groups(default="0:00")
        value = f"{year}-{month:0>2}-{day:0>2} {clock.zfill(8 if clock.count(':') > 1 else 5)}"
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _fold(value: str) -> str:
    plain = unicodedata.normalize("NFKD", value.casefold().replace("ł", "l"))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(re.sub(r"[_\-./]", " ", letters).split())


def _shown(value: str) -> str:
    return value if len(value) <= 40 else value[:40] + "…"
