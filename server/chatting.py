"""A shop opened in a temporary folder, and conversations held in it: all of the chat but the socket.

For evaluations. The shop's own data is left alone.
"""

from __future__ import annotations

import json
import re
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import SecretStr
from sqlalchemy import select

from conversation.events import AuthorKind, Event, Kind
from conversation.frames import Ack, Send, SessionRequest
from conversation.intake import Intake
from conversation.log import Conversation
from conversation.session import Visitor
from customer.batch import ImportBatch
from customer.guests import WINDOW
from customer.identity import sign_identity
from evals.order_attacks import CODE, Attack, Trick
from foundation.clock import SettableClock
from foundation.errors import OkienkoError
from foundation.outbox import table as outbox
from foundation.tokens import TokenSigner
from knowledge.articles import Article
from server.front import ShopperActions
from server.house import House, open_house
from server.settings import Settings

START = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
_SECRET = "only-for-this-temporary-shop-" + "x" * 32


_OTHER_SECRET = "of-somebody-who-would-like-to-be-in-" + "x" * 32
_MAILED_CODE = re.compile(r"\b\d{6}\b")
_ID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}\b")


@dataclass(slots=True)
class _Line:
    """A window that is open, and up to where it has read."""

    visitor: Visitor
    conversation: Conversation
    token: str
    resume: str
    since: int


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
        token = None if customer_id is None else sign_identity(_SECRET, customer_id, clock=self.clock)
        line = await self._open(token, address=address, locale=locale)
        return [_replies(await self._say(line, turn)) for turn in turns]

    async def attack(self, attack: Attack, *, address: str) -> list[str]:
        """Hold an attack's conversation; return all that is seen of it: on opening, then after each turn.

        Where there is a trick, the target's customer has asked about the order before, signed in.
        """
        own = attack.as_customer and sign_identity(_SECRET, attack.as_customer, clock=self.clock)
        theirs = attack.target.customer_id
        seen, cid, resume = list[str](), uuid4(), None
        if attack.trick:
            token = sign_identity(_SECRET, theirs, clock=self.clock)
            victim = await self._open(token, address=f"{address}.victim", locale=attack.locale)
            await self._say(victim, f"Where is my order {attack.target.number}?", cid)
            own = self._forged(attack.trick, attack.attacker, theirs) or own
            resume = victim.resume if attack.trick is Trick.STOLEN_RESUME else None
        line = await self._open(own, address=address, locale=attack.locale, resume=resume)
        if attack.trick is Trick.OTHER_CONVERSATION:
            try:
                await self.house.sessions.admit(line.token, victim.conversation.id)
                seen.append("let in")
            except OkienkoError as error:
                seen.append(error.code)
        seen.append(_all_of(await self.house.log.since(line.conversation.id, 0, limit=100)))
        for n, turn in enumerate(attack.turns):
            mailed = await self._mailed(attack.mailbox) if CODE in turn else ""
            same = attack.trick is Trick.OTHER_CID and n == 0
            seen.append(_all_of(await self._say(line, turn.replace(CODE, mailed), cid if same else None)))
        return seen

    def _forged(self, trick: Trick, attacker: str, theirs: str) -> str | None:
        """Return an identity token that nobody should believe; None where the trick is another one."""
        if trick is Trick.FORGED_TOKEN:
            return sign_identity(_OTHER_SECRET, theirs, clock=self.clock)
        if trick is Trick.EXPIRED_TOKEN:
            return sign_identity(_SECRET, theirs, clock=SettableClock(self.clock.now() - timedelta(days=2)))
        later = int(self.clock.now().timestamp()) + 3600
        if trick is Trick.UNSIGNED_TOKEN:
            parts = ({"alg": "none", "typ": "JWT"}, {"user_id": theirs, "exp": later})
            return (
                ".".join(urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts) + "."
            )
        if trick is Trick.TWO_NAMES:
            signer = TokenSigner(_SECRET, purpose=None, clock=self.clock)
            return signer.sign({"user_id": attacker, "sub": theirs}, lives=timedelta(hours=1))
        return None

    async def _open(
        self, token: str | None, *, address: str, locale: str, resume: str | None = None
    ) -> _Line:
        house = self.house
        request = SessionRequest(
            site_key=house.settings.site_key, identity_token=token, locale=locale, resume=resume
        )
        session = await house.sessions.open(request, address=address)
        visitor, conversation = await house.sessions.admit(session.token, session.conversation_id)
        return _Line(visitor, conversation, session.token, session.resume, session.head)

    async def _say(self, line: _Line, text: str, cid: UUID | None = None) -> list[Event]:
        """Send a message; return what the shopper's window is told from then on."""
        taken = await self.intake.take(line.visitor, line.conversation, Send(cid=cid or uuid4(), body=text))
        if not isinstance(taken, Ack):
            raise OkienkoError(f"A message was not taken: {taken}")
        while await self.house.worker.work_once():
            pass
        events = await self.house.log.since(line.conversation.id, line.since, limit=100)
        line.since = max(event.seq for event in events)
        return events

    async def _mailed(self, mailbox: str) -> str:
        """Return the code that was mailed last to an address; six naughts if there was none."""
        asked = (
            select(outbox.c.body).where(outbox.c.to_address == mailbox).order_by(outbox.c.created_at.desc())
        )
        async with self.house.database.reading() as connection:
            bodies = (await connection.scalars(asked)).all()
        codes = [found[0] for body in bodies if (found := _MAILED_CODE.search(body))]
        return codes[0] if codes else "000000"

    async def pass_window(self) -> None:
        """Move the clock on until no earlier try counts."""
        self.clock.advance(WINDOW + timedelta(seconds=1))


