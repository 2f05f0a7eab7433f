"""What a check of the library or of a model finds. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        what: Its name, a word.
        good: Whether it is as it should be.
        says: What was compared, or what is wrong; no full stop.
        mend: What mends it; empty if nothing needs mending.
    """

    what: str
    good: bool
    says: str
    mend: str = ""
