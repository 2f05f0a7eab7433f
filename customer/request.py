"""Withdrawals and complaints that shoppers have sent: what they hold and which clock runs. Pure.

Sources: ustawa o prawach konsumenta (below: u.p.k.), art. 7a (a complaint that nobody answers within 14 days
counts as accepted), art. 30 (the statement of withdrawal, and its receipt without delay), art. 32 ust. 1 (the
money goes back within 14 days of the statement).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from customer.terms import aware, day_of, end_of
from foundation.errors import InvalidInput, TooLarge
from foundation.language import Language
from foundation.letter import checked_body

DUE_DAYS = 14
"""Art. 7a ust. 1 and art. 32 ust. 1 u.p.k. Free days do not move them: who answers sooner is not late."""
WARN_DAYS = 3

MAX_WORDS_CHARS = 20_000
MAX_LINE_CHARS = 300
MAX_ITEMS = 100
MAX_PHOTOS = 20


class RequestKind(StrEnum):
    """What was sent."""

    WITHDRAWAL = "withdrawal"
    COMPLAINT = "complaint"

    @property
    def series(self) -> str:
        """What its numbers begin with: *zwrot*, *reklamacja*."""
        return "ZW" if self is RequestKind.WITHDRAWAL else "RK"


class RequestState(StrEnum):
    """How far the shop is with it."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    SETTLED = "settled"


class Wanted(StrEnum):
    """What a complaint asks for (art. 43d, art. 43e u.p.k.)."""

    REPAIR = "repair"
    REPLACEMENT = "replacement"
    PRICE_CUT = "price_cut"
    REFUND = "refund"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    cid: str
    conversation_id: str
    words: str
    received_at: datetime
    language: Language
    order_number: str = ""
    items: tuple[str, ...] = ()
    customer_id: str | None = None
    email: str | None = None

    def __post_init__(self) -> None:
        aware(self.received_at)
        if not self.cid:
            raise InvalidInput("A request needs an id, so that the same one sent twice stays one.")
        if not self.words.strip():
            raise InvalidInput("A request says something: write what it is about.")
        if len(self.words) > MAX_WORDS_CHARS:
            raise TooLarge(f"A request has at most {MAX_WORDS_CHARS} characters.")
        if len(self.items) > MAX_ITEMS:
            raise TooLarge(f"A request names at most {MAX_ITEMS} things.")
        # What no database or mail carries is marked; the rest stays word for word.
        object.__setattr__(self, "words", checked_body(self.words))
        object.__setattr__(self, "order_number", one_line(self.order_number))
        object.__setattr__(self, "items", tuple(filter(None, map(one_line, self.items))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawing(_Sent):
    """A statement of withdrawal, as it came.

    Attributes:
        cid: The sender's id of it: the chat message's, or one that the form made.
        conversation_id: Empty for a form outside of any chat.
        words: The statement, word for word.
        received_at: When it reached the shop: the message's own time.
        order_number: As the shopper gave it; empty when none.
        items: Names of what is given back; empty: the whole order.
        customer_id: Whom the session proved, or whose order a form named by number and address; else None.
        email: Where the receipt goes; None when nobody has said yet.
        doubts: Codes of `customer.returns.Doubt`, for agents.
        last_day: The last day that was counted, for agents.
    """

    doubts: tuple[str, ...] = ()
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaining(_Sent):
    """A complaint, as it came.

    Attributes:
        wanted: None where the shopper has not chosen.
        since: Since when, in the shopper's words.
        photos: References of uploaded files; this room does not open them.
    """

    wanted: Wanted | None = None
    since: str = ""
    photos: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check it, and write what is one line as one."""
        _Sent.__post_init__(self)
        if len(self.photos) > MAX_PHOTOS:
            raise TooLarge(f"A complaint has at most {MAX_PHOTOS} photos.")
        object.__setattr__(self, "since", one_line(self.since))
        object.__setattr__(self, "photos", tuple(filter(None, map(one_line, self.photos))))


@dataclass(frozen=True, slots=True)
class CustomerRequest:
    """A withdrawal or a complaint as the shop keeps it.

    Attributes:
        number: ``ZW-2026-00017`` or ``RK-2026-00003``. Can be guessed: never enough to show it to a shopper.
        due_at: The first moment that is too late to pay back or to answer.
        handled_by: The person of the shop who began or settled it.
        settled_at: When a complaint was answered, a withdrawal paid back or otherwise ended by a person.
        receipt_id: Message-ID of the receipt; None while none has been left to send.
    """

    number: str
    kind: RequestKind
    conversation_id: str
    cid: str
    words: str
    received_at: datetime
    due_at: datetime
    language: Language
    state: RequestState = RequestState.RECEIVED
    order_number: str = ""
    items: tuple[str, ...] = ()
    customer_id: str | None = None
    email: str | None = None
    doubts: tuple[str, ...] = ()
    last_day: date | None = None
    wanted: Wanted | None = None
    since: str = ""
    photos: tuple[str, ...] = ()
    handled_by: str | None = None
    settled_at: datetime | None = None
    receipt_id: str | None = field(default=None, compare=False)

    def time_left(self, now: datetime) -> TimeLeft:
        """Return how long the shop still has."""
        days = (day_of(self.due_at - timedelta(microseconds=1)) - day_of(now)).days
        return TimeLeft(days, warned=days <= WARN_DAYS, overdue=now >= self.due_at)


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How long the shop has to settle a request.

    Attributes:
        days: Until the last day: 0 on that day, negative after it.
        warned: It is `WARN_DAYS` or less, or too late.
        overdue: Too late. An unanswered complaint counts as accepted (art. 7a ust. 2 u.p.k.).
    """

    days: int
    warned: bool
    overdue: bool


def due_after(received_at: datetime) -> datetime:
    """Return the first moment that is too late to answer a complaint, or to pay back after a withdrawal."""
    return end_of(day_of(received_at) + timedelta(days=DUE_DAYS))


def one_line(text: str) -> str:
    """Return a short text as one line without control characters, at most `MAX_LINE_CHARS`."""
    plain = "".join(c if c.isprintable() else " " for c in text[: 10 * MAX_LINE_CHARS])
    return " ".join(plain.split())[:MAX_LINE_CHARS]
