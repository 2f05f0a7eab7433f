"""`okienko bench …`: times on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from server.commands.options import AsJson
from server.settings import load_settings

bench_app = typer.Typer(help="Time it on this machine.", no_args_is_help=True)


@bench_app.command("start")
def bench_start(runs: Annotated[int, typer.Option(min=1, max=20)] = 3) -> None:
    """Time a cold `okienko serve` to the first answer, and its memory: as it is, and with torch loaded."""
    from server.benches.start import bench_start as run

    run(load_settings(), runs)


@bench_app.command("retrieval")
def bench_retrieval(
    passages: Annotated[str, typer.Option(help="Numbers of passages, by commas.")] = "200,1000,10000",
    questions: Annotated[int, typer.Option(min=10, max=10_000, help="Different questions at each.")] = 300,
    langchain: Annotated[
        bool, typer.Option(help="Also measure LangChain's retriever on torch; needs the extra [bench].")
    ] = True,
    indexes_only: Annotated[
        bool, typer.Option("--indexes-only", help="Only exact search and Chroma, over the same vectors.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Time finding by number of passages and stage, beside LangChain's retriever; memory, cold start."""
    from server.benches.retrieval import Plan, parse_sizes
    from server.benches.retrieval import bench_retrieval as run

    plan = Plan(parse_sizes(passages), questions, rival=langchain, indexes_only=indexes_only)
    run(load_settings(), plan, as_json=as_json)


@bench_app.command("turn")
def bench_turn(
    passages: Annotated[str, typer.Option(help="Numbers of passages, by commas.")] = "200,10000",
    questions: Annotated[
        int, typer.Option(min=10, max=10_000, help="Different questions at each, without a model.")
    ] = 300,
    streamed: Annotated[
        int, typer.Option(min=0, max=10_000, help="Different questions at each, with a model that streams.")
    ] = 100,
    delay: Annotated[
        float, typer.Option(min=0, max=1000, help="Milliseconds that model waits before every four letters.")
    ] = 10.0,
    as_json: AsJson = False,
) -> None:
    """Time a whole turn without a model, and what a turn adds to a model's first sentence."""
    from server.benches.retrieval import parse_sizes
    from server.benches.turn import TurnPlan
    from server.benches.turn import bench_turn as run

    run(load_settings(), TurnPlan(parse_sizes(passages), questions, streamed, delay), as_json=as_json)
