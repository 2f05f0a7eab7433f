"""Locales to the languages that we speak."""

import pytest

from foundation.language import Language


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("pl", "pl"), ("pl-PL", "pl"), ("EN_us", "en"), ("en", "en"), ("de-DE", "pl"), ("", "pl"), (None, "pl")],
)
def test_from_locale(locale: str | None, expected: str) -> None:
    assert Language.from_locale(locale, Language.PL) == expected
