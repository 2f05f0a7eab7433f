"""How a shopper is addressed. Pure."""

from __future__ import annotations

from enum import StrEnum


class Style(StrEnum):
    """How a shopper is addressed."""

    FORMAL = "formal"
    INFORMAL = "informal"
    NEUTRAL = "neutral"
