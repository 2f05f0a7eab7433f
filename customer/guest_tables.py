"""What guests tried and proved. Codes are kept as salted digests only."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from foundation.database import UtcDateTime, metadata

tries = Table(
    "guest_tries",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("visitor_id", String(36), nullable=False, index=True),
    Column("address_key", String(64), nullable=False, index=True),
    # ``pair``: an order number with an e-mail address; ``code``: a code that was sent
    Column("what", String(8), nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
)

proofs = Table(
    "guest_proofs",
    metadata,
    Column("conversation_id", String(36), primary_key=True),
    Column("order_key", String(80), primary_key=True),
    Column("customer_id", String(200), nullable=False, index=True),
    Column("number", String(64), nullable=False),
    # Until then the guest is shown all, having typed the code that was sent to the customer's address.
    Column("full_until", UtcDateTime),
    Column("proved_at", UtcDateTime, nullable=False),
)

codes = Table(
    "one_time_codes",
    metadata,
    # One at a time: a new one makes the old one worthless.
    Column("conversation_id", String(36), primary_key=True),
    Column("customer_id", String(200), nullable=False, index=True),
    Column("salt", String(32), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)
