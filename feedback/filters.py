"""Which conversations are meant: one description for figures, lists and downloads, so that they always agree.

Only conversations in which the shopper did something count: a chat that was opened and left is none.
A conversation belongs to the day it began.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, exists, func, literal, or_, select
from sqlalchemy.sql.selectable import Select

from conversation.events import AuthorKind, Kind, Status
from conversation.tables import conversations, events
from feedback.period import Period
from feedback.ratings import LOW
from foundation.errors import InvalidInput
from foundation.language import Language

TEXT_CHARS = 200


def of_kind(table: FromClause, *kinds: Kind) -> ColumnElement[bool]:
    """Return whether a row of `events` (or of an alias) is of one of the kinds, looking into a conversation.

    An expression and not the column: SQLite, which keeps no statistics by itself, would else take the index
    of kinds, and read the whole log for each conversation.
    """
    return table.c.kind.concat("").in_([kind.value for kind in kinds])


SAID = of_kind(events, Kind.MESSAGE, Kind.INTERRUPTED)
BY_SHOPPER = events.c.author_kind == AuthorKind.SHOPPER.value
BY_ASSISTANT = events.c.author_kind == AuthorKind.ASSISTANT.value
BY_AGENT = events.c.author_kind == AuthorKind.AGENT.value
# A reply has a turn's cid; a greeting and a form's confirmation have none.
REPLIED = and_(SAID, BY_ASSISTANT, events.c.cid.is_not(None))
OUTCOME = events.c.content["outcome"].as_string()
# A request repeated with an address is the same request.
ASKED_FOR_PERSON = and_(
    of_kind(events, Kind.HANDOFF_REQUESTED), events.c.content["email_left"].as_string().is_(None)
)

_POLISH = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ".lower())


class Outcome(StrEnum):
    """How a conversation went. They may overlap: one can be handed off and still open."""

    CONTAINED = "contained"
    HANDED_OFF = "handed_off"
    UNANSWERED = "unanswered"
    OPEN = "open"


class Rating(StrEnum):
    """What the shopper's newest rating must be."""

    FIVE = "5"
    FOUR = "4"
    THREE = "3"
    TWO = "2"
    ONE = "1"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; empty means any.

    Attributes:
        agent_id: A person of the shop who wrote or has it.
        text: Part of a message's body. ASCII and Polish letters match in either case, with or without
            diacritics; other letters as they are written (where the database folds them, in either case).
    """

    period: Period
    outcome: Outcome | None = None
    agent_id: str = ""
    rating: Rating | None = None
    language: Language | None = None
    text: str = ""

    @classmethod
    def parse(cls, query: Mapping[str, str], today: date) -> Filter:
        """Read the fields ``from``, ``to``, ``outcome``, ``agent``, ``rating``, ``language`` and ``q``.

        Raises:
            InvalidInput: A field has a value that it cannot have.
        """
        period = Period.parse(query.get("from", "").strip(), query.get("to", "").strip(), today)
        text = query.get("q", "").replace("\0", "").strip()
        if len(text) > TEXT_CHARS:
            raise InvalidInput(f"Search for at most {TEXT_CHARS} characters.")
        try:
            return cls(
                period=period,
                outcome=Outcome(query["outcome"]) if query.get("outcome") else None,
                agent_id=query.get("agent", "")[:200],
                rating=Rating(query["rating"]) if query.get("rating") else None,
                language=Language(query["language"]) if query.get("language") else None,
                text=text,
            )
        except ValueError:
            raise InvalidInput("One of the filters has a value that it cannot have.") from None

    @property
    def query(self) -> dict[str, str]:
        """The fields as a form would send them; what is empty is left out."""
        fields = {
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "outcome": self.outcome or "",
            "agent": self.agent_id,
            "rating": self.rating or "",
            "language": self.language or "",
            "q": self.text,
        }
        return {name: str(value) for name, value in fields.items() if value}

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what must hold of a row of `conversations`."""
        wanted = within(self.period)
        if self.language is not None:
            wanted.append(conversations.c.language == self.language.value)
        if self.outcome is not None:
            wanted.append(_went(self.outcome))
        if self.agent_id:
            wrote = _has(BY_AGENT, events.c.author_id == self.agent_id)
            wanted.append(or_(conversations.c.owner_id == self.agent_id, wrote))
        if self.rating is not None:
            wanted.append(_rated(self.rating))
        if self.text:
            wanted.append(_has(SAID, contains(events.c.content["body"].as_string(), self.text)))
        return wanted


def within(period: Period) -> list[ColumnElement[bool]]:
    """Return what makes a row of `conversations` one that counts, of these days."""
    return [
        conversations.c.created_at >= period.start,
        conversations.c.created_at < period.end,
        _has(BY_SHOPPER),
    ]


def chosen(conditions: list[ColumnElement[bool]]) -> Select[Any]:
    """Return a select of the ids of the conversations that are meant."""
    return select(conversations.c.id).where(*conditions)


def fold(text: str) -> str:
    """Return a text in lower case and without Polish diacritics, for comparing."""
    return text.translate(_POLISH).lower()


def contains(column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """Return whether a column contains a text, both folded by the database; no letter is a wildcard.

    The Polish letters are named one by one because SQLite's own ``lower()`` knows ASCII only.
    """
    plain = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return _folded(column).like(_folded(literal(f"%{plain}%")), escape="\\")


def _folded(column: ColumnElement[Any]) -> ColumnElement[Any]:
    for letter, plain in _POLISH.items():
        column = func.replace(column, chr(letter), chr(plain) if isinstance(plain, int) else plain)
    return func.lower(column)


def _has(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(
        select(events.c.position).where(events.c.conversation_id == conversations.c.id, *conditions)
    ).correlate(conversations)


def _went(outcome: Outcome) -> ColumnElement[bool]:
    with_person = or_(_has(ASKED_FOR_PERSON), _has(SAID, BY_AGENT))
    match outcome:
        case Outcome.CONTAINED:
            return and_(conversations.c.status == Status.RESOLVED.value, ~with_person)
        case Outcome.HANDED_OFF:
            return with_person
        case Outcome.UNANSWERED:
            return and_(_has(REPLIED, OUTCOME == "abstained"), ~_has(SAID, BY_AGENT))
        case Outcome.OPEN:
            return conversations.c.status != Status.RESOLVED.value


def _rated(rating: Rating) -> ColumnElement[bool]:
    score = conversations.c.score
    if rating is Rating.NONE:
        return score.is_(None)
    return score <= LOW if rating is Rating.LOW else score == int(rating)
