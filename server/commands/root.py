"""The tree of commands, and those that stand at its root."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from foundation.language import Language
from server.commands.bench import bench_app
from server.commands.customers import customers_app
from server.commands.evals import evals_app
from server.commands.keeping import backup, restore, retention, vacuum
from server.commands.knowledge import knowledge_app
from server.commands.models import models_app
from server.commands.options import AsJson
from server.commands.orders import orders_app
from server.commands.products import products_app
from server.commands.serving import demo_app, serve
from server.commands.staff import staff_app
from server.settings import load_settings

app = typer.Typer(
    name="okienko",
    help="The AI help desk that a small online shop starts with one command.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What a shopper would type.")],
    language: Annotated[Language | None, typer.Option(help="Answer in this language.")] = None,
    customer: Annotated[str | None, typer.Option(help="Ask as this customer of the shop (their id).")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask one question, as a shopper would, and print the answer with its source."""
    from server.asking import ask_once

    asked = asyncio.run(ask_once(load_settings(), question, language=language, customer_id=customer))
    if as_json:
        print(json.dumps(asked.as_json(), ensure_ascii=False, indent=2))
    else:
        asked.print()


app.command()(serve)


app.command()(backup)
app.command()(restore)
app.command()(retention)
app.command()(vacuum)


@app.command()
def handoffs(as_json: AsJson = False) -> None:
    """List the shoppers who wait for an e-mail from a person, newest first, with what was said."""
    from server.waiting import list_handoffs

    asyncio.run(list_handoffs(load_settings(), as_json=as_json))


@app.command()
def doctor() -> None:
    """Say what is configured, what works, what is missing, and how to mend it."""
    from server.doctor import examine

    if not asyncio.run(examine()):
        raise typer.Exit(1)


for group, name in (
    (demo_app, "demo"),
    (knowledge_app, "knowledge"),
    (orders_app, "orders"),
    (products_app, "products"),
    (customers_app, "customers"),
    (staff_app, "staff"),
    (models_app, "models"),
    (evals_app, "evals"),
    (bench_app, "bench"),
):
    app.add_typer(group, name=name)
