"""The commands `okienko models …`: which embedding models there are, changing the one in use, checking it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from foundation.clock import SystemClock
from foundation.database import Database
from foundation.errors import Unavailable
from knowledge.embedding.bundled import BUNDLED_MODEL
from knowledge.embedding.embedder import Embedder, folder_for, is_complete, prepare
from knowledge.embedding.models import check_bundled, check_export, exported
from knowledge.finding import Finding
from knowledge.store import check, states
from knowledge.store.switching import switch_model
from server.house import open_database, unheeded_model
from server.settings import Settings
from server.shelving import progress_bar


async def model_in_use(database: Database, settings: Settings) -> str:
    """Return the model that the library is searched by; before the first publication the settings' one."""
    async with database.reading() as connection:
        newest = await states.latest(connection)
    return newest.model if newest else settings.embedding_model


def lasting_name(name: str) -> str:
    """Return a model's name so that it does not depend on where a command is given: it is kept."""
    return str(Path(name).resolve()) if Path(name).is_dir() else name


def prepare_model(settings: Settings, name: str) -> Path:
    """Export a model, once; return its folder."""
    folder = folder_for(settings.models_dir, name)
    if not is_complete(folder):
        with Console(stderr=True).status(f"Exporting {name}"):
            prepare(name, folder)
    return folder


async def list_models(settings: Settings, *, as_json: bool) -> None:
    """Print the models on this machine, and which one is in use."""
    in_use = await _in_use(settings)
    models = exported(settings.models_dir)
    known = {model.name for model in models}
    missing = [name for name in dict.fromkeys([in_use, BUNDLED_MODEL]) if name not in known]
    if as_json:
        rows = [{**asdict(model), "exported": True, "in_use": model.name == in_use} for model in models]
        rows += [{"name": name, "exported": False, "in_use": name == in_use} for name in missing]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    columns = ("name", "in use", "dimensions", "Polish", "MB", "precision", "agreement")
    table = Table(*columns, box=None, pad_edge=False)
    for model in models:
        table.add_row(
            model.name,
            "yes" if model.name == in_use else "",
            str(model.dimensions),
            "yes" if model.speaks_polish else "no",
            f"{model.bytes / 1e6:.0f}",
            model.precision,
            f"{model.agreement:.3f}",
        )
    for name in missing:
        table.add_row(name, "yes" if name == in_use else "", "not exported")
    Console(highlight=False).print(table)


async def use_model(settings: Settings, name: str) -> None:
    """Change the model in use: export it if need be, embed all passages, then swap.

    Raises:
        Misconfigured: It cannot be loaded or exported.
    """
    name = lasting_name(name)
    embedder = Embedder.open(prepare_model(settings, name), name)
    async with open_database(settings) as database:
        with progress_bar("Embedding passages") as advance:
            state = await switch_model(database, embedder, SystemClock(), advance)
    print(f"The model {name} is in use (state {state}). A server that runs takes it over within seconds.")
    if unheeded := unheeded_model(settings, name):
        print(f"Note: {unheeded}, or take that setting away.")


async def check_models(settings: Settings, *, as_json: bool) -> bool:
    """Check the bundled weights, the exported model in use, and its vectors; return whether all is well."""
    in_use = await _in_use(settings)
    findings = [check_bundled(), *check_export(in_use, settings.models_dir)]
    if findings[-1].good and _has_data(settings):
        embedder = Embedder.open(folder_for(settings.models_dir, in_use), in_use)
        async with open_database(settings) as database:
            kept = await check.keep(database, embedder)
        findings.append(check.check_vectors(kept, embedder)[0])
    print_findings(findings, as_json=as_json)
    return all(found.good for found in findings)


def print_findings(findings: Sequence[Finding], *, as_json: bool) -> None:
    """Print a line for each thing that was looked at, and what mends it."""
    if as_json:
        print(json.dumps([asdict(found) for found in findings], ensure_ascii=False, indent=2))
        return
    width = max((len(found.what) for found in findings), default=0)
    for line in _lines(findings, width):
        print(line)


def _lines(findings: Iterable[Finding], width: int) -> Iterable[str]:
    for found in findings:
        yield f"{'OK   ' if found.good else 'WRONG'} {found.what:<{width}}  {found.says}"
        if found.mend:
            yield f"      {'':<{width}}  → {found.mend}"


async def _in_use(settings: Settings) -> str:
    if not _has_data(settings):
        return settings.embedding_model
    try:
        async with open_database(settings) as database:
            return await model_in_use(database, settings)
    except Unavailable:
        return settings.embedding_model


def _has_data(settings: Settings) -> bool:
    """Tell whether there is a shop yet: looking at models is no reason to make one."""
    return (settings.data_dir / "okienko.db").exists()
