"""What was received, and of which order a deadline is, in words. Polish and English. Pure.

Computed facts: each text is evidence of its own, and is said word for word.
"""

from __future__ import annotations

from customer.day_words import written_day
from customer.deadline_words import told
from customer.model import Order
from customer.request import CustomerRequest
from customer.returns import Withdrawal
from foundation.clock import SHOP_ZONE
from foundation.language import Language

PL, EN = Language.PL, Language.EN

_OF_ORDER = {PL: "Zamówienie {number}:", EN: "Order {number}:"}
_RECEIVED = {
    PL: "Oświadczenie o odstąpieniu od umowy dotarło do sklepu {day} o {time}; numer zgłoszenia to {number}.",
    EN: "Your statement of withdrawal reached the shop on {day} at {time}; its reference is {number}.",
}


def deadline_lines(order: Order, met: Withdrawal, language: Language) -> list[str]:
    """Return which order is meant and until when its contract may be withdrawn from, and why."""
    lines = told(met, language)
    return (
        [f"{_OF_ORDER[language].format(number=order.number)} {_lower(lines[0])}", *lines[1:]] if lines else []
    )


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:] if not sentence.startswith("I ") else sentence


def received_line(request: CustomerRequest, language: Language) -> str:
    """Return that a withdrawal was received, when, and its number."""
    at = request.received_at.astimezone(SHOP_ZONE)
    time = f"{at.hour}:{at.minute:02d}"
    return _RECEIVED[language].format(day=written_day(at.date(), language), time=time, number=request.number)
