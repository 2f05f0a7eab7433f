"""Serving: checks the port, starts uvicorn, says where to look."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import Awaitable, Callable

import uvicorn
from rich.console import Console

from conversation.frames import MAX_FRAME_BYTES
from foundation.errors import Unavailable
from server.app import create_app
from server.house import House, open_house
from server.settings import Settings


async def serve_shop(settings: Settings) -> None:
    """Open the house and serve it until Ctrl-C.

    Raises:
        Unavailable: The port is taken.
    """
    with listening_socket(settings) as listener:
        async with open_house(settings) as house:
            await serve_house(house, listener)


async def serve_house(house: House, listener: socket.socket) -> None:
    """Serve an open house on a bound socket until Ctrl-C."""
    logging.basicConfig(
        level=house.settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    app = create_app(house)
    config = uvicorn.Config(
        app,
        # sansio (and uvloop below) measured fastest; compression costs memory and buys little in a chat.
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        # Above our own limit, so that we can say what is wrong before the socket closes.
        ws_max_size=4 * MAX_FRAME_BYTES,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=5,
        proxy_headers=bool(house.settings.trusted_proxies),
        forwarded_allow_ips=house.settings.trusted_proxies or None,
        server_header=False,
    )
    server = _Server(config, house.settings, app.state.sockets.stop)
    await server.serve(sockets=[listener])


class _Server(uvicorn.Server):
    """uvicorn, which says where to look once it listens, and tells sockets before it stops."""

    def __init__(
        self, config: uvicorn.Config, settings: Settings, say_goodbye: Callable[[], Awaitable[None]]
    ) -> None:
        super().__init__(config)
        self._settings = settings
        self._say_goodbye = say_goodbye

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            say_where(self._settings)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Farewells first: uvicorn would close the sockets without a word, and wait for long polls to end.
        await self._say_goodbye()
        await super().shutdown(sockets=sockets)


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
    try:
        listener.bind((settings.host, settings.port))
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
