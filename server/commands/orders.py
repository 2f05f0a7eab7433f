"""`okienko orders …`: the shop's orders."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from server.settings import load_settings

orders_app = typer.Typer(help="The shop's orders.", no_args_is_help=True)


@orders_app.command("import")
def orders_import(
    file: Annotated[Path, typer.Argument(help="A .csv or .json file; columns: docs/orders.md.")],
) -> None:
    """Import orders. A broken row is named with its line and skipped; then the exit code is 1."""
    from server.shelving import import_orders

    if asyncio.run(import_orders(load_settings(), file)):
        raise typer.Exit(1)
