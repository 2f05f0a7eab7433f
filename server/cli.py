"""The command line, `okienko …`: reads arguments, calls the rooms, prints. Heavy imports wait in commands."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated

import typer

from evals.perturb import Perturbation
from foundation.errors import OkienkoError
from foundation.language import Language
from foundation.staff import Role
from server.settings import Settings, load_settings

app = typer.Typer(
    name="okienko",
    help="The AI help desk that a small online shop starts with one command.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
demo_app = typer.Typer(help="The demo shop: load it, ask it three questions, serve it.")
knowledge_app = typer.Typer(help="The shop's articles.", no_args_is_help=True)
synonyms_app = typer.Typer(help="The shop's own synonyms.", no_args_is_help=True)
orders_app = typer.Typer(help="The shop's orders.", no_args_is_help=True)
staff_app = typer.Typer(help="Who of the shop may sign in.", no_args_is_help=True)
models_app = typer.Typer(help="The embedding model.", no_args_is_help=True)
evals_app = typer.Typer(help="Measure the assistant on your own or public data.", no_args_is_help=True)
bench_app = typer.Typer(help="Time it on this machine.", no_args_is_help=True)
app.add_typer(demo_app, name="demo")
app.add_typer(knowledge_app, name="knowledge")
knowledge_app.add_typer(synonyms_app, name="synonyms")
app.add_typer(orders_app, name="orders")
app.add_typer(staff_app, name="staff")
app.add_typer(models_app, name="models")
app.add_typer(evals_app, name="evals")
app.add_typer(bench_app, name="bench")

Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port to serve on.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> None:
    """Run a command; an expected failure is a sentence and exit code 2, never a traceback."""
    try:
        app()
    except OkienkoError as error:
        print(error.message, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What a shopper would type.")],
    language: Annotated[Language | None, typer.Option(help="Answer in this language.")] = None,
    customer: Annotated[str | None, typer.Option(help="Ask as this customer of the shop (their id).")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask one question, as a shopper would, and print the answer with its source."""
    from server.asking import ask_once

    asked = asyncio.run(ask_once(load_settings(), question, language=language, customer_id=customer))
    if as_json:
        print(json.dumps(asked.as_json(), ensure_ascii=False, indent=2))
    else:
        asked.print()


@app.command()
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


Patterns = Annotated[list[str] | None, typer.Option(help="Paths like /help/*; of a sitemap.")]


@knowledge_app.command("add")
def knowledge_add(
    what: Annotated[
        list[str], typer.Argument(help="Files (.md .txt .html .csv .xlsx .pdf .docx), folders, URLs.")
    ],
    sitemap: Annotated[bool, typer.Option("--sitemap", help="Read all pages that the site lists.")] = False,
    include: Patterns = None,
    exclude: Patterns = None,
    language: Annotated[Language | None, typer.Option(help="Of pages that do not tell theirs.")] = None,
    no_source: Annotated[bool, typer.Option("--no-source", help="Do not read it again later.")] = False,
) -> None:
    """Read articles and publish them. What cannot be read is named and skipped; then the exit code is 1."""
    from knowledge.sources.source import Options
    from server.shelving import add_articles
    from server.syncing import add_pages

    settings, record = load_settings(), not no_source
    urls = [one for one in what if one.lower().startswith(("http://", "https://"))]
    paths = [Path(one) for one in what if one not in urls]
    options = Options(tuple(include or ()), tuple(exclude or ()), language)
    failed = bool(paths) and asyncio.run(add_articles(settings, paths, record=record))
    if urls:
        failed |= asyncio.run(add_pages(settings, urls, sitemap=sitemap, options=options, record=record))
    if failed:
        raise typer.Exit(1)


