"""What keeps a shop in order: `okienko backup`, `restore`, `retention` and `vacuum`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from foundation.errors import InvalidInput
from server.settings import load_settings


def backup(
    to: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help="A new file, or a folder for it.")],
    with_secrets: Annotated[
        bool, typer.Option("--with-secrets", help="With the keys that sign sessions and identities.")
    ] = False,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Delete all but so many of the newest backups in the folder.")
    ] = None,
) -> None:
    """Write one archive of the whole shop; the server may go on."""
    from server.keeping import back_up

    if keep is not None and not to.is_dir():
        raise InvalidInput("--keep counts the backups of a folder: name a folder that is there.")
    asyncio.run(back_up(load_settings(), to, with_secrets=with_secrets, keep=keep))


def restore(
    path: Annotated[Path | None, typer.Argument(metavar="FILE", help="What okienko backup wrote.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put the shop that is there aside.")] = False,
    send_waiting_mail: Annotated[
        bool,
        typer.Option("--send-waiting-mail", help="Send mail that waited then; only if nothing ran since."),
    ] = False,
    accept_broken_seals: Annotated[
        bool, typer.Option("--accept-broken-seals", help="Restore even a log that was changed.")
    ] = False,
    finish: Annotated[bool, typer.Option("--finish", help="End a restore that was cut short.")] = False,
) -> None:
    """Check an archive and put it in place of the shop; stop the server first."""
    from server.keeping import bring_back, end_restore

    if finish == (path is not None):
        raise InvalidInput("Name the file to restore, or --finish what was cut short.")
    if path is None:
        asyncio.run(end_restore(load_settings()))
        return
    from server.backup.restoring import Wishes

    wishes = Wishes(replace, send_waiting_mail, accept_broken_seals)
    asyncio.run(bring_back(load_settings(), path, wishes))


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count; nothing is changed.")] = False,
) -> None:
    """Forget what is older than the settings say; the server does it by itself every night."""
    from server.upkeep import forget_old

    asyncio.run(forget_old(load_settings(), dry_run=dry_run))


def vacuum() -> None:
    """Give the room of what was deleted back to the disk; messages wait until it is done."""
    from server.upkeep import compact_database

    asyncio.run(compact_database(load_settings()))
