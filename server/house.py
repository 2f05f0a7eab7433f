"""The house, opened: every room built once from the settings and bound to the others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from assistant.brief import Brief, TurnResult
from assistant.extractive import ExtractiveWriter
from assistant.llm_writer import LlmWriter
from assistant.sentences import said_alone
from assistant.shop_answers import ShopFacts
from assistant.understanding import order_numbers
from assistant.worker import Show, TakeTurn, Worker
from assistant.writer import Writer
from conversation.erasing import held_with
from conversation.hub import LIBRARY, Hub
from conversation.log import Log
from conversation.session import Sessions, ShopFront
from conversation.turns import Turns
from customer.guests import Guests
from customer.identity import IdentityVerifier
from customer.memories import Memories
from customer.orders import SqlOrders
from customer.products import SqlProducts
from customer.request_desk import RequestDesk
from customer.requests import Requests
from customer.workdays import public_holidays
from feedback.earlier_conversations import EarlierConversations
from foundation.agreed_clock import agreed_clock
from foundation.clock import Clock
from foundation.database import Database
from foundation.errors import OkienkoError, Unavailable
from foundation.letter import Sender
from foundation.letterhead import Letterhead
from foundation.limits import RateLimiter, address_key
from foundation.mail import Mailer, Outbox, open_mail
from foundation.tokens import TokenSigner
from handoff.hours import OpeningHours
from handoff.ownership import Ownership
from handoff.pilot import Pilot
from handoff.queue import Queue
from handoff.reply_mail import ReplyMail
from handoff.statements import Statements
from knowledge.analysis.language import third_language
from knowledge.analysis.shop_words import NAME as SHOP_WORDS
from knowledge.analysis.shop_words import ShopWords
from knowledge.embedding.embedder import Embedder, folder_for
from knowledge.index import VectorIndex, open_index
from knowledge.index.folders import folder_of, sweep
from knowledge.library import Library
from knowledge.retrieval.calibration import Calibration, calibration_for
from knowledge.store.kept_sentences import FILE as SENTENCES_FILE
from knowledge.store.kept_sentences import KeptSentences
from knowledge.store.kept_texts import FILE as TEXTS_FILE
from knowledge.store.kept_texts import KeptTexts
from server.backup.switching import in_use
from server.demo.routes import DemoShop
from server.front import FrontDoor
from server.migrate import migrate
from server.predecessor import after_predecessor
from server.secrets import kept_secret
from server.settings import Settings
from server.sharing import Shared, open_shared
from server.turning import turn_with
from server.writing import llm_writer

logger = logging.getLogger("okienko.server")

FOLLOW_SECONDS = 1.0
CLOSE_SILENT_SECONDS = 60.0

DEMO_KEY = "demo-identity.key"
"""A data folder with this file holds the demo shop; the file is the secret that signs its customers in."""
DEMO_NAME = "Leśna Ścieżka"


@dataclass(frozen=True, slots=True)
class House:
    """All rooms, open. Whoever opened it closes it."""

    settings: Settings
    clock: Clock
    database: Database
    log: Log
    turns: Turns
    hub: Hub
    limiter: RateLimiter
    address_key: Callable[[str], str]
    orders: SqlOrders
    guests: Guests
    requests: RequestDesk
    statements: Statements
    library: Library
    sessions: Sessions
    ownership: Ownership
    queue: Queue
    pilot: Pilot
    outbox: Outbox
    mailer: Mailer
    reply_mail: ReplyMail
    turn: TakeTurn
    worker: Worker
    writer: Writer
    demo: DemoShop | None

    async def take_turn(
        self, brief: Brief, *, show: Show | None = None, already_shown: tuple[str, ...] = ()
    ) -> TurnResult:
        """Take one turn with this house's articles and orders."""
        return await self.turn(brief, show=show, already_shown=already_shown)

    async def warm_up(self) -> None:
        """Load what is loaded at first use, so that no shopper waits for it."""
        await asyncio.to_thread(third_language, "lorem ipsum dolor sit amet")
        await asyncio.to_thread(public_holidays, self.clock.now().year)
        if isinstance(self.writer, LlmWriter):
            await self.writer.warm_up()
        await self.library.retriever.retrieve("start", language=self.settings.default_language)

    async def close_silent(self) -> None:
        """Resolve conversations in which nobody has said anything for long, until cancelled."""
        older_than = timedelta(hours=self.settings.resolve_after_hours)
        while True:
            try:
                await self.ownership.resolve_idle(older_than)
                await self.guests.forget_old()
            except (OkienkoError, SQLAlchemyError):
                logger.exception("silent conversations could not be closed; they are looked at again")
            await asyncio.sleep(CLOSE_SILENT_SECONDS)

    async def follow_library(self) -> None:
        """Take over what other processes publish, within a second or so, until cancelled."""
        said = ""
        with self.hub.listen(LIBRARY) as changed:
            while True:
                await changed.wait(FOLLOW_SECONDS)
                try:
                    if await self.library.refresh():
                        logger.info("the articles have changed; the new ones are in use")
                    said = ""
                except (OkienkoError, SQLAlchemyError) as error:
                    if str(error) != said:  # once, not every second
                        logger.exception("changed articles could not be loaded; the ones before stay in use")
                    said = str(error)


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """Open the shop's database, its schema up to date.

    Raises:
        Unavailable: The folder cannot be written, a restore runs in it, or it holds no database of ours.
    """
    with ExitStack() as held:
        try:
            settings.data_dir.mkdir(parents=True, exist_ok=True)
            held.enter_context(in_use(settings.data_dir))
            database = (
                Database(settings.database_url.get_secret_value())
                if settings.database_url
                else Database.in_folder(settings.data_dir)
            )
        except OSError as error:
            raise Unavailable(
                f"The folder {settings.data_dir} cannot be used ({error.strerror}). "
                "Set OKIENKO_DATA_DIR to one that can."
            ) from error
        try:
            await migrate(database)
            yield database
        finally:
            await database.close()


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock | None = None) -> AsyncIterator[House]:
    """Open every room; the search index is checked, and rebuilt if it disagrees with the database."""
    async with AsyncExitStack() as opened:
        database = await opened.enter_async_context(open_database(settings))
        shared = await opened.enter_async_context(open_shared(settings))
        agreed: Clock = await opened.enter_async_context(agreed_clock(database)) if clock is None else clock
        library = open_library(settings, database, agreed, changed=lambda: shared.hub.wake(LIBRARY))
        await library.start()
        if unheeded := unheeded_model(settings, library.model):
            logger.warning("%s", unheeded)
        extractive = ExtractiveWriter(lambda: library.synonyms)
        llm = llm_writer(settings, database, agreed, instead=extractive)
        try:
            house = _furnish(settings, agreed, database, shared, library, llm or extractive)
            if settings.database_url is None:
                await opened.enter_async_context(after_predecessor(settings.data_dir, house.turns))
            yield house
        finally:
            if llm is not None:
                await llm.close()
            await library.close()


