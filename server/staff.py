"""Staff accounts, their passwords and sessions in the database. The home of argon2.

A session is a random secret that only the browser holds; the table has its hash. Passwords are hashed with
Argon2id. Wrong passwords slow their e-mail and their address down; the count is taken *before* the password
is looked at, so that many tries at once do not slip through.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Column, Integer, RowMapping, String, Table, Text, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from foundation.clock import Clock
from foundation.database import Database, UtcDateTime, metadata
from foundation.errors import Conflict, InvalidInput, NotFound, RateLimited, Unauthenticated
from foundation.staff import Role, Staff

MIN_PASSWORD_CHARS, MAX_PASSWORD_CHARS = 10, 1000
SESSION_IDLES, SESSION_LIVES = timedelta(hours=12), timedelta(days=7)
FREE_TRIES = 5
"""Wrong passwords before the first wait."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = {"email": timedelta(minutes=1), "address": timedelta(minutes=15)}
"""Anybody can fail in another's name, so an e-mail is never slowed for long; an address may be."""
FORGET_FAILURES_AFTER = timedelta(hours=1)

_SEEN_EVERY = timedelta(minutes=1)
_EMAIL = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@[^\s@<>\"',;:()\[\]\\]+\.[^\s@<>\"',;:()\[\]\\.]{2,63}")
# Each takes a core and 64 MiB for a moment: strangers must not have many of them at once.
_HASHING = 2

