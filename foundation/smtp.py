"""A mail server: where it is, and handing it one mail. The home of aiosmtplib."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from foundation.errors import InvalidInput, Unavailable
from foundation.letter import Sender

if TYPE_CHECKING:
    from aiosmtplib import SMTP

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
"""Source: RFC 5321, 2.3.4 (relay); RFC 6409, 3.1 (submission); RFC 8314, 3.3 (implicit TLS)."""
_SETTLED_BY_THE_SHOP = {530, 534, 535, 538}
"""The server wants a login or TLS (RFC 4954, 6; RFC 3207, 4): the settings are wrong, not the mail."""

STEP_SECONDS = 30.0
CONNECT_SECONDS = 60.0  # login included
MAIL_SECONDS = 120.0
GOODBYE_SECONDS = 5.0
MAX_REASON_CHARS = 300


class MailRefused(Unavailable):
    """The server will never take this mail: a 5xx answer."""

    code = "mail_refused"


class MailDeferred(Unavailable):
    """Not now; trying later makes sense.

    Attributes:
        reached: False if no session came about, so that other mail would fare no better.
    """

    code = "mail_deferred"

    def __init__(self, message: str, *, reached: bool) -> None:
        super().__init__(message)
        self.reached = reached


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is handed over, and how.

    Attributes:
        scheme: ``smtp`` (never encrypted), ``smtp+starttls`` (encrypted or nothing), ``smtps``.
    """

    scheme: str
    host: str
    port: int
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str) -> SmtpServer:
        """Read ``scheme://[user:password@]host[:port]``, user and password percent-encoded.

        Raises:
            InvalidInput: It makes no sense; says why, without the password.
        """
        if re.search(r"[\x00-\x20\x7f]", url):
            raise InvalidInput("It has a blank or a control character: percent-encode it (a blank is %20).")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise InvalidInput(f"It is no address of a mail server. {_HOW}") from error
        if parts.scheme not in _PORTS or not parts.hostname:
            raise InvalidInput(f"It is no address of a mail server. {_HOW}")
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise InvalidInput(f"After the host and port nothing may follow. {_HOW}")
        if bool(parts.username) != bool(parts.password):
            raise InvalidInput(f"A user needs a password, and a password a user. {_HOW}")
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=port or _PORTS[parts.scheme],
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )

    @property
    def shows_password(self) -> bool:
        """Whether the password crosses a network unencrypted."""
        return (
            self.scheme == "smtp"
            and self.password is not None
            and self.host not in ("localhost", "127.0.0.1", "::1")
        )

    async def deliver(self, mail: bytes, *, sender: Sender, to: str) -> None:
        """Hand over one mail; returns when the server has taken it.

        Raises:
            MailRefused: It will never be taken.
            MailDeferred: It was not taken now, or the server did not say in time whether it was.
        """
        from aiosmtplib import SMTPException, SMTPNotSupported, SMTPRecipientsRefused, SMTPResponseException

        options = [] if to.isascii() and sender.address.isascii() else ["SMTPUTF8", "BODY=8BITMIME"]
        async with self._session(sender.domain) as session:
            try:
                async with asyncio.timeout(MAIL_SECONDS):
                    await session.sendmail(sender.address, [to], mail, mail_options=options)
            except SMTPRecipientsRefused as error:
                first = error.recipients[0]
                raise _answered(first.code, first.message) from error
            except SMTPResponseException as error:
                raise _answered(error.code, error.message) from error
            except SMTPNotSupported as error:
                raise MailRefused(_sentence("The mail server cannot write to this address", error)) from error
            except (SMTPException, OSError) as error:
                raise MailDeferred(_sentence("The connection broke", error), reached=True) from error

    async def check(self, sender: Sender) -> None:
        """Connect and sign in, send nothing.

        Raises:
            MailDeferred: That does not work; says why.
        """
        async with self._session(sender.domain):
            pass

    @asynccontextmanager
    async def _session(self, hello: str) -> AsyncIterator[SMTP]:
        from aiosmtplib import SMTP, SMTPException

        session = SMTP(
            hostname=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            use_tls=self.scheme == "smtps",
            start_tls=self.scheme == "smtp+starttls",
            # Left out, this machine's name is looked up, which blocks, and told to the server.
            local_hostname=hello,
            timeout=STEP_SECONDS,
        )
        try:
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    await session.connect()
            except (SMTPException, OSError) as error:
                says = f"The mail server {self.host}:{self.port} cannot be used"
                raise MailDeferred(_sentence(says, error), reached=False) from error
            yield session
            with contextlib.suppress(SMTPException, OSError):
                # What is taken is taken: a lost goodbye must not undo it.
                await session.quit(timeout=GOODBYE_SECONDS)
        finally:
            session.close()


_HOW = (
    "Write it like smtp+starttls://user:password@mail.example:587 (or smtps://, smtp://), "
    "user and password percent-encoded (@ is %40, / is %2F, # is %23)."
)


def _answered(code: int, message: str) -> MailRefused | MailDeferred:
    says = _sentence("The mail server answered", f"{code} {message}")
    if code in _SETTLED_BY_THE_SHOP:
        return MailDeferred(says, reached=False)
    return MailRefused(says) if 500 <= code < 600 else MailDeferred(says, reached=code != 421)


def _sentence(says: str, why: object) -> str:
    reason = " ".join(str(why).split()) or type(why).__name__
    return f"{says}: {reason[:MAX_REASON_CHARS].rstrip('.')}."
