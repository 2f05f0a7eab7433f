"""`okienko bench …`: times on this machine."""

from __future__ import annotations

import sys
from pathlib import Path
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


@bench_app.command("chat")
def bench_chat(
    sessions: Annotated[
        str, typer.Option(help="Numbers of sessions, by commas.")
    ] = "1,50,200,1000,2000,5000",
    seconds: Annotated[
        float, typer.Option(min=0.2, max=600, help="So long at each number, for each kind and pace.")
    ] = 20.0,
    think: Annotated[
        float, typer.Option(min=0.01, max=60, help="Seconds from an answer to the next question, when paced.")
    ] = 5.0,
    kinds: Annotated[
        str, typer.Option(help="What our server is asked, by commas.")
    ] = "repeated,distinct,messages",
    idle: Annotated[
        int, typer.Option(min=0, max=20_000, help="So many more sessions are open, and say nothing.")
    ] = 0,
    shop: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="Serve a copy of this data folder.")
    ] = None,
    chainlit: Annotated[
        bool, typer.Option("--chainlit", help="Also measure Chainlit, installed beside this environment.")
    ] = False,
    chainlit_dir: Annotated[
        Path | None, typer.Option(help="Where Chainlit is or goes. Default: beside this environment.")
    ] = None,
    chainlit_up_to: Annotated[
        int, typer.Option(min=1, help="Leave Chainlit out above so many sessions: minutes each.")
    ] = 200,
    as_json: AsJson = False,
) -> None:
    """Load a chat server by number of sessions, beside a bare handler: times, CPU, memory, errors."""
    from server.benches.chat import ChatPlan, parse_kinds, parse_numbers
    from server.benches.chat import bench_chat as run

    folder = chainlit_dir or Path(sys.prefix) / "share" / "okienko" / "bench-chainlit"
    numbers = parse_numbers(sessions, "--sessions", 20_000)
    plan = ChatPlan(
        numbers, seconds, think, parse_kinds(kinds), idle, shop, folder if chainlit else None, chainlit_up_to
    )
    run(load_settings(), plan, as_json=as_json)


@bench_app.command("log")
def bench_log(
    events: Annotated[str, typer.Option(help="Numbers of events, by commas.")] = "1000,100000,1000000",
    runs: Annotated[int, typer.Option(min=10, max=100_000, help="So many of each at each size.")] = 300,
    database_url: Annotated[
        str, typer.Option(help="PostgreSQL whose server gets databases of the bench's own. Default: SQLite.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Time what a chat asks of the log, by its size: append, open, resume, read on."""
    from server.benches.chat import parse_numbers
    from server.benches.log import LogPlan
    from server.benches.log import bench_log as run

    run(LogPlan(parse_numbers(events, "--events", 100_000_000), runs, database_url), as_json=as_json)