def open_library(
    settings: Settings, database: Database, clock: Clock, changed: Callable[[], None] = lambda: None
) -> Library:
    """Return the shop's library, not started yet: its start opens the model that the database names."""
    root = settings.data_dir / "chroma"

    def open_its_index(embedder_id: str) -> VectorIndex:
        folder = folder_of(root, embedder_id)
        sweep(root, folder)
        return open_index(
            folder, exact_up_to=settings.exact_passages, url=settings.chroma_url, shop=settings.site_key
        )

    return Library(
        database,
        None,
        None,
        clock,
        model=settings.embedding_model,
        open_embedder=lambda model: Embedder.open(folder_for(settings.models_dir, model), model),
        open_index=open_its_index,
        synonyms=ShopWords(settings.data_dir / SHOP_WORDS),
        calibration=lambda embedder_id: _calibration(settings, embedder_id),
        texts=KeptTexts(settings.data_dir / TEXTS_FILE),
        sentences=KeptSentences(settings.data_dir / SENTENCES_FILE, said_alone),
        changed=changed,
    )


def _calibration(settings: Settings, embedder_id: str) -> Calibration:
    """Return the shop's own confidence, or the bundled one; the log says which."""
    calibration, why = calibration_for(settings.data_dir, embedder_id)
    logger.info("%s", why)
    return calibration


def unheeded_model(settings: Settings, in_use: str) -> str:
    """Return a sentence if the environment names another model than the one in use; else nothing."""
    if "embedding_model" not in settings.model_fields_set or settings.embedding_model == in_use:
        return ""
    return (
        f"the articles are searched by the model {in_use}, not by {settings.embedding_model} as "
        f"OKIENKO_EMBEDDING_MODEL says: okienko models use {settings.embedding_model}"
    )


