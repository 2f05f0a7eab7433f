"""The real embedding model, a small shop's articles, and libraries on real SQLite and Chroma."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.language import Language
from knowledge.articles import Article
from knowledge.embedding.embedder import BUNDLED_MODEL, Embedder, folder_for, prepare
from knowledge.index import ChromaIndex
from knowledge.library import Library


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    folder = folder_for(Path(sys.prefix) / "share" / "okienko" / "models", BUNDLED_MODEL)
    return Embedder.open(prepare(BUNDLED_MODEL, folder))


OpenLibrary = Callable[[], Awaitable[Library]]


@pytest.fixture
async def open_library(
    tmp_path: Path, database: Database, clock: SettableClock, embedder: Embedder
) -> AsyncIterator[OpenLibrary]:
    """Opens the library on this test's database and index folder; again, as a restarted process would."""
    opened: list[Library] = []

    async def open_one() -> Library:
        library = Library(database, embedder, ChromaIndex(tmp_path / "index"), clock)
        opened.append(library)
        await library.start()
        return library

    yield open_one
    for library in opened:
        await library.close()


@pytest.fixture
async def library(open_library: OpenLibrary) -> Library:
    opened = await open_library()
    await opened.publish(POTTERY)
    return opened


def article(name: str, title: str, body: str, *questions: str, language: Language = Language.PL) -> Article:
    return Article(f"{language}/{name}", language, title, body, questions=questions)


POTTERY = (
    article(
        "zwroty",
        "Ile dni jest na zwrot?",
        "Na zwrot ceramiki jest 14 dni od odebrania paczki.\n\n## Jak odesłać\n\n"
        "- Zapakuj kubki w dwa kartony.\n- Dołącz formularz zwrotu.",
        "do kiedy mogę oddać kubek",
    ),
    article(
        "dostawa",
        "Koszt i czas dostawy",
        "Przesyłka kurierem kosztuje 19 zł.\n\n## Paczkomaty\n\nPaczka czeka w paczkomacie 48 godzin.",
        "ile idzie paczka",
    ),
    article(
        "pielegnacja",
        "Mycie i pielęgnacja naczyń",
        "Kubki i talerze można myć w zmywarce do 60 stopni. Złoconych filiżanek nie wolno tam wkładać.",
    ),
    article("faktura", "Faktura VAT", "Fakturę wystawiamy po podaniu numeru NIP w koszyku."),
    article(
        "zwroty",
        "How many days do I have to return an item?",
        "Pottery can be returned within 14 days of receiving the parcel.",
        "until when can I send a mug back",
        language=Language.EN,
    ),
    article(
        "dostawa",
        "Delivery cost and time",
        "Courier delivery costs 19 zł.\n\n## Parcel lockers\n\nA parcel waits in the locker for 48 hours.",
        language=Language.EN,
    ),
    article(
        "pielegnacja",
        "Washing and care",
        "Mugs and plates are dishwasher safe up to 60 degrees.",
        language=Language.EN,
    ),
)
