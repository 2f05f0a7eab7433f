"""Answers on giving things back: a statement that was received, and until when one may be sent.

The days are computed from the customer's own order (`customer.returns`), never by a model. Nothing here
refuses: what speaks against a withdrawal, a person looks at.
"""

from __future__ import annotations

import re
from typing import Protocol

from assistant import said, suggestions
from assistant.brief import Intent, Suggestion
from assistant.ending import Ending
from assistant.evidence import from_fact
from assistant.order_choice import Found, choose
from assistant.phrases import Phrase
from assistant.plain import simplify
from assistant.return_words import deadline_lines, received_line
from assistant.scene import Scene
from customer.contract import facts_of
from customer.model import Order, OrderSource
from customer.request import CustomerRequest, RequestKind
from customer.returns import Standing, Withdrawal, withdraw
from customer.withdrawal_signs import Sign, sign_of_withdrawal
from foundation.errors import OkienkoError
from foundation.letter import ADDRESS_IN_TEXT

ORDERS = 2
"""So many orders' last days are told in one answer."""

_BACK = (
    r"(?:zwr[oa]\w+|zwroc\w*|odda\w*|odesl\w+|odsyl\w+|odstap\w+|odstep\w+|return\w*|withdraw\w*|"
    r"send (?:it|them|this) back|give back)"
)
_UNTIL = re.compile(
    r"\b(?:do kiedy|ile (?:\w+ ){0,2}(?:czasu|dni)|ile mam|jak dlugo|termin\w*|zdaze|"
    r"kiedy (?:\w+ ){0,2}(?:mija|minie|konczy|uplywa)|czy (?:\w+ ){0,2}(?:moge|mozna|jeszcze)|"
    r"until when|how long|how many days|when does|deadline|can i still|still)\b"
)
_GIVES_BACK = re.compile(rf"\b{_BACK}\b")
_OF_MINE = re.compile(
    r"\b(?:moj\w*|moi\w*|mam|moge|zdaze|kupil\w*|zamowil\w*|dostal\w*|odebral\w*|my|i|ive)\b"
)


def _asks_last_day(text: str) -> bool:
    """Return whether somebody asks until when something of theirs may be given back."""
    plain = simplify(text)
    return bool(_UNTIL.search(plain) and _GIVES_BACK.search(plain) and _OF_MINE.search(plain))


class RequestBook(Protocol):
    """The requests that shoppers have sent; `customer.request_desk.RequestDesk` is one."""

    async def of_conversation(self, conversation_id: str) -> list[CustomerRequest]:
        """Return the requests of one conversation."""
        ...

    async def of_customer(self, customer_id: str) -> list[CustomerRequest]:
        """Return the requests of the customer whom the session proved."""
        ...


class Returns:
    """What a shopper hears of giving things back, in one turn.

    Args:
        scene: The turn.
        book: What was received.
        orders: The customer's orders.
        shop_days: The shop's own window, if it is longer than the law's.
        can_send: Whether receipts can be mailed at all.
    """

    def __init__(
        self, scene: Scene, book: RequestBook, orders: OrderSource, *, shop_days: int | None, can_send: bool
    ) -> None:
        self._scene, self._book, self._orders = scene, book, orders
        self._shop_days, self._can_send = shop_days, can_send
        self._sign = sign_of_withdrawal(scene.heard.text, scene.language)

    async def received(self) -> Ending | None:
        """Confirm a withdrawal that these messages state, or a receipt that they gave an address for."""
        scene = self._scene
        if scene.brief.guest is None:
            return None
        asked_where = said.asked_for(scene.brief.history, Phrase.RECEIPT_WHERE)
        if self._sign is not Sign.STATEMENT and not (
            asked_where and ADDRESS_IN_TEXT.search(scene.heard.text)
        ):
            return None
        found = await self._newest(scene.brief.guest.conversation_id)
        if found is None:
            return None
        if self._sign is not Sign.STATEMENT:
            if found.receipt_id is None:
                return None
            await scene.say(Phrase.RECEIPT_MAILED)
            return Ending(suggestions=self._how_to_send())
        line = received_line(found, scene.language)
        await scene.tell([line], from_fact(f"request:{found.number}", line, scene.language))
        if found.doubts:
            await scene.say(Phrase.WITHDRAWAL_LOOKED_AT)
        if found.receipt_id is not None:
            await scene.say(Phrase.RECEIPT_MAILED)
        elif self._can_send:
            await scene.say(Phrase.RECEIPT_WHERE)
        return Ending(suggestions=self._how_to_send())

    async def add_last_day(self, customer_id: str | None, ending: Ending | None) -> Ending | None:
        """Say after an answer until when the customer's own order may be given back, if that is asked.

        Returns:
            How the turn ends now: as before, or answered where there was no answer.
        """
        scene = self._scene
        wishes = scene.heard.intent is Intent.RETURN or self._sign is Sign.WISH
        button = (suggestions.withdraw(scene.language),) if wishes and scene.brief.guest is not None else ()
        tells = customer_id and (wishes or _asks_last_day(scene.heard.text))
        told = await self._tell_last_days(customer_id) if customer_id and tells else False
        if ending is None:
            return Ending(suggestions=(*button, *scene.person())) if told else None
        if button:
            ending.suggestions = (*button, *ending.suggestions)
        return ending

    async def _tell_last_days(self, customer_id: str) -> bool:
        scene = self._scene
        told = False
        for order in await self._concerned(customer_id):
            met = self._met(order)
            lines = deadline_lines(order, met, scene.language)
            if not lines:
                continue
            fact = from_fact(f"deadline:{order.number}", "\n".join(lines), scene.language)
            # A paragraph of its own: what stands before it is of all orders.
            opened = [f"\n{lines[0]}", *lines[1:]] if scene.voice.sentences else lines
            told = await scene.tell(opened, fact) or told
        return told

    async def _concerned(self, customer_id: str) -> tuple[Order, ...]:
        """Return the orders that are meant: named ones, else those that can still be given back."""
        scene = self._scene
        try:
            choice = await choose(scene.heard, customer_id, self._orders)
            if choice.found is not Found.ORDERS:
                return ()
            if scene.heard.order_numbers or choice.by_item:
                return choice.orders[:ORDERS]
            every = await self._orders.orders_of(customer_id)
        except OkienkoError:
            return ()
        open_ = [order for order in every if self._met(order).standing is Standing.RUNNING]
        return tuple(open_[:ORDERS])

    def _met(self, order: Order) -> Withdrawal:
        return withdraw(facts_of(order, shop_days=self._shop_days), at=self._scene.brief.now)

    async def _newest(self, conversation_id: str) -> CustomerRequest | None:
        found = await self._book.of_conversation(conversation_id)
        withdrawals = [request for request in found if request.kind is RequestKind.WITHDRAWAL]
        return max(withdrawals, key=lambda request: request.received_at, default=None)

    def _how_to_send(self) -> tuple[Suggestion, ...]:
        return (suggestions.how_to_send_back(self._scene.language), *self._scene.person())
