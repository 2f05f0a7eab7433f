"""Tokens and money that models may cost: by conversation and by day, put aside before each call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from foundation.clock import SHOP_ZONE, Clock
from foundation.spending import LimitReached, Spending, Wish


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, read and written; in any currency, the same everywhere."""

    read: Decimal
    written: Decimal

    def millionths(self, prompt_tokens: int, completion_tokens: int) -> int:
        """Return what a call costs in millionths of the currency, rounded up."""
        exact = self.read * prompt_tokens + self.written * completion_tokens
        return int(exact.to_integral_value(ROUND_CEILING))


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that may be used; None: no cap."""

    conversation_tokens: int | None = None
    day_tokens: int | None = None
    conversation_money: Decimal | None = None
    day_money: Decimal | None = None


class CapReached(Exception):
    """A call does not fit under a cap any more.

    Attributes:
        code: Stable: ``cap_conversation_tokens``, ``cap_day_money``…
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PutAside:
    """What one call may use at most; `pots` holds the amounts that count for it."""

    price: Price | None
    pots: Mapping[str, int]


class Purse:
    """Puts aside the most that a call can use, and settles what it did use."""

    def __init__(self, spending: Spending, caps: Caps, clock: Clock) -> None:
        self._spending = spending
        self._caps = caps
        self._clock = clock

    async def put_aside(
        self, conversation_id: str, price: Price | None, *, prompt_tokens: int, completion_tokens: int
    ) -> PutAside:
        """Count a call before it is made.

        Raises:
            CapReached: It would pass a cap.
        """
        day = self._clock.now().astimezone(SHOP_ZONE).date().isoformat()
        tokens = prompt_tokens + completion_tokens
        money = price.millionths(prompt_tokens, completion_tokens) if price else 0
        caps = self._caps
        owners = {"day": (f"llm:day:{day}", caps.day_tokens, caps.day_money)}
        if conversation_id:
            pot = f"llm:conversation:{conversation_id}"
            owners["conversation"] = (pot, caps.conversation_tokens, caps.conversation_money)
        wishes: dict[str, Wish] = {}
        for owner, (pot, most_tokens, most_money) in owners.items():
            if most_tokens is not None:
                wishes[f"cap_{owner}_tokens"] = Wish(f"{pot}:tokens", tokens, most_tokens)
            if most_money is not None:
                limit = int(most_money * 1_000_000)
                wishes[f"cap_{owner}_money"] = Wish(f"{pot}:money", money, limit)
        try:
            await self._spending.put_aside(wishes.values())
        except LimitReached as reached:
            raise CapReached(next(c for c, wish in wishes.items() if wish.pot == reached.pot)) from reached
        return PutAside(price, {wish.pot: wish.amount for wish in wishes.values()})

    async def settle(self, aside: PutAside, *, prompt_tokens: int, completion_tokens: int) -> None:
        """Count what a call used instead of what was put aside for it."""
        money = aside.price.millionths(prompt_tokens, completion_tokens) if aside.price else 0
        used = {"tokens": prompt_tokens + completion_tokens, "money": money}
        await self._spending.correct(
            {pot: used[pot.rpartition(":")[2]] - amount for pot, amount in aside.pots.items()}
        )
