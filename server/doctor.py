"""What is configured, what works, what is missing, and how to mend it: `okienko doctor`."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text
from sqlalchemy import text

from customer.orders import SqlOrders
from foundation.clock import SystemClock
from foundation.errors import OkienkoError, Unavailable
from foundation.letter import Sender
from foundation.mail import Outbox
from foundation.smtp import MailDeferred, SmtpServer
from knowledge.analysis.shop_words import NAME, read_words
from knowledge.embedding.embedder import Embedder, folder_for
from knowledge.retrieval.calibration import calibration_for
from server.app import WIDGET
from server.house import holds_demo, open_database, open_library, unheeded_model
from server.models import model_in_use
from server.serving import listening_socket
from server.settings import Settings, load_settings
from server.writing import shows_key, try_models


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        good: True works; None works, but the owner may want to know; False needs mending.
        mend: What to do; empty when nothing needs doing.
    """

    what: str
    good: bool | None
    says: str
    mend: str = ""


async def examine() -> bool:
    """Print every finding; return whether nothing needs mending."""
    try:
        settings = load_settings()
    except OkienkoError as error:
        _print(Finding("settings", False, error.message))
        return False
    findings = [_python(), Finding("settings", True, "all understood")]
    known = (_data, _model, _articles, _synonyms, _confidence, _orders, _writer)
    for look in (*known, _identity, _mail, _contact, _origins, _redis, _widget, _port):
        try:
            finding = await look(settings)
        except OkienkoError as error:
            finding = Finding(look.__name__.strip("_"), False, error.message)
        findings.append(finding)
    for finding in findings:
        _print(finding)
    good = all(finding.good is not False for finding in findings)
    print("\nEverything needed works." if good else "\nMend what is marked ✗ and run okienko doctor again.")
    return good


def _print(finding: Finding) -> None:
    mark, style = {True: ("✓", "green"), None: ("·", "yellow"), False: ("✗", "red")}[finding.good]
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text.assemble((f"{mark} ", style), (f"{finding.what:<9} ", "bold"), finding.says))
    if finding.mend:
        console.print(Text(f"            → {finding.mend}"))


def _python() -> Finding:
    good = (3, 11) <= sys.version_info[:2] <= (3, 13)
    mend = "" if good else "Use Python 3.11, 3.12 or 3.13."
    return Finding("python", good, platform.python_version(), mend)


async def _data(settings: Settings) -> Finding:
    async with open_database(settings) as database:
        async with database.reading() as connection:
            conversations = await connection.scalar(text("SELECT count(*) FROM conversations"))
        damage = await database.damage()
        says = f"{database.place}, {conversations} conversations"
    if damage:
        return Finding(
            "data", False, f"{says}; the database is damaged: {damage}", "Restore it from a backup."
        )
    return Finding("data", True, says)


async def _model(settings: Settings) -> Finding:
    async with open_database(settings) as database:
        in_use = await model_in_use(database, settings)
    embedder = Embedder.open(folder_for(settings.models_dir, in_use), in_use)
    if unheeded := unheeded_model(settings, in_use):
        return Finding("model", None, unheeded, "Take OKIENKO_EMBEDDING_MODEL away, or give that command.")
    return Finding("model", True, f"{in_use}, {embedder.dimensions} dimensions")


async def _confidence(settings: Settings) -> Finding:
    async with open_database(settings) as database:
        in_use = await model_in_use(database, settings)
    embedder = Embedder.open(folder_for(settings.models_dir, in_use), in_use)
    _, why = calibration_for(settings.data_dir, embedder.id)
    return Finding("confidence", True, why)


async def _articles(settings: Settings) -> Finding:
    async with open_database(settings) as database:
        library = open_library(settings, database, SystemClock())
        try:
            rows = await library.articles()
            await library.start()
            searched_by = library.searched_by
        finally:
            await library.close()
    if not rows:
        mend = "okienko knowledge add PATH – or okienko demo load, to look around first"
        return Finding("articles", False, "none: the assistant cannot answer anything", mend)
    languages = sorted({row.article.language.value for row in rows})
    demo = ", the demo shop's" if holds_demo(settings.data_dir) else ""
    passages = sum(row.passages for row in rows)
    return Finding(
        "articles",
        True,
        f"{len(rows)} in {', '.join(languages)} ({passages} passages){demo}; searched by {searched_by}",
    )


async def _synonyms(settings: Settings) -> Finding:
    path = settings.data_dir / NAME
    if left_out := read_words(path).problems:
        says = f"{len(left_out)} lines of {path} cannot be used and are left out"
        return Finding("synonyms", None, says, "See which and why: okienko knowledge synonyms check")
    says = str(path) if path.exists() else f"the bundled ones; yours go into {path}"
    return Finding("synonyms", True, says)


