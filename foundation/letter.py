"""A mail as bytes. Pure.

Headers are written here and not by `email.policy`: its folding drops blanks between encoded words, leaves
a comma of a sender's name unquoted and encodes Message-IDs longer than a line, which breaks threads.
Every header line that leaves is printable ASCII of one line (UTF-8 only in an address that needs it),
so nothing in a name, a subject or an address can begin another header or end the headers.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from foundation.errors import InvalidInput, TooLarge

MAX_SUBJECT_CHARS = 300
MAX_BODY_CHARS = 200_000
MAX_ADDRESS_CHARS = 254
"""Source: RFC 5321, 4.5.3.1.3: a path of 256 octets, less its angle brackets."""

_LINE_CHARS = 65  # with a header's name still below the 78 of RFC 5322, 2.1.1
_WORD_BYTES = 39  # an encoded word of 64 characters: with "Subject: " below the 76 of RFC 2047, 2
_LOCAL = re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}")
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_MAILBOX = re.compile(r"(?:\"?(?P<name>[^\"<>]*?)\"?\s*<(?P<inside>[^<>]+)>|(?P<bare>[^<>]+))")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z-]*")
_HEADER_VALUE = re.compile(r"[\x20-\x7e]{1,900}")
ADDRESS_IN_TEXT = re.compile(r"[^\s@<>()\[\]\",;:]{1,64}@[^\s@<>()\[\]\",;:]{1,190}\.[^\W\d_]{2,24}(?![\w@])")
"""What looks like an e-mail address in what people write; a full stop may still end it."""
_UNSAFE = {"Cc", "Cs", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom mail comes from.

    Attributes:
        name: As people see it; may be empty.
        address: As `bare_address` returns it.
        reply_to: Where answers go, as `bare_address` takes it; empty: to `address`.
    """

    name: str
    address: str
    reply_to: str = ""

    @classmethod
    def parse(cls, text: str) -> Sender:
        """Read ``Name <name@domain>`` or ``name@domain``.

        Raises:
            InvalidInput: It is neither.
        """
        found = _MAILBOX.fullmatch(text.strip())
        if found is None or not one_line(text):
            raise InvalidInput("Write it like: My shop <help@shop.example>")
        return cls((found["name"] or "").strip(), bare_address(found["inside"] or found["bare"]))

    @property
    def domain(self) -> str:
        """The part after the @, in ASCII."""
        return self.address.rpartition("@")[2]


def compose(
    sender: Sender,
    to: str,
    subject: str,
    body: str,
    *,
    message_id: str,
    date: datetime,
    headers: Mapping[str, str],
) -> bytes:
    """Return a plain-text mail: UTF-8, quoted-printable, CRLF line ends, a paragraph on one long line.

    Args:
        sender: For ``From``, and for ``Reply-To`` where answers go elsewhere.
        to: One address, as `bare_address` returns it.
        subject: One line, at most `MAX_SUBJECT_CHARS`.
        body: At most `MAX_BODY_CHARS`. What no mail can carry (NUL, lone surrogates) becomes U+FFFD.
        message_id: With its angle brackets.
        date: Aware.
        headers: Others; printable ASCII.

    Raises:
        InvalidInput: The subject or a header is empty, has a line break or a control character.
        TooLarge: The subject or the body is too long.
    """
    block = [
        ("From", _mailbox(sender)),
        *([("Reply-To", bare_address(sender.reply_to))] if _answered_elsewhere(sender) else []),
        ("To", bare_address(to)),
        ("Subject", _words(checked_subject(subject))),
        ("Date", format_datetime(date)),
        *(_checked(name, value) for name, value in {"Message-ID": message_id, **headers}.items()),
    ]
    text = EmailMessage(policy=SMTP)
    text.set_content(checked_body(body), charset="utf-8", cte="quoted-printable")
    return "".join(f"{name}: {value}\r\n" for name, value in block).encode() + text.as_bytes()


def bare_address(text: str) -> str:
    """Return ``name@domain`` with its domain in ASCII (IDNA).

    Whether the mailbox exists, only a delivered mail tells.

    Raises:
        InvalidInput: This is not one address.
    """
    local, _, domain = text.strip(" ").rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    address = f"{local}@{domain}"
    if not (
        one_line(local)
        and _LOCAL.fullmatch(local)
        and _DOMAIN.fullmatch(domain)
        and len(address.encode()) <= MAX_ADDRESS_CHARS
    ):
        raise InvalidInput("This is not an e-mail address. Write it like: name@domain.com")
    return address


def checked_subject(subject: str) -> str:
    """Return the subject without blanks around it.

    Raises:
        InvalidInput: It is empty, or has a line break or another control character.
        TooLarge: It is longer than `MAX_SUBJECT_CHARS`.
    """
    subject = subject.strip(" ")
    if not subject or not one_line(subject):
        raise InvalidInput("The subject of a mail is one line of text, without control characters.")
    if len(subject) > MAX_SUBJECT_CHARS:
        raise TooLarge(f"The subject of a mail has at most {MAX_SUBJECT_CHARS} characters.")
    return subject


def checked_body(body: str) -> str:
    """Return the body with U+FFFD for what neither a mail nor a database carries.

    Raises:
        TooLarge: It is longer than `MAX_BODY_CHARS`.
    """
    if len(body) > MAX_BODY_CHARS:
        raise TooLarge(f"A mail has at most {MAX_BODY_CHARS} characters.")
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", body)


def one_line(text: str) -> bool:
    """Return whether a text has no line break of any alphabet, control character or lone surrogate."""
    return not any(unicodedata.category(char) in _UNSAFE for char in text)


def _answered_elsewhere(sender: Sender) -> bool:
    return bool(sender.reply_to) and sender.reply_to.lower() != sender.address.lower()


def _checked(name: str, value: str) -> tuple[str, str]:
    if not (_HEADER_NAME.fullmatch(name) and _HEADER_VALUE.fullmatch(value)):
        raise InvalidInput(f"The mail header {name[:40]!r} is not one line of plain ASCII.")
    return name, value


def _mailbox(sender: Sender) -> str:
    if not sender.name:
        return sender.address
    name = _words(sender.name)
    if name == sender.name:
        name = '"' + name.replace("\\", "\\\\") + '"'
    return f"{name}\r\n <{sender.address}>"


def _words(text: str) -> str:
    """Return a text as it is where that is safe, else as encoded words, one a line.

    Source: RFC 2047, 2 and 5: no character is split between words, blanks between words do not count.
    """
    # A text that looks like an encoded word would be decoded by who reads it.
    if text.isascii() and "=?" not in text and len(text) <= _LINE_CHARS:
        return text
    chunks, chunk = [], b""
    for char in text:
        encoded = char.encode()
        if len(chunk) + len(encoded) > _WORD_BYTES:
            chunks.append(chunk)
            chunk = b""
        chunk += encoded
    chunks.append(chunk)
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(chunk).decode()}?=" for chunk in chunks)
