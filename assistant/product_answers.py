"""Suggests products to those who ask: what goes with a purchase, or two or three questions to what is sought.

Nothing is volunteered, at most three products are named, and each sentence is a fixed text or a fact out of
the catalogue and the counted orders.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import phrases, said
from assistant.brief import Intent, Outcome, Suggestion, Utterance
from assistant.ending import Ending
from assistant.evidence import from_fact
from assistant.phrases import Phrase
from assistant.product_words import (
    Asking,
    any_will_do,
    asking_of,
    asks_price,
    at_most,
    best_first,
    leaves_it_open,
    named,
    names_goods,
    of_whom,
    price_steps,
    priced,
    spread,
    step_label,
    told,
    why_fitting,
    why_together,
)
from assistant.scene import Scene
from customer.model import OrderSource
from customer.product import Product, ProductSource
from foundation.errors import OkienkoError

MOST = 3
"""So many products are named in one answer."""

MOST_PRICES = 5
"""So many prices are."""

CATEGORIES = 6
"""So many categories are offered as buttons."""

ASKED = (Phrase.PRODUCT_KIND, Phrase.PRODUCT_GOES_WITH_WHAT, Phrase.PRODUCT_PRICE, Phrase.PRODUCT_WHOM)
_ANSWER_WORDS = 8
"""A longer message is no answer to one of these questions, unless it asks for products itself."""


class Advice:
    """What a shopper hears of products, in one turn.

    Args:
        scene: The turn.
        products: The shop's catalogue.
        orders: The customer's orders.
    """

    def __init__(self, scene: Scene, products: ProductSource | None, orders: OrderSource) -> None:
        self._scene, self._source, self._orders = scene, products, orders
        self._wished, self._questions = _so_far(scene.brief.history)

    async def advise(self) -> Ending | None:
        """Suggest products, or ask what is sought; None when no recommendation is asked for."""
        heard = self._scene.heard
        asking = asking_of(heard.text)
        if self._source is None or heard.order_numbers or heard.complaint or heard.unusual:
            return None
        if heard.intent is not Intent.QUESTION and not (
            heard.intent is Intent.ORDER_STATUS and asking is Asking.GOES_WITH
        ):
            return None
        if asking is None and asks_price(heard.question):
            prices = await self._prices(heard.question)
            if prices is not None:
                return prices
        if asking is None and not self._questions:
            return None
        try:
            catalogue = await self._source.all()
            sold = [product for product in catalogue if product.available]
            if not sold or (asking is None and not self._answers(heard.text, sold)):
                return None
            if asking is not None:
                self._wished, self._questions = (), frozenset()
            first = asking or asking_of(self._wished[0]) or Asking.LOOKING
            if first is Asking.GOES_WITH:
                return await self._goes_with(catalogue, sold)
            return await self._find(sold)
        except OkienkoError:
            await self._scene.say(Phrase.ORDERS_UNAVAILABLE)
            return Ending(Outcome.ABSTAINED, confidence=0.0, suggestions=self._scene.person())

    def _answers(self, text: str, sold: Sequence[Product]) -> bool:
        if len(text.split()) > _ANSWER_WORDS or "?" in text:
            return False
        priced = at_most(text, asked=Phrase.PRODUCT_PRICE in self._questions) is not None
        whom = any(of_whom(text, product) for product in sold)
        return priced or whom or any_will_do(text) or bool(named(text, sold))

    @property
    def _text(self) -> str:
        """All that was said of what is sought."""
        return "\n".join((*self._wished, self._scene.heard.text))

    async def _find(self, sold: Sequence[Product]) -> Ending | None:
        text, language = self._text, self._scene.language
        fitting = named(text, sold)
        if not fitting:
            if names_goods(text):
                return await self._nothing(Phrase.PRODUCT_NONE)
            if not self._questions and not leaves_it_open(text):
                return None
            categories = list(dict.fromkeys(product.category for product in sold if product.category))
            if len(categories) > 1 and Phrase.PRODUCT_KIND not in self._questions:
                labels = [*categories[:CATEGORIES], phrases.ANY_KIND_LABEL[language]]
                return await self._ask(Phrase.PRODUCT_KIND, labels)
            fitting = list(sold)
        price = self._price()
        if price is not None:
            fitting = [product for product in fitting if product.price <= price]
            if not fitting:
                return await self._nothing(Phrase.PRODUCT_NONE_AT_PRICE)
        fitting = self._for_whom(fitting)
        fitting = best_first(text, fitting)
        if len(fitting) > MOST:
            steps, currencies = price_steps(fitting), {product.currency for product in fitting}
            if (
                price is None
                and steps
                and len(currencies) == 1
                and Phrase.PRODUCT_PRICE not in self._questions
            ):
                labels = [step_label(step, fitting[0].currency, language) for step in steps]
                return await self._ask(Phrase.PRODUCT_PRICE, [*labels, phrases.ANY_PRICE_LABEL[language]])
            people = dict.fromkeys(
                who for product in fitting for who in product.attributes.get("for_whom", ())
            )
            if (
                len(people) > 1
                and Phrase.PRODUCT_WHOM not in self._questions
                and not self._named_whom(fitting)
            ):
                return await self._ask(Phrase.PRODUCT_WHOM, list(people)[:CATEGORIES])
        await self._scene.say(Phrase.PRODUCTS_FOUND)
        return await self._tell([(product, "") for product in fitting[:MOST]])

    async def _goes_with(self, catalogue: Sequence[Product], sold: Sequence[Product]) -> Ending | None:
        bought = await self._bought(catalogue)
        meant = named(self._text, bought) or named(self._text, catalogue)
        if not meant and names_goods(self._text):
            return await self._nothing(Phrase.PRODUCT_NONE)
        meant = meant or bought
        if not meant:
            categories = list(dict.fromkeys(product.category for product in sold if product.category))
            if Phrase.PRODUCT_GOES_WITH_WHAT in self._questions or not categories:
                return await self._nothing(Phrase.PRODUCT_NO_PAIRS)
            return await self._ask(Phrase.PRODUCT_GOES_WITH_WHAT, categories[:CATEGORIES])
        left_out = {product.sku for product in (*meant, *bought)}
        by_sku = {product.sku: product for product in meant}
        wanted = {product.sku: product for product in sold if product.sku not in left_out}
        language = self._scene.language
        found: dict[str, str] = {}
        assert self._source is not None
        for pair in await self._source.bought_with(by_sku.keys()):
            if pair.other in wanted:
                found.setdefault(pair.other, why_together(pair, by_sku[pair.sku], language))
        for product in wanted.values():
            fits = next((sku for sku in product.goes_with if sku in by_sku), None)
            if fits is not None:
                found.setdefault(product.sku, why_fitting(by_sku[fits], language))
        if not found:
            return await self._nothing(Phrase.PRODUCT_NO_PAIRS)
        await self._scene.say(Phrase.PRODUCTS_FOUND)
        return await self._tell([(wanted[sku], why) for sku, why in list(found.items())[:MOST]])

    async def _prices(self, question: str) -> Ending | None:
        """Tell what the goods cost that a question names; None if it names none, or nobody can tell."""
        assert self._source is not None
        try:
            found = priced(question, [product for product in await self._source.all() if product.available])
        except OkienkoError:
            return None
        if not found:
            return None
        chosen = spread(found, MOST_PRICES)
        whole = len(chosen) == len(found)
        await self._scene.say(Phrase.PRODUCT_PRICES if whole else Phrase.PRODUCT_SOME_PRICES)
        return await self._tell([(product, "") for product in chosen])

    async def _bought(self, catalogue: Sequence[Product]) -> list[Product]:
        customer_id = self._scene.brief.customer_id
        if customer_id is None:
            return []
        items = [item for order in await self._orders.orders_of(customer_id) for item in order.items]
        skus, names = {item.sku for item in items}, {item.name.casefold() for item in items}
        return [p for p in catalogue if p.sku in skus or p.name.casefold() in names]

    def _price(self) -> int | None:
        """Return the highest price that was named last; None where none was, or any will do."""
        asked = Phrase.PRODUCT_PRICE in self._questions
        now = at_most(self._scene.heard.text, asked=asked)
        told_before = [at_most(text) for text in self._wished]
        prices = [price for price in (*told_before, now) if price is not None]
        return int(prices[-1]) if prices else None

    def _for_whom(self, fitting: list[Product]) -> list[Product]:
        return self._named_whom(fitting) or fitting

    def _named_whom(self, fitting: Sequence[Product]) -> list[Product]:
        return [product for product in fitting if of_whom(self._text, product)]

    async def _ask(self, question: Phrase, labels: Sequence[str]) -> Ending:
        await self._scene.say(question)
        return Ending(suggestions=tuple(Suggestion(label=label, send=label) for label in labels))

    async def _nothing(self, words: Phrase) -> Ending:
        await self._scene.say(words)
        await self._scene.say(Phrase.OFFER_PERSON)
        return Ending(Outcome.ANSWERED, suggestions=self._scene.person())

    async def _tell(self, chosen: Sequence[tuple[Product, str]]) -> Ending:
        language = self._scene.language
        for product, why in chosen:
            line = told(product, language, why)
            await self._scene.tell([f"\n{line}"], from_fact(f"product:{product.sku}", line, language))
        return Ending(suggestions=self._scene.person())


def _so_far(history: Sequence[Utterance]) -> tuple[tuple[str, ...], frozenset[Phrase]]:
    """Return what the shopper has said since asking for products, and what was asked back meanwhile.

    Both are empty unless the assistant's last reply is one of these questions.
    """
    wished: list[str] = []
    questions: set[Phrase] = set()
    if not said.asked_for(history, *ASKED):
        return (), frozenset()
    for utterance in reversed(history):
        if utterance.by == "shopper":
            wished.append(utterance.body)
        elif utterance.by == "assistant":
            asked = {phrase for phrase in ASKED if phrases.contains(utterance.body, phrase)}
            if not asked:
                break
            questions |= asked
        elif utterance.by == "agent":
            break
    # What was said before the request for products belongs to something else.
    first = next((n for n, text in enumerate(wished) if asking_of(text) is not None), len(wished) - 1)
    return tuple(reversed(wished[: first + 1])), frozenset(questions)
