"""Answers from the customer's own orders. Whose they are, the session says, never a text."""

from __future__ import annotations

from assistant import phrases
from assistant.article_answers import from_articles
from assistant.brief import Outcome
from assistant.ending import Ending
from assistant.evidence import from_orders
from assistant.order_choice import Choice, Found, choose
from assistant.phrases import Phrase
from assistant.scene import Scene
from assistant.understanding import Understanding
from customer.model import OrderSource
from foundation.errors import OkienkoError

_NOT_FOUND = {
    Found.NO_ORDERS: Phrase.NO_ORDERS,
    Found.NO_SUCH_NUMBER: Phrase.NO_SUCH_ORDER,
    Found.NO_SUCH_ITEM: Phrase.NO_SUCH_ITEM,
}


async def tell_record(
    scene: Scene, orders: OrderSource, customer_id: str, heard: Understanding
) -> Ending | None:
    """Tell of a customer's own orders, or, where the question may be general, by an article.

    Args:
        scene: The turn.
        orders: Asked for this customer only.
        customer_id: Whom the session, or a code, has proved the shopper to be.
        heard: Which orders are asked about.

    Returns:
        How the turn ends; None when nothing could be said.
    """
    try:
        with scene.watch.stage("orders"):
            choice = await choose(heard, customer_id, orders)
    except OkienkoError:
        await scene.say(Phrase.ORDERS_UNAVAILABLE)
        return Ending(Outcome.ABSTAINED, confidence=0.0, suggestions=scene.person())
    if not heard.own_order and not heard.order_numbers and not _speaks_to(choice, heard.about_refund):
        general = await from_articles(scene)
        if general is not None:
            return general
    if choice.found is not Found.ORDERS:
        await scene.say(_NOT_FOUND[choice.found])
        return Ending(suggestions=scene.person())
    if not await scene.write(scene.question, from_orders(choice.orders)):
        return None
    late = any(phrases.kind_of(s) is Phrase.LATE_PARCEL for s in scene.voice.sentences)
    return Ending(suggestions=scene.person() if late else ())


def _speaks_to(choice: Choice, about_refund: bool) -> bool:
    return choice.any_given_back if about_refund else choice.any_open
