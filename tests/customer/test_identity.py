"""Who chats: whom the shop vouched for, or nobody."""

from __future__ import annotations

from datetime import timedelta

import jwt
import pytest

from customer.identity import Identity, IdentityVerifier, sign_identity
from foundation.clock import SettableClock
from foundation.errors import Misconfigured, Unauthenticated
from foundation.tokens import ExpiredToken, TokenSigner

SECRET = "the shop and we alone know this one"
HOUR = timedelta(hours=1)


@pytest.fixture
def verifier(clock: SettableClock) -> IdentityVerifier:
    return IdentityVerifier(SECRET, clock)


def by_shop(clock: SettableClock, **claims: object) -> str:
    """A token as a shop's own library makes it."""
    return jwt.encode({"exp": int(clock.now().timestamp()) + 3600, **claims}, SECRET)


def test_whom_the_shop_names(verifier: IdentityVerifier, clock: SettableClock) -> None:
    token = sign_identity(SECRET, "c-1001", clock=clock, name="Anna Zielińska", email="anna@example.com")
    assert verifier.verify(token) == Identity("c-1001", "Anna Zielińska", "anna@example.com")
    assert verifier.verify(sign_identity(SECRET, "c-1001", clock=clock)) == Identity("c-1001")


@pytest.mark.parametrize(
    ("claims", "customer_id"),
    [
        ({"user_id": "c-1"}, "c-1"),
        ({"sub": "c-1"}, "c-1"),
        ({"user_id": 17}, "17"),
        ({"sub": 17}, "17"),
        ({"user_id": "c-1", "sub": "c-1"}, "c-1"),
        ({"user_id": "c-1", "name": 7, "email": ["x"]}, "c-1"),
        ({"user_id": "c-1", "email": "no address", "role": "admin"}, "c-1"),
    ],
)
def test_claims_of_many_libraries(
    verifier: IdentityVerifier, clock: SettableClock, claims: dict[str, object], customer_id: str
) -> None:
    assert verifier.verify(by_shop(clock, **claims)) == Identity(customer_id)


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"user_id": ""},
        {"user_id": "   "},
        {"user_id": None},
        {"user_id": True},
        {"user_id": ["c-1"]},
        {"user_id": "c-1\n"},
        {"user_id": "c\x00-1"},
        {"user_id": "\ud800"},
        {"user_id": "x" * 201},
        {"user_id": "c-1", "sub": "c-2"},
        {"user_id": "", "sub": "c-2"},
        {"user_id": "c-1", "aud": "chat-session"},
        {"user_id": "c-1", "iat": "yesterday"},
    ],
)
def test_claims_that_name_nobody(
    verifier: IdentityVerifier, clock: SettableClock, claims: dict[str, object]
) -> None:
    with pytest.raises(Unauthenticated):
        verifier.verify(by_shop(clock, **claims))


@pytest.mark.parametrize("token", [None, "", " ", "c-1001", "e30.e30.", "null", "x" * 100_000])
def test_no_token_is_nobody(verifier: IdentityVerifier, token: str | None) -> None:
    with pytest.raises(Unauthenticated):
        verifier.verify(token)


def test_a_forged_token_is_nobody(verifier: IdentityVerifier, clock: SettableClock) -> None:
    unsigned = jwt.encode({"user_id": "c-1", "exp": 2_000_000_000}, key="", algorithm="none")
    foreign = sign_identity("another secret of at least 32 bytes", "c-1", clock=clock)
    session = TokenSigner(SECRET, purpose="chat-session", clock=clock).sign({"sub": "c-1"}, lives=HOUR)
    for token in (unsigned, foreign, session):
        with pytest.raises(Unauthenticated):
            verifier.verify(token)


def test_an_expired_token_says_so(verifier: IdentityVerifier, clock: SettableClock) -> None:
    token = sign_identity(SECRET, "c-1", clock=clock, lives=HOUR)
    clock.advance(HOUR)
    with pytest.raises(ExpiredToken):
        verifier.verify(token)


def test_a_token_lives_a_day_at_most(verifier: IdentityVerifier, clock: SettableClock) -> None:
    now, day = int(clock.now().timestamp()), 24 * 3600
    assert verifier.verify(by_shop(clock, user_id="c-1", exp=now + day))
    assert verifier.verify(by_shop(clock, user_id="c-1", exp=now + day + 60, iat=now + 60))  # clocks differ
    with pytest.raises(Unauthenticated, match="24 hours"):
        verifier.verify(by_shop(clock, user_id="c-1", exp=now + day + 61))
    with pytest.raises(Unauthenticated, match="24 hours"):  # however little of it is left
        verifier.verify(by_shop(clock, user_id="c-1", exp=now + 60, iat=now - 30 * day))
    with pytest.raises(ValueError, match="24 hours"):
        sign_identity(SECRET, "c-1", clock=clock, lives=timedelta(hours=25))
    with pytest.raises(ValueError, match="names a customer"):
        sign_identity(SECRET, "", clock=clock)


def test_without_a_secret_nobody_is_identified(clock: SettableClock) -> None:
    verifier = IdentityVerifier(None, clock)
    assert not verifier.enabled
    for token in (sign_identity(SECRET, "c-1", clock=clock), "", None):
        with pytest.raises(Unauthenticated):
            verifier.verify(token)


def test_a_short_secret_is_refused(clock: SettableClock) -> None:
    for secret in ("", "short"):
        with pytest.raises(Misconfigured):
            IdentityVerifier(secret, clock)
    assert IdentityVerifier(SECRET, clock).enabled


def test_a_hostile_name_is_cleaned(verifier: IdentityVerifier, clock: SettableClock) -> None:
    token = sign_identity(SECRET, "c-1", clock=clock, name="<b>Anna</b>\n\x00{{x}} " + "y" * 900)
    name = verifier.verify(token).name
    assert name.startswith("Anna x y")
    assert len(name) == 40
