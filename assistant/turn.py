"""One turn of the assistant: understand → gather evidence → write → verify each sentence → reply or hand off.

Nothing reaches the shopper that verification has not passed; a turn that is tried again goes on where the
first try stopped and never says something else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import lexicon, said, suggestions
from assistant.article_answers import from_articles, from_offer, from_topic
from assistant.brief import Brief, Intent, Outcome, Suggestion, TurnResult
from assistant.earlier_answers import LookingBack
from assistant.ending import Ending, of_shown
from assistant.guest_answers import GuestOrders
from assistant.looking_back import without_reference
from assistant.memory import Memory
from assistant.order_answers import tell_record
from assistant.phrases import Phrase
from assistant.plain import simplify
from assistant.product_answers import Advice
from assistant.return_answers import RequestBook, Returns
from assistant.scene import FindCustomer, PassageFinder, Scene
from assistant.shop_answers import ShopAnswers, ShopFacts
from assistant.stopwatch import Stopwatch
from assistant.subjects import subject_of
from assistant.understanding import Understanding, understand
from assistant.voice import Show, Voice
from assistant.writer import Writer
from customer.memory import MemoryBook
from customer.model import OrderSource
from customer.product import ProductSource
from customer.proof import GuestDoor
from customer.request import CustomerRequest
from feedback.earlier import EarlierBook
from handoff.policy import HandoffDecision, HandoffReason, Signals, decide
from knowledge.analysis.language import detect_language, third_language
from knowledge.passage import Zone

OFF_TOPIC = 0.2
"""Below this, nothing in the shop's articles has to do with the question."""

_FIXED = {
    Intent.EMPTY: Phrase.EMPTY,
    Intent.GREETING: Phrase.GREETING,
    Intent.THANKS: Phrase.THANKS,
    Intent.ABOUT_ASSISTANT: Phrase.ABOUT_ASSISTANT,
}
_HANDOFF_WORDS = {
    HandoffReason.ASKED_FOR_PERSON: Phrase.HANDOFF_ASKED,
    HandoffReason.UNSURE_TWICE: Phrase.HANDOFF_UNSURE,
    HandoffReason.RATED_LOW_BEFORE: Phrase.HANDOFF_SOONER,
}

Policy = Callable[[Signals], HandoffDecision]


async def take_turn(
    brief: Brief,
    *,
    finder: PassageFinder,
    orders: OrderSource,
    writer: Writer,
    policy: Policy = decide,
    show: Show | None = None,
    already_shown: tuple[str, ...] = (),
    starters: Sequence[Suggestion] = (),
    guests: GuestDoor | None = None,
    requests: RequestBook | None = None,
    shop_days: int | None = None,
    can_send: bool = False,
    customer: FindCustomer | None = None,
    products: ProductSource | None = None,
    memories: MemoryBook | None = None,
    earlier: EarlierBook | None = None,
    shop: ShopFacts | None = None,
) -> TurnResult:
    """Answer a shopper's unanswered messages, or hand the conversation to a person.

    Args:
        brief: What was said, by whom, in which language; who the session has proved the customer to be.
        finder: Finds passages of the shop's articles.
        orders: The customers' orders; asked for `brief.customer_id` only.
        writer: Writes sentences from evidence.
        policy: Decides from signals whether a person takes over.
        show: Awaited with each verified sentence before the next one is written.
        already_shown: What an earlier try of this turn has shown. The result starts with it.
        starters: Topics offered with a greeting.
        guests: Lets a guest prove an order to be theirs; None: they have to sign in.
        requests: Withdrawals that were received; None where messages are not taken in.
        shop_days: The shop's own window for returns, if it is longer than the law's.
        can_send: Whether mail can leave this shop.
        customer: Finds the customer's record, for a writer that must know what to hide.
        products: What the shop sells, for those who ask for a recommendation; None: it suggests nothing.
        memories: Keeps what customers wish to have remembered; None: nothing outlives a conversation.
        earlier: The customers' earlier conversations; None: nothing is known of them.
        shop: What the settings say of the shop: the help desk's hours, its name and contact; None: nothing.

    Returns:
        The turn's result. Its sentences are never empty.
    """
    watch = Stopwatch()
    memory = await Memory.recall(brief, memories)
    brief = memory.brief
    with watch.stage("understand"):
        heard = _understood(brief)
    scene = Scene(brief, heard, finder, writer, Voice(show, already_shown), watch, customer)
    book = requests or _Nothing()
    returns = Returns(scene, book, orders, shop_days=shop_days, can_send=can_send)
    before = LookingBack(scene, memory, earlier, book, orders)
    advice, about = Advice(scene, products, orders), ShopAnswers(scene, shop or ShopFacts())
    turn = _Turn(scene, orders, policy, guests, returns, advice, memory, before, about)
    ending = await turn.run(starters)
    if not await before.ask_consent(ending):
        ending = await memory.ask_consent(scene, ending)
    return _result(scene, ending)


