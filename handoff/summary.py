"""What happened in a conversation, in a few facts, for the agent who takes it. Pure; code, no model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from conversation.events import AuthorKind, Event, Kind
from customer.number import order_key

MAX_QUESTION_CHARS = 240
_ABSTAINED = "abstained"
# What shops print on orders begins with letters or a hash; the customer's own are known by their digits too.
_NUMBER = re.compile(r"(?:#|\b[A-Za-z]{1,6}[-/]?)?\d[\d/-]{1,24}\d")
_DIVIDERS = re.compile(r"[\s–-]+")


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in short.

    Attributes:
        question: The shopper's first message, cut to `MAX_QUESTION_CHARS`; empty if there is none.
        intent: What the assistant took it for; empty where it was not asked.
        titles: Of the articles that the assistant answered from, in order, without repeats.
        answers: How often the assistant answered a message.
        unsure: How often of these it said that it does not know.
        order_numbers: What the shopper named: the customer's own orders by their full numbers, and what else
            looks like an order's number, as written.
        agents: People who took part before, in order.
        email: The address that the shopper left; empty if none.
    """

    question: str = ""
    intent: str = ""
    titles: tuple[str, ...] = ()
    answers: int = 0
    unsure: int = 0
    order_numbers: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    email: str = ""


def summarise(
    events: Sequence[Event], *, intent: str = "", own_orders: Iterable[str] = (), email: str = ""
) -> Summary:
    """Return a conversation's summary.

    Args:
        events: The whole log, in order; staff's events may be among them.
        intent: Of the first turn, where one was recorded.
        own_orders: Numbers of the known customer's orders; empty for a guest.
        email: The address that was left.
    """
    said = [event for event in events if event.kind is Kind.MESSAGE]
    asked = [_body(event) for event in said if event.author.kind is AuthorKind.SHOPPER]
    # The greeting answers nothing: it has no outcome.
    answers = [
        event for event in said if event.author.kind is AuthorKind.ASSISTANT and "outcome" in event.content
    ]
    titles = [
        str(citation.get("title", "")) for event in answers for citation in event.content.get("citations", [])
    ]
    joined = [event.author.name for event in events if event.kind is Kind.AGENT_JOINED]
    first = " ".join(asked[0].split()) if asked else ""
    return Summary(
        question=first if len(first) <= MAX_QUESTION_CHARS else first[: MAX_QUESTION_CHARS - 1] + "…",
        intent=intent,
        titles=_once(titles),
        answers=len(answers),
        unsure=sum(event.content.get("outcome") == _ABSTAINED for event in answers),
        order_numbers=_numbers(asked, own_orders),
        agents=_once(joined),
        email=email,
    )


def _numbers(texts: Iterable[str], own_orders: Iterable[str]) -> tuple[str, ...]:
    own = {key: number for number in own_orders if (key := order_key(number))}
    found: list[str] = []
    for text in texts:
        squeezed = _DIVIDERS.sub("", text.casefold())
        found += [number for key, number in own.items() if key in squeezed]
        for written in _NUMBER.findall(text):
            key = order_key(written)
            # People leave out the part that all of a shop's numbers share.
            meant = [number for full, number in own.items() if len(key) >= 4 and full.endswith(key)]
            if len(meant) == 1:
                found += meant
            elif not meant and not written[0].isdigit():
                found.append(written)
    return _once(found)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _body(event: Event) -> str:
    return str(event.content.get("body", ""))
