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
    port: Port = None,
    host: Annotated[str | None, typer.Option(help="Address to serve on.")] = None,
    reuse_port: Annotated[
        bool | None, typer.Option("--reuse-port", help="Let a second server take the same port.")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="So many processes, which share PostgreSQL, Redis and Chroma.")
    ] = 1,
    inherit: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Serve the chat until Ctrl-C or SIGTERM."""
    from server.serving import Inherited, serve_shop

    settings = _with(load_settings(), host=host, port=port, reuse_port=reuse_port)
    if workers > 1:
        from server.supervising import supervise

        _until_stopped(supervise(settings, workers))
        return
    _until_stopped(serve_shop(settings, Inherited.of(inherit) if inherit else None), silent=bool(inherit))


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


def _until_stopped(serving: Coroutine[object, object, None], *, silent: bool = False) -> None:
    """Serve until Ctrl-C, which is the way to stop, not a failure."""
    from server.serving import new_event_loop

    try:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(serving)
    except KeyboardInterrupt:  # before it served, or after
        pass
    if not silent:
        print("Okienko is closed.")


def _with(
    settings: Settings, *, host: str | None = None, port: int | None = None, reuse_port: bool | None = None
) -> Settings:
    options = {"host": host, "port": port, "reuse_port": reuse_port}
    given = {key: value for key, value in options.items() if value is not None}
    return settings.model_copy(update=given)
