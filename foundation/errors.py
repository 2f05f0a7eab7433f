"""Every error of Okienko that a person may meet, as one tree.

    OkienkoError
    ├── InvalidInput          400  what was sent makes no sense; says what would
    │   └── TooLarge          413
    ├── Unauthenticated       401  no valid token
    ├── Forbidden             403  valid token, not allowed
    ├── NotFound              404
    ├── Erased                410  it was here and has been deleted for good
    ├── Conflict              409  e.g. the same cid with another body
    ├── RateLimited           429  carries retry_after_seconds
    ├── Misconfigured         500  a setting is wrong; names it and what is allowed
    └── Unavailable           503  something outside (disk, model file) is missing; says how to mend it

The message is a sentence for a person. It never holds a secret, a path of another user, or a traceback.
Third-party errors are mapped to these once, at the edge of the module that owns the library.
"""

from __future__ import annotations


class OkienkoError(Exception):
    """Base of all expected failures.

    Attributes:
        code: Stable, machine-readable, snake_case.
        status: The HTTP status that an edge answers with.
        message: A sentence that says what to do.
    """

    code = "error"
    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidInput(OkienkoError):
    """What was sent cannot be used as it is."""

    code = "invalid_input"
    status = 400


class TooLarge(InvalidInput):
    """More than the stated limit."""

    code = "too_large"
    status = 413


class Unauthenticated(OkienkoError):
    """No token, or one that is expired or forged."""

    code = "unauthenticated"
    status = 401


class Forbidden(OkienkoError):
    """Known, but not allowed."""

    code = "forbidden"
    status = 403


class NotFound(OkienkoError):
    """No such thing (or none that this caller may see)."""

    code = "not_found"
    status = 404


class Erased(OkienkoError):
    """It was here and has been deleted for good, because the person it was of is erased."""

    code = "erased"
    status = 410


class Conflict(OkienkoError):
    """Contradicts what is stored already."""

    code = "conflict"
    status = 409


class RateLimited(OkienkoError):
    """Too much in too little time.

    Attributes:
        retry_after_seconds: When trying again makes sense, at least 1.
    """

    code = "rate_limited"
    status = 429

    def __init__(self, message: str, *, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = max(1, retry_after_seconds)


class Misconfigured(OkienkoError):
    """A setting is wrong or missing; the message names it and what is allowed."""

    code = "misconfigured"


class Unavailable(OkienkoError):
    """Something that we need is not there; the message says how to mend it."""

    code = "unavailable"
    status = 503
