"""Chainlit with the same reply of 60 tokens: installed into a folder of its own, run, and spoken to.

It is no dependency of ours and never comes into our environment. The folder is kept between runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from rich.console import Console

from foundation.errors import Unavailable
from server.benches.chat_line import Session
from server.benches.chat_servers import Cores, Server, free_port, served

SOCKET = "ws/socket.io/?EIO=4&transport=websocket"
INSTALL_SECONDS = 900

_APP = """
import chainlit

@chainlit.on_message
async def answer(message):
    reply = chainlit.Message(content="")
    for number in range({tokens}):
        await reply.stream_token("token ")
    await reply.send()
"""


def install(folder: Path, console: Console) -> Path:
    """Return the Python that has Chainlit, after making and filling its virtual environment if need be.

    Raises:
        Unavailable: It could not be installed; says why.
    """
    python = folder / "bin" / "python"
    if _has_it(python):
        return python
    console.print(f"Chainlit is installed into {folder} (some 150 packages, once).")
    steps = (
        [sys.executable, "-m", "venv", str(folder)],
        [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "chainlit"],
    )
    for step in steps:
        with console.status("installing"):
            try:
                done = subprocess.run(  # noqa: S603 - pip, as the person asked
                    step, capture_output=True, text=True, check=False, timeout=INSTALL_SECONDS
                )
            except subprocess.TimeoutExpired:
                raise Unavailable("Chainlit could not be installed in 15 minutes.") from None
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["pip said nothing"])[-1]
            raise Unavailable(f"Chainlit could not be installed: {last}")
    return python


@asynccontextmanager
async def chainlit_server(python: Path, folder: Path, cores: Cores, tokens: int) -> AsyncIterator[Server]:
    """Run Chainlit on its core until the end of the block.

    Args:
        python: Of the environment that has it.
        folder: Where it may write; kept empty of anything else.
        cores: Where it runs.
        tokens: Length of its replies.
    """
    (folder / "app.py").write_text(_APP.format(tokens=tokens), encoding="utf-8")
    port = free_port()
    command = [str(python), "-m", "chainlit", "run", "app.py", "--headless", "--port", str(port)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OKIENKO_")}
    async with served(command, port, cores, clean, cwd=folder) as server:
        yield server


class ChainlitSession(Session):
    """Somebody who chats with Chainlit, as its page does: Socket.IO, protocol 5, over Engine.IO 4.

    Source: github.com/socketio/socket.io-protocol.
    """

    def connected(self) -> None:
        """Wait for Engine.IO to open."""

    def put(self, text: str) -> None:
        """Send a message."""
        step = {
            "id": str(uuid4()),
            "threadId": "",
            "type": "user_message",
            "name": "user",
            "output": text,
            "createdAt": datetime.now(UTC).isoformat(),
        }
        self._emit("client_message", {"message": step, "fileReferences": []})

    def heard(self, text: str) -> None:
        """Take a packet: its first digit is Engine.IO's kind, the second Socket.IO's."""
        if text.startswith("0"):
            auth = {"sessionId": str(uuid4()), "userEnv": "{}", "clientType": "webapp"}
            self.send("40" + json.dumps(auth))
        elif text == "2":
            self.send("3")
        elif text.startswith("40"):
            self._emit("connection_successful")
        elif text.startswith("44"):
            self.lost(text[2:])
        elif text.startswith('42["stream_token"'):
            self.token()
        elif text.startswith('42["task_end"'):
            # One comes when the page opens, one after every answer.
            self.opened()
            self.whole()

    def _emit(self, name: str, *data: object) -> None:
        self.send("42" + json.dumps([name, *data]))


def _has_it(python: Path) -> bool:
    if not python.exists():
        return False
    found = subprocess.run(  # noqa: S603 - the bench's own environment
        [str(python), "-c", "import importlib.metadata as m; m.version('chainlit')"],
        capture_output=True,
        check=False,
    )
    return found.returncode == 0
