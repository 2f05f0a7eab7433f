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
from customer.model import OrderSource
from foundation.errors import OkienkoError

_NOT_FOUND = {
    Found.NO_ORDERS: Phrase.NO_ORDERS,
    Found.NO_SUCH_NUMBER: Phrase.NO_SUCH_ORDER,
    Found.NO_SUCH_ITEM: Phrase.NO_SUCH_ITEM,
}


async def about_order(scene: Scene, orders: OrderSource) -> Ending | None:
    """Tell of the customer's own orders; a question that may be general, by an article too.

    Returns:
        How the turn ends; None when nothing could be said.
    """
    ending = await _from_record(scene, orders)
    if scene.heard.also_asks and ending is not None and ending.outcome is Outcome.ANSWERED:
        await from_articles(scene, scene.heard.also_asks)
    return ending


async def _from_record(scene: Scene, orders: OrderSource) -> Ending | None:
    heard, customer_id = scene.heard, scene.brief.customer_id
    if customer_id is None:
        general = None if heard.own_order else await from_articles(scene)
        return general or await _ask_to_sign_in(scene)
    try:
        with scene.watch.stage("orders"):
            choice = await choose(heard, customer_id, orders)
    except OkienkoError:
        await scene.say(Phrase.ORDERS_UNAVAILABLE)
        return Ending(Outcome.ABSTAINED, confidence=0.0, suggestions=scene.person())
    if not heard.own_order and not _speaks_to(choice, about_refund=heard.about_refund):
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


def _speaks_to(choice: Choice, *, about_refund: bool) -> bool:
    return choice.any_given_back if about_refund else choice.any_open


async def _ask_to_sign_in(scene: Scene) -> Ending:
    await scene.say(Phrase.GUEST_ORDER)
    await scene.say(Phrase.GUEST_ORDER_HOW)
    return Ending(suggestions=scene.person())
