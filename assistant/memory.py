"""What the assistant goes by of what a shopper said before, and how it tells where it knows things from.

Wishes hold for the conversation. From one conversation to the next they are kept for a customer who has
signed in and said yes to it, with where and when each was said, and until "forget it".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from assistant import phrases, said
from assistant.article_answers import from_articles
from assistant.brief import Brief, Intent, Outcome, Suggestion
from assistant.ending import Ending
from assistant.evidence import from_fact
from assistant.phrases import Phrase
from assistant.remembering import (
    Preference,
    asks_to_forget,
    asks_whence,
    consents,
    in_effect,
    wishes_in,
    without_wishes,
)
from assistant.scene import Scene
from assistant.source_words import told_source
from customer.memory import CONSENT, EARLIER, FORGOTTEN, MemoryBook, Remembered
from customer.profile import vocative
from foundation.language import Language
from foundation.style import Style

_NOTED = {
    (Preference.LENGTH, "short"): Phrase.NOTED_SHORT,
    (Preference.LENGTH, "full"): Phrase.NOTED_FULL,
    (Preference.LANGUAGE, "pl"): Phrase.NOTED_LANGUAGE,
    (Preference.LANGUAGE, "en"): Phrase.NOTED_LANGUAGE,
    (Preference.ADDRESS, "formal"): Phrase.NOTED_ADDRESS,
    (Preference.ADDRESS, "informal"): Phrase.NOTED_INFORMAL,
}


class Memory:
    """The wishes of one turn. Made by `recall`."""

    def __init__(self, brief: Brief, book: MemoryBook | None, kept: Sequence[Remembered]) -> None:
        self._brief, self._book = brief, book
        self._kept = {one.kind: one for one in kept}
        self._text = "\n".join(brief.messages)
        self._forgets = asks_to_forget(self._text)
        self._new = wishes_in(self._text)
        self._holding = in_effect(self.kept_wishes, brief.history, brief.messages)

    @classmethod
    async def recall(cls, brief: Brief, book: MemoryBook | None) -> Memory:
        """Return what is known for a turn; of guests nothing is kept."""
        kept = await book.of(brief.customer_id) if book is not None and brief.customer_id is not None else ()
        return cls(brief, book, kept)

    @property
    def brief(self) -> Brief:
        """The brief as the wishes have it: language, length, and the messages without them."""
        brief, wanted = self._brief, self._holding.get(Preference.LANGUAGE)
        language = Language(wanted) if wanted in brief.languages else None
        messages = brief.messages
        if self._new and not self._alone:
            messages = tuple(rest for rest in map(without_wishes, messages) if rest)
        return replace(
            brief,
            messages=messages,
            forced_language=brief.forced_language or language,
            short_answers=self._holding.get(Preference.LENGTH) == "short",
            style=Style(self._holding.get(Preference.ADDRESS, brief.style)),
        )

    @property
    def _alone(self) -> bool:
        return bool(self._new) and not any(map(without_wishes, self._brief.messages))

    @property
    def earlier_allowed(self) -> bool | None:
        """Whether earlier conversations may be used; None where the customer has not said."""
        answered = self._kept.get(EARLIER)
        return None if answered is None else answered.value == "yes"

    @property
    def forgotten_at(self) -> datetime | None:
        """The moment before which everything was to be forgotten; None if nothing was."""
        kept = self._kept.get(FORGOTTEN)
        return None if kept is None else kept.said_at

    @property
    def kept_wishes(self) -> dict[Preference, str]:
        """The wishes that outlive this conversation."""
        return {kind: self._kept[kind].value for kind in Preference if kind in self._kept}

    @property
    def kept_since(self) -> datetime | None:
        """When the newest of them was said."""
        return max((self._kept[kind].said_at for kind in self.kept_wishes), default=None)

    async def allow_earlier(self, agreed: bool) -> None:
        """Keep the answer to whether earlier conversations may be used."""
        book, customer_id, guest = self._book, self._brief.customer_id, self._brief.guest
        if book is None or customer_id is None or guest is None:
            return
        answer = {EARLIER: "yes" if agreed else "no"}
        await book.keep(customer_id, answer, conversation_id=guest.conversation_id)
        self._kept = {one.kind: one for one in await book.of(customer_id)}

    async def _forget(self) -> None:
        """Delete what is kept; of conversations that were used before, keep from when on they may be."""
        book, customer_id, guest = self._book, self._brief.customer_id, self._brief.guest
        if book is None or customer_id is None:
            return
        await book.forget(customer_id)
        if guest is not None and self._kept.keys() & {EARLIER, FORGOTTEN}:
            await book.keep(customer_id, {FORGOTTEN: "yes"}, conversation_id=guest.conversation_id)

    async def answer(self, scene: Scene, starters: Sequence[Suggestion] = ()) -> Ending | None:
        """Answer what is about the conversation itself; None for everything else."""
        if self._forgets:
            await self._forget()
            await scene.say(Phrase.FORGOTTEN)
            return Ending()
        if asks_whence(self._text):
            return await self._tell_whence(scene)
        agreed = consents(self._text) if said.asked_for(self._brief.history, Phrase.CONSENT_ASK) else None
        if agreed is not None:
            await self._settle(agreed)
            await scene.say(Phrase.CONSENT_KEPT if agreed else Phrase.CONSENT_DECLINED)
            return Ending()
        if self._alone:
            return await self._note(scene)
        name = self._holding.get(Preference.NAME)
        if scene.heard.intent is Intent.GREETING and name is not None:
            hello, ask = scene.greeting()
            by_name = f"{hello.rstrip('!')}, {self._called(name, scene.language)}!"
            fact = from_fact(self._source(Preference.NAME), f"{by_name}\n{ask}", scene.language)
            await scene.tell([by_name, ask], fact)
            return Ending(suggestions=tuple(starters))
        return None

    async def ask_consent(self, scene: Scene, ending: Ending) -> Ending:
        """After a turn with a wish in it: keep it if that was agreed to, else ask once whether to."""
        book, customer_id, guest = self._book, self._brief.customer_id, self._brief.guest
        if not self._new or self._forgets or book is None or customer_id is None or guest is None:
            return ending
        answered = self._kept.get(CONSENT)
        if answered is not None and answered.value == "yes":
            new = {kind.value: value for kind, value in self._new.items()}
            await book.keep(customer_id, new, conversation_id=guest.conversation_id)
            await scene.say(Phrase.CONSENT_KEPT_TOO)
        elif answered is None and not self._asked_before():
            if ending.outcome is not Outcome.ANSWERED or any(one.action for one in ending.suggestions):
                return ending  # one question at a time: "yes" must not mean two things
            await scene.say(Phrase.CONSENT_ASK)
            labels = phrases.CONSENT_LABELS[scene.language]
            buttons = tuple(Suggestion(label=label, send=label) for label in labels)
            ending.suggestions = (*buttons, *ending.suggestions)
        return ending

    def _asked_before(self) -> bool:
        history = self._brief.history
        return any(u.by == "assistant" and phrases.contains(u.body, Phrase.CONSENT_ASK) for u in history)

    async def _settle(self, agreed: bool) -> None:
        book, customer_id, guest = self._book, self._brief.customer_id, self._brief.guest
        if book is None or customer_id is None or guest is None:
            return
        kept = {kind.value: value for kind, value in self._holding.items()} if agreed else {}
        kept[CONSENT] = "yes" if agreed else "no"
        await book.keep(customer_id, kept, conversation_id=guest.conversation_id)

    async def _note(self, scene: Scene) -> Ending:
        """Say that a wish is heard, and give the last answer again as it is wished."""
        for kind, value in self._new.items():
            if kind is Preference.NAME:
                line = phrases.NOTED_NAME[scene.language].format(name=self._called(value, scene.language))
                await scene.tell([line], from_fact(self._source(kind), line, scene.language))
            else:
                await scene.say(_NOTED[kind, value])
        if self._new.keys() & {Preference.LENGTH, Preference.LANGUAGE}:
            before = next((u.body for u in reversed(self._brief.history) if u.by == "shopper"), "")
            question = without_wishes(before)
            if question and not asks_whence(question):
                return await from_articles(scene, question) or Ending()
        return Ending()

    async def _tell_whence(self, scene: Scene) -> Ending:
        last = next((u for u in reversed(self._brief.history) if u.by == "assistant"), None)
        lines = [
            told_source(source, scene.language, scene.brief.style)
            for source in (last.sources if last else ())
        ]
        lines = list(dict.fromkeys(line for line in lines if line))
        if not lines:
            await scene.say(Phrase.NO_SOURCE)
            return Ending(suggestions=scene.person())
        await scene.tell(lines, from_fact("sources", "\n".join(lines), scene.language))
        return Ending()

    def _called(self, name: str, language: Language) -> str:
        return (vocative(name) or name) if language is Language.PL else name

    def _source(self, kind: Preference) -> str:
        kept = self._kept.get(kind.value)
        here = kind in in_effect({}, self._brief.history, self._brief.messages)
        day: datetime = self._brief.now if here or kept is None else kept.said_at
        return f"said:{kind.value}:{day.date().isoformat()}"
