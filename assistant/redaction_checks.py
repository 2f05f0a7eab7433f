"""Numbers that prove themselves: check digits and numbering plans. Pure; the libraries load at first use."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

# Loading them takes a tenth of a second together: only a text with such a number pays it.

_POLISH = "PL"
_REGIONS = ("GB", "US", "IE")
"""Where numbers without a country code may come from, besides Poland."""
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


@lru_cache(maxsize=1)
def _stdnum() -> dict[str, Callable[[str], bool]]:
    from stdnum import iban, luhn
    from stdnum.pl import nip, pesel, regon

    return {
        "iban": iban.is_valid,
        "luhn": luhn.is_valid,
        "nip": nip.is_valid,
        "pesel": pesel.is_valid,
        "regon": regon.is_valid,
    }


def is_iban(compact: str) -> bool:
    """Return whether letters and digits are an account number of any country; 26 digits count as Polish."""
    number = compact.upper()
    return _stdnum()["iban"](f"PL{number}" if len(number) == 26 and number.isdigit() else number)


def is_card(digits: str) -> bool:
    """Return whether digits can be a payment card's: first digit, length and check digit."""
    if not 13 <= len(digits) <= 19 or digits[0] not in "23456":
        return False
    return _stdnum()["luhn"](digits)


def is_pesel(digits: str) -> bool:
    """Return whether 11 digits are a PESEL, with a birth date that exists and a right check digit."""
    return len(digits) == 11 and _stdnum()["pesel"](digits)


def is_nip(digits: str) -> bool:
    """Return whether 10 digits have the check digit of a NIP."""
    return len(digits) == 10 and _stdnum()["nip"](digits)


def is_s10(compact: str) -> bool:
    """Return whether ``RR123456785PL`` has the check digit of the Universal Postal Union's S10."""
    found = re.fullmatch(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}", compact)
    if found is None:
        return False
    left = 11 - sum(int(d) * w for d, w in zip(found[1], _S10_WEIGHTS, strict=True)) % 11
    return int(found[2]) == {10: 0, 11: 5}.get(left, left)


def is_phone(number: str) -> bool:
    """Return whether a number is in a numbering plan: with ``+`` of any country, otherwise Polish."""
    return _is_valid(number, _POLISH)


def written_phone(number: str) -> str | None:
    """Return a number as people write it, with its country's code: ``+48 33 555 01 20``.

    Without ``+`` it is read as Polish. None where no numbering plan has it, or where more than it is given.
    """
    import phonenumbers

    if not re.fullmatch(r"\s*\+?[\d\s()./-]+", number) or not is_phone(number):
        return None
    form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(phonenumbers.parse(number, _POLISH), form)


def is_foreign_phone(number: str) -> bool:
    """Return whether a number without a country code is British, Irish or American."""
    return any(_is_valid(number, region) for region in _REGIONS)


def _is_valid(number: str, region: str) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False
