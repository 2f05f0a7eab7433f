"""What `okienko retention` and `okienko vacuum` do and print."""

from __future__ import annotations

from dataclasses import fields

import server.app  # noqa: F401 - every room's tables
from foundation.clock import SystemClock
from foundation.compacting import compact
from foundation.errors import Misconfigured
from server.house import open_database
from server.privacy import photos_of
from server.retention import Forgotten, Keeping, Retention
from server.settings import Settings

_TOLD = {
    "conversations": "conversations",
    "turn_records": "records of what an answer was made of",
    "letters": "mails",
    "requests": "settled withdrawals and complaints",
    "stray_photos": "photos that belong to nothing",
}


async def forget_old(settings: Settings, *, dry_run: bool) -> None:
    """Forget what is too old, or count it, and print how much that is.

    Raises:
        Misconfigured: Nothing is set to be forgotten.
    """
    keeping = Keeping.of(settings)
    if keeping == Keeping():
        raise Misconfigured(
            "Everything is kept for ever: set OKIENKO_KEEP_CONVERSATIONS_DAYS, "
            "OKIENKO_KEEP_TURN_RECORDS_DAYS or OKIENKO_KEEP_REQUESTS_DAYS. See docs/operating.md."
        )
    async with open_database(settings) as database:
        retention = Retention(database, photos_of(settings.data_dir), SystemClock(), keeping)
        forgotten = await (retention.look() if dry_run else retention.forget())
    print("\n".join(told(forgotten, dry_run=dry_run)))


def told(forgotten: Forgotten, *, dry_run: bool) -> list[str]:
    """Return lines for whoever runs the shop."""
    lines = ["This would be erased now:" if dry_run else "Erased:"]
    lines += [f"{getattr(forgotten, one.name):>9}  {_TOLD[one.name]}" for one in fields(forgotten)]
    if dry_run:
        lines.append("Nothing is changed. The server does it every night; without --dry-run it is done now.")
    return lines


async def compact_database(settings: Settings) -> None:
    """Make the database smaller and print by how much. Raises as `compact`."""
    async with open_database(settings) as database:
        done = await compact(database)
    before, after = done.before_bytes / 2**20, done.after_bytes / 2**20
    print(f"The database has {after:.1f} MiB instead of {before:.1f} MiB ({done.seconds:.1f} s).")
