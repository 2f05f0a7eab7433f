"""`okienko models …`: the embedding model."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from server.commands.options import AsJson
from server.settings import load_settings

models_app = typer.Typer(help="The embedding model.", no_args_is_help=True)

ModelName = Annotated[str, typer.Argument(help="A sentence-transformers model, by name or folder.")]


@models_app.command("prepare")
def models_prepare(
    name: Annotated[str | None, typer.Argument(help="Default: that of OKIENKO_EMBEDDING_MODEL.")] = None,
) -> None:
    """Export an embedding model, once."""
    from server.models import prepare_model

    settings = load_settings()
    folder = prepare_model(settings, name or settings.embedding_model)
    print(f"The model {name or settings.embedding_model} is ready in {folder}.")


@models_app.command("list")
def models_list(as_json: AsJson = False) -> None:
    """List the embedding models on this machine, and which one is in use."""
    from server.models import list_models

    asyncio.run(list_models(load_settings(), as_json=as_json))


@models_app.command("use")
def models_use(name: ModelName) -> None:
    """Change the embedding model. The one before serves until all passages are embedded."""
    from server.models import use_model

    asyncio.run(use_model(load_settings(), name))


@models_app.command("check")
def models_check(as_json: AsJson = False) -> None:
    """Check the bundled weights, the model in use, and its vectors. Exit code 1 if anything is wrong."""
    from server.models import check_models

    if not asyncio.run(check_models(load_settings(), as_json=as_json)):
        raise typer.Exit(1)
