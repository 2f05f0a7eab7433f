"""Who waits for a person: the addresses that shoppers left, with their conversations."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from rich.console import Console
from rich.text import Text

from conversation.events import Kind
from conversation.log import Log
from foundation.clock import SystemClock
from server.house import open_database
from server.settings import Settings


async def list_handoffs(settings: Settings, *, as_json: bool) -> None:
    """Print every request for a person, newest first."""
    async with open_database(settings) as database:
        found = await _waiting(Log(database, SystemClock()))
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    if not found:
        print("Nobody waits for an e-mail.")
        return
    console = Console(highlight=False, soft_wrap=True)
    for item in found:
        console.print(Text(f"{item['asked_at']}  {printable(item['email'])}", style="bold"))
        for line in item["said"]:
            console.print(Text(f"  {line['by']}: {printable(line['body'])}"))
        console.print()


def printable(words: str) -> str:
    """Return a stranger's words without what commands a terminal or turns a line around."""
    return "".join(
        character if character == "\n" or unicodedata.category(character) not in ("Cc", "Cf") else "\ufffd"
        for character in words
    )


async def _waiting(log: Log) -> list[dict[str, Any]]:
    found, seen = [], set()
    for event in await log.of_kind(Kind.HANDOFF_REQUESTED):
        email = event.content.get("email")
        if not email or (event.conversation_id, email) in seen:
            continue
        seen.add((event.conversation_id, email))
        said = [
            {"by": spoken.author.kind.value, "body": str(spoken.content.get("body", ""))}
            for spoken in await log.transcript(event.conversation_id)
            if spoken.kind is Kind.MESSAGE
        ]
        found.append(
            {
                "conversation_id": event.conversation_id,
                "asked_at": event.ts.isoformat(timespec="seconds"),
                "email": email,
                "said": said,
            }
        )
    return found
