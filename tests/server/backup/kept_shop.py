"""A small shop with something in every corner that a backup must keep, made without a model."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation.entries import alter
from conversation.events import ASSISTANT, SYSTEM, Author, AuthorKind, Draft, Kind
from conversation.log import Conversation, Log
from conversation.turns import Turns
from customer.guest_tables import tries
from customer.request import Complaining
from customer.requests import Requests
from foundation.clock import SettableClock
from foundation.database import Database, metadata
from foundation.language import Language
from foundation.letter import Sender
from foundation.outbox import Outbox
from handoff.photos import Photos
from knowledge.store.tables import articles_table, passages_table, vectors_table
from server.backup.rows import dumped
from server.backup.switching import LOCK
from server.migrate import migrate
from server.settings import Settings
from server.staff import staff_sessions

NOW = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
PHOTO = b"\xff\xd8\xff" + bytes(range(256))
AGENT = Author(AuthorKind.AGENT, "a1", "Ewa")


def settings_of(folder: Path) -> Settings:
    return Settings(data_dir=folder)


class KeptShop:
    """An open shop of its own. Close it before something is restored into its folder."""

    def __init__(self, folder: Path, database: Database, clock: SettableClock) -> None:
        self.folder, self.database, self.clock = folder, database, clock
        self.log, self.turns = Log(database, clock), Turns(database, clock)
        self.outbox = Outbox(database, clock, sender=Sender("Shop", "shop@example.com"))
        self.photos = Photos(folder / "uploads", keep_free=0)

    async def converse(self, body: str = "ile mam na zwrot? zażółć \U0001f9e6") -> Conversation:
        """Begin a conversation with an answered message."""
        opening = [Draft(Kind.DISCLOSURE, SYSTEM, {"speaker": "assistant", "text": "AI"})]
        begun = await self.log.open(visitor_id=str(uuid4()), language=Language.PL, opening=opening)
        await self.say(begun, body)
        turn = await self.turns.claim("w")
        assert turn is not None
        reply = Draft(
            Kind.MESSAGE, ASSISTANT, {"body": "14 dni", "score": 0.1}, cid=turn.reply_cid, generated=True
        )
        await self.turns.finish(
            turn, reply, record={"outcome": "answered", "evidence": ["14 dni od odebrania"]}
        )
        return begun

    async def say(self, conversation: Conversation, body: str) -> None:
        author = Author(AuthorKind.SHOPPER, conversation.visitor_id)
        await self.log.receive(conversation.id, Draft(Kind.MESSAGE, author, {"body": body}, cid=str(uuid4())))

    async def complain(self, *, words: str = "Rozkleiły się") -> str:
        """Take a complaint with a photo in; return its number."""
        reference = await self.photos.keep(Photos.new_batch(), "jpg", PHOTO)
        given = Complaining(
            cid=str(uuid4()),
            conversation_id="",
            words=words,
            received_at=self.clock.now(),
            language=Language.PL,
            customer_id=None,
            email="anna@example.com",
            photos=(reference,),
        )
        async with self.database.transaction() as connection:
            received = await Requests(self.outbox).receive(connection, given)
        return received.request.number

    async def furnish(self) -> Conversation:
        """Put something into every corner; return a conversation whose turn runs."""
        answered = await self.converse()
        await self.log.append(answered.id, [Draft(Kind.MESSAGE, AGENT, {"body": "Dzień dobry"})])
        running = await self.converse()
        await self.say(running, "a do kiedy?")
        assert await self.turns.claim("w") is not None
        await self.complain()
        now = self.clock.now()
        article = {"id": "pl/zwrot", "version": 1, "language": "pl", "title": "Zwrot", "body": "14 dni"}
        lists: dict[str, Any] = {"tags": ["zwrot"], "questions": []}
        rest = {"source": "", "content_hash": "0" * 64, "published_at": now, "valid_from": date(2026, 1, 1)}
        passage = {
            "article_id": "pl/zwrot",
            "article_version": 1,
            "number": 1,
            "heading": "",
            "text": "14 dni",
        }
        async with self.database.transaction() as connection:
            await alter(connection, answered.id, email="anna@example.com")
            await connection.execute(insert(articles_table).values(article | lists | rest))
            await connection.execute(insert(passages_table).values(passage | {"embedded_hash": "e" * 64}))
            vector = {"embedded_hash": "e" * 64, "embedder_id": "m", "vector": bytes(range(256)) * 6}
            await connection.execute(insert(vectors_table).values(vector))
            session = {"secret_hash": "s" * 64, "staff_id": "a1", "created_at": now, "seen_at": now}
            await connection.execute(insert(staff_sessions).values(session))
            tried = {"visitor_id": "v", "address_key": "", "what": "pair", "at": now - timedelta(minutes=1)}
            await connection.execute(insert(tries).values(tried))
        await self.log.epoch()
        (self.folder / "synonyms.txt").write_text("but, obuwie\n", encoding="utf-8")
        (self.folder / "session.key").write_text("k" * 64)
        (self.folder / "texts.cache").write_bytes(b"made anew")
        return running

    async def close(self) -> None:
        await self.database.close()


async def open_kept(folder: Path) -> KeptShop:
    """Open a shop in a folder, its schema up to date."""
    database = Database.in_folder(folder)
    await migrate(database)
    return KeptShop(folder, database, SettableClock(NOW))


async def rows_of(connection: AsyncConnection) -> dict[str, list[bytes]]:
    """Return every table's lines; sorted, since databases order texts differently."""
    return {of.name: sorted([line async for line in dumped(connection, of)]) for of in metadata.sorted_tables}


async def rows_in(folder: Path) -> dict[str, list[bytes]]:
    database = Database.in_folder(folder)
    try:
        async with database.reading() as connection:
            return await rows_of(connection)
    finally:
        await database.close()


async def query(folder: Path, statement: str) -> list[tuple[Any, ...]]:
    database = Database.in_folder(folder)
    try:
        async with database.reading() as connection:
            return [tuple(row) for row in await connection.execute(text(statement))]
    finally:
        await database.close()


def mode_of(path: Path) -> int:
    """Return a file's rights."""
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> set[str]:
    """Return what lies in a folder, but for the lock; nothing if there is no folder."""
    return {path.name for path in folder.glob("*")} - {LOCK}


Edit = Callable[[dict[str, Any], dict[str, bytes]], None]


def rewritten(path: Path, to: Path, edit: Edit, *, seal: bool = True) -> Path:
    """Write an archive anew with other contents; `seal` makes its list of contents agree with them."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    edit(manifest, files)
    if seal:
        manifest["members"] = [
            {"name": name, "bytes": len(body), "sha256": sha256(body).hexdigest()}
            for name, body in files.items()
        ]
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in {**files, "manifest.json": json.dumps(manifest).encode()}.items():
            archive.writestr(name, body)
    return to
