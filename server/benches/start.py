"""Cold start of `okienko serve`: seconds to the first answer and memory, as it is and with torch loaded.

Both run in one go on one machine, so that the ratio holds where the seconds do not. The second kind is the
same server in a process that has imported torch and sentence-transformers, as it would be if they embedded.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import websockets
from rich.table import Table

from foundation.errors import Unavailable
from server.settings import Settings
from server.telling import printer

QUESTION = "Ile mam dni na zwrot?"
_WITH_TORCH = "import torch, sentence_transformers, server.cli; server.cli.main()"
_WITHOUT = "import server.cli; server.cli.main()"
START_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Start:
    """One cold start: wall seconds to the answer, CPU seconds and resident MiB of the server then."""

    seconds: float
    cpu_seconds: float
    rss_mib: float
    torch_in_process: bool


def bench_start(settings: Settings, runs: int) -> None:
    """Measure and print. The data folder must hold a shop (`okienko demo load`)."""
    kinds = {"as it is": _WITHOUT, "with torch": _WITH_TORCH}
    measured: dict[str, list[Start]] = {name: [] for name in kinds}
    for _ in range(runs):
        for name, code in kinds.items():
            measured[name].append(_start_once(settings, code))
    table = Table("server", "seconds to first answer", "CPU s", "RSS MiB", "torch in process", box=None)
    for name, starts in measured.items():
        table.add_row(
            name,
            f"{statistics.median(s.seconds for s in starts):.2f}",
            f"{statistics.median(s.cpu_seconds for s in starts):.2f}",
            f"{statistics.median(s.rss_mib for s in starts):.0f}",
            str(any(s.torch_in_process for s in starts)),
        )
    console = printer()
    console.print(table)
    plain, heavy = (statistics.median(s.cpu_seconds for s in measured[name]) for name in kinds)
    console.print(f"CPU with torch ÷ without: {heavy / plain:.1f}  (median of {runs})")


def _start_once(settings: Settings, code: str) -> Start:
    port = settings.port if settings.port != 8000 else 8765
    environment = os.environ | {"OKIENKO_DATA_DIR": str(settings.data_dir), "OKIENKO_PORT": str(port)}
    started = time.perf_counter()
    server = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-c", code, "serve"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        asyncio.run(_first_answer(port, settings.site_key, server))
        seconds = time.perf_counter() - started
        return Start(seconds, *_usage(server.pid))
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)


async def _first_answer(port: int, site_key: str, server: subprocess.Popen[bytes]) -> None:
    """Ask as the widget does, as soon as somebody listens."""
    session = await open_session(port, {"site_key": site_key}, server)
    async with asyncio.timeout(START_SECONDS), aclosing(ask(port, session, QUESTION)) as frames:
        async for said in frames:
            if said["type"] == "msg" and said["author"]["kind"] == "assistant":
                if not said["citations"]:
                    raise Unavailable("There is no article on returns: okienko demo load, then again.")
                return


async def ask(port: int, session: dict[str, Any], question: str) -> AsyncGenerator[dict[str, Any], None]:
    """Ask at the socket, as the widget does; yield what the server sends after its welcome, without end."""
    async with websockets.connect(f"ws://127.0.0.1:{port}/v1/chat") as line:
        hello = {"type": "hello", "v": 1, "since": session["head"], "log_epoch": session["log_epoch"]}
        hello |= {name: session[name] for name in ("token", "conversation_id")}
        await line.send(json.dumps(hello))
        welcome = json.loads(await line.recv())
        if welcome["type"] != "welcome":
            raise Unavailable(f"The server did not let us in: {welcome}")
        await line.send(json.dumps({"type": "send", "cid": str(uuid4()), "body": question}))
        async for frame in line:
            yield json.loads(frame)


async def open_session(port: int, request: dict[str, Any], server: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Open a chat as soon as somebody listens; return what the server gave.

    Raises:
        Unavailable: The server has ended, or does not answer.
    """
    body = json.dumps(request).encode()
    head = (
        f"POST /v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    for _ in range(START_SECONDS * 50):
        if server.poll() is not None:
            raise Unavailable("The server did not start. Run okienko doctor to see why.")
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
            continue
        writer.write(head.encode() + body)
        answer = await reader.read()
        writer.close()
        return dict(json.loads(answer.split(b"\r\n\r\n", 1)[1]))
    raise Unavailable(f"The server did not answer within {START_SECONDS} s.")


def _usage(pid: int) -> tuple[float, float, bool]:
    """Return CPU seconds, resident MiB and whether torch is loaded, of a process. Source: proc(5)."""
    process = Path(f"/proc/{pid}")
    fields = (process / "stat").read_text().rsplit(")", 1)[1].split()
    cpu_seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    rss_mib = int((process / "statm").read_text().split()[1]) * resource.getpagesize() / 2**20
    return cpu_seconds, rss_mib, "libtorch" in (process / "maps").read_text()
