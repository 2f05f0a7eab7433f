"""What a machine may lack for a test: it is skipped then, or fails where OKIENKO_REQUIRE names it."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lacking(thing: str, why: str) -> NoReturn:
    """Leave a test out because of what is not on this machine.

    Args:
        thing: What ``OKIENKO_REQUIRE`` calls it; it names several by commas.
        why: A sentence: what is missing and how to get it.
    """
    if thing in os.environ.get("OKIENKO_REQUIRE", "").split(","):
        pytest.fail(f"OKIENKO_REQUIRE names {thing}: {why}")
    pytest.skip(why)
