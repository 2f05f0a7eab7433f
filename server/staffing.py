"""Staff accounts from the command line: add, list, remove."""

from __future__ import annotations

import getpass
import json
import os
import sys

from rich.table import Table

from conversation.hub import InProcessHub
from foundation.clock import SystemClock
from foundation.errors import InvalidInput
from foundation.staff import Role
from handoff.hours import OpeningHours
from handoff.ownership import Agent, Ownership
from handoff.queue import Queue
from server.house import open_database
from server.settings import Settings
from server.staff import MIN_PASSWORD_CHARS, StaffBook
from server.telling import printer

PASSWORD_VARIABLE = "OKIENKO_STAFF_PASSWORD"  # noqa: S105 - the name of a variable


async def add_staff(settings: Settings, email: str, role: Role, name: str) -> None:
    """Make an account; the password comes from the terminal, or for scripts from the environment."""
    password = _new_password()
    async with open_database(settings) as database:
        added = await StaffBook(database, SystemClock()).add(email, role, password, name)
    print(f"{added.name} ({added.email}) can sign in at /login as {added.role.value}.")


async def list_staff(settings: Settings, *, as_json: bool) -> None:
    """Print every account."""
    async with open_database(settings) as database:
        accounts = await StaffBook(database, SystemClock()).accounts()
    if as_json:
        rows = [
            {
                "id": account.staff.id,
                "email": account.staff.email,
                "name": account.staff.name,
                "role": account.staff.role.value,
                "sessions": account.sessions,
            }
            for account in accounts
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not accounts:
        print("There are no staff accounts. Make one with: okienko staff add EMAIL --role owner")
        return
    table = Table("E-mail", "Name", "Role", "Signed in")
    for account in accounts:
        person = account.staff
        table.add_row(person.email, person.name, person.role.value, "yes" if account.sessions else "no")
    printer().print(table)


async def remove_staff(settings: Settings, email: str) -> None:
    """Remove an account and end its sessions; conversations that the person had wait for another."""
    clock = SystemClock()
    async with open_database(settings) as database:
        removed = await StaffBook(database, clock).remove(email)
        hours = OpeningHours.parse(settings.opening_hours)
        ownership = Ownership(database, InProcessHub(), clock, hours)
        agent = Agent(removed.id, removed.name)
        left = await Queue(database).mine(removed.id)
        for row in left:
            await ownership.hand_back(row.conversation_id, agent)
            await ownership.request(row.conversation_id, "agent_removed")
    print(f"{removed.name} ({removed.email}) can no longer sign in.")
    if left:
        print(f"Waiting for a person again: {len(left)} of their conversations.")


def _new_password() -> str:
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise InvalidInput(
            f"No terminal to ask for a password on. Put it into {PASSWORD_VARIABLE} for this one command."
        )
    first = getpass.getpass(f"Password (at least {MIN_PASSWORD_CHARS} characters): ")
    if getpass.getpass("The same again: ") != first:
        raise InvalidInput("The two passwords differ. Nothing was changed.")
    return first
