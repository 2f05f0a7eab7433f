"""Sends what waits in the outbox.

Delivery is at least once: a crash between the server's "250 taken" and our note of it sends a letter again
when its lease has run out. It is then the same letter to the byte, Message-ID and date included, so that
mail programs show it once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import replace

from sqlalchemy.exc import SQLAlchemyError

from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import OkienkoError
from foundation.letter import Sender
from foundation.measures import Counter
from foundation.outbox import TRIES, Letter, Outbox
from foundation.smtp import MailDeferred, MailRefused, SmtpServer

__all__ = ["Mailer", "Outbox", "open_mail"]

logger = logging.getLogger("okienko.mail")

LOOK_SECONDS = 5.0
GOODBYE_SECONDS = 5.0

_TRIES = Counter(
    "mails", "Tries to send a mail, by what came of it.", result=("sent", "refused", "deferred", "failed")
)


class Mailer:
    """Takes letters out of the outbox, one after the other, and hands them to the mail server.

    Any number of processes may run one: a letter is in one mailer's hands at a time.
    """

    def __init__(
        self, outbox: Outbox, server: SmtpServer | None, *, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._outbox = outbox
        self._server = server
        self._look_seconds = look_seconds
        self._leaving = False

    @property
    def can_send(self) -> bool:
        """Whether mail leaves this shop at all."""
        return self._server is not None and self._outbox.can_send

    async def run(self) -> None:
        """Send what is due until cancelled; return at once where no mail server is set.

        When cancelled, the letter in hand has `GOODBYE_SECONDS` to be sent and noted.
        """
        while self.can_send:
            self._outbox.woken.clear()
            await self._round()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._look_seconds):
                    await self._outbox.woken.wait()

    async def _round(self) -> None:
        """Send what is due, in a task of its own: a cancelled hand-over would be sent twice.

        Nor would cancelling be safe: before Python 3.12 the `wait_for` inside the library can swallow it.
        """
        sending = asyncio.create_task(self.send_due())
        try:
            await asyncio.shield(sending)
        except (OkienkoError, SQLAlchemyError):
            # The database is away or full: letters stay leased and come back.
            logger.exception("the outbox could not be read or written")
        except asyncio.CancelledError:
            self._leaving = True
            await asyncio.wait({sending}, timeout=GOODBYE_SECONDS)
            sending.cancel()
            raise

    async def send_due(self) -> int:
        """Try each letter that is due now; return how many have left.

        Stops when the server is out of reach: the letters behind would fare no better.
        """
        sent = 0
        server, sender = self._server, self._outbox.sender
        while server is not None and sender is not None and not self._leaving:
            letter = await self._outbox.claim()
            if letter is None:
                break
            try:
                sent += await self._try(letter, server, sender)
            except MailDeferred:
                break
        return sent

    async def _try(self, letter: Letter, server: SmtpServer, sender: Sender) -> bool:
        """Send one letter and note what came of it.

        Raises:
            MailDeferred: The server is out of reach; the letter is noted for later.
        """
        if letter.attempts > TRIES:
            # It never came back from the earlier tries: it takes the process down with it.
            await self._outbox.give_up(letter, "Each try to send this was cut short.")
            return False
        try:
            await server.deliver(letter.compose(sender), sender=sender, to=letter.to_address)
        except MailRefused as error:
            _TRIES.add(result="refused")
            logger.warning("mail %s was refused for good", letter.id)
            await self._outbox.give_up(letter, error.message)
        except MailDeferred as error:
            _TRIES.add(result="deferred")
            logger.warning("mail %s was not taken, try %d of %d", letter.id, letter.attempts, TRIES)
            await self._outbox.defer(letter, error.message)
            if not error.reached:
                raise
        except Exception as error:
            _TRIES.add(result="failed")
            logger.exception("mail %s could not be sent, try %d of %d", letter.id, letter.attempts, TRIES)
            await self._outbox.defer(letter, f"It could not be sent ({type(error).__name__}).")
        else:
            _TRIES.add(result="sent")
            await self._outbox.sent(letter)
            return True
        return False


def open_mail(
    database: Database, clock: Clock, *, smtp_url: str | None, sender: str, reply_to: str = ""
) -> tuple[Outbox, Mailer]:
    """Return the outbox and its mailer as the settings say.

    Args:
        database: Holds the outbox.
        clock: What time it is.
        smtp_url: As `SmtpServer.parse` reads it; None: nothing is sent.
        sender: As `Sender.parse` reads it; not read without `smtp_url`.
        reply_to: Where answers go, as `foundation.letter.bare_address` takes it; empty: to the sender.

    Raises:
        InvalidInput: One of the two makes no sense.
    """
    server = SmtpServer.parse(smtp_url) if smtp_url else None
    known = replace(Sender.parse(sender), reply_to=reply_to) if server else None
    outbox = Outbox(database, clock, sender=known)
    return outbox, Mailer(outbox, server)
