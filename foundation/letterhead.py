"""What all letters of a shop share: its name, how else to reach it, how people are addressed. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from foundation.contact import Contact
from foundation.language import Language
from foundation.style import Style


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose letters these are.

    Attributes:
        shop_name: As shoppers see it; may be empty.
        contact: Stands at the foot.
        style: How the reader is addressed.
    """

    shop_name: str = ""
    contact: Contact = field(default_factory=Contact)
    style: Style = Style.INFORMAL

    def foot(self, language: Language) -> str:
        """Return the last lines of a letter; nothing where neither a name nor a contact is set."""
        named = [self.shop_name] if self.shop_name else []
        return "\n".join([*named, *self.contact.lines(language)])