def _understood(brief: Brief) -> Understanding:
    """Return what is asked: without "I wrote to you yesterday", which is no part of it."""
    heard = understand(brief, detect_language, third_language)
    messages = tuple(without_reference(message) for message in brief.messages)
    if messages == brief.messages:
        return heard
    proper = understand(replace(brief, messages=messages), detect_language, third_language)
    return replace(
        proper,
        text=heard.text,
        language=heard.language,
        complaint=heard.complaint or proper.complaint,
        unusual=heard.unusual or proper.unusual,
        upset=heard.upset or proper.upset,
    )


class _Nothing:
    """No requests are taken in here."""

    async def of_conversation(self, conversation_id: str) -> list[CustomerRequest]:
        return []

    async def of_customer(self, customer_id: str) -> list[CustomerRequest]:
        return []


class _Turn:
    """Which step answers, in which order."""

    def __init__(
        self,
        scene: Scene,
        orders: OrderSource,
        policy: Policy,
        guests: GuestDoor | None,
        returns: Returns,
        advice: Advice,
        memory: Memory,
        before: LookingBack,
        shop: ShopAnswers,
    ) -> None:
        self._scene, self._heard, self._history = scene, scene.heard, scene.brief.history
        self._orders, self._policy, self._returns, self._advice = orders, policy, returns, advice
        self._memory, self._before, self._shop = memory, before, shop
        brief = scene.brief
        self._guest: GuestOrders | None = None
        if brief.customer_id is None and brief.guest is not None and guests is not None:
            self._guest = GuestOrders(scene, brief.guest, guests, orders)

    async def run(self, starters: Sequence[Suggestion]) -> Ending:
        heard = self._heard
        decision = self._policy(Signals(asked_for_person=heard.intent is Intent.WANTS_PERSON))
        if decision.reason is not None:
            return await self._hand_off(decision.reason, confidence=1.0)
        received = await self._returns.received()
        if received is not None:
            return received
        remembered = await self._memory.answer(self._scene, starters)
        if remembered is not None:
            return remembered
        looked_back = await self._before.answer()
        if looked_back is not None:
            return looked_back
        offered = await from_offer(self._scene)
        if offered is not None:
            return offered
        if heard.intent in _FIXED:
            await self._scene.say(_fixed(heard))
            return Ending(suggestions=tuple(starters) if heard.intent is Intent.GREETING else ())
        proved = None if self._guest is None else await self._guest.take_proof()
        if proved is not None:
            return proved
        advised = await self._advice.advise()
        if advised is not None:
            return advised
        if heard.foreign:
            await self._scene.say(Phrase.THIRD_LANGUAGE)
            return Ending(Outcome.ABSTAINED, confidence=0.0)
        reason = self._case()
        consoled = reason is not None and await self._console()
        topic = await from_topic(self._scene)
        if topic is not None:
            tapped = said.offered_topics(self._history)
            return topic if reason is None or tapped else await self._pass_on(reason, topic, consoled)
        hours = await self._shop.answer() if reason is None else None
        if hours is not None:
            return hours
        if heard.intent is Intent.ORDER_STATUS:
            # A customer's record answers; a guest's grievance would otherwise end at "sign in".
            known = self._scene.brief.customer_id is not None
            ending = await self._about_order() or await self._unsure()
            return ending if known or reason is None else await self._pass_on(reason, ending, consoled)
        answered = await from_articles(self._scene)
        answered = await self._returns.add_last_day(self._scene.brief.customer_id, answered)
        if reason is not None:
            return await self._pass_on(reason, answered, consoled)
        if answered is not None and await self._before.rated_low():
            answered.suggestions = (*answered.suggestions, *self._scene.person())
        reached = await self._shop.reach(answered)
        return reached or await self._shop.name() or await self._unsure()

    async def _about_order(self) -> Ending | None:
        """Tell of the shopper's own orders; a question that may be general, by an article too."""
        ending = await self._own_order()
        if self._heard.also_asks and ending is not None and ending.outcome is Outcome.ANSWERED:
            await from_articles(self._scene, self._heard.also_asks)
        return ending

    async def _own_order(self) -> Ending | None:
        scene, heard = self._scene, self._heard
        if scene.brief.customer_id is not None:
            return await tell_record(scene, self._orders, scene.brief.customer_id, heard)
        general = None if heard.own_order else await from_articles(scene)
        if general is not None:
            return general
        if self._guest is not None:
            return await self._guest.tell_status()
        await scene.say(Phrase.SIGN_IN)
        await scene.say(Phrase.SIGN_IN_HOW)
        return Ending(suggestions=scene.person())

    def _case(self) -> HandoffReason | None:
        """Return why a person should look at what the shopper tells; None if one was called for it before."""
        signals = Signals(
            complaint=self._heard.complaint and not said.passed_on(self._history, HandoffReason.COMPLAINT),
            unusual=self._heard.unusual and not said.passed_on(self._history, HandoffReason.UNUSUAL_CASE),
        )
        return self._policy(signals).reason

    async def _console(self) -> bool:
        """Say a kind word to who is upset, once a conversation; return whether it was said."""
        if not self._heard.upset or said.consoled(self._history):
            return False
        await self._scene.say(Phrase.SORRY)
        return True

    async def _pass_on(self, reason: HandoffReason, answered: Ending | None, consoled: bool) -> Ending:
        """Hand a case to a person, after the answer if there was one."""
        after, alone = said.CASE_WORDS[reason]
        # Alone it opens with a kind word of its own.
        await self._scene.say(alone if answered is None else after, start=int(consoled and answered is None))
        return Ending(Outcome.HANDOFF, reason=reason, confidence=answered.confidence if answered else 1.0)

    async def _unsure(self) -> Ending:
        """Ask back where the articles may answer, else say that they do not; hand over at the second time."""
        scene = self._scene
        retrieval = await scene.retrieve(scene.question)
        far = retrieval.about < OFF_TOPIC and self._heard.intent is Intent.QUESTION
        ending = Ending(Outcome.ABSTAINED, Intent.OFF_TOPIC if far else None, confidence=retrieval.confidence)
        near = suggestions.near_topics(retrieval)
        # Found, but no sentence of it surely answers: unless a model has read it all and says that none does.
        unpicked = not scene.checked and scene.record.writer != "llm"
        asks = bool(near) and (retrieval.zone is Zone.ASK_BACK or unpicked)
        rated_low = not asks and await self._before.rated_low()
        before = said.unsure_before(self._history)
        decision = self._policy(Signals(unsure_now=True, unsure_before=before, rated_low_before=rated_low))
        if decision.reason is not None:
            # "I don't have that either" is said only after we said that we do not have something.
            guesses = decision.reason is HandoffReason.UNSURE_TWICE and (
                asks or said.asked_back(self._history)
            )
            words = Phrase.HANDOFF_NO_GUESS if guesses else None
            return await self._hand_off(decision.reason, retrieval.confidence, words)
        await scene.say(Phrase.ASK_BACK if asks else Phrase.ABSTAIN)
        await scene.say(Phrase.WHICH_TOPIC if asks else Phrase.NEAR_TOPICS if near else Phrase.OFFER_PERSON)
        ending.suggestions = near + scene.person()
        return ending

    async def _hand_off(
        self, reason: HandoffReason, confidence: float, words: Phrase | None = None
    ) -> Ending:
        await self._scene.say(words or _HANDOFF_WORDS.get(reason, Phrase.HANDOFF_ASKED))
        return Ending(Outcome.HANDOFF, reason=reason, confidence=confidence)


def _fixed(heard: Understanding) -> Phrase:
    """Return what answers small talk."""
    agrees = heard.intent is Intent.THANKS and lexicon.AGREEING_WORDS.issuperset(simplify(heard.text).split())
    return Phrase.ALL_RIGHT if agrees else _FIXED[heard.intent]


def _result(scene: Scene, ending: Ending) -> TurnResult:
    heard, sentences = scene.heard, scene.voice.sentences
    if scene.voice.parted:
        ending = of_shown(sentences, ending)
    return TurnResult(
        outcome=ending.outcome,
        language=scene.language,
        intent=ending.intent or heard.intent,
        sentences=sentences,
        citations=scene.citations(),
        suggestions=ending.suggestions,
        handoff_reason=ending.reason.value if ending.reason else None,
        confidence=ending.confidence,
        stage_ms=scene.watch.milliseconds,
        checked=tuple(scene.checked),
        writing=scene.record.as_json(),
        library_state=scene.library_state,
        subject=subject_of(heard.text, heard.intent, about_refund=heard.about_refund),
    )
