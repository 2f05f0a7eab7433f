"""Serving: checks the port, starts uvicorn, says where to look."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from dataclasses import dataclass
from typing import Self

import uvicorn
from rich.console import Console

from conversation.frames import MAX_FRAME_BYTES
from foundation.errors import InvalidInput, Unavailable
from server.app import create_app
from server.arenas import share_arenas
from server.house import House, open_house
from server.logs import Requests, hear_of_lost_tasks, set_up_logging
from server.metrics import Prometheus, shared_folder
from server.operation import Operation
from server.settings import Settings
from server.socket_protocol import SocketProtocol
from server.stopping import GracefulServer
from server.traces import traced

BACKLOG = 2048
"""So many may wait to be let in."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a serving process has from the one that started it.

    Attributes:
        listener: The bound socket, shared with others.
        line: Takes a byte when this process serves; ends when the other one has gone.
    """

    listener: socket.socket
    line: socket.socket

    @classmethod
    def of(cls, numbers: str) -> Self:
        """Return the sockets of two file descriptors, by commas.

        Raises:
            InvalidInput: They are none.
        """
        try:
            first, second = (socket.socket(fileno=int(number)) for number in numbers.split(","))
        except (ValueError, OSError) as error:
            raise InvalidInput("--inherit is for okienko serve --workers alone.") from error
        return cls(first, second)


async def serve_shop(settings: Settings, inherited: Inherited | None = None) -> None:
    """Open the house and serve it until told to stop, or until the process that started this one has gone.

    Raises:
        Unavailable: The port is taken.
    """
    share_arenas()
    if inherited is not None:
        async with open_house(settings) as house:
            await serve_house(house, inherited.listener, inherited.line)
        return
    with listening_socket(settings) as listener:
        async with open_house(settings) as house:
            await serve_house(house, listener)


async def serve_house(house: House, listener: socket.socket, line: socket.socket | None = None) -> None:
    """Serve an open house on a bound socket until it is told to stop; `line` is that of `Inherited`."""
    set_up_logging(house.settings.log_level, house.settings.log_format)
    hear_of_lost_tasks(asyncio.get_running_loop())
    operation = Operation(house, _metrics(house.settings, shared=line is not None))
    app = create_app(house, operation)
    config = uvicorn.Config(
        Requests(app, lambda: operation.stopping),
        # sansio (and uvloop below) measured fastest; compression costs memory and buys little in a chat.
        ws=SocketProtocol,
        ws_per_message_deflate=False,
        # Above our own limit, so that we can say what is wrong before the socket closes.
        ws_max_size=4 * MAX_FRAME_BYTES,
        # Whoever answers no ping is gone: a socket that says nothing is closed within a minute.
        ws_ping_interval=20,
        ws_ping_timeout=20,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=5,
        proxy_headers=bool(house.settings.trusted_proxies),
        forwarded_allow_ips=house.settings.trusted_proxies or None,
        server_header=False,
    )
    server = GracefulServer(
        config,
        operation,
        worker=house.worker,
        say_where=lambda: say_where(house.settings) if line is None else _report(line, server),
        say_goodbye=app.state.sockets.stop,
        drain_seconds=house.settings.drain_seconds,
    )
    with traced():
        await server.serve(sockets=[listener])


def _metrics(settings: Settings, *, shared: bool) -> Prometheus | None:
    """Return what keeps what is measured, if that is switched on; `shared` with those of the same parent."""
    if settings.metrics_token is None:
        return None
    return Prometheus(shared_folder(settings.data_dir, os.getppid()) if shared else None)


def _report(line: socket.socket, server: GracefulServer) -> None:
    """Tell the process that started this one that it serves; stop when that one has gone."""
    loop = asyncio.get_running_loop()

    def orphaned() -> None:
        loop.remove_reader(line)
        server.stop()

    line.send(b"1")
    # Readable is only its end.
    loop.add_reader(line, orphaned)


def new_event_loop() -> asyncio.AbstractEventLoop:
    """Return the event loop to serve on: uvloop where there is one."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


def say_where(settings: Settings) -> None:
    """Print the addresses."""
    base = address(settings)
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"\n[bold]Okienko is open:[/bold] {base}/")
    console.print(
        f'  Embed it:  <script async src="{base}/okienko.js" data-site-key="{settings.site_key}"></script>'
    )
    console.print(
        f"  Staff:     {base}/desk and {base}/owner – make an account: okienko staff add EMAIL --role owner"
    )
    console.print("  Stop it:   Ctrl-C\n")


def address(settings: Settings) -> str:
    """Return the base address that a browser on this machine uses."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def listening_socket(settings: Settings) -> socket.socket:
    """Return a socket bound to the port, before anything slow is started.

    Raises:
        Unavailable: The port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if settings.reuse_port:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listener.bind((settings.host, settings.port))
        # Two that start at once may both be bound, but not both listen. Who shares the port on purpose would
        # be given shoppers before it can serve them.
        if not settings.reuse_port:
            listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise Unavailable(
                f"Port {settings.port} is busy. Stop what runs there, or take another: PORT=8080 make demo, "
                "or okienko serve --port 8080"
            ) from None
        raise Unavailable(
            f"Nothing can listen on {settings.host}:{settings.port} ({error.strerror}). "
            "Check OKIENKO_HOST and OKIENKO_PORT."
        ) from None
    listener.set_inheritable(True)
    return listener