async def _orders(settings: Settings) -> Finding:
    async with open_database(settings) as database:
        count = await SqlOrders(database).count()
    if not count:
        return Finding(
            "orders", None, "none: nobody can ask about an order", "okienko orders import FILE.csv"
        )
    return Finding("orders", True, f"{count} orders")


async def _writer(settings: Settings) -> Finding:
    if not settings.llm_model:
        return Finding("writer", True, "the articles' own sentences; no language model is set")
    tried = await try_models(settings)
    said = [
        f"{one.model} answers ({one.ms:.0f} ms)" if not one.problem else f"{one.model}: {one.problem}"
        for one in tried
    ]
    says = f"{'; '.join(said)}, at {settings.llm_base_url}"
    if any(one.problem for one in tried):
        mend = "Check the OKIENKO_LLM_… settings (docs/writers.md); articles are quoted meanwhile."
        return Finding("writer", False, says, mend)
    if shows_key(settings):
        return Finding(
            "writer", None, f"{says}; the key is sent unencrypted", "Use https:// in OKIENKO_LLM_BASE_URL"
        )
    return Finding("writer", True, says)


async def _identity(settings: Settings) -> Finding:
    if settings.identity_secret is not None:
        return Finding("identity", True, "OKIENKO_IDENTITY_SECRET is set: signed customers are known")
    if holds_demo(settings.data_dir):
        return Finding("identity", True, "the demo shop signs its customers in, on this machine only")
    mend = "Set OKIENKO_IDENTITY_SECRET and sign tokens with it: docs/embedding.md"
    return Finding("identity", None, "no secret is set: every shopper is a guest", mend)


async def _mail(settings: Settings) -> Finding:
    if settings.smtp_url is None:
        mend = "Set OKIENKO_SMTP_URL and OKIENKO_MAIL_FROM: docs/settings.md"
        return Finding("mail", None, "no mail server is set: shoppers get no mail", mend)
    server = SmtpServer.parse(settings.smtp_url.get_secret_value())
    sender = Sender.parse(settings.mail_from)
    try:
        await server.check(sender)
    except MailDeferred as error:
        return Finding("mail", False, error.message, "Check OKIENKO_SMTP_URL; mail waits meanwhile.")
    async with open_database(settings) as database:
        failed = await Outbox(database, SystemClock(), sender=sender).failed(limit=1)
    says = f"{server.host}:{server.port} takes mail from {sender.address}"
    if server.shows_password:
        mend = "Write smtp+starttls:// or smtps:// in OKIENKO_SMTP_URL"
        return Finding("mail", None, f"{says}; the password is sent unencrypted", mend)
    if failed:
        return Finding("mail", None, f"{says}; some was given up, the newest because: {failed[0].error}")
    return Finding("mail", True, says)


async def _contact(settings: Settings) -> Finding:
    if settings.contact:
        given = ", ".join(one for one in (settings.contact_email, settings.contact_phone) if one)
        return Finding("contact", True, f"{given}, given to shoppers")
    mend = "Set OKIENKO_CONTACT_EMAIL, OKIENKO_CONTACT_PHONE or both: docs/settings.md"
    return Finding("contact", None, "none is set: shoppers are not told how else to reach the shop", mend)


async def _redis(settings: Settings) -> Finding:
    if settings.redis_url is None:
        return Finding("redis", True, "none is set: one process wakes and counts for itself")

    from foundation.redis_server import RedisServer

    redis = RedisServer(settings.redis_url.get_secret_value())
    try:
        await redis.check()
    except Unavailable as error:
        mend = "Check OKIENKO_REDIS_URL. The chat goes on without, slower between processes."
        return Finding("redis", False, error.message, mend)
    finally:
        await redis.close()
    return Finding("redis", True, "answers: processes wake each other and count together")


async def _origins(settings: Settings) -> Finding:
    if settings.allowed_origins:
        return Finding("origins", True, ", ".join(settings.allowed_origins))
    mend = "Set OKIENKO_ALLOWED_ORIGINS=https://your-shop.example"
    return Finding("origins", None, "only this server's own pages may open the chat", mend)


async def _widget(_settings: Settings) -> Finding:
    if not WIDGET.exists():
        return Finding("widget", False, "widget/dist/okienko.js is missing", "Build it: make widget")
    return Finding("widget", True, f"{WIDGET.stat().st_size // 1024} KiB")


async def _port(settings: Settings) -> Finding:
    try:
        listening_socket(settings).close()
    except OkienkoError as error:
        return Finding("port", None, error.message)
    return Finding("port", True, f"{settings.host}:{settings.port} is free")
