"""The tables of this room. Only `log.py` and `turns.py` write them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from foundation.database import UtcDateTime, metadata

log_state = Table(
    "log_state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("epoch", String(36), nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("visitor_id", String(36), nullable=False, index=True),
    Column("customer_id", String(200), index=True),
    Column("language", String(8), nullable=False),
    Column("status", String(16), nullable=False),
    Column("owner_epoch", Integer, nullable=False),
    # Who of the shop has it; with `open` and nobody, it waits since `waiting_since`.
    Column("owner_id", String(36), index=True),
    Column("waiting_since", UtcDateTime, index=True),
    Column("handoff_reason", String(64)),
    Column("handed_off_at", UtcDateTime),
    Column("resolved_at", UtcDateTime),
    # The newest rating, and the address that the shopper left for an answer.
    Column("score", Integer),
    Column("email", String(254)),
    # Keyed hash of the network address that the session was opened from last.
    Column("address_key", String(64)),
    # Heads, so that an append reads one row whatever the length of the log.
    Column("head_position", Integer, nullable=False),
    Column("head_shopper", Integer, nullable=False),
    Column("head_staff", Integer, nullable=False),
    Column("head_hash", String(64), nullable=False),
    # Shopper messages up to here are answered; the shopper has seen up to there.
    Column("answered_seq", Integer, nullable=False),
    Column("seen_seq", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False, index=True),
)

events = Table(
    "events",
    metadata,
    Column("conversation_id", String(36), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("audience", String(16), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("author_kind", String(16), nullable=False),
    Column("cid", String(80)),
    Column("generated", Boolean, nullable=False),
    Column("ts", UtcDateTime, nullable=False),
    # What erasing a person deletes:
    Column("author_id", String(200)),
    Column("author_name", String(200)),
    Column("content", JSON),
    Column("salt", String(32)),
    # What erasing keeps:
    Column("digest", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_events_kind_ts", "kind", "ts"),
    UniqueConstraint("conversation_id", "audience", "seq", name="uq_events_seq"),
    UniqueConstraint("conversation_id", "author_kind", "cid", name="uq_events_cid"),
)

turns = Table(
    "turns",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("conversation_id", String(36), nullable=False),
    Column("state", String(16), nullable=False),
    Column("owner_epoch", Integer, nullable=False),
    Column("upto_seq", Integer, nullable=False),
    Column("reply_cid", String(80), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_by", String(36)),
    Column("lease_until", UtcDateTime),
    Column("shown", JSON, nullable=False),
    Column("record", JSON),
    Column("error", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Index("ix_turns_state_created_at", "state", "created_at"),
    # The unfinished ones of a conversation, however many it has had.
    Index("ix_turns_conversation_id_state", "conversation_id", "state"),
)
