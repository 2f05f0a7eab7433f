"""`okienko products …`: what the shop sells."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from server.settings import load_settings

products_app = typer.Typer(help="What the shop sells.", no_args_is_help=True)


@products_app.callback()
def products() -> None:
    """Keep `import` a command of its own: a group of one command would take its place."""


@products_app.command("import")
def products_import(
    file: Annotated[Path, typer.Argument(help="A .csv or .json file; columns: docs/products.md.")],
) -> None:
    """Import products. A broken row is named with its line and skipped; then the exit code is 1."""
    from server.shelving import import_products

    if asyncio.run(import_products(load_settings(), file)):
        raise typer.Exit(1)
