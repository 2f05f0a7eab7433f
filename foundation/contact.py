"""How else a shopper reaches the shop: the address and the telephone that it gives to people. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.language import Language

PL, EN = Language.PL, Language.EN

_EMAIL = {PL: "Adres e-mail sklepu: {email}.", EN: "The shop's e-mail address is {email}."}
_PHONE = {PL: "Numer telefonu do sklepu: {phone}.", EN: "The shop's phone number is {phone}."}
_BOTH = {
    PL: "Kontakt ze sklepem: e-mail {email}, telefon {phone}.",
    EN: "You can also reach the shop by e-mail at {email} or by phone on {phone}.",
}
_EMAIL_ONLY = {
    PL: "Kontakt ze sklepem: e-mail {email}.",
    EN: "You can also reach the shop by e-mail at {email}.",
}
_PHONE_ONLY = {
    PL: "Kontakt ze sklepem: telefon {phone}.",
    EN: "You can also reach the shop by phone on {phone}.",
}
_LABELS = {PL: ("E-mail: ", "Telefon: "), EN: ("E-mail: ", "Phone: ")}


@dataclass(frozen=True, slots=True)
class Contact:
    """What the shop has set; false if that is nothing.

    Attributes:
        email: One that `foundation.letter.bare_address` takes, as the shop writes it; may be empty.
        phone: As people write it, with its country's code; may be empty.
    """

    email: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        return bool(self.email or self.phone)

    def line(self, language: Language) -> str:
        """Return one sentence with all that is set; nothing if nothing is. It addresses nobody by "ty"."""
        words = _BOTH if self.email and self.phone else _EMAIL_ONLY if self.email else _PHONE_ONLY
        return words[language].format(email=self.email, phone=self.phone) if self else ""

    def email_line(self, language: Language) -> str:
        """Return a sentence with the address; nothing if there is none."""
        return _EMAIL[language].format(email=self.email) if self.email else ""

    def phone_line(self, language: Language) -> str:
        """Return a sentence with the telephone; nothing if there is none."""
        return _PHONE[language].format(phone=self.phone) if self.phone else ""

    def lines(self, language: Language) -> list[str]:
        """Return what stands at the foot of a letter or a page: a line for each that is set."""
        given = zip(_LABELS[language], (self.email, self.phone), strict=True)
        return [f"{label}{value}" for label, value in given if value]
