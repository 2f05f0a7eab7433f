"""What one client has yet to see of a conversation: the log after a `seq`, and the reply in the making."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from conversation.entries import since
from conversation.events import Audience, AuthorKind, Event, Kind
from conversation.frames import Delta, EventFrame, Msg, Retract, view
from conversation.log import check_visitor
from conversation.news import News
from conversation.tables import conversations
from conversation.turns import REPLY_PREFIX, ReplyInMaking, in_making
from foundation.database import Database

PAGE = 200

Shown = Msg | EventFrame | Delta | Retract

_WHOSE = select(conversations.c.visitor_id).where(conversations.c.id == bindparam("conversation"))


class Feed:
    """Follows one conversation for one client. Reads only; the database is the truth.

    Args:
        database: Of the log.
        conversation_id: What is followed.
        since: The highest `seq` that the client holds.
        visitor_id: Whose the conversation must still be, if that matters.
    """

    def __init__(
        self, database: Database, conversation_id: str, since: int, *, visitor_id: str | None = None
    ) -> None:
        self._database = database
        self._conversation_id = conversation_id
        self._visitor_id = visitor_id
        self.seq = since
        self._reply_id = self._last_reply_id = self._next_reply_id = ""
        self._deltas = 0

    async def next(self) -> list[Shown]:
        """Return what is new, in order; empty when nothing is.

        Raises:
            Erased: The conversation has been erased.
        """
        frames: list[Shown] = []
        while True:
            events, making = await self._database.read(self._look)
            for event in events:
                self._pass(event, frames)
            if len(events) < PAGE:
                break
        self._follow(making, frames)
        return frames

    def follow(self, news: Sequence[News]) -> tuple[list[Shown], bool]:
        """Return what is new by news that came since the last look, in order; and whether that is all.

        If it is not, `next` tells the rest. News that came while `next` was looking may be older than what it
        saw: whoever asks leaves them out.
        """
        frames: list[Shown] = []
        for each in news:
            if not isinstance(each, Event):
                # What was shown of a reply says nothing new once the reply itself was passed.
                if each.reply_id == self._last_reply_id:
                    continue
                if each.reply_id != (self._reply_id or self._next_reply_id):
                    # The question, or what became of the reply before it, was not passed yet.
                    return frames, False
                self._follow(each, frames)
            elif each.audience is not Audience.SHOPPER or each.seq > self.seq + 1:
                return frames, False
            elif each.seq == self.seq + 1:
                self._pass(each, frames)
        return frames, True

    def _look(self, connection: Connection) -> tuple[list[Event], ReplyInMaking | None]:
        events = since(connection, self._conversation_id, self.seq, limit=PAGE)
        # What was erased says nothing new: only then need anybody ask whose it is.
        if not events or any(event.erased for event in events):
            self._check(connection)
        return events, in_making(connection, self._conversation_id)

    def _check(self, connection: Connection) -> None:
        if self._visitor_id is not None:
            whose = connection.scalar(_WHOSE, {"conversation": self._conversation_id})
            check_visitor(whose or "", self._visitor_id)

    def _pass(self, event: Event, frames: list[Shown]) -> None:
        self.seq = event.seq
        frame = view(event)
        if event.kind is Kind.MESSAGE and event.author.kind is AuthorKind.SHOPPER:
            self._next_reply_id = f"{REPLY_PREFIX}{event.cid}"
        if isinstance(frame, Msg) and frame.cid is not None and frame.cid.startswith(REPLY_PREFIX):
            self._last_reply_id = frame.cid
            if frame.cid == self._reply_id:
                if frame.interrupted:
                    frames.append(Retract(reply_id=self._reply_id))
                self._reply_id, self._deltas = "", 0
        frames.append(frame)

    def _follow(self, making: ReplyInMaking | None, frames: list[Shown]) -> None:
        if self._reply_id and (making is None or making.reply_id != self._reply_id):
            frames.append(Retract(reply_id=self._reply_id))
            self._reply_id, self._deltas = "", 0
        if making is None:
            return
        self._reply_id = making.reply_id
        for n, text in enumerate(making.sentences[self._deltas :], start=self._deltas):
            frames.append(Delta(reply_id=making.reply_id, n=n, text=text))
        # News of an earlier moment may come late: what was shown stays shown.
        self._deltas = max(self._deltas, len(making.sentences))
