"""A cell as Excel shows it: 19.9 under ``0.00 "zł"`` is “19,90 zł”, 0.2 under ``0%`` is “20%”. Pure.

An answer is quoted: a bare number would leave out what the shop's owner sees beside it.
"""

from __future__ import annotations

import re
from datetime import time

# Text in quotes, a currency, one letter after a backslash, a sign; fillers; digits with their marks.
_TOKEN = re.compile(r'"([^"]*)"|\[\$([^\]-]*)[^\]]*\]|\\(.)|([€$£%])|_.|\*.|([#0?,. ]+)')


def shown(value: object, number_format: str | None) -> object:
    """Return a number or a time as text if its format adds anything to it; else the value as it is.

    Source: ECMA-376, part 1, 18.8.31 (numFmts).
    """
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    form = (number_format or "General").split(";")[0]
    tokens = _TOKEN.findall(form) if "General" not in form and "@" not in form else []
    digits = next((token[4] for token in tokens if "0" in token[4] or "#" in token[4]), "")
    if not digits:
        return value
    number = f"{value * 100 if '%' in form else value:.{_decimals(digits)}f}"
    if "zł" in form:
        number = number.replace(".", ",")
    parts = []
    for quoted, currency, escaped, sign, group in tokens:
        if group == digits and number:
            parts.append(" " * group.startswith(" ") + number + " " * group.endswith(" "))
            number = ""
        else:
            parts.append(quoted or currency or escaped or sign or " " * (group.strip() == ""))
    return " ".join("".join(parts).split())


def _decimals(digits: str) -> int:
    return min(10, sum(digits.partition(".")[2].count(mark) for mark in "0#?"))
