"""Signed tokens: the home of PyJWT.

HS256 only. The algorithm is ours to name, never the token's; time comes from the `Clock` port, not
from the library; a token made for one purpose (``aud``) is worth nothing for another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta

import jwt

from foundation.clock import Clock
from foundation.errors import Misconfigured, Unauthenticated

MIN_SECRET_BYTES = 32
"""Source: RFC 7518, 3.2: an HS256 key has at least the size of the hash."""
MAX_TOKEN_CHARS = 8192

_ALGORITHM = "HS256"
_RESERVED = frozenset({"aud", "exp", "iat"})
# exp, nbf and iat are compared by ourselves, with the port's time
_LIBRARY_OPTIONS = {
    "require": ["exp"],
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_sub": False,  # whom a token names, its reader judges: shops number their customers
}


class InvalidToken(Unauthenticated):
    """Forged, garbled, or made for something else. Which one is nobody's business."""

    def __init__(self) -> None:
        super().__init__("This token is not valid: ask for a new one.")


class ExpiredToken(Unauthenticated):
    """Signed rightly, for this purpose, but too old."""

    code = "token_expired"

    def __init__(self) -> None:
        super().__init__("This token has expired: ask for a new one.")


class TokenSigner:
    """Signs and verifies tokens of one purpose.

    Args:
        secret: At least `MIN_SECRET_BYTES` bytes in UTF-8.
        purpose: What the tokens are for, such as ``chat-session``; written to and asked of ``aud``.
            None is for tokens that others make and that name no audience; one that names any is refused.
        clock: What time it is.

    Raises:
        Misconfigured: The secret is too short, or is a public key or certificate, which is no secret.
    """

    def __init__(self, secret: str, *, purpose: str | None, clock: Clock) -> None:
        size = len(secret.encode("utf-8", "surrogatepass"))
        if size < MIN_SECRET_BYTES:
            raise Misconfigured(
                f"A secret that signs tokens needs at least {MIN_SECRET_BYTES} bytes, this one has {size}. "
                'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
            )
        self._secret = secret
        self._purpose = purpose
        self._clock = clock
        try:
            self.sign({}, lives=timedelta(seconds=1))
        except jwt.InvalidKeyError as error:
            raise Misconfigured(
                "A key file or certificate cannot be the secret that signs tokens: use a random text."
            ) from error

    def sign(self, claims: Mapping[str, object], *, lives: timedelta) -> str:
        """Return a token that carries `claims` for `lives`.

        Args:
            claims: What JSON can hold; ``aud``, ``exp`` and ``iat`` are set here.
            lives: Longer than zero; counted in whole seconds, at least one.

        Raises:
            ValueError: `lives` is not positive, or a claim is one that is set here.
        """
        if lives <= timedelta(0):
            raise ValueError("a token must live longer than zero")
        if taken := _RESERVED & claims.keys():
            raise ValueError(f"the signer sets {', '.join(sorted(taken))} itself")
        now = math.floor(self._clock.now().timestamp())
        payload = {**claims, "iat": now, "exp": now + max(1, math.floor(lives.total_seconds()))}
        if self._purpose is not None:
            payload["aud"] = self._purpose
        return jwt.encode(payload, self._secret, algorithm=_ALGORITHM)

    def verify(self, token: str) -> dict[str, object]:
        """Return the claims of a token that is genuine, for this purpose and not too old.

        Returns:
            All claims. ``exp`` is a finite number; what else there is, the caller checks.

        Raises:
            ExpiredToken: It was good once.
            InvalidToken: Anything else; the message is one and the same for all of it.
        """
        if not token or len(token) > MAX_TOKEN_CHARS or not token.isascii():
            raise InvalidToken
        try:
            claims: dict[str, object] = jwt.decode(
                token,
                self._secret,
                algorithms=[_ALGORITHM],
                audience=self._purpose,
                options=_LIBRARY_OPTIONS,  # type: ignore[arg-type]
            )
        # Some versions let the JSON parser's RecursionError through, of a header nested a thousand deep.
        except (jwt.PyJWTError, ValueError, RecursionError) as error:
            raise InvalidToken from error
        self._check_times(claims)
        return claims

    def _check_times(self, claims: Mapping[str, object]) -> None:
        now = self._clock.now().timestamp()
        if now < (seconds(claims["nbf"]) if "nbf" in claims else 0):
            raise InvalidToken
        if now >= seconds(claims["exp"]):
            raise ExpiredToken


def seconds(claim: object) -> float:
    """Return a NumericDate claim as seconds since 1970.

    Raises:
        InvalidToken: It is no number, or an infinite one.
    """
    if isinstance(claim, bool) or not isinstance(claim, int | float):
        raise InvalidToken
    try:
        number = float(claim)
    except OverflowError as error:
        raise InvalidToken from error
    if not math.isfinite(number):
        raise InvalidToken
    return number
