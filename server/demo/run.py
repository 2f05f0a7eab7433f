"""The demo shop, from an empty folder to a page in the browser: load, ask three questions, serve."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from customer.orders import SqlOrders
from customer.products import SqlProducts
from foundation.clock import SHOP_ZONE
from foundation.errors import Conflict
from foundation.language import Language
from knowledge.reading.readers import read
from server.asking import ask_house
from server.demo.goods import demo_products
from server.demo.shop import demo_batch
from server.house import DEMO_KEY, House, holds_demo, open_house
from server.secrets import kept_secret
from server.serving import listening_socket, serve_house
from server.settings import Settings
from server.shelving import publish_with_bar

ARTICLES = Path(__file__).parent / "articles"

QUESTIONS: tuple[tuple[str, Language], ...] = (
    ("Ile mam dni na zwrot butów?", Language.PL),
    ("jak dlugo paczka czeka w paczkomacei", Language.PL),
    ("How much is delivery and when is it free?", Language.EN),
)
"""Polish; Polish without diacritics and with a typo; English."""


async def load_demo(settings: Settings) -> None:
    """Load the demo shop into the data folder and say what is there.

    Raises:
        Conflict: The folder holds a shop of its own.
    """
    async with open_house(await _claimed(settings)) as house:
        await _load(house)


async def run_demo(settings: Settings) -> None:
    """Load the demo shop, ask it three questions, and serve it until Ctrl-C. Raises as `load_demo`."""
    with listening_socket(settings) as listener:
        async with open_house(await _claimed(settings)) as house:
            await _load(house)
            await _ask(house)
            await serve_house(house, listener)


async def _claimed(settings: Settings) -> Settings:
    """Mark the folder as the demo's, unless it is somebody's shop."""
    if not holds_demo(settings.data_dir):
        async with open_house(settings) as house:
            if await house.library.articles() or await house.orders.count():
                raise Conflict(
                    f"The folder {settings.data_dir} holds a shop already; the demo would mix with it. "
                    "Choose another one: OKIENKO_DATA_DIR=demo-data okienko demo"
                )
        kept_secret(settings.data_dir, DEMO_KEY)
    return settings


async def _load(house: House) -> None:
    found = read([ARTICLES])
    assert not found.problems, found.problems
    known = {row.article.id for row in await house.library.articles()}
    gone = known - {article.id for article in found.articles}
    if gone:
        await house.library.remove(gone)
    published = await publish_with_bar(house.library, found)
    today = house.clock.now().astimezone(SHOP_ZONE).date()
    await SqlOrders(house.database).save(demo_batch(today), complete=True)
    products = SqlProducts(house.database)
    await products.save(demo_products(), complete=True)
    await products.count_together()
    console = Console(highlight=False, soft_wrap=True)
    console.print(
        f"The demo shop is loaded into {house.settings.data_dir}: {len(found.articles)} articles "
        f"({published.added} new, {published.changed} changed), {await house.orders.count()} orders.\n"
    )


async def _ask(house: House) -> None:
    await house.warm_up()
    for question, language in QUESTIONS:
        (await ask_house(house, question, language=language)).print()
