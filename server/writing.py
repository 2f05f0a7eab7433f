"""Which writer answers: the one that quotes articles, or one with a language model if one is set."""

from __future__ import annotations

import time
from contextlib import aclosing
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant import grounding
from assistant.llm import Models, Server
from assistant.llm_caps import Caps, Price, Purse
from assistant.llm_retries import ModelTrouble
from assistant.llm_writer import LlmWriter, PricedModel
from assistant.redaction import Known, Redactor
from assistant.writer import Writer, WritingBrief
from foundation.clock import Clock
from foundation.database import Database
from foundation.letter import Sender
from foundation.spending import Spending
from server.settings import Settings

FIRST_WORDS_SHARE = 0.5
"""Of the time for an answer, so much may pass before a model's first words; the next one has the rest."""


def llm_writer(settings: Settings, database: Database, clock: Clock, *, instead: Writer) -> LlmWriter | None:
    """Return the writer with a model, None if no model is set. Whoever asked for it closes it."""
    if not settings.llm_model:
        return None
    known = Known(shop=_public(settings))
    return LlmWriter(
        Models(_server(settings)),
        _choice(settings),
        instead=instead,
        purse=Purse(Spending(database, clock), _caps(settings), clock),
        redaction=lambda draft: _redactor(draft, known),
        passes=lambda sentence, evidence, question: grounding.check(sentence, evidence, question).supported,
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """How one model did when it was asked for a word.

    Attributes:
        problem: Why it did not answer; empty if it did.
        ms: To its first words.
    """

    model: str
    ms: float = 0.0
    problem: str = ""


async def try_models(settings: Settings) -> list[Tried]:
    """Ask every model that is set for one word."""
    models, tried = Models(_server(settings)), []
    try:
        for model in _choice(settings):
            await models.warm_up(model.name)
            tried.append(await _try(models, model.name))
    finally:
        await models.close()
    return tried


def shows_key(settings: Settings) -> bool:
    """Return whether the key travels unencrypted."""
    return _server(settings).shows_key


async def _try(models: Models, name: str) -> Tried:
    started = time.perf_counter()
    try:
        async with aclosing(models.stream(name, "Reply with the word OK.", "Are you there?")) as pieces:
            async for piece in pieces:
                if piece.text.strip():
                    return Tried(name, ms=(time.perf_counter() - started) * 1000)
    except ModelTrouble as trouble:
        return Tried(name, problem=trouble.says)
    return Tried(name, problem="it answered without a word")


def _server(settings: Settings) -> Server:
    key = settings.llm_api_key
    return Server(
        settings.llm_base_url,
        key.get_secret_value() if key else "",
        settings.llm_timeout_seconds,
        settings.llm_timeout_seconds * FIRST_WORDS_SHARE,
        settings.llm_max_tokens,
    )


def _choice(settings: Settings) -> tuple[PricedModel, ...]:
    price = _price(settings.llm_price_read, settings.llm_price_written)
    first = PricedModel(settings.llm_model, price)
    if not settings.llm_fallback_model:
        return (first,)
    other = _price(settings.llm_fallback_price_read, settings.llm_fallback_price_written)
    return first, PricedModel(settings.llm_fallback_model, other or price)


def _price(read: Decimal | None, written: Decimal | None) -> Price | None:
    return None if read is None or written is None else Price(read, written)


def _caps(settings: Settings) -> Caps:
    return Caps(
        conversation_tokens=settings.llm_conversation_tokens or None,
        day_tokens=settings.llm_day_tokens or None,
        conversation_money=settings.llm_conversation_money,
        day_money=settings.llm_day_money,
    )


def _public(settings: Settings) -> tuple[str, ...]:
    """Return what of the shop anybody may read."""
    sender = Sender.parse(settings.mail_from).address if settings.mail_from else ""
    said = (settings.shop_name, sender, settings.contact_email, settings.contact_phone)
    return tuple(text for text in said if text)


def _redactor(draft: WritingBrief, known: Known) -> Redactor:
    """Return what takes personal data out: the customer's record, and whatever looks like it."""
    orders = [source.order for source in draft.evidence if source.order is not None]
    numbers = [n for o in orders for n in (o.number, o.parcel_number, o.invoice_number) if n]
    articles = [source.text for source in draft.evidence if source.passage is not None]
    customer = draft.customer
    return Redactor(
        replace(
            known,
            names=(customer.name,) if customer and customer.name else (),
            emails=(customer.email,) if customer and customer.email else (),
            numbers=tuple(numbers),
            public=tuple(articles),
        )
    )
