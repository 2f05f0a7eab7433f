"""What is typed into the public forms, as withdrawals and complaints. Pure.

Nothing typed into the form of a withdrawal stops it: what is too long is cut, and the second step shows the
statement as it will be kept, word for word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from customer.receipts import statement_of
from customer.request import MAX_ITEMS, Complaining, Wanted, Withdrawing, one_line
from foundation.errors import InvalidInput
from foundation.language import Language
from foundation.letter import bare_address

MAX_THINGS_CHARS = 8_000
MAX_COMPLAINT_CHARS = 15_000

_NAME = {Language.PL: "Imię i nazwisko: {}", Language.EN: "Name: {}"}
_EMAIL = {Language.PL: "Adres e-mail: {}", Language.EN: "E-mail address: {}"}


@dataclass(frozen=True, slots=True)
class WithdrawForm:
    """The form of a withdrawal, as typed.

    Attributes:
        cid: Made with the first step, so that two taps on the last one are one request.
        things: What is given back, a thing on a line; empty: the whole order.
    """

    cid: str
    order_number: str = ""
    things: str = ""
    name: str = ""
    email: str = ""
    was_cut: bool = False

    @classmethod
    def typed(cls, fields: Mapping[str, str]) -> WithdrawForm:
        """Return what the posted fields hold; a missing one is empty."""
        things = fields.get("things", "")
        return cls(
            cid=form_id(fields.get("cid", "")),
            order_number=one_line(fields.get("order_number", "")),
            things=things[:MAX_THINGS_CHARS],
            name=one_line(fields.get("name", "")),
            email=one_line(fields.get("email", "")),
            was_cut=len(things) > MAX_THINGS_CHARS,
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing tells which contract is meant; a name or an address may tell it, too."""
        return not (self.order_number or self._lines or self.name or self.email)

    @property
    def _lines(self) -> tuple[str, ...]:
        return tuple(filter(None, map(_flat, self.things.splitlines())))

    def statement(self, language: Language) -> str:
        """Return the statement that is shown, confirmed and kept."""
        return _signed(statement_of(self.order_number, self._lines, language), self, language)

    def given(self, language: Language, received_at: datetime, email: str | None) -> Withdrawing:
        """Return it as the shop takes it in; `email` is where the receipt may go."""
        words = self.statement(language)
        return Withdrawing(
            cid=_request_id(self.cid, words),
            conversation_id="",
            words=words,
            received_at=received_at,
            language=language,
            order_number=self.order_number,
            items=self._lines[:MAX_ITEMS],
            email=email,
        )


@dataclass(frozen=True, slots=True)
class ComplaintForm:
    """The form of a complaint, as typed.

    Attributes:
        cid: As in `WithdrawForm`.
        thing: What it is about.
        words: What is wrong with it.
        wanted: A value of `Wanted`, or empty.
    """

    cid: str
    order_number: str = ""
    thing: str = ""
    words: str = ""
    since: str = ""
    wanted: str = ""
    name: str = ""
    email: str = ""

    @classmethod
    def typed(cls, fields: Mapping[str, str]) -> ComplaintForm:
        """Return what the posted fields hold; a missing one is empty."""
        lines = ("order_number", "thing", "since", "name", "email")
        wanted = fields.get("wanted", "")
        return cls(
            cid=form_id(fields.get("cid", "")),
            words=fields.get("words", "").strip(),
            wanted=wanted if wanted in set(Wanted) else "",
            **{name: one_line(fields.get(name, "")) for name in lines},
        )

    def given(
        self, language: Language, received_at: datetime, email: str | None, photos: tuple[str, ...]
    ) -> Complaining:
        """Return it as the shop takes it in; arguments as in `WithdrawForm.given`."""
        words = _signed(self.words, self, language)
        said = (words, self.order_number, self.thing, self.since, self.wanted)
        return Complaining(
            cid=_request_id(self.cid, "\n".join(said)),
            conversation_id="",
            words=words,
            received_at=received_at,
            language=language,
            order_number=self.order_number,
            items=(self.thing,) if self.thing else (),
            wanted=Wanted(self.wanted) if self.wanted else None,
            since=self.since,
            photos=photos,
            email=email,
        )


def form_id(sent: str) -> str:
    """Return the id that a form was given, or a new one for what is none."""
    try:
        return str(UUID(sent))
    except ValueError:
        return str(uuid4())


def can_be_written_to(email: str) -> bool:
    """Return whether this looks like an address that a receipt can go to."""
    try:
        bare_address(email)
    except InvalidInput:
        return False
    return True


def _signed(words: str, form: WithdrawForm | ComplaintForm, language: Language) -> str:
    """Return the words with who sent them: an address must not be lost where no receipt leaves."""
    signature = [
        label[language].format(value) for label, value in ((_NAME, form.name), (_EMAIL, form.email)) if value
    ]
    return "\n\n".join(filter(None, (words, "\n".join(signature))))


def _request_id(cid: str, content: str) -> str:
    # Who goes back and changes something sends another request, not a contradiction.
    return f"{cid}:{hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _flat(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
