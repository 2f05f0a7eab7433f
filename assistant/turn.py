"""One turn of the assistant: understand → gather evidence → write → verify each sentence → reply or hand off.

Nothing reaches the shopper that verification has not passed; a turn that is tried again goes on where the
first try stopped and never says something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant import grounding, phrases, said, suggestions
from assistant.brief import Brief, CitedQuote, Intent, Outcome, Suggestion, TurnResult
from assistant.citing import merge
from assistant.evidence import Evidence, by_id, from_orders, from_passages
from assistant.follow_up import in_context
from assistant.order_choice import Choice, Found, choose
from assistant.phrases import Phrase
from assistant.sentences import bare
from assistant.stopwatch import Stopwatch
from assistant.subjects import subject_of
from assistant.understanding import Understanding, understand
from assistant.voice import Show, Voice
from assistant.writer import DraftSentence, Writer, WritingBrief
from customer.model import OrderSource
from foundation.errors import OkienkoError
from foundation.language import Language
from handoff.policy import HandoffDecision, HandoffReason, Signals, decide
from knowledge.analysis.language import detect_language, third_language
from knowledge.passage import Retrieval, Zone

PASSAGES = 20
"""So many passages are read for an answer: enough for the neighbours of the best ones in their articles."""

OFF_TOPIC = 0.2
"""Below this, nothing in the shop's articles has to do with the question."""

_FIXED = {
    Intent.EMPTY: Phrase.EMPTY,
    Intent.GREETING: Phrase.GREETING,
    Intent.THANKS: Phrase.THANKS,
    Intent.ABOUT_ASSISTANT: Phrase.ABOUT_ASSISTANT,
}
_NOT_FOUND = {
    Found.NO_ORDERS: Phrase.NO_ORDERS,
    Found.NO_SUCH_NUMBER: Phrase.NO_SUCH_ORDER,
    Found.NO_SUCH_ITEM: Phrase.NO_SUCH_ITEM,
}


_HANDOFF_WORDS = {
    HandoffReason.ASKED_FOR_PERSON: Phrase.HANDOFF_ASKED,
    HandoffReason.UNSURE_TWICE: Phrase.HANDOFF_UNSURE,
}


class PassageFinder(Protocol):
    """What finds passages; `knowledge.retrieval.retriever.Retriever` does."""

    async def retrieve(self, question: str, *, language: Language, limit: int = 6) -> Retrieval:
        """Return the passages nearest to a question, best first."""
        ...


