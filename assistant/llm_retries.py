"""What went wrong with a model, and whether asking again makes sense. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

TRIES = 3
"""So often one model is asked, and then the next one, while there is time and nothing was said yet."""

FIRST_WAIT_SECONDS = 0.25
LONGEST_WAIT_SECONDS = 4.0


@dataclass(eq=False)
class ModelTrouble(Exception):
    """A call to a model came to nothing, or ended early.

    Attributes:
        code: Stable: ``busy``, ``server_error``, ``no_connection``, ``timeout``, ``refused``,
            ``not_understood``, ``too_much``.
        says: For whoever runs the shop; holds nothing that a shopper wrote.
        again: Whether the same model may do better at once.
        used: Whether tokens may have been used.
        after_seconds: How long the server asks to wait.
    """

    code: str
    says: str = ""
    again: bool = False
    used: bool = True
    after_seconds: float | None = None

    def __str__(self) -> str:
        """Return the code and the sentence."""
        return f"{self.code}: {self.says}" if self.says else self.code


def wait_seconds(
    tried: int, trouble: ModelTrouble, *, left_seconds: float, draw: Callable[[], float]
) -> float | None:
    """Return how long to wait before the same model is asked again; None if it is not.

    Args:
        tried: How often it was asked, from 1.
        trouble: What came of it.
        left_seconds: Until the answer has to be there.
        draw: Gives a number from 0 to 1, so that not all who were refused come back at once.
    """
    if not trouble.again or tried >= TRIES:
        return None
    grown: float = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2.0 ** (tried - 1))
    wait = max(grown * (0.5 + draw() / 2), trouble.after_seconds or 0.0)
    return wait if wait < left_seconds / 2 else None


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds of a ``Retry-After`` header, which may be a date; None without a usable one."""
    if not value:
        return None
    if re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", value.strip()):
        return max(0.0, float(value))
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment - now).total_seconds()) if moment.tzinfo else None
