"""`okienko serve` and `okienko demo`: what runs until Ctrl-C."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Annotated

import typer

from server.commands.options import Port
from server.settings import Settings, load_settings

demo_app = typer.Typer(help="The demo shop: load it, ask it three questions, serve it.")


def serve(
    port: Port = None, host: Annotated[str | None, typer.Option(help="Address to serve on.")] = None
) -> None:
    """Serve the chat until Ctrl-C."""
    from server.serving import serve_shop

    _until_stopped(serve_shop(_with(load_settings(), host=host, port=port)))


@demo_app.callback(invoke_without_command=True)
def demo(context: typer.Context, port: Port = None) -> None:
    """Load the demo shop, ask it three questions, and serve it until Ctrl-C."""
    if context.invoked_subcommand is None:
        from server.demo.run import run_demo

        _until_stopped(run_demo(_with(load_settings(), port=port)))


@demo_app.command("load")
def demo_load() -> None:
    """Load the demo shop into the data folder, and stop."""
    from server.demo.run import load_demo

    asyncio.run(load_demo(load_settings()))


def _until_stopped(serving: Coroutine[object, object, None]) -> None:
    """Serve until Ctrl-C, which is the way to stop, not a failure."""
    from server.serving import new_event_loop

    try:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(serving)
    except KeyboardInterrupt:
        print("Okienko is closed.")


def _with(settings: Settings, *, host: str | None = None, port: int | None = None) -> Settings:
    given = {key: value for key, value in {"host": host, "port": port}.items() if value is not None}
    return settings.model_copy(update=given)
