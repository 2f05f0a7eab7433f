"""What the steps of one turn share: what was asked, what was found, and the one way to say something."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Protocol

from assistant import grounding, lexicon, phrases, suggestions
from assistant.brief import Brief, Checked, CitedQuote, Suggestion
from assistant.citing import merge
from assistant.evidence import Evidence, by_id, from_passages
from assistant.follow_up import in_context
from assistant.phrases import Phrase
from assistant.plain import simplify
from assistant.sentences import bare
from assistant.stopwatch import Stopwatch
from assistant.understanding import Understanding
from assistant.voice import Voice
from assistant.writer import DraftSentence, Writer, WritingBrief, WritingRecord
from customer.model import Customer
from foundation.language import Language
from foundation.style import Style
from knowledge.passage import Retrieval

PASSAGES = 20
"""So many passages are read for an answer: enough for the neighbours of the best ones in their articles."""


FindCustomer = Callable[[str], Awaitable[Customer | None]]
"""Returns the record of the customer that the session proved."""


class PassageFinder(Protocol):
    """What finds passages; `knowledge.retrieval.retriever.Retriever` does."""

    async def retrieve(self, question: str, *, language: Language, limit: int = 6) -> Retrieval:
        """Return the passages nearest to a question, best first."""
        ...


class Scene:
    """One turn in the making. Nothing is said but by `say` and `write`.

    Attributes:
        question: What was asked, with what it leans on of the conversation.
        voice: What was said so far.
        checked: Every sentence that was to be said, what it rests on, and why it was refused if it was.
        record: How the answer was written.
    """

    def __init__(
        self,
        brief: Brief,
        heard: Understanding,
        finder: PassageFinder,
        writer: Writer,
        voice: Voice,
        watch: Stopwatch,
        customer: FindCustomer | None = None,
    ) -> None:
        self.brief, self.heard = brief, heard
        self.voice, self.watch = voice, watch
        self.question = in_context(heard.question, brief.history)
        self.checked: list[Checked] = []
        self.record = WritingRecord()
        self._find_customer = customer
        self._finder, self._writer = finder, writer
        self._retrieved: dict[str, Retrieval] = {}
        self._citations: list[tuple[Evidence, str]] = []

    @property
    def language(self) -> Language:
        """The language of the answer."""
        return self.heard.language

    async def retrieve(self, question: str) -> Retrieval:
        """Return what the articles have for a question; asked once a turn."""
        if question not in self._retrieved:
            with self.watch.stage("retrieve"):
                self._retrieved[question] = await self._finder.retrieve(
                    question, language=self.language, limit=PASSAGES
                )
        return self._retrieved[question]

    async def say(self, phrase: Phrase, *, start: int = 0) -> None:
        """Say a fixed text, from its sentence `start` on."""
        for sentence in phrases.say(phrase, self.language, self._style_of(phrase))[start:]:
            with self.watch.stage("show"):
                await self.voice.say(sentence)

    def greeting(self) -> tuple[str, ...]:
        """Return how a greeting is answered: a formal one formally, whatever the shop's style."""
        return phrases.say(Phrase.GREETING, self.language, self._style_of(Phrase.GREETING))

    def _style_of(self, phrase: Phrase) -> Style:
        formal = phrase is Phrase.GREETING and lexicon.FORMAL_GREETING.search(simplify(self.heard.text))
        return Style.FORMAL if formal else self.brief.style

    async def write(
        self,
        question: str,
        evidence: tuple[Evidence, ...],
        *,
        sure: float | None = None,
        tentative: bool = False,
    ) -> bool:
        """Write, verify and show; return whether anything was said (see `WritingBrief`)."""
        guest, customer_id = self.brief.guest, self.brief.customer_id
        find = self._find_customer if customer_id is not None else None
        draft = WritingBrief(
            question=question,
            language=self.language,
            intent=self.heard.intent,
            evidence=evidence,
            now=self.brief.now,
            history=self.brief.history,
            conversation_id=guest.conversation_id if guest else "",
            customer=await find(customer_id) if find and customer_id else None,
            record=self.record,
            style=self.brief.style,
            short=self.brief.short_answers,
            messages=self.brief.messages,
            sure=sure,
            tentative=tentative,
        )
        known = by_id(evidence)
        waiting: list[DraftSentence] = []
        told = cut = False
        of_articles = any(source.passage is not None for source in evidence)
        with self.watch.stage("write"):
            async for sentence in self._writer.write(draft):
                # Short: the first sentence, and the whole of a list that it leads to.
                cut = cut or (told and of_articles and not sentence.text.startswith("\n- "))
                if cut and self.brief.short_answers:
                    continue
                if not self._holds(sentence, known, question):
                    continue
                waiting.append(sentence)
                if sentence.text.endswith(":"):
                    continue  # a lead-in alone says nothing: it waits for what it leads to
                for ready in waiting:
                    await self._show(ready, known)
                waiting, told = [], True
        if told:
            self.record.writer = self.record.writer or "extractive"
        return told

    async def tell(self, lines: Sequence[str], fact: Evidence) -> bool:
        """Say what was computed, verified like everything else; return whether anything was said."""
        known, told = by_id((fact,)), False
        for line in lines:
            sentence = DraftSentence(line, (fact.id,))
            if self._holds(sentence, known, ""):
                await self._show(sentence, known)
                told = True
        return told

    def _holds(self, sentence: DraftSentence, known: Mapping[str, Evidence], question: str) -> bool:
        with self.watch.stage("verify"):
            verdict = grounding.check(sentence, known, question)
        self.checked.append(Checked(sentence.text, sentence.evidence, verdict.reason))
        return verdict.supported

    async def _show(self, sentence: DraftSentence, known: Mapping[str, Evidence]) -> None:
        with self.watch.stage("show"):
            shown = await self.voice.say(sentence.text)
        if shown:
            self._citations += [(known[i], quote) for i, quote in sentence.quotes if quote]

    def person(self) -> tuple[Suggestion, ...]:
        """Return the button that calls a person."""
        return (suggestions.talk_to_person(self.language),)

    @property
    def used_articles(self) -> set[str]:
        """Ids of the articles that what was said rests on."""
        return {source.passage.article_id for source, _ in self._citations if source.passage is not None}

    @property
    def library_state(self) -> int:
        """Number of the articles' published state that was searched; 0 if none was."""
        return max((found.state for found in self._retrieved.values()), default=0)

    def citations(self) -> tuple[CitedQuote, ...]:
        """Return what was said, word for word, and where it stands."""
        if self.voice.parted:
            return merge([found for s in self.voice.sentences for found in self._quoted(s)])
        return merge(self._citations)

    def _quoted(self, sentence: str) -> Iterator[tuple[Evidence, str]]:
        """Yield where a sentence of an earlier try stands word for word."""
        words = bare(sentence)
        for retrieval in self._retrieved.values():
            for source in from_passages(retrieval.passages):
                if words and words in source.text:
                    yield source, words
                    return
