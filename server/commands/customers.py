"""`okienko customers …`: what is kept of a customer."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from server.settings import load_settings

customers_app = typer.Typer(help="What is kept of a customer.", no_args_is_help=True)


@customers_app.callback()
def customers() -> None:
    """Keep `erase` a command of its own: a group of one command would take its place."""


@customers_app.command("erase")
def customers_erase(
    customer: Annotated[str, typer.Argument(help="The shop's id of the customer.", metavar="ID")] = "",
    email: Annotated[str, typer.Option(help="Their e-mail address, for guests and by itself.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this it is only counted.")] = False,
) -> None:
    """Erase a person: record, orders, conversations, requests, photos, mails. Counts only, without --yes."""
    from feedback.erasure import Person
    from server.privacy import erase_person

    asyncio.run(erase_person(load_settings(), Person(customer.strip(), email.strip()), really=yes))
