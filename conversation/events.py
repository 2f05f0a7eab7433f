"""The vocabulary of the log, and its seal. Pure: no I/O, no database, no AI.

A conversation is an append-only list of events. An event belongs to an audience; `seq` counts 1, 2, 3…
without holes within its conversation and audience, so a note for staff tells a shopper nothing, not even
that it exists. `position` counts over both audiences and orders the whole; it never leaves the house.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What happened."""

    MESSAGE = "message"
    DISCLOSURE = "disclosure"
    STATUS_CHANGED = "status_changed"
    HANDOFF_REQUESTED = "handoff_requested"
    ASSIGNED = "assigned"
    AGENT_JOINED = "agent_joined"
    AGENT_LEFT = "agent_left"
    NOTE = "note"
    RATING_REQUESTED = "rating_requested"
    RATING = "rating"
    CUSTOMER_IDENTIFIED = "customer_identified"
    INTERRUPTED = "interrupted"
    WITHDRAWAL_RECEIVED = "withdrawal_received"
    COMPLAINT_RECEIVED = "complaint_received"
    REDACTED = "redacted"


class Audience(StrEnum):
    """Who may see an event: `SHOPPER` means all, `STAFF` the shop's people only."""

    SHOPPER = "shopper"
    STAFF = "staff"


class Status(StrEnum):
    """Who owes the next word: the assistant, a person, nobody for a while, nobody."""

    PENDING = "pending"
    OPEN = "open"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


class AuthorKind(StrEnum):
    """Who says it. `AGENT` is always a person."""

    SHOPPER = "shopper"
    ASSISTANT = "assistant"
    AGENT = "agent"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Author:
    """Who says it: kind, our id of them (empty for assistant and system) and the name people see."""

    kind: AuthorKind
    id: str = ""
    name: str = ""


ASSISTANT = Author(AuthorKind.ASSISTANT)
SYSTEM = Author(AuthorKind.SYSTEM)


@dataclass(frozen=True, slots=True)
class Draft:
    """An event to be appended.

    Attributes:
        content: JSON-serialisable; for a message ``{"body": str, "citations": [...], …}``.
        cid: The client's id, unique per conversation and author; None where nothing is deduplicated.
        generated: Written by AI (AI Act, Regulation (EU) 2024/1689, art. 50).
    """

    kind: Kind
    author: Author
    content: Mapping[str, Any] = field(default_factory=dict)
    audience: Audience = Audience.SHOPPER
    cid: str | None = None
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """An event as the log holds it. `content` is empty once `erased`; `ts` is aware UTC."""

    conversation_id: str
    position: int
    audience: Audience
    seq: int
    kind: Kind
    author: Author
    content: Mapping[str, Any]
    cid: str | None
    generated: bool
    ts: datetime
    hash: str
    erased: bool = False


GENESIS = "0" * 64
"""The hash before a conversation's first event."""


def content_digest(salt: str, author: Author, content: Mapping[str, Any]) -> str:
    """Return the salted SHA-256 (hex) of what personal data may be in: who said it, and what.

    Erasing a person deletes content and salt; without the salt the digest tells nothing of them.
    """
    return _sha256([salt, author.id, author.name, content])


def seal(
    previous_hash: str,
    *,
    conversation_id: str,
    position: int,
    draft: Draft,
    seq: int,
    ts: datetime,
    digest: str,
) -> str:
    """Return an event's hash (hex): over its metadata, its content's digest and the hash before it."""
    return _sha256(
        [
            previous_hash,
            conversation_id,
            position,
            draft.audience.value,
            seq,
            draft.kind.value,
            draft.author.kind.value,
            draft.cid,
            draft.generated,
            ts.astimezone(UTC).isoformat(timespec="microseconds"),
            digest,
        ]
    )


def _sha256(parts: list[Any]) -> str:
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
