"""A guest's own order: number and e-mail address for its status, a code by e-mail for the rest.

What the guest typed is looked up, never believed. A number that does not exist and one that is somebody
else's get the same words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import lexicon, said, suggestions
from assistant.brief import Intent, Suggestion, Utterance
from assistant.ending import Ending
from assistant.evidence import from_standings
from assistant.order_answers import tell_record
from assistant.phrases import Phrase
from assistant.plain import simplify
from assistant.scene import Scene
from assistant.understanding import order_numbers
from customer.model import OrderSource, OrderStanding
from customer.number import order_key
from customer.proof import Guest, GuestDoor, Sending, Standing, Tried
from foundation.letter import ADDRESS_IN_TEXT

_CODE = re.compile(r"(?<![\w-])(\d{3}[ -]?\d{3})(?![\w-])")

PAIRS = 3
"""So many orders of one message are looked up."""

REMEMBERED = 12
"""So many earlier messages may hold the other half of a pair."""

_ASKED_FOR = (Phrase.GUEST_ORDER, Phrase.GUEST_NEED_EMAIL, Phrase.GUEST_NEED_NUMBER, Phrase.GUEST_NO_MATCH)


@dataclass(frozen=True, slots=True)
class _Given:
    """What the messages hold of a proof."""

    numbers: tuple[str, ...]
    email: str
    fresh: bool
    """Whether these messages brought any of it."""
    whole: bool
    """Whether they brought both halves."""
    asked_for: bool
    """Whether the assistant had asked for it."""


class GuestOrders:
    """What a guest hears of orders, in one turn."""

    def __init__(self, scene: Scene, guest: Guest, door: GuestDoor, orders: OrderSource) -> None:
        self._scene, self._guest, self._door, self._orders = scene, guest, door, orders

    async def take_proof(self) -> Ending | None:
        """Take what the messages bring to prove an order; None if they bring nothing of the kind."""
        scene = self._scene
        code = _CODE.search(scene.heard.text)
        wants_code = lexicon.WANTS_CODE.search(simplify(scene.heard.text)) is not None
        given = self._given()
        proves = given.whole or (
            given.fresh and (given.asked_for or scene.heard.intent is Intent.ORDER_STATUS)
        )
        if code is None and not wants_code and not proves:
            return None  # whatever was proved before, this has nothing to do with it
        standing = await self._door.standing(self._guest)
        if standing.code_awaited and code is not None:
            return await self._redeem(re.sub(r"\D", "", code[1]))
        if standing.orders and wants_code:
            return await self._send_code()
        if not proves:
            return None
        known = [s for s in standing.orders if _names(given.numbers, s)]
        if known:
            return await self._tell(known, standing)
        if given.numbers and given.email:
            return await self._prove(given)
        if given.numbers and (given.asked_for or scene.heard.own_order):
            return await self._ask(Phrase.GUEST_NEED_EMAIL)
        if given.email and (given.asked_for or scene.heard.intent is Intent.ORDER_STATUS):
            return await self._ask(Phrase.GUEST_NEED_NUMBER)
        return None

    async def tell_status(self) -> Ending:
        """Tell of the orders that are proved, or ask for a proof."""
        standing = await self._door.standing(self._guest)
        if standing.customer_id is not None:
            told = await tell_record(self._scene, self._orders, standing.customer_id, self._scene.heard)
            return told or await self._ask(Phrase.ORDERS_UNAVAILABLE)
        if standing.orders:
            return await self._tell(standing.orders, standing)
        await self._scene.say(Phrase.GUEST_ORDER)
        await self._scene.say(Phrase.GUEST_ORDER_HOW)
        return Ending(suggestions=self._scene.person())

    async def _prove(self, given: _Given) -> Ending:
        proved = []
        for number in given.numbers[:PAIRS]:
            tried = await self._door.prove(self._guest, number, given.email)
            if tried is Tried.LIMITED:
                return await self._ask(Phrase.GUEST_LIMITED)
            if tried is Tried.PROVED:
                proved.append(number)
        if not proved:
            return await self._ask(Phrase.GUEST_NO_MATCH)
        standing = await self._door.standing(self._guest)
        return await self._tell([s for s in standing.orders if _names(proved, s)], standing)

    async def _tell(self, orders: Sequence[OrderStanding], standing: Standing) -> Ending:
        scene = self._scene
        if standing.customer_id is not None:
            # Who typed the code hears what a signed-in customer hears.
            numbers = tuple(s.number for s in orders)
            asked = replace(scene.heard, text=" ".join(numbers), order_numbers=numbers, about_refund=False)
            told = await tell_record(scene, self._orders, standing.customer_id, asked)
            return told or await self._ask(Phrase.ORDERS_UNAVAILABLE)
        await scene.write(scene.question, from_standings(orders))
        buttons: tuple[Suggestion, ...] = scene.person()
        if self._door.can_send:
            await scene.say(Phrase.GUEST_MORE)
            buttons = (suggestions.send_code(scene.language), *buttons)
        return Ending(suggestions=buttons)

    async def _send_code(self) -> Ending:
        sent = await self._door.send_code(self._guest, self._scene.language)
        return await self._ask(
            {
                Sending.SENT: Phrase.CODE_SENT,
                Sending.LIMITED: Phrase.CODES_LIMITED,
                Sending.NO_MAIL: Phrase.CODE_NO_MAIL,
                Sending.NOTHING_PROVED: Phrase.GUEST_ORDER,
            }[sent]
        )

    async def _redeem(self, code: str) -> Ending:
        tried = await self._door.redeem(self._guest, code)
        if tried is Tried.REFUSED:
            return await self._ask(Phrase.CODE_WRONG)
        if tried is Tried.LIMITED:
            ending = await self._ask(Phrase.CODE_OVER)
            ending.suggestions = (suggestions.send_code(self._scene.language), *ending.suggestions)
            return ending
        await self._scene.say(Phrase.CODE_RIGHT)
        standing = await self._door.standing(self._guest)
        return await self._tell(standing.orders, standing)

    async def _ask(self, phrase: Phrase) -> Ending:
        await self._scene.say(phrase)
        return Ending(suggestions=self._scene.person())

    def _given(self) -> _Given:
        """Return the pair that is given here, or half here and half before."""
        text = self._scene.heard.text
        emails, numbers = _emails(text), _numbers(text)
        fresh, whole = bool(emails or numbers), bool(emails and numbers)
        if not fresh:
            return _Given((), "", fresh=False, whole=False, asked_for=False)
        history = self._scene.brief.history
        asked_for = said.asked_for(history, *_ASKED_FOR)
        if not whole:
            before = [u.body for u in _shoppers(history)]
            emails = emails or next(filter(None, map(_emails, before)), ())
            numbers = numbers or next(filter(None, map(_numbers, before)), ())
        return _Given(numbers, emails[0] if emails else "", fresh, whole, asked_for)


def _shoppers(history: Sequence[Utterance]) -> list[Utterance]:
    return [u for u in reversed(history[-REMEMBERED:]) if u.by == "shopper"]


def _emails(text: str) -> tuple[str, ...]:
    return tuple(found.rstrip(".") for found in ADDRESS_IN_TEXT.findall(text)) if "@" in text else ()


def _numbers(text: str) -> tuple[str, ...]:
    return order_numbers(ADDRESS_IN_TEXT.sub(" ", text) if "@" in text else text)


def _names(numbers: Sequence[str], standing: OrderStanding) -> bool:
    return any(order_key(number) == order_key(standing.number) for number in numbers)
