"""Answers on what was before: earlier conversations of the customer, and how their requests stand.

Whose they are, the session says. Conversations are looked at with the customer's consent only; requests are
records of the shop, as orders are. Guests hear nothing of either.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from assistant import phrases, said
from assistant.brief import Brief, Intent, Outcome, Suggestion
from assistant.earlier_words import conversation_lines, request_lines, wishes_line
from assistant.ending import Ending
from assistant.evidence import from_fact
from assistant.looking_back import (
    asks_of_earlier,
    asks_of_oneself,
    asks_of_request,
    day_named,
    refers_back,
    request_numbers,
)
from assistant.memory import Memory
from assistant.phrases import Phrase
from assistant.remembering import consents
from assistant.return_answers import RequestBook
from assistant.scene import Scene
from assistant.subjects import subject_of
from assistant.understanding import Understanding
from customer.model import OrderSource
from customer.request import CustomerRequest
from customer.terms import day_of
from feedback.earlier import EarlierBook, EarlierConversation
from foundation.errors import OkienkoError

MOST_TOLD = 3
"""So many conversations, and so many requests, are told of in one answer."""

LOW_SCORE = 2
RATED_WITHIN = timedelta(days=180)
"""An older rating says nothing of how patient somebody is today."""

_GOES_ON = frozenset({Intent.ORDER_STATUS, Intent.RETURN, Intent.WANTS_PERSON})


class LookingBack:
    """What a customer hears of what was before, in one turn.

    Args:
        scene: The turn.
        memory: Knows whether the customer agreed.
        book: Their earlier conversations; None: nothing is known of them.
        requests: Their withdrawals and complaints.
        orders: Tells whether an order is their own.
    """

    def __init__(
        self,
        scene: Scene,
        memory: Memory,
        book: EarlierBook | None,
        requests: RequestBook,
        orders: OrderSource,
    ) -> None:
        self._scene, self._memory, self._book = scene, memory, book
        self._requests, self._orders = requests, orders
        self._brief: Brief = scene.brief
        self._heard: Understanding = scene.heard
        self._read: Sequence[EarlierConversation] | None = None
        self._asks_consent = False

    async def answer(self) -> Ending | None:
        """Answer what is about earlier conversations or own requests; None where the turn goes on.

        What an earlier conversation was about may have been said by then, before the answer proper.
        """
        if self._brief.customer_id is None:
            return await self._guest()
        agreed = await self._agreed()
        if agreed is not None:
            return agreed
        told = await self._own_requests(self._brief.customer_id)
        if told is not None:
            return None if self._heard.complaint or self._heard.unusual else told
        if self._book is None or self._heard.complaint or self._heard.unusual:
            return None
        return await self._earlier(self._heard.text)

    async def ask_consent(self, ending: Ending) -> bool:
        """After an answer to who referred to an earlier conversation: ask once whether it may be looked at.

        Returns:
            Whether it was asked.
        """
        if not self._asks_consent or ending.outcome is not Outcome.ANSWERED:
            return False
        if any(one.action for one in ending.suggestions):
            return False  # one question at a time: "yes" must not mean two things
        await self._ask(ending)
        return True

    async def rated_low(self) -> bool:
        """Return whether the last conversation that this customer rated was rated 1 or 2 not long ago."""
        if self._memory.earlier_allowed is not True:
            return False
        rated = next((one for one in await self._conversations() if one.score is not None), None)
        if rated is None or rated.score is None:
            return False
        return rated.score <= LOW_SCORE and rated.began_at > self._brief.now - RATED_WITHIN

    async def _guest(self) -> Ending | None:
        text = self._heard.text
        if self._book is None or not asks_of_earlier(text, begun=self._begun) or asks_of_oneself(text):
            return None  # what a shop knows of somebody, an article tells
        await self._scene.say(Phrase.EARLIER_SIGN_IN)
        return Ending(suggestions=self._scene.person())

    @property
    def _begun(self) -> bool:
        return any(utterance.by == "shopper" for utterance in self._brief.history)

    async def _agreed(self) -> Ending | None:
        """Take the answer to "shall I use your earlier chats?"; then tell of what was asked before it."""
        if self._book is None or not said.asked_for(self._brief.history, Phrase.EARLIER_ASK):
            return None
        agreed = consents(self._heard.text)
        if agreed is None:
            return None
        await self._memory.allow_earlier(agreed)
        await self._scene.say(Phrase.EARLIER_ON if agreed else Phrase.EARLIER_OFF)
        if not agreed:
            return Ending()
        before = next((u.body for u in reversed(self._brief.history) if u.by == "shopper"), "")
        return await self._tell(before, fully=asks_of_earlier(before, begun=False))

    async def _own_requests(self, customer_id: str) -> Ending | None:
        numbers, kinds = request_numbers(self._heard.text), asks_of_request(self._heard.text)
        if not numbers and not kinds:
            return None
        try:
            every = await self._requests.of_customer(customer_id)
        except OkienkoError:
            return None
        newest = sorted(every, key=lambda one: one.received_at, reverse=True)
        found = [one for one in newest if one.number in numbers]
        if not numbers:
            found = [one for one in newest if one.kind in kinds]
        if not found and numbers and not [one for one in numbers if await self._is_own(one)]:
            # The same words whether there is none or it is somebody else's.
            await self._scene.say(Phrase.NO_SUCH_REQUEST)
            return Ending(suggestions=self._scene.person())
        if not found:
            return None
        for request in found[:MOST_TOLD]:
            await self._tell_request(request)
        return Ending(suggestions=self._scene.person())

    async def _earlier(self, text: str) -> Ending | None:
        asks = asks_of_earlier(text, begun=self._begun)
        if not asks and not refers_back(text, begun=self._begun):
            return None
        goes_on = not asks and ("?" in text or self._heard.intent in _GOES_ON)
        allowed = self._memory.earlier_allowed
        if asks:
            await self._tell_wishes()
        if allowed is not True:
            if self._brief.guest is None or (not asks and (allowed is False or self._asked_before())):
                return None
            self._asks_consent = goes_on
            return None if goes_on else await self._ask(Ending())
        if not goes_on:
            return await self._tell(text, fully=asks)
        found = await self._meant(text)
        if found is not None:
            await self._tell_conversation(found, fully=False)
        return None

    async def _tell_wishes(self) -> None:
        """Tell who asks what is remembered also which wishes are kept."""
        since, language = self._memory.kept_since, self._scene.language
        line = wishes_line(self._memory.kept_wishes, language)
        if since is not None and asks_of_oneself(self._heard.text):
            await self._scene.tell(
                [line], from_fact(f"said:wishes:{day_of(since).isoformat()}", line, language)
            )

    async def _ask(self, ending: Ending) -> Ending:
        await self._scene.say(Phrase.EARLIER_ASK)
        labels = phrases.EARLIER_LABELS[self._scene.language]
        buttons = tuple(Suggestion(label=label, send=label) for label in labels)
        ending.suggestions = (*buttons, *ending.suggestions)
        return ending

    def _asked_before(self) -> bool:
        history = self._brief.history
        return any(u.by == "assistant" and phrases.contains(u.body, Phrase.EARLIER_ASK) for u in history)

    async def _tell(self, text: str, *, fully: bool) -> Ending:
        """Tell of the conversation that is meant, and ask what is wanted now."""
        found = await self._meant(text)
        if found is None:
            await self._scene.say(Phrase.EARLIER_NONE)
        else:
            await self._tell_conversation(found, fully=fully)
        await self._scene.say(Phrase.EARLIER_WHAT_NOW)
        topics = () if found is None else found.articles[:MOST_TOLD]
        buttons = tuple(Suggestion(label=title, send=title) for title in topics)
        return Ending(suggestions=(*buttons, *self._scene.person()))

    async def _meant(self, text: str) -> EarlierConversation | None:
        """Return the conversation of the day that is named, else of the subject, else the last one."""
        found = list(await self._conversations())
        day = day_named(text, day_of(self._brief.now))
        of_day = [one for one in found if day_of(one.began_at) == day]
        subject = subject_of(text, self._heard.intent, about_refund=self._heard.about_refund).value
        of_subject = [one for one in of_day or found if subject in one.subjects]
        return next(iter(of_subject or of_day or found), None)

    async def _tell_conversation(self, told: EarlierConversation, *, fully: bool) -> None:
        language = self._scene.language
        newest = (await self._conversations())[0].id == told.id
        own = [number for number in told.orders if await self._is_own(number)]
        lines = conversation_lines(told, language, newest=newest, orders=own[:MOST_TOLD], fully=fully)
        fact = from_fact(f"earlier:{day_of(told.began_at).isoformat()}", "\n".join(lines), language)
        await self._scene.tell(lines, fact)
        try:
            requests = await self._requests.of_conversation(told.id)
        except OkienkoError:
            return
        for request in requests[:MOST_TOLD]:
            await self._tell_request(request)

    async def _tell_request(self, request: CustomerRequest) -> None:
        lines = request_lines(request, self._scene.language, self._brief.now)
        fact = from_fact(f"request:{request.number}", "\n".join(lines), self._scene.language)
        opened = [f"\n{lines[0]}", *lines[1:]] if self._scene.voice.sentences else lines
        await self._scene.tell(opened, fact)

    async def _is_own(self, number: str) -> bool:
        try:
            return await self._orders.order(self._brief.customer_id or "", number) is not None
        except OkienkoError:
            return False

    async def _conversations(self) -> Sequence[EarlierConversation]:
        """Return the customer's earlier conversations, read once a turn; none without consent."""
        customer_id, guest = self._brief.customer_id, self._brief.guest
        if self._book is None or customer_id is None or self._memory.earlier_allowed is not True:
            return ()
        if self._read is None:
            here = guest.conversation_id if guest is not None else ""
            try:
                self._read = await self._book.of(customer_id, besides=here, since=self._memory.forgotten_at)
            except OkienkoError:
                self._read = ()
        return self._read