def holds_demo(data_dir: Path) -> bool:
    """Return whether the folder holds the demo shop."""
    return (data_dir / DEMO_KEY).exists()


def shop_name(settings: Settings) -> str:
    """Return the name that shoppers see."""
    return settings.shop_name or (DEMO_NAME if holds_demo(settings.data_dir) else "")


def letterhead(settings: Settings) -> Letterhead:
    """Return what every letter of this shop has."""
    return Letterhead(shop_name(settings), settings.contact, settings.style)


def _mail_address(settings: Settings) -> str:
    """Return the address that the shop's mail comes from; nothing if it sends none."""
    return Sender.parse(settings.mail_from).address if settings.smtp_url else ""


def _furnish(
    settings: Settings, clock: Clock, database: Database, shared: Shared, library: Library, writer: Writer
) -> House:
    log, turns, hub, orders = (
        Log(database, clock),
        Turns(database, clock),
        shared.hub,
        SqlOrders(database),
    )
    demo_secret = kept_secret(settings.data_dir, DEMO_KEY) if holds_demo(settings.data_dir) else None
    set_secret = settings.identity_secret.get_secret_value() if settings.identity_secret else None
    identity_secret = set_secret or demo_secret
    pilot = Pilot(database, clock)
    smtp_url = settings.smtp_url.get_secret_value() if settings.smtp_url else None
    outbox, mailer = open_mail(
        database, clock, smtp_url=smtp_url, sender=settings.mail_from, reply_to=settings.contact_email
    )
    hours = OpeningHours.parse(settings.opening_hours)
    ownership = Ownership(
        database,
        hub,
        clock,
        hours,
        pilot=pilot,
        can_send=outbox.can_send,
        style=settings.style,
        contact=settings.contact,
    )
    secret = (
        settings.secret.get_secret_value()
        if settings.secret
        else kept_secret(settings.data_dir, "session.key")
    )

    def key_of(address: str) -> str:
        return address_key(secret, address)

    sessions = Sessions(
        log=log,
        doorkeeper=FrontDoor(IdentityVerifier(identity_secret, clock), orders, pilot, settings.style),
        session_signer=TokenSigner(secret, purpose="session", clock=clock),
        resume_signer=TokenSigner(secret, purpose="resume", clock=clock),
        front=ShopFront(
            site_key=settings.site_key,
            shop_name=shop_name(settings),
            assistant_name=settings.assistant_name,
            languages=settings.languages,
            style=settings.style,
        ),
        clock=clock,
        address_key=key_of,
    )
    guests = Guests(database, clock, outbox, letterhead(settings))
    request_desk = RequestDesk(database, clock)
    statements = Statements(
        Requests(outbox, letterhead(settings)),
        outbox,
        orders,
        order_numbers,
        shop_days=settings.return_days,
    )
    turn = turn_with(
        library,
        orders,
        guests,
        request_desk,
        writer,
        shop_days=settings.return_days,
        can_send=outbox.can_send,
        products=SqlProducts(database),
        memories=Memories(database, clock, held_with),
        style=settings.style,
        earlier=EarlierConversations(database),
        shop=ShopFacts(hours, shop_name(settings), _mail_address(settings), settings.contact),
    )
    # Whoever reaches the demo page may sign in as its customers, so it is for this machine only.
    local = settings.host in ("127.0.0.1", "localhost", "::1")
    shows_demo = demo_secret is not None and set_secret is None and local
    return House(
        settings=settings,
        clock=clock,
        database=database,
        log=log,
        turns=turns,
        hub=hub,
        limiter=shared.limiter,
        address_key=key_of,
        orders=orders,
        guests=guests,
        requests=request_desk,
        statements=statements,
        library=library,
        sessions=sessions,
        ownership=ownership,
        queue=Queue(database),
        pilot=pilot,
        outbox=outbox,
        mailer=mailer,
        reply_mail=ReplyMail(database, outbox, clock, letterhead(settings)),
        turn=turn,
        worker=Worker(
            ownership=ownership,
            turns=turns,
            hub=hub,
            take_turn=turn,
            clock=clock,
            languages=settings.languages,
            style=settings.style,
            contact=settings.contact,
        ),
        writer=writer,
        demo=DemoShop(orders, demo_secret, clock) if shows_demo and demo_secret else None,
    )
