"""`okienko staff …`: who of the shop may sign in."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from foundation.staff import Role
from server.commands.options import AsJson
from server.settings import load_settings

staff_app = typer.Typer(help="Who of the shop may sign in.", no_args_is_help=True)


@staff_app.command("add")
def staff_add(
    email: Annotated[str, typer.Argument(help="They sign in with it.")],
    role: Annotated[Role, typer.Option(help="An owner may do all that an agent may.")],
    name: Annotated[str, typer.Option(help="What shoppers see. Default: the e-mail up to the @.")] = "",
) -> None:
    """Make an account. The password is asked for; scripts put it into OKIENKO_STAFF_PASSWORD."""
    from server.staffing import add_staff

    asyncio.run(add_staff(load_settings(), email, role, name))


@staff_app.command("list")
def staff_list(as_json: AsJson = False) -> None:
    """List the accounts."""
    from server.staffing import list_staff

    asyncio.run(list_staff(load_settings(), as_json=as_json))


@staff_app.command("remove")
def staff_remove(email: Annotated[str, typer.Argument(help="The account's e-mail.")]) -> None:
    """Remove an account; its sessions end at once."""
    from server.staffing import remove_staff

    asyncio.run(remove_staff(load_settings(), email))
