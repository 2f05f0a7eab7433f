"""One conversation, whole: every event of both audiences, and how each answer of the assistant came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, select

from conversation.entries import event_of
from conversation.events import AuthorKind, Event, Kind
from conversation.tables import conversations, events, turns
from foundation.database import Database
from foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that an answer rests on; title and quote are empty where only its id was kept."""

    passage_id: str
    title: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer came about.

    Attributes:
        confidence: 0 to 1; None where it was not recorded.
        stage_ms: Milliseconds by stage, in the order they were taken.
        dropped: Sentences that verification refused, each with why.
        rests_on: Sentences that were shown, each with the ids of its evidence.
        writer: ``llm`` or ``extractive``; empty where it was not recorded.
        model: The model that was asked; empty without one.
        why: Why the model did not write, as a stable code.
        tokens: Read and written by the model.
        cost: In the currency of the prices that are set; empty without prices.
        error: What went wrong on the way, if anything did.
    """

    outcome: str
    intent: str
    subject: str
    confidence: float | None
    stage_ms: tuple[tuple[str, float], ...]
    sources: tuple[Source, ...]
    dropped: tuple[tuple[str, str], ...]
    attempts: int
    error: str
    rests_on: tuple[tuple[str, tuple[str, ...]], ...] = ()
    writer: str = ""
    model: str = ""
    why: str = ""
    tokens: tuple[int, int] = (0, 0)
    cost: str = ""

    @property
    def total_ms(self) -> float:
        """The stages together."""
        return sum(ms for _, ms in self.stage_ms)


@dataclass(frozen=True, slots=True)
class Told:
    """An event, with its trace if it is an answer of the assistant."""

    event: Event
    trace: Trace | None

    @property
    def body(self) -> str:
        """What was said; empty for events without words."""
        return str(self.event.content.get("body") or self.event.content.get("text") or "")


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation: as it stands, and everything that happened, in order."""

    id: str
    status: str
    language: str
    customer_id: str | None
    owner_id: str | None
    score: int | None
    created_at: datetime
    told: tuple[Told, ...]


class Transcripts:
    """Reads them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, conversation_id: str) -> Transcript:
        """Return one conversation.

        Raises:
            NotFound: There is none of that id.
        """
        async with self._database.reading() as connection:
            of_it = select(conversations).where(conversations.c.id == conversation_id)
            head = (await connection.execute(of_it)).mappings().one_or_none()
            if head is None:
                raise NotFound("There is no such conversation.")
            happened = await connection.execute(
                select(events).where(events.c.conversation_id == conversation_id).order_by(events.c.position)
            )
            taken = await connection.execute(select(turns).where(turns.c.conversation_id == conversation_id))
            by_cid = {row["reply_cid"]: row for row in taken.mappings()}
            told = tuple(_told(event_of(row), by_cid) for row in happened.mappings())
        return Transcript(
            id=head["id"],
            status=head["status"],
            language=head["language"],
            customer_id=head["customer_id"],
            owner_id=head["owner_id"],
            score=head["score"],
            created_at=head["created_at"],
            told=told,
        )


def _told(event: Event, by_cid: Mapping[str, RowMapping]) -> Told:
    speaks = event.kind in (Kind.MESSAGE, Kind.INTERRUPTED, Kind.NOTE)
    turn = by_cid.get(event.cid or "")
    if event.author.kind is not AuthorKind.ASSISTANT or not speaks or turn is None:
        return Told(event, None)
    return Told(event, _trace(event, turn))


def _trace(event: Event, turn: RowMapping) -> Trace:
    record: Mapping[str, Any] = turn["record"] or {}
    confidence = record.get("confidence")
    writing: Mapping[str, Any] = record.get("writing") or {}
    return Trace(
        outcome=str(record.get("outcome") or event.content.get("outcome") or ""),
        intent=str(record.get("intent") or ""),
        subject=str(record.get("subject") or ""),
        confidence=float(confidence) if isinstance(confidence, (int, float)) else None,
        stage_ms=tuple((str(stage), float(ms)) for stage, ms in (record.get("stage_ms") or {}).items()),
        sources=_sources(event.content.get("citations") or (), record.get("passages") or ()),
        dropped=tuple((str(sentence), str(why)) for sentence, why in record.get("dropped") or ()),
        attempts=turn["attempts"],
        error=str(turn["error"] or record.get("error") or ""),
        rests_on=tuple(
            (str(one["text"]), tuple(map(str, one["evidence"])))
            for one in record.get("checked") or ()
            if not one["reason"] and one["evidence"]
        ),
        writer=str(writing.get("writer") or ""),
        model=str(writing.get("model") or ""),
        why=str(writing.get("why") or ""),
        tokens=(int(writing.get("prompt_tokens") or 0), int(writing.get("completion_tokens") or 0)),
        cost=str(writing.get("cost") or ""),
    )


def _sources(citations: Sequence[Mapping[str, Any]], passages: Sequence[str]) -> tuple[Source, ...]:
    cited = [
        Source(str(c.get("passage_id", "")), str(c.get("title", "")), str(c.get("quote", "")))
        for c in citations
    ]
    known = {source.passage_id for source in cited}
    return (*cited, *(Source(str(passage)) for passage in dict.fromkeys(passages) if passage not in known))