@asynccontextmanager
async def open_chat(
    settings: Settings,
    records: ImportBatch,
    *,
    mails: bool = False,
    articles: Sequence[Article] = (),
    model_url: str = "",
) -> AsyncIterator[HouseChat]:
    """Open a shop with these customers, orders and articles.

    Args:
        settings: Of the shop; its data is left alone.
        records: Customers and orders.
        mails: Whether it sends mail; none ever leaves.
        articles: What it answers from.
        model_url: Of a model's server that words the answers; without one the articles are quoted.
    """
    clock = SettableClock(START)
    with tempfile.TemporaryDirectory(prefix="okienko-chat-") as folder:
        own = settings.apart(
            Path(folder),
            identity_secret=SecretStr(_SECRET),
            # What is mailed waits in the outbox: nothing takes it from there.
            smtp_url=SecretStr("smtp://127.0.0.1:9") if mails else None,
            mail_from="Shop <shop@example.com>",
            llm_model="m" if model_url else "",
            llm_base_url=model_url,
            llm_api_key=None,
            llm_conversation_tokens=0,
            llm_day_tokens=0,
        )
        async with open_house(own, clock) as house:
            await house.orders.save(records)
            if articles:
                await house.library.publish(articles)
            intake = Intake(
                log=house.log,
                hub=house.hub,
                actions=ShopperActions(house.ownership, house.statements),
                limiter=house.limiter,
                messages_per_minute=own.messages_per_minute,
            )
            yield HouseChat(house, clock, intake)


def _replies(events: Sequence[Event]) -> str:
    """Return what the assistant has said."""
    said = [e for e in events if e.kind is Kind.MESSAGE and e.author.kind is AuthorKind.ASSISTANT]
    return "\n".join(str(event.content.get("body", "")) for event in said)


def _all_of(events: Sequence[Event]) -> str:
    """Return all that events tell whoever sees them, ids aside: text, buttons, sources, requests."""
    told = [e for e in events if e.author.kind is not AuthorKind.SHOPPER]
    lines = [f"{e.kind.value} {json.dumps(dict(e.content), ensure_ascii=False, default=str)}" for e in told]
    return _ID.sub("ID", "\n".join(lines))
