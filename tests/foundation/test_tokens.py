"""Tokens: genuine ones pass, and nothing else does."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.clock import SettableClock
from foundation.errors import Misconfigured, Unauthenticated
from foundation.tokens import MAX_TOKEN_CHARS, ExpiredToken, InvalidToken, TokenSigner

SECRET = "s" * 32
OTHER_SECRET = "t" * 32
HOUR = timedelta(hours=1)
MIDNIGHT = datetime(2026, 11, 17, tzinfo=UTC)


@pytest.fixture
def signer(clock: SettableClock) -> TokenSigner:
    return TokenSigner(SECRET, purpose="chat-session", clock=clock)


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def signed(clock: SettableClock, **claims: object) -> str:
    """A token of another's making: right secret, any claims."""
    payload = {"aud": "chat-session", "exp": clock.now().timestamp() + 60, **claims}
    return jwt.encode({name: value for name, value in payload.items() if value is not None}, SECRET)


def test_claims_come_back(signer: TokenSigner) -> None:
    claims = signer.verify(signer.sign({"sub": "c-1", "n": 7}, lives=HOUR))
    assert (claims["sub"], claims["n"], claims["aud"]) == ("c-1", 7, "chat-session")


def test_time_is_the_ports(signer: TokenSigner, clock: SettableClock) -> None:
    token = signer.sign({}, lives=HOUR)
    clock.advance(HOUR - timedelta(seconds=1))
    signer.verify(token)
    clock.advance(timedelta(seconds=1))
    with pytest.raises(ExpiredToken) as refusal:
        signer.verify(token)
    assert refusal.value.code == "token_expired"


def test_another_secret_or_purpose_is_refused(signer: TokenSigner, clock: SettableClock) -> None:
    for secret, purpose in ((OTHER_SECRET, "chat-session"), (SECRET, "desk-session"), (SECRET, None)):
        foreign = TokenSigner(secret, purpose=purpose, clock=clock).sign({}, lives=HOUR)
        with pytest.raises(InvalidToken):
            signer.verify(foreign)
    with pytest.raises(InvalidToken):
        TokenSigner(SECRET, purpose=None, clock=clock).verify(signer.sign({}, lives=HOUR))


@pytest.mark.parametrize("algorithm", ["none", "None", "HS384", "HS512", "RS256", ["HS256"], None, 1])
def test_the_token_does_not_choose_the_algorithm(signer: TokenSigner, algorithm: object) -> None:
    header, payload, signature = signer.sign({}, lives=HOUR).split(".")
    with pytest.raises(InvalidToken):
        signer.verify(f"{part({'alg': algorithm, 'typ': 'JWT'})}.{payload}.{signature}")
    with pytest.raises(InvalidToken):
        signer.verify(f"{part({'alg': algorithm, 'typ': 'JWT'})}.{payload}.")
    assert header


def test_a_stronger_algorithm_with_the_right_secret_is_refused_too(signer: TokenSigner) -> None:
    claims = signer.verify(signer.sign({}, lives=HOUR))
    with pytest.raises(InvalidToken):
        signer.verify(jwt.encode(claims, SECRET * 2, algorithm="HS512"))


@pytest.mark.parametrize(
    "expiry",
    [None, "soon", True, [1], float("inf"), float("nan"), 10**400],
    ids=["missing", "text", "boolean", "list", "infinite", "not a number", "huge"],
)
def test_an_expiry_that_is_no_time_is_refused(
    signer: TokenSigner, clock: SettableClock, expiry: object
) -> None:
    with pytest.raises(InvalidToken):
        signer.verify(signed(clock, exp=expiry))


def test_a_token_is_not_valid_before_its_time(signer: TokenSigner, clock: SettableClock) -> None:
    token = signed(clock, nbf=clock.now().timestamp() + 30)
    with pytest.raises(InvalidToken):
        signer.verify(token)
    clock.advance(timedelta(seconds=30))
    assert signer.verify(token)


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        ".",
        "..",
        "a.b.c",
        "żółw",
        "\ud800",
        "\x00",
        "x" * (MAX_TOKEN_CHARS + 1),
        part("[" * 3) + "..",
        base64.urlsafe_b64encode(b"[" * 5000).decode() + ".e30.e30",
        base64.urlsafe_b64encode(b'{"alg":"HS256","n":' + b"[" * 5000).decode() + ".e30.e30",
        part({"alg": "HS256", "kid": 1}) + ".e30.e30",
        part({"alg": "HS256", "crit": ["x"]}) + ".e30.e30",
    ],
)
def test_garbage_gets_the_one_answer_of_forgery(signer: TokenSigner, garbage: str) -> None:
    with pytest.raises(InvalidToken) as refusal:
        signer.verify(garbage)
    assert refusal.value.message == InvalidToken().message


@given(position=st.integers(min_value=0), replacement=st.sampled_from("Aa0_-.=!"))
def test_no_character_can_be_changed(position: int, replacement: str) -> None:
    clock = SettableClock(MIDNIGHT)
    signer = TokenSigner(SECRET, purpose="p", clock=clock)
    token = signer.sign({"sub": "c-1"}, lives=HOUR)
    # the last character of a base64 text carries bits that do not count
    position %= len(token) - 1
    forged = token[:position] + replacement + token[position + 1 :]
    if forged != token:
        with pytest.raises(InvalidToken):
            signer.verify(forged)


@given(st.text(max_size=300))
def test_no_text_is_more_than_refused(text: str) -> None:
    signer = TokenSigner(SECRET, purpose="p", clock=SettableClock(MIDNIGHT))
    with pytest.raises(Unauthenticated):
        signer.verify(text)


def test_a_weak_secret_stops_the_start(clock: SettableClock) -> None:
    with pytest.raises(Misconfigured, match="32 bytes, this one has 31"):
        TokenSigner("s" * 31, purpose="p", clock=clock)
    TokenSigner("ż" * 16, purpose="p", clock=clock)  # bytes count, not characters
    key = "-----BEGIN PUBLIC KEY-----\n" + "A" * 64 + "\n-----END PUBLIC KEY-----"
    with pytest.raises(Misconfigured, match="key file"):
        TokenSigner(key, purpose="p", clock=clock)


def test_the_signer_keeps_its_own_claims(signer: TokenSigner) -> None:
    with pytest.raises(ValueError, match="exp"):
        signer.sign({"exp": 1}, lives=HOUR)
    with pytest.raises(ValueError, match="longer than zero"):
        signer.sign({}, lives=timedelta(0))


def test_a_fraction_of_a_second_counts_as_one(signer: TokenSigner) -> None:
    claims = signer.verify(signer.sign({}, lives=timedelta(milliseconds=1)))
    assert claims["exp"] == int(str(claims["iat"])) + 1
