"""What `okienko backup` and `okienko restore` print."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from foundation.clock import SystemClock
from server.backup.making import Made, OnStep, make_backup, prune
from server.backup.restoring import Restored, Wishes, finish_restore, restore
from server.settings import Settings

_SAID = {
    "rows": "rows",
    "photos": "photos",
    "hashes": "checking the archive",
    "files": "files",
    "seals": "checking the seals",
}


async def back_up(settings: Settings, to: Path, *, with_secrets: bool, keep: int | None) -> None:
    """Make a backup and print what it holds. Raises as `make_backup`."""
    with _progress() as on_step:
        made = await make_backup(settings, to, with_secrets=with_secrets, on_step=on_step)
    print("\n".join(_told_made(made)))
    if keep is not None:
        gone = prune(made.path.parent, keep, SystemClock().now())
        if gone:
            print(f"Deleted {len(gone)} older backups.")


def _told_made(made: Made) -> list[str]:
    rows, size = made.manifest.rows, made.path.stat().st_size / 2**20
    lines = [
        f"Backup: {made.path} ({size:.1f} MiB, {made.seconds:.1f} s)",
        f"  {rows['conversations']} conversations with {rows['events']} events, {rows['articles']} versions "
        f"of articles, {rows['orders']} orders, {made.photos} photos",
        "  It holds what people wrote: keep it as closely as the shop itself.",
    ]
    if made.manifest.secrets:
        lines.append("  The keys of the shop are in it: who has it can sign in as any customer.")
    else:
        lines.append(
            "  Keys are not in it: keep session.key of the data folder (or OKIENKO_SECRET) apart, or add "
            "--with-secrets."
        )
    return lines


async def bring_back(settings: Settings, path: Path, wishes: Wishes) -> None:
    """Restore an archive and print what was done. Raises as `restore`."""
    with _progress() as on_step:
        done = await restore(settings, path, wishes, on_step=on_step)
    print("\n".join(_told_restored(done, settings)))


def _told_restored(done: Restored, settings: Settings) -> list[str]:
    rows = done.manifest.rows
    lines = [
        f"Restored: the shop as it was at {done.manifest.made_at} ({done.seconds:.1f} s)",
        f"  {rows['conversations']} conversations with {rows['events']} events; "
        + ("every seal holds" if not done.broken else f"{done.broken} conversations have a broken seal"),
    ]
    if done.settled.turns:
        lines.append(f"  {done.settled.turns} answers that were being written are written anew.")
    if done.settled.held_mails:
        lines.append(
            f"  {done.settled.held_mails} mails that waited are not sent: they may have been sent since."
        )
    if done.aside is not None:
        lines.append(f"  What was there before: {done.aside}. Delete it when you are sure.")
    if settings.secret is None and not (settings.data_dir / "session.key").exists():
        lines.append(
            "  There is no session.key: put back the old one, or set OKIENKO_SECRET to it, before you start "
            "the server. Otherwise browsers begin new conversations."
        )
    lines.append("  The people of the shop sign in again. Erase again whom you have erased since then.")
    return lines


async def end_restore(settings: Settings) -> None:
    """End a restore that was cut short. Raises as `finish_restore`."""
    aside = await finish_restore(settings)
    print("The restore is finished." + (f" What was there before: {aside}." if aside else ""))


@contextmanager
def _progress() -> Iterator[OnStep]:
    """Draw one bar a step on a terminal, and nothing elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        tasks: dict[str, object] = {}

        def on_step(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(_SAID[what], total=total)
            progress.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield on_step