async def take_turn(
    brief: Brief,
    *,
    finder: PassageFinder,
    orders: OrderSource,
    writer: Writer,
    policy: Callable[[Signals], HandoffDecision] = decide,
    show: Show | None = None,
    already_shown: tuple[str, ...] = (),
    starters: Sequence[Suggestion] = (),
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

    Returns:
        The turn's result. Its sentences are never empty.
    """
    watch = Stopwatch()
    with watch.stage("understand"):
        heard = understand(brief, detect_language, third_language)
    turn = _Turn(brief, heard, finder, orders, writer, policy, Voice(show, already_shown), watch)
    return await turn.run(starters)


@dataclass(slots=True)
class _Ending:
    """How the turn ends, but for what was said."""

    outcome: Outcome = Outcome.ANSWERED
    intent: Intent | None = None
    reason: HandoffReason | None = None
    confidence: float = 1.0
    suggestions: tuple[Suggestion, ...] = ()


class _Turn:
    """The steps of one turn."""

    def __init__(
        self,
        brief: Brief,
        heard: Understanding,
        finder: PassageFinder,
        orders: OrderSource,
        writer: Writer,
        policy: Callable[[Signals], HandoffDecision],
        voice: Voice,
        watch: Stopwatch,
    ) -> None:
        self._brief, self._heard = brief, heard
        self._finder, self._orders, self._writer, self._policy = finder, orders, writer, policy
        self._voice, self._watch = voice, watch
        self._question = in_context(heard.question, brief.history)
        self._retrieved: dict[str, Retrieval] = {}
        self._citations: list[tuple[Evidence, str]] = []
        self._dropped: list[tuple[str, str]] = []

    async def run(self, starters: Sequence[Suggestion]) -> TurnResult:
        """Take the turn."""
        return self._result(await self._decide(starters))

    async def _decide(self, starters: Sequence[Suggestion]) -> _Ending:
        heard = self._heard
        decision = self._policy(Signals(asked_for_person=heard.intent is Intent.WANTS_PERSON))
        if decision.reason is not None:
            return await self._hand_off(decision.reason, confidence=1.0)
        if heard.intent in _FIXED:
            await self._say(_FIXED[heard.intent])
            return _Ending(suggestions=tuple(starters) if heard.intent is Intent.GREETING else ())
        if heard.foreign:
            await self._say(Phrase.THIRD_LANGUAGE)
            return _Ending(Outcome.ABSTAINED, confidence=0.0)
        reason = self._case()
        topic = await self._from_topic()
        if topic is not None:
            tapped = said.offered_topics(self._brief.history)
            return topic if reason is None or tapped else await self._pass_on(reason, topic)
        if heard.intent is Intent.ORDER_STATUS:
            # A customer's record answers; a guest's grievance would otherwise end at "sign in".
            known = self._brief.customer_id is not None
            ending = await self._about_order()
            return ending if known or reason is None else await self._pass_on(reason, ending)
        answered = await self._from_articles()
        if reason is not None:
            return await self._pass_on(reason, answered)
        return answered or await self._unsure()

    def _case(self) -> HandoffReason | None:
        """Return why a person should look at what the shopper tells; None if one was called for it before."""
        history = self._brief.history
        signals = Signals(
            complaint=self._heard.complaint and not said.passed_on(history, HandoffReason.COMPLAINT),
            unusual=self._heard.unusual and not said.passed_on(history, HandoffReason.UNUSUAL_CASE),
        )
        return self._policy(signals).reason

    async def _pass_on(self, reason: HandoffReason, answered: _Ending | None) -> _Ending:
        """Hand a case to a person, after the answer if there was one."""
        after, alone = said.CASE_WORDS[reason]
        await self._say(alone if answered is None else after)
        return _Ending(Outcome.HANDOFF, reason=reason, confidence=answered.confidence if answered else 1.0)

    async def _about_order(self) -> _Ending:
        """Tell of the customer's own orders; a question that may be general, by an article too."""
        ending = await self._from_record()
        if self._heard.also_asks and ending.outcome is Outcome.ANSWERED:
            await self._from_articles(self._heard.also_asks)
        return ending

    async def _from_record(self) -> _Ending:
        customer_id = self._brief.customer_id
        if customer_id is None:
            general = None if self._heard.own_order else await self._from_articles()
            return general or await self._ask_to_sign_in()
        try:
            with self._watch.stage("orders"):
                choice = await choose(self._heard, customer_id, self._orders)
        except OkienkoError:
            await self._say(Phrase.ORDERS_UNAVAILABLE)
            return _Ending(Outcome.ABSTAINED, confidence=0.0, suggestions=self._person())
        if not self._heard.own_order and not self._speaks_to(choice):
            general = await self._from_articles()
            if general is not None:
                return general
        if choice.found is not Found.ORDERS:
            await self._say(_NOT_FOUND[choice.found])
            return _Ending(suggestions=self._person())
        if not await self._write(self._question, from_orders(choice.orders)):
            return await self._unsure()
        late = any(phrases.kind_of(s) is Phrase.LATE_PARCEL for s in self._voice.sentences)
        return _Ending(suggestions=self._person() if late else ())

    def _speaks_to(self, choice: Choice) -> bool:
        return choice.any_given_back if self._heard.about_refund else choice.any_open

    async def _ask_to_sign_in(self) -> _Ending:
        await self._say(Phrase.GUEST_ORDER)
        await self._say(Phrase.GUEST_ORDER_HOW)
        return _Ending(suggestions=self._person())

    async def _from_articles(self, question: str = "") -> _Ending | None:
        """Answer from the shop's articles (`question` instead of the whole); None when they do not answer."""
        question = question or self._question
        retrieval = await self._retrieve(question)
        if not retrieval.answerable:
            return None
        evidence = from_passages(retrieval.passages)
        if not await self._write(question, evidence):
            return None
        used = {source.passage.article_id for source, _ in self._citations if source.passage is not None}
        return _Ending(
            confidence=retrieval.confidence, suggestions=suggestions.related(retrieval, used) if used else ()
        )

    async def _retrieve(self, question: str) -> Retrieval:
        if question not in self._retrieved:
            with self._watch.stage("retrieve"):
                self._retrieved[question] = await self._finder.retrieve(
                    question, language=self._heard.language, limit=PASSAGES
                )
        return self._retrieved[question]

    async def _from_topic(self) -> _Ending | None:
        """Answer from the article whose title was tapped or typed; None if the message is none."""
        if len(self._heard.text) > suggestions.TITLE_CHARS:
            return None
        retrieval = await self._retrieve(self._question)
        titled = suggestions.titled(retrieval, self._heard.text)
        if not titled or not await self._write(self._heard.text, from_passages(titled)):
            return None
        used = {ranked.passage.article_id for ranked in titled}
        return _Ending(suggestions=suggestions.related(retrieval, used))

    async def _unsure(self) -> _Ending:
        """Ask back where the articles may answer, else say that they do not; hand over at the second time."""
        retrieval = await self._retrieve(self._question)
        far = retrieval.about < OFF_TOPIC and self._heard.intent is Intent.QUESTION
        ending = _Ending(
            Outcome.ABSTAINED, Intent.OFF_TOPIC if far else None, confidence=retrieval.confidence
        )
        history, near = self._brief.history, suggestions.near_topics(retrieval)
        asks = bool(near) and retrieval.zone is Zone.ASK_BACK
        decision = self._policy(Signals(unsure_now=True, unsure_before=said.unsure_before(history)))
        if decision.reason is not None:
            # "I don't have that either" is said only after we said that we do not have something.
            guesses = decision.reason is HandoffReason.UNSURE_TWICE and (asks or said.asked_back(history))
            words = Phrase.HANDOFF_NO_GUESS if guesses else None
            return await self._hand_off(decision.reason, retrieval.confidence, words)
        await self._say(Phrase.ASK_BACK if asks else Phrase.ABSTAIN)
        await self._say(Phrase.WHICH_TOPIC if asks else Phrase.NEAR_TOPICS if near else Phrase.OFFER_PERSON)
        ending.suggestions = near + self._person()
        return ending

    async def _hand_off(
        self, reason: HandoffReason, confidence: float, words: Phrase | None = None
    ) -> _Ending:
        await self._say(words or _HANDOFF_WORDS.get(reason, Phrase.HANDOFF_ASKED))
        return _Ending(Outcome.HANDOFF, reason=reason, confidence=confidence)

    async def _write(self, question: str, evidence: tuple[Evidence, ...]) -> bool:
        """Write, verify and show; return whether anything was said."""
        draft = WritingBrief(
            question=question,
            language=self._heard.language,
            intent=self._heard.intent,
            evidence=evidence,
            now=self._brief.now,
            history=self._brief.history,
        )
        known = by_id(evidence)
        waiting: list[DraftSentence] = []
        told = False
        with self._watch.stage("write"):
            async for sentence in self._writer.write(draft):
                with self._watch.stage("verify"):
                    verdict = grounding.check(sentence, known)
                if not verdict.supported:
                    self._dropped.append((sentence.text, verdict.reason))
                    continue
                waiting.append(sentence)
                if sentence.text.endswith(":"):
                    continue  # a lead-in alone says nothing: it waits for what it leads to
                for ready in waiting:
                    await self._show(ready, known)
                waiting, told = [], True
        return told

    async def _show(self, sentence: DraftSentence, known: Mapping[str, Evidence]) -> None:
        with self._watch.stage("show"):
            shown = await self._voice.say(sentence.text)
        if shown:
            self._citations += [(known[i], quote) for i, quote in sentence.quotes if quote]

    async def _say(self, phrase: Phrase) -> None:
        for sentence in phrases.say(phrase, self._heard.language):
            with self._watch.stage("show"):
                await self._voice.say(sentence)

    def _person(self) -> tuple[Suggestion, ...]:
        return (suggestions.talk_to_person(self._heard.language),)

    def _result(self, ending: _Ending) -> TurnResult:
        sentences = self._voice.sentences
        if self._voice.parted:
            ending = _of_shown(sentences, ending)
        return TurnResult(
            outcome=ending.outcome,
            language=self._heard.language,
            intent=ending.intent or self._heard.intent,
            sentences=sentences,
            citations=self._cited(),
            suggestions=ending.suggestions,
            handoff_reason=ending.reason.value if ending.reason else None,
            confidence=ending.confidence,
            stage_ms=self._watch.milliseconds,
            dropped=tuple(self._dropped),
            library_state=max((found.state for found in self._retrieved.values()), default=0),
            subject=subject_of(self._heard.text, self._heard.intent, about_refund=self._heard.about_refund),
        )

    def _cited(self) -> tuple[CitedQuote, ...]:
        if self._voice.parted:
            return merge([found for s in self._voice.sentences for found in self._quoted(s)])
        return merge(self._citations)

    def _quoted(self, sentence: str) -> Iterator[tuple[Evidence, str]]:
        """Yield where a sentence of an earlier try stands word for word."""
        words = bare(sentence)
        for retrieval in self._retrieved.values():
            for source in from_passages(retrieval.passages):
                if words and words in source.text:
                    yield source, words
                    return


def _of_shown(shown: tuple[str, ...], ending: _Ending) -> _Ending:
    """Return the ending that fits what an earlier try has shown: a promise of a person is kept."""
    kinds = {phrases.kind_of(sentence) for sentence in shown}
    for case, words in said.CASE_WORDS.items():
        # What the shopper told calls a person, however far the telling of it came.
        if kinds & set(words) or ending.reason is case:
            return _Ending(Outcome.HANDOFF, reason=case, confidence=ending.confidence)
    if kinds & {Phrase.HANDOFF_ASKED, *said.UNSURE_AGAIN}:
        asked = Phrase.HANDOFF_ASKED in kinds
        reason = HandoffReason.ASKED_FOR_PERSON if asked else HandoffReason.UNSURE_TWICE
        return _Ending(Outcome.HANDOFF, reason=reason, confidence=ending.confidence)
    outcome = Outcome.ABSTAINED if kinds & set(said.UNSURE) else Outcome.ANSWERED
    return _Ending(outcome, confidence=ending.confidence, suggestions=ending.suggestions)
