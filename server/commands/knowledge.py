"""`okienko knowledge …`: the shop's articles, where they are read from, and their synonyms."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from foundation.language import Language
from server.commands.options import AsJson
from server.settings import load_settings

knowledge_app = typer.Typer(help="The shop's articles.", no_args_is_help=True)
synonyms_app = typer.Typer(help="The shop's own synonyms.", no_args_is_help=True)
knowledge_app.add_typer(synonyms_app, name="synonyms")

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
