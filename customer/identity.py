"""Who chats: an identity token that the shop's own server signed, or nobody.

The shop signs a short-lived JWT (HS256) with the secret it shares with us: ``user_id`` (or ``sub``),
``exp`` at most a day ahead, and if it likes ``name``, ``email``, ``iat``. Nothing else tells who
someone is: no text, no e-mail address typed in, no unsigned id.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from customer.profile import clean_name
from foundation.clock import Clock
from foundation.errors import Unauthenticated
from foundation.tokens import InvalidToken, TokenSigner, seconds

MAX_LIFE = timedelta(hours=24)
_SKEW = timedelta(seconds=60)  # the shop's clock and ours differ a little
_MAX_ID_CHARS = 200
_MAX_EMAIL_CHARS = 254  # Source: RFC 5321, 4.5.3.1.3, less the brackets


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the shop says this is; `name` and `email` are empty when it did not say."""

    customer_id: str
    name: str = ""
    email: str = ""


class IdentityVerifier:
    """Checks identity tokens.

    Args:
        secret: Shared with the shop's server, at least 32 bytes. None: the shop signs no tokens, and
            nobody is ever identified.
        clock: What time it is.

    Raises:
        Misconfigured: The secret is too short to be one.
    """

    def __init__(self, secret: str | None, clock: Clock) -> None:
        self._clock = clock
        self._signer = None if secret is None else TokenSigner(secret, purpose=None, clock=clock)

    @property
    def enabled(self) -> bool:
        """Whether anyone can be identified at all."""
        return self._signer is not None

    def verify(self, token: str | None) -> Identity:
        """Return whom the token names.

        Raises:
            Unauthenticated: Missing, empty, forged, too long-lived or naming nobody; `ExpiredToken`
                when it was good once. The chat may go on, as a guest.
        """
        if self._signer is None:
            raise Unauthenticated("This shop signs nobody in here: the chat goes on as a guest.")
        if not token:
            raise Unauthenticated("There is no identity token: the chat goes on as a guest.")
        claims = self._signer.verify(token)
        self._refuse_long_lived(claims)
        return Identity(_customer_id(claims), _name(claims), _email(claims))

    def _refuse_long_lived(self, claims: Mapping[str, object]) -> None:
        now = self._clock.now().timestamp()
        issued = min(now, seconds(claims["iat"])) if "iat" in claims else now
        if seconds(claims["exp"]) - issued > (MAX_LIFE + _SKEW).total_seconds():
            raise Unauthenticated("An identity token may live for 24 hours at most: sign a shorter one.")


def sign_identity(
    secret: str,
    customer_id: str,
    *,
    clock: Clock,
    name: str = "",
    email: str = "",
    lives: timedelta = timedelta(hours=1),
) -> str:
    """Return an identity token as a shop's server would sign it.

    Args:
        secret: The one that the verifier has.
        customer_id: The shop's own key of the customer.
        clock: What time it is.
        name: First and last name, if it shall be known.
        email: Address, if it shall be known.
        lives: At most `MAX_LIFE`.

    Raises:
        ValueError: It would live too long, or name nobody.
        Misconfigured: The secret is too short.
    """
    if lives > MAX_LIFE:
        raise ValueError("an identity token may live for 24 hours at most")
    if not customer_id:
        raise ValueError("an identity token names a customer")
    claims = {"user_id": customer_id, "name": name, "email": email}
    given = {claim: value for claim, value in claims.items() if value}
    return TokenSigner(secret, purpose=None, clock=clock).sign(given, lives=lives)


def _customer_id(claims: Mapping[str, object]) -> str:
    named = {_as_id(claims[claim]) for claim in ("user_id", "sub") if claim in claims}
    if len(named) != 1:  # nobody, or two people
        raise InvalidToken
    return named.pop()


def _as_id(claim: object) -> str:
    if isinstance(claim, int) and not isinstance(claim, bool):
        claim = str(claim)  # many shops number their customers
    if not isinstance(claim, str) or not 0 < len(claim) <= _MAX_ID_CHARS or claim != claim.strip():
        raise InvalidToken
    if any(unicodedata.category(character).startswith("C") for character in claim):
        raise InvalidToken
    return claim


def _name(claims: Mapping[str, object]) -> str:
    name = claims.get("name")
    return clean_name(name) if isinstance(name, str) else ""


def _email(claims: Mapping[str, object]) -> str:
    email = claims.get("email")
    if not isinstance(email, str) or len(email) > _MAX_EMAIL_CHARS or email.count("@") != 1:
        return ""
    return email if email.isprintable() and " " not in email else ""
