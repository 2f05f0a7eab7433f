"""The languages that a shop can speak here."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """ISO 639-1 code of a language in which we have complete texts and analysis."""

    PL = "pl"
    EN = "en"

    @property
    def other(self) -> Language:
        """The one of the two that this is not."""
        return Language.EN if self is Language.PL else Language.PL

    @classmethod
    def from_locale(cls, locale: str | None, default: Language) -> Language:
        """Return the language of a BCP 47 tag such as ``pl-PL``; `default` for another or none."""
        primary = (locale or "").replace("_", "-").split("-")[0].lower()
        return cls(primary) if primary in cls._value2member_map_ else default
