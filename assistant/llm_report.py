"""What is told of a call to a model to whoever watches: counters and a span, never what was said."""

from __future__ import annotations

import time
from collections.abc import Iterable
from decimal import Decimal

from foundation.measures import OTHER, Counter, Histogram
from foundation.tracing import begin

_models: set[str] = {OTHER}
_CALLS = Counter(
    "llm_calls",
    "Calls to language models, by what came of them.",
    model=_models,
    result=(
        *("answered", "declined", "cut_short", "busy", "server_error", "no_connection"),
        *("timeout", "refused", "not_understood", "too_much"),
    ),
)
_TOKENS = Counter("llm_tokens", "Tokens that models used.", model=_models, kind=("prompt", "completion"))
_COST = Counter("llm_cost", "What models cost, in the currency of the prices that are set.", model=_models)
_FIRST = Histogram("llm_first_token_seconds", "Time to a model's first words.", model=_models)
_CAPS = Counter(
    "llm_caps",
    "Times that a cap kept a model from being asked.",
    cap=("cap_day_tokens", "cap_day_money", "cap_conversation_tokens", "cap_conversation_money"),
)


def known_models(names: Iterable[str]) -> None:
    """Let these names, which come from the settings, be labels; any other counts as ``other``."""
    _models.update(names)


def cap_kept_away(code: str) -> None:
    """Count that a cap kept a model from being asked; the code is `CapReached.code`."""
    _CAPS.add(cap=code)


class CallReport:
    """Tells of one call.

    Attributes:
        result: What came of it: ``answered``, ``declined``, a `ModelTrouble.code`; ``cut_short`` while
            nothing has, so also for a call whose turn ended before it.
    """

    def __init__(self, model: str) -> None:
        self.result = "cut_short"
        self._model = model
        self._span = begin("llm", model=model)
        self._started = time.perf_counter()
        self._spoke = False

    def first_words(self) -> None:
        """Note that words have come; only the first time counts."""
        if not self._spoke:
            _FIRST.observe(time.perf_counter() - self._started, model=self._model)
        self._spoke = True

    def end(self, prompt_tokens: int, completion_tokens: int, cost: Decimal) -> None:
        """Tell, with what the call used."""
        _CALLS.add(model=self._model, result=self.result)
        _TOKENS.add(prompt_tokens, model=self._model, kind="prompt")
        _TOKENS.add(completion_tokens, model=self._model, kind="completion")
        _COST.add(float(cost), model=self._model)
        self._span.note(result=self.result, prompt_tokens=prompt_tokens, completion_tokens=completion_tokens)
        if self.result not in ("answered", "declined"):
            self._span.fail(self.result)
        self._span.end()
