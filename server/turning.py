"""The turn, with everything but what was said already bound."""

from __future__ import annotations

from dataclasses import replace

from assistant.brief import Brief, Suggestion, TurnResult
from assistant.llm_writer import LlmWriter
from assistant.return_answers import RequestBook
from assistant.shop_answers import ShopFacts
from assistant.turn import take_turn
from assistant.worker import Show, TakeTurn
from assistant.writer import Writer
from customer.memory import MemoryBook
from customer.model import OrderSource
from customer.product import ProductSource
from customer.proof import GuestDoor
from feedback.earlier import EarlierBook
from foundation.style import Style
from knowledge.library import Library
from server.front import STARTERS


def turn_with(
    library: Library,
    orders: OrderSource,
    guests: GuestDoor,
    requests: RequestBook,
    writer: Writer,
    *,
    shop_days: int | None,
    can_send: bool,
    products: ProductSource | None = None,
    memories: MemoryBook | None = None,
    style: Style = Style.INFORMAL,
    earlier: EarlierBook | None = None,
    shop: ShopFacts | None = None,
) -> TakeTurn:
    """Return the turn over this shop's articles, orders and requests."""

    async def bound(
        brief: Brief, *, show: Show | None = None, already_shown: tuple[str, ...] = ()
    ) -> TurnResult:
        return await take_turn(
            replace(brief, style=style),
            finder=library.retriever,
            orders=orders,
            writer=writer,
            show=show,
            already_shown=already_shown,
            starters=[Suggestion(label=text, send=text) for text in STARTERS[brief.language]],
            guests=guests,
            requests=requests,
            shop_days=shop_days,
            can_send=can_send,
            products=products,
            memories=memories,
            earlier=earlier,
            shop=shop,
            customer=orders.customer if isinstance(writer, LlmWriter) else None,
        )

    return bound
