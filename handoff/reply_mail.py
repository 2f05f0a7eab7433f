"""An agent's reply by e-mail, to a shopper who left an address and is away.

Away is who has not had the reply on the screen some time after it was written: that is in the database, so
it holds for any number of processes and after a crash. Replies of one stretch go as one mail, and each goes
once: how far a conversation is mailed is written in the transaction that leaves the mail in the outbox.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Column, Integer, RowMapping, Select, String, Table, delete, func, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import locked
from conversation.events import Audience, AuthorKind, Kind
from conversation.tables import conversations, events
from foundation.clock import Clock
from foundation.database import Database, UtcDateTime, metadata
from foundation.errors import InvalidInput, OkienkoError
from foundation.language import Language
from foundation.letterhead import Letterhead
from foundation.outbox import Outbox
from foundation.style import Wording

logger = logging.getLogger("okienko.handoff")

AWAY_AFTER = timedelta(seconds=60)
"""A reply that was not seen for so long is mailed. Shorter would mail people who are only scrolling."""
LOOK_SECONDS = 10.0
_BATCH = 50

_SUBJECT = {
    Language.PL: "Odpowiedź na Twoje pytanie{shop}",
    Language.EN: "A reply to your question{shop}",
}
_GREETING = {Language.PL: "Dzień dobry,", Language.EN: "Hello,"}
_WRITES = {Language.PL: "{name} odpowiada:", Language.EN: "{name} replies:"}
_ASKED = {Language.PL: "Twoja wiadomość:", Language.EN: "Your message:"}
_AND_NOW = {
    Language.PL: (
        "Ta wiadomość przyszła, bo na czacie{shop} został ten adres. "
        "Rozmowę możesz też otworzyć ponownie na stronie sklepu, na tym samym urządzeniu."
    ),
    Language.EN: (
        "You get this because this address was left in the chat{shop}. "
        "You can also open the conversation again on the shop's page, on the same device."
    ),
}
_FORMAL = {
    _SUBJECT[Language.PL]: "Odpowiedź na pytanie z czatu{shop}",
    _ASKED[Language.PL]: "Wiadomość, której dotyczy odpowiedź:",
    _AND_NOW[Language.PL]: (
        "Ta wiadomość przyszła, bo na czacie{shop} został ten adres. "
        "Rozmowę można też otworzyć ponownie na stronie sklepu, na tym samym urządzeniu."
    ),
}
"""What stands for a Polish text where nobody is addressed by "ty"; the others address nobody."""

mailed_replies = Table(
    "mailed_replies",
    metadata,
    Column("conversation_id", String(36), primary_key=True),
    Column("upto_seq", Integer, nullable=False),
    Column("message_id", String(200), nullable=False),
    Column("mailed_at", UtcDateTime, nullable=False),
)


class ReplyMail:
    """Leaves mails with replies in the outbox."""

    def __init__(
        self, database: Database, outbox: Outbox, clock: Clock, letterhead: Letterhead | None = None
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._clock = clock
        self._letterhead = letterhead or Letterhead()
        self._shop_name = self._letterhead.shop_name
        self._said = Wording(self._letterhead.style, _FORMAL)

    async def run(self) -> None:
        """Look for unseen replies until cancelled; return at once where no mail can be sent."""
        while self._outbox.can_send:
            try:
                await self.mail_unseen()
            except (OkienkoError, SQLAlchemyError):
                # The database is away or full: what is not mailed is found again.
                logger.exception("unseen replies could not be read or mailed")
            await asyncio.sleep(LOOK_SECONDS)

    async def mail_unseen(self) -> int:
        """Leave one mail for each conversation with replies that were not seen; return how many."""
        async with self._database.reading() as connection:
            found = (await connection.scalars(self._due())).all()
        mailed = 0
        for conversation_id in found:
            async with self._database.transaction() as connection:
                mailed += await self._mail(connection, conversation_id)
        if mailed:
            self._outbox.wake()
        return mailed

    def _due(self) -> Select[Any]:
        reached = func.coalesce(mailed_replies.c.upto_seq, 0)
        return (
            select(conversations.c.id)
            .join(events, events.c.conversation_id == conversations.c.id)
            .outerjoin(mailed_replies, mailed_replies.c.conversation_id == conversations.c.id)
            .where(
                conversations.c.email.is_not(None),
                events.c.kind == Kind.MESSAGE.value,
                events.c.author_kind == AuthorKind.AGENT.value,
                events.c.audience == Audience.SHOPPER.value,
                events.c.seq > conversations.c.seen_seq,
                events.c.seq > reached,
                events.c.ts <= self._clock.now() - AWAY_AFTER,
            )
            .distinct()
            .limit(_BATCH)
        )

    async def _mail(self, connection: AsyncConnection, conversation_id: str) -> int:
        # Nobody else mails it meanwhile, and nobody erases it: what is erased must not leave by mail.
        row = await locked(connection, conversation_id)
        before = (
            (
                await connection.execute(
                    select(mailed_replies).where(mailed_replies.c.conversation_id == conversation_id)
                )
            )
            .mappings()
            .one_or_none()
        )
        since = max(row["seen_seq"], before["upto_seq"] if before else 0)
        said = await _messages(connection, conversation_id)
        replies = [
            each for each in said if each["author_kind"] == AuthorKind.AGENT.value and each["seq"] > since
        ]
        if not replies or row["email"] is None:
            return 0
        asked = [
            each
            for each in said
            if each["author_kind"] == AuthorKind.SHOPPER.value and each["seq"] < replies[0]["seq"]
        ]
        language = Language(row["language"])
        shop = f" · {self._shop_name}" if self._shop_name else ""
        try:
            message_id = await self._outbox.put(
                connection,
                to=row["email"],
                subject=self._said(_SUBJECT[language]).format(shop=shop),
                body=self._body(language, replies, asked),
                reply_to_id=(before["message_id"] or None) if before else None,
                thread_id=conversation_id,
            )
        except InvalidInput as error:
            # The address cannot be written to: said once in the log, then left alone.
            logger.warning("a reply cannot be mailed: %s", error.message)
            message_id = ""
        await connection.execute(
            delete(mailed_replies).where(mailed_replies.c.conversation_id == conversation_id)
        )
        await connection.execute(
            insert(mailed_replies).values(
                conversation_id=conversation_id,
                upto_seq=replies[-1]["seq"],
                message_id=message_id,
                mailed_at=self._clock.now(),
            )
        )
        return int(bool(message_id))

    def _body(self, language: Language, replies: list[RowMapping], asked: list[RowMapping]) -> str:
        parts = [_GREETING[language]]
        name = ""
        for reply in replies:
            if reply["author_name"] != name:
                name = reply["author_name"] or ""
                parts.append(_WRITES[language].format(name=name))
            parts.append(_text(reply))
        if asked:
            quoted = "\n".join(f"> {line}" for line in _text(asked[-1]).splitlines())
            parts.append(f"{self._said(_ASKED[language])}\n{quoted}")
        shop = f" {self._shop_name}" if self._shop_name else ""
        foot = [self._said(_AND_NOW[language]).format(shop=shop), *self._letterhead.contact.lines(language)]
        parts.append("-- \n" + "\n".join(foot))
        return "\n\n".join(parts)


async def mailed_of(connection: AsyncConnection, conversation_ids: Sequence[str]) -> list[str]:
    """Return the Message-IDs of the newest mails with replies of conversations."""
    mailed = mailed_replies.c
    found = await connection.scalars(
        select(mailed.message_id).where(mailed.conversation_id.in_(conversation_ids), mailed.message_id != "")
    )
    return [str(one) for one in found]


async def _messages(connection: AsyncConnection, conversation_id: str) -> list[RowMapping]:
    rows = await connection.execute(
        select(events)
        .where(
            events.c.conversation_id == conversation_id,
            events.c.kind == Kind.MESSAGE.value,
            events.c.audience == Audience.SHOPPER.value,
        )
        .order_by(events.c.seq)
    )
    return list(rows.mappings())


def _text(row: RowMapping) -> str:
    return str((row["content"] or {}).get("body", "")).strip()