staff = Table(
    "staff",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("role", String(16), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    Column("staff_id", String(36), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

staff_failures = Table(
    "staff_failures",
    metadata,
    # "email:…" or "address:…", hashed: a list of who mistyped when is nobody's business.
    Column("key_hash", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failed_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff with what an owner sees of them. `seen_at` is None while nobody is signed in."""

    staff: Staff
    sessions: int
    seen_at: datetime | None


class StaffBook:
    """Accounts and sessions.

    Args:
        database: Where they are kept.
        clock: What time it is.
        hashing_kib: Memory that one password takes, in KiB. The default is argon2-cffi's own: 64 MiB, three
            passes. Source: RFC 9106, 4, the second recommended option.
    """

    def __init__(self, database: Database, clock: Clock, *, hashing_kib: int = 64 * 1024) -> None:
        self._database = database
        self._clock = clock
        self._hasher = PasswordHasher(memory_cost=hashing_kib)
        # Checked where there is no account, so that the time taken does not tell.
        self._nobodys_hash = ""
        self._hashing = asyncio.Semaphore(_HASHING)

    async def add(self, email: str, role: Role, password: str, name: str = "") -> Staff:
        """Make an account. Without a name, people see the part of the e-mail before the @.

        Raises:
            InvalidInput: The e-mail, the name or the password cannot be used; says why.
            Conflict: The e-mail has an account.
        """
        address = _address(email)
        shown = " ".join(name.split()) or address.split("@")[0].replace(".", " ").title()
        if len(shown) > 80:
            raise InvalidInput("A name may have 80 characters.")
        password_hash = await self._hash(_password(password))
        added = Staff(str(uuid4()), address, shown, role)
        async with self._database.transaction(alone="staff") as connection:
            if await connection.scalar(select(staff.c.id).where(staff.c.email == address)):
                raise Conflict(f"{address} has an account already. See: okienko staff list")
            await connection.execute(
                insert(staff).values(
                    id=added.id,
                    email=address,
                    name=shown,
                    role=role.value,
                    password_hash=password_hash,
                    created_at=self._clock.now(),
                )
            )
        return added

    async def accounts(self) -> list[Account]:
        """Return every account with its open sessions, owners first, then by name."""
        async with self._database.reading() as connection:
            open_sessions = (
                select(
                    staff_sessions.c.staff_id,
                    func.count().label("count"),
                    func.max(staff_sessions.c.seen_at, type_=UtcDateTime()).label("seen_at"),
                )
                .where(
                    staff_sessions.c.seen_at > self._clock.now() - SESSION_IDLES,
                    staff_sessions.c.created_at > self._clock.now() - SESSION_LIVES,
                )
                .group_by(staff_sessions.c.staff_id)
                .subquery()
            )
            rows = await connection.execute(
                select(staff, open_sessions.c.count, open_sessions.c.seen_at)
                .outerjoin(open_sessions, open_sessions.c.staff_id == staff.c.id)
                .order_by(staff.c.role.desc(), staff.c.name)
            )
            return [Account(_staff(row), row["count"] or 0, row["seen_at"]) for row in rows.mappings()]

    async def remove(self, email: str) -> Staff:
        """Remove an account; its sessions end. What the person wrote stays in the log, with their name.

        Raises:
            NotFound: There is no such account.
            Conflict: It is the last owner's.
        """
        async with self._database.transaction(alone="staff") as connection:
            rows = (await connection.execute(select(staff))).mappings().all()
            found = next((_staff(row) for row in rows if row["email"] == email.strip().lower()), None)
            if found is None:
                raise NotFound(f"There is no account of {email.strip()}. See: okienko staff list")
            owners = sum(row["role"] == Role.OWNER for row in rows)
            if found.role is Role.OWNER and owners == 1 and len(rows) > 1:
                raise Conflict(f"{found.email} is the last owner. Add another owner first.")
            await connection.execute(delete(staff_sessions).where(staff_sessions.c.staff_id == found.id))
            await connection.execute(delete(staff).where(staff.c.id == found.id))
        return found

    async def sign_in(self, email: str, password: str, *, address: str) -> str:
        """Check a password and open a session.

        Args:
            email: As typed; case and spaces around it do not count.
            password: As typed.
            address: Where it comes from, to slow down one who guesses.

        Returns:
            The session's secret, for the cookie alone.

        Raises:
            Unauthenticated: E-mail or password is wrong; which one is not said.
            RateLimited: Too many wrong ones; says how long to wait. The password was not looked at.
        """
        keys = {"email": email.strip().lower()[:254], "address": address}
        now = self._clock.now()
        async with self._database.transaction(alone="sign in") as connection:
            waits = [await _wait(connection, kind, key, now) for kind, key in keys.items()]
            forgotten = staff_failures.c.failed_at <= now - FORGET_FAILURES_AFTER
            await connection.execute(delete(staff_failures).where(forgotten))
            if (wait := max(waits)) <= timedelta(0):
                for kind, key in keys.items():
                    await _count_failure(connection, kind, key, now)
        if wait > timedelta(0):
            raise RateLimited(
                "Too many wrong passwords.", retry_after_seconds=int(-(-wait.total_seconds() // 1))
            )
        async with self._database.reading() as connection:
            found = await connection.execute(select(staff).where(staff.c.email == keys["email"]))
            row = found.mappings().one_or_none()
        self._nobodys_hash = self._nobodys_hash or await self._hash(secrets.token_urlsafe(16))
        right = await self._verify(row["password_hash"] if row else self._nobodys_hash, password)
        if row is None or not right:
            raise Unauthenticated("The e-mail or the password is wrong.")
        secret = secrets.token_urlsafe(32)
        # Alone as well: what another counts meanwhile would be there again after it was forgiven.
        async with self._database.transaction(alone="sign in") as connection:
            hashes = [_hashed(f"{kind}:{key}") for kind, key in keys.items()]
            await connection.execute(delete(staff_failures).where(staff_failures.c.key_hash.in_(hashes)))
            await connection.execute(
                delete(staff_sessions).where(staff_sessions.c.seen_at < now - SESSION_LIVES)
            )
            await connection.execute(
                insert(staff_sessions).values(
                    secret_hash=_hashed(secret), staff_id=row["id"], created_at=now, seen_at=now
                )
            )
        return secret

    async def whose(self, secret: str) -> Staff | None:
        """Return who holds a session's secret; None when it is unknown, ended or too old."""
        now, hashed = self._clock.now(), _hashed(secret)
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(staff, staff_sessions.c.created_at.label("since"), staff_sessions.c.seen_at)
                .join(staff_sessions, staff_sessions.c.staff_id == staff.c.id)
                .where(staff_sessions.c.secret_hash == hashed)
            )
            row = rows.mappings().one_or_none()
        if row is None or now - row["seen_at"] > SESSION_IDLES or now - row["since"] > SESSION_LIVES:
            return None
        if now - row["seen_at"] > _SEEN_EVERY:
            async with self._database.transaction() as connection:
                await connection.execute(
                    update(staff_sessions).where(staff_sessions.c.secret_hash == hashed).values(seen_at=now)
                )
        return _staff(row)

    async def sign_out(self, secret: str) -> None:
        """End one session; an unknown one is ended already."""
        async with self._database.transaction() as connection:
            await connection.execute(
                delete(staff_sessions).where(staff_sessions.c.secret_hash == _hashed(secret))
            )

    async def end_sessions(self, staff_id: str) -> int:
        """End every session of a member of staff; return how many there were."""
        async with self._database.transaction() as connection:
            done = await connection.execute(
                delete(staff_sessions).where(staff_sessions.c.staff_id == staff_id)
            )
            return int(done.rowcount)

    async def _hash(self, password: str) -> str:
        async with self._hashing:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def _verify(self, password_hash: str, password: str) -> bool:
        async with self._hashing:
            return await asyncio.to_thread(self._matches, password_hash, password)

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, _normal(password[: MAX_PASSWORD_CHARS + 1]))
        except (VerificationError, InvalidHashError):
            return False


async def _wait(connection: AsyncConnection, kind: str, key: str, now: datetime) -> timedelta:
    """Return how long one has to wait before the next try; zero or less: no longer."""
    row = await _failures(connection, _hashed(f"{kind}:{key}"), now)
    if row is None:
        return timedelta(0)
    since: timedelta = now - row["failed_at"]
    return _wait_after(row["failures"], LONGEST_WAIT[kind]) - since


async def _count_failure(connection: AsyncConnection, kind: str, key: str, now: datetime) -> None:
    hashed = _hashed(f"{kind}:{key}")
    row = await _failures(connection, hashed, now)
    await connection.execute(delete(staff_failures).where(staff_failures.c.key_hash == hashed))
    failures = (row["failures"] if row else 0) + 1
    await connection.execute(insert(staff_failures).values(key_hash=hashed, failures=failures, failed_at=now))


async def _failures(connection: AsyncConnection, key_hash: str, now: datetime) -> RowMapping | None:
    found = await connection.execute(
        select(staff_failures).where(
            staff_failures.c.key_hash == key_hash,
            staff_failures.c.failed_at > now - FORGET_FAILURES_AFTER,
        )
    )
    return found.mappings().one_or_none()


def _wait_after(failures: int, longest: timedelta) -> timedelta:
    if failures < FREE_TRIES:
        return timedelta(0)
    doublings = min(failures - FREE_TRIES, 10)
    return min(longest, FIRST_WAIT * (1 << doublings))


def _address(email: str) -> str:
    address = email.strip().lower()
    if len(address) > 254 or _EMAIL.fullmatch(address) is None:
        raise InvalidInput(f"{email.strip()[:80]!r} is no e-mail address. Write it like ewa@shop.example")
    return address


def _password(password: str) -> str:
    if len(password) < MIN_PASSWORD_CHARS:
        raise InvalidInput(f"A password needs at least {MIN_PASSWORD_CHARS} characters.")
    if len(password) > MAX_PASSWORD_CHARS:
        raise InvalidInput(f"A password may have {MAX_PASSWORD_CHARS} characters.")
    return _normal(password)


def _normal(password: str) -> str:
    # Source: NIST SP 800-63B, 5.1.1.2: the same password typed on another keyboard is the same.
    return unicodedata.normalize("NFKC", password)


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _staff(row: RowMapping) -> Staff:
    return Staff(row["id"], row["email"], row["name"], Role(row["role"]))
