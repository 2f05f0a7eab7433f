"""A shop opened in a temporary folder, and conversations held in it: all of the chat but the socket.

For evaluations. The shop's own data is left alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from pydantic import SecretStr

from conversation.events import AuthorKind, Kind
from conversation.frames import Ack, Send, SessionRequest
from conversation.intake import Intake
from customer.batch import ImportBatch
from customer.guests import WINDOW
from customer.identity import sign_identity
from foundation.clock import SettableClock
from foundation.errors import OkienkoError
from foundation.limits import RateLimiter
from server.front import ShopperActions
from server.house import House, open_house
from server.settings import Settings

START = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
_SECRET = "only-for-this-temporary-shop-" + "x" * 32


@dataclass(frozen=True, slots=True)
class HouseChat:
    """Conversations with an open house, its limits on, its clock in our hands."""

    house: House
    clock: SettableClock
    intake: Intake

    async def converse(
        self, turns: Sequence[str], *, address: str, customer_id: str | None = None, locale: str = "en"
    ) -> list[str]:
        """Hold a conversation as a fresh visitor; return the reply to each turn.

        Raises:
            OkienkoError: A message was not taken; says why.
        """
        house = self.house
        token = None if customer_id is None else sign_identity(_SECRET, customer_id, clock=self.clock)
        request = SessionRequest(site_key=house.settings.site_key, identity_token=token, locale=locale)
        session = await house.sessions.open(request, address=address)
        visitor, conversation = await house.sessions.admit(session.token, session.conversation_id)
        replies, since = [], session.head
        for turn in turns:
            taken = await self.intake.take(visitor, conversation, Send(cid=uuid4(), body=turn))
            if not isinstance(taken, Ack):
                raise OkienkoError(f"A message was not taken: {taken}")
            while await house.worker.work_once():
                pass
            events = await house.log.since(conversation.id, since, limit=100)
            since = max(event.seq for event in events)
            replies.append(
                "\n".join(
                    str(event.content.get("body", ""))
                    for event in events
                    if event.kind is Kind.MESSAGE and event.author.kind is AuthorKind.ASSISTANT
                )
            )
        return replies

    async def pass_window(self) -> None:
        """Move the clock on until no earlier try counts."""
        self.clock.advance(WINDOW + timedelta(seconds=1))


@asynccontextmanager
async def open_chat(settings: Settings, records: ImportBatch) -> AsyncIterator[HouseChat]:
    """Open a shop with these customers and orders and no articles."""
    clock = SettableClock(START)
    with tempfile.TemporaryDirectory(prefix="okienko-chat-") as folder:
        own = settings.model_copy(
            update={
                "data_dir": Path(folder),
                "identity_secret": SecretStr(_SECRET),
                "smtp_url": None,
            }
        )
        async with open_house(own, clock) as house:
            await house.orders.save(records)
            intake = Intake(
                log=house.log,
                hub=house.hub,
                actions=ShopperActions(house.ownership, house.statements),
                limiter=RateLimiter(),
                messages_per_minute=own.messages_per_minute,
            )
            yield HouseChat(house, clock, intake)