@knowledge_app.command("sync")
def knowledge_sync(
    ids: Annotated[list[int] | None, typer.Argument(help="Of sources; without it, all.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Publish without asking.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Read also what has not changed.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Show new and gone articles whole.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read sources again, show what has changed, and publish it after a yes."""
    from server.syncing import Look, sync

    if not asyncio.run(sync(load_settings(), ids or [], Look(yes, again, full, as_json))):
        raise typer.Exit(1)


@knowledge_app.command("sources")
def knowledge_sources(as_json: AsJson = False) -> None:
    """List the pages, sitemaps, files and folders that articles are read from."""
    from server.syncing import list_sources

    asyncio.run(list_sources(load_settings(), as_json=as_json))


@knowledge_app.command("forget-source")
def knowledge_forget_source(
    ids: Annotated[list[int], typer.Argument(help="Ids, as okienko knowledge sources shows.")],
) -> None:
    """Read sources no more. Their articles stay published."""
    from server.syncing import forget_sources

    asyncio.run(forget_sources(load_settings(), ids))


@knowledge_app.command("list")
def knowledge_list(as_json: AsJson = False) -> None:
    """List the published articles."""
    from server.shelving import list_articles

    asyncio.run(list_articles(load_settings(), as_json=as_json))


@knowledge_app.command("remove")
def knowledge_remove(
    ids: Annotated[list[str], typer.Argument(help="Ids, as okienko knowledge list shows.")],
) -> None:
    """Take published articles back: they are no longer answered from."""
    from server.shelving import remove_articles

    asyncio.run(remove_articles(load_settings(), ids))


@knowledge_app.command("history")
def knowledge_history(
    article: Annotated[str | None, typer.Argument(help="An article's id; without it, the library's.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the states of the library, or the versions of an article, newest first."""
    from server.history import show_history

    asyncio.run(show_history(load_settings(), article, as_json=as_json))


@knowledge_app.command("restore")
def knowledge_restore(
    article: Annotated[str | None, typer.Argument(help="An article's id.")] = None,
    version: Annotated[int | None, typer.Option(help="Of the article.")] = None,
    state: Annotated[int | None, typer.Option(help="Of the whole library; instead of an article.")] = None,
) -> None:
    """Bring back an earlier version of an article, or an earlier state of all of them."""
    from server.history import restore

    asyncio.run(restore(load_settings(), article, version=version, state=state))


@knowledge_app.command("check")
def knowledge_check(
    mend: Annotated[bool, typer.Option("--mend", help="Mend what can be mended.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare articles, passages, vectors and index. Exit code 1 if anything differs."""
    from server.history import check_library

    if not asyncio.run(check_library(load_settings(), mend=mend, as_json=as_json)):
        raise typer.Exit(1)


@synonyms_app.command("check")
def synonyms_check(
    file: Annotated[Path | None, typer.Argument(help="Without it, synonyms.txt in the data folder.")] = None,
) -> None:
    """Name each line that is left out, with its number and why; then the exit code is 1."""
    from server.wording import check_synonyms

    if not check_synonyms(load_settings(), file):
        raise typer.Exit(1)


@synonyms_app.command("show")
def synonyms_show(word: Annotated[str, typer.Argument(help="As a customer types it.")]) -> None:
    """Show what stands for a word in this shop, and what it is put into in the other language."""
    from server.wording import show_word

    show_word(load_settings(), word)


@orders_app.command("import")
def orders_import(
    file: Annotated[Path, typer.Argument(help="A .csv or .json file; columns: docs/orders.md.")],
) -> None:
    """Import orders. A broken row is named with its line and skipped; then the exit code is 1."""
    from server.shelving import import_orders

    if asyncio.run(import_orders(load_settings(), file)):
        raise typer.Exit(1)


@app.command()
def handoffs(as_json: AsJson = False) -> None:
    """List the shoppers who wait for an e-mail from a person, newest first, with what was said."""
    from server.waiting import list_handoffs

    asyncio.run(list_handoffs(load_settings(), as_json=as_json))


@staff_app.command("add")
def staff_add(
    email: Annotated[str, typer.Argument(help="They sign in with it.")],
    role: Annotated[Role, typer.Option(help="An owner may do all that an agent may.")],
    name: Annotated[str, typer.Option(help="What shoppers see. Default: the e-mail up to the @.")] = "",
) -> None:
    """Make an account. The password is asked for; scripts put it into OKIENKO_STAFF_PASSWORD."""
    from server.staffing import add_staff

    asyncio.run(add_staff(load_settings(), email, role, name))


@staff_app.command("list")
def staff_list(as_json: AsJson = False) -> None:
    """List the accounts."""
    from server.staffing import list_staff

    asyncio.run(list_staff(load_settings(), as_json=as_json))


@staff_app.command("remove")
def staff_remove(email: Annotated[str, typer.Argument(help="The account's e-mail.")]) -> None:
    """Remove an account; its sessions end at once."""
    from server.staffing import remove_staff

    asyncio.run(remove_staff(load_settings(), email))


@app.command()
def doctor() -> None:
    """Say what is configured, what works, what is missing, and how to mend it."""
    from server.doctor import examine

    if not asyncio.run(examine()):
        raise typer.Exit(1)


ModelName = Annotated[str, typer.Argument(help="A sentence-transformers model, by name or folder.")]


@models_app.command("prepare")
def models_prepare(
    name: Annotated[str | None, typer.Argument(help="Default: that of OKIENKO_EMBEDDING_MODEL.")] = None,
) -> None:
    """Export an embedding model, once."""
    from server.models import prepare_model

    settings = load_settings()
    folder = prepare_model(settings, name or settings.embedding_model)
    print(f"The model {name or settings.embedding_model} is ready in {folder}.")


@models_app.command("list")
def models_list(as_json: AsJson = False) -> None:
    """List the embedding models on this machine, and which one is in use."""
    from server.models import list_models

    asyncio.run(list_models(load_settings(), as_json=as_json))


@models_app.command("use")
def models_use(name: ModelName) -> None:
    """Change the embedding model. The one before serves until all passages are embedded."""
    from server.models import use_model

    asyncio.run(use_model(load_settings(), name))


@models_app.command("check")
def models_check(as_json: AsJson = False) -> None:
    """Check the bundled weights, the model in use, and its vectors. Exit code 1 if anything is wrong."""
    from server.models import check_models

    if not asyncio.run(check_models(load_settings(), as_json=as_json)):
        raise typer.Exit(1)


@evals_app.command("retrieval")
def evals_retrieval(
    corpus: Annotated[Path, typer.Option(help="JSONL: id, title, text.")],
    queries: Annotated[Path, typer.Option(help="JSONL: id, text.")],
    qrels: Annotated[Path, typer.Option(help="JSONL: query, passage.")],
    rankings: Annotated[Path | None, typer.Option(help="Write every query's ranking here, as JSONL.")] = None,
    perturb: Annotated[
        Perturbation | None, typer.Option(help="Take diacritics off, put a typo into a word, or both.")
    ] = None,
    hold_out: Annotated[
        float | None,
        typer.Option(help="Take out this share of the right passages, e.g. 0.5: is it noticed?"),
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the typos, and of what is taken out.")] = 7,
    as_json: AsJson = False,
) -> None:
    """Measure retrieval in a temporary index; the shop's own data is left alone."""
    from evals.run import run_retrieval

    settings = load_settings()
    report = run_retrieval(
        corpus,
        queries,
        qrels,
        rankings=rankings,
        models_dir=settings.models_dir,
        embedding_model=settings.embedding_model,
        perturb=perturb,
        held_out=hold_out,
        seed=seed,
    )
    print(json.dumps(report.as_json(), indent=2) if as_json else report.as_table())


@evals_app.command("offtopic")
def evals_offtopic(
    corpus: Annotated[Path, typer.Option(help="JSONL: id, title, text.")],
    in_scope: Annotated[Path, typer.Option(help="JSONL: id, text. Questions that it answers.")],
    off_topic: Annotated[Path, typer.Option(help="JSONL: id, text, maybe intent. Those it does not.")],
    leave_out: Annotated[
        Path | None, typer.Option(help="Intents not to ask: a table of intent and reason.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure whether questions on other topics are refused; the shop's own data is left alone."""
    from evals.offtopic import run_offtopic

    settings = load_settings()
    report = run_offtopic(
        corpus,
        in_scope,
        off_topic,
        leave_out=leave_out,
        models_dir=settings.models_dir,
        embedding_model=settings.embedding_model,
    )
    print(json.dumps(report.as_json(), indent=2) if as_json else report.as_table())


@evals_app.command("calibrate")
def evals_calibrate(
    data: Annotated[
        Path | None, typer.Option(help="Fit the bundled confidence to the evaluation data in this folder.")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, max=100, help="How often half of its answers go.")] = 20,
    report: Annotated[Path | None, typer.Option(help="Write table and reliability diagrams here.")] = None,
) -> None:
    """Fit the confidence to the shop's own articles and phrasings; it is used from the next start on."""
    from server.calibrating import calibrate_bundled, calibrate_own

    if data is None:
        asyncio.run(calibrate_own(load_settings(), report))
    else:
        calibrate_bundled(load_settings(), data, seeds, report)


@evals_app.command("intents")
def evals_intents(
    messages: Annotated[
        Path | None, typer.Option(help="JSONL: text, intent. Default: bitext_intents.jsonl of the data.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure how well subjects of messages are told; what is right says evals/cases/bitext_intents.tsv."""
    from evals.intents import run_intents

    report = run_intents(messages or load_settings().eval_data / "bitext_intents.jsonl")
    print(json.dumps(report.as_json(), indent=2) if as_json else report.as_table())


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


if __name__ == "__main__":
    main()
