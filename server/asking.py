"""One question on the command line: the same turn as in a chat, without a chat."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from assistant.brief import Brief, Outcome, TurnResult
from foundation.errors import InvalidInput, NotFound
from foundation.language import Language
from server.house import House, open_house
from server.settings import Settings

MAX_QUESTION_CHARS = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, how it was answered, and in how many milliseconds."""

    question: str
    result: TurnResult
    ms: float

    def as_json(self) -> dict[str, Any]:
        """Return what `okienko ask --json` prints; the keys are a promise (README.md)."""
        return {
            "answer": self.result.answer,
            "language": self.result.language.value,
            "citations": [
                {
                    "passage_id": citation.passage_id,
                    "article_id": citation.article_id,
                    "title": citation.title,
                    "quote": citation.quote,
                }
                for citation in self.result.citations
            ],
            "outcome": self.result.outcome.value,
            "handoff_reason": self.result.handoff_reason,
            "confidence": round(self.result.confidence, 4),
            "ms": round(self.ms, 1),
        }

    def print(self) -> None:
        """Print it for a person to read."""
        console = Console(highlight=False, soft_wrap=True)
        console.print(Text(f"? {self.question}", style="bold"))
        console.print(Text(self.result.answer))
        for citation in self.result.citations:
            console.print(Text(f"  ↳ {citation.title}  [{citation.passage_id}]", style="dim"))
            console.print(Text(f"    „{_one_line(citation.quote)}”", style="dim italic"))
        how = {
            Outcome.ANSWERED: "answered",
            Outcome.ABSTAINED: "not in the articles",
            Outcome.HANDOFF: f"goes to a person: {self.result.handoff_reason}",
        }[self.result.outcome]
        console.print(
            f"  [dim]{escape(how)} · confidence {self.result.confidence:.2f} · {self.ms:.0f} ms[/dim]\n"
        )


def _one_line(quote: str) -> str:
    return " ".join(quote.split())


async def ask_house(
    house: House, question: str, *, language: Language | None = None, customer_id: str | None = None
) -> Asked:
    """Ask an open house one question.

    Raises:
        NotFound: There is no such customer.
        InvalidInput: The question is longer than a chat message may be.
    """
    if len(question) > MAX_QUESTION_CHARS:
        raise InvalidInput(f"A question may have {MAX_QUESTION_CHARS} characters, as in the chat.")
    if customer_id is not None and await house.orders.customer(customer_id) is None:
        raise NotFound(
            f"There is no customer {customer_id!r}. Import orders first: okienko orders import FILE."
        )
    started = time.perf_counter()
    result = await house.take_turn(
        Brief(
            messages=(question,),
            language=language or house.settings.default_language,
            forced_language=language,
            languages=house.settings.languages,
            now=house.clock.now(),
            customer_id=customer_id,
        )
    )
    return Asked(question, result, (time.perf_counter() - started) * 1000)


async def ask_once(
    settings: Settings, question: str, *, language: Language | None = None, customer_id: str | None = None
) -> Asked:
    """Open the house, ask, close it. Raises as `ask_house`."""
    async with open_house(settings) as house:
        if not await house.library.articles():
            raise NotFound(
                "There are no articles yet. Add the shop's with: okienko knowledge add PATH, "
                "or try the demo shop: okienko demo load"
            )
        await house.warm_up()
        return await ask_house(house, question, language=language, customer_id=customer_id)
