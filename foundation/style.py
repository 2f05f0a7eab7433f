"""How a shopper is addressed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a shopper is addressed."""

    FORMAL = "formal"
    INFORMAL = "informal"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words in the form of address that a shop is set to.

    Attributes:
        style: What it is set to.
        formal: What stands for a text where nobody is addressed by "ty"; one that is not in it fits all.
    """

    style: Style
    formal: Mapping[str, str]

    def __call__(self, text: str) -> str:
        """Return what is said for a text."""
        return text if self.style is Style.INFORMAL else self.formal.get(text, text)
