"""`okienko evals …`: the assistant measured on a shop's own or on public data."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from evals.answers import Half
from evals.perturb import Perturbation
from server.commands.options import AsJson
from server.settings import load_settings

evals_app = typer.Typer(help="Measure the assistant on your own or public data.", no_args_is_help=True)


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


@evals_app.command("orders")
def evals_orders(
    records: Annotated[Path, typer.Option(help="Folder with orders.json and users.json (tau2-bench).")],
    cases: Annotated[Path, typer.Option(help="JSONL: id, order_id, email, expect, status.")],
    attacks: Annotated[int, typer.Option(help="So many ways of asking for another's order, too.")] = 0,
    seed: Annotated[int, typer.Option(help="Of the attacks.")] = 7,
    as_json: AsJson = False,
) -> None:
    """Measure who hears of which order, through the chat, in a temporary shop with these records."""
    from server.looking_up import look_up

    report = asyncio.run(look_up(load_settings(), records, cases, attacks=attacks, seed=seed))
    print(json.dumps(report.as_json()) if as_json else report.as_table())


@evals_app.command("grounding")
def evals_grounding(
    cases: Annotated[
        Path | None,
        typer.Option(help="JSONL: id, knowledge, question, right_answer, hallucinated_answer; scored alone."),
    ] = None,
    scores: Annotated[Path | None, typer.Option(help="Write the support scores of each case here.")] = None,
    mutants: Annotated[int, typer.Option(min=1, help="How many true sentences are made false.")] = 2000,
    seed: Annotated[int, typer.Option(help="Draws them; the default ones were looked at.")] = 7,
    judged: Annotated[
        list[Path] | None,
        typer.Option(help="JSONL of answers judged by hand, instead of the frozen ones; may be repeated."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure whether what the articles do not say is refused, and what they say is not."""
    from evals.grounding import CASES, run_grounding, run_pairs, write_scores
    from server.demo.run import ARTICLES

    if cases is not None:
        report = run_pairs(cases)
    else:
        pairs = load_settings().eval_data / "halueval_qa.jsonl"
        report = run_grounding(ARTICLES, mutants, pairs, seed=seed, judged=judged or CASES)
    if scores is not None:
        write_scores(report.pairs, scores)
    print(json.dumps(report.as_json(), indent=2) if as_json else report.as_table())


@evals_app.command("answers")
def evals_answers(
    half: Annotated[
        Half | None, typer.Option(help="The half to look at, or the one that is held out.")
    ] = None,
    misses: Annotated[
        Path | None, typer.Option(help="Write what went wrong in the work half here, as JSONL.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure whether the demo shop says the sentence that answers (evals/cases/answers_*.tsv)."""
    from server.answering import answer_all

    report = asyncio.run(answer_all(load_settings(), half))
    if misses is not None:
        report.write_misses(misses)
    print(json.dumps(report.as_json(), indent=2) if as_json else report.as_table())


@evals_app.command("redaction")
def evals_redaction(
    messages: Annotated[int, typer.Option(min=1, help="How many made-up messages are sent.")] = 5000,
    seed: Annotated[int, typer.Option(help="Of the messages.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Measure what personal data leaves: of messages alone, and of chats before a model that records."""
    from server.redacting import redact

    alone, door = asyncio.run(redact(load_settings(), messages, seed))
    if as_json:
        print(json.dumps({"alone": alone.as_json(), "door": door.as_json()}))
    else:
        print(f"Each message alone\n{alone.report()}\n\nAt the model's door\n{door.as_table()}")
