"""How much personal data would leave the machine, and how much else is hidden with it, by kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from assistant.redaction import Redactor
from evals.redaction_values import Message

NAMES = frozenset({"pl_name", "en_name"})
"""Kinds that have no structure to be told by; counted apart."""
NUMBERS = frozenset({"order", "parcel"})
"""Kinds without which no question about an order can be answered."""

_PIECE = re.compile(r"[^\W_]{3,}")


@dataclass(slots=True)
class Redaction:
    """What was found, by kind: how many there were, how many of them went wrong, and a few examples."""

    personal: Counter[str] = field(default_factory=Counter)
    leaked: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    touched: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def recall(self, kinds: Iterable[str] | None = None) -> float:
        """Return the share of personal data that was replaced whole; of structured kinds unless told."""
        chosen = set(self.personal) - NAMES if kinds is None else set(kinds)
        return 1 - _share(self.leaked, self.personal, chosen)

    def touched_share(self, kinds: Iterable[str] = NUMBERS) -> float:
        """Return the share of what must stay that did not; of order and parcel numbers unless told."""
        return _share(self.touched, self.kept, set(kinds))

    def as_json(self) -> dict[str, int]:
        """Return the counts."""
        return {
            "structured": _count(self.personal, NAMES),
            "structured_leaked": _count(self.leaked, NAMES),
            "names": sum(self.personal[kind] for kind in NAMES),
            "names_leaked": sum(self.leaked[kind] for kind in NAMES),
            "numbers": sum(self.kept[kind] for kind in NUMBERS),
            "numbers_hidden": sum(self.touched[kind] for kind in NUMBERS),
        }

    def report(self) -> str:
        """Return the figures as lines."""
        structured = _count(self.personal, NAMES)
        lines = [f"structured personal data replaced: {self.recall():.2%} of {structured}"]
        lines += [
            f"  {kind}: {self.personal[kind] - self.leaked[kind]} of {self.personal[kind]}"
            for kind in sorted(self.personal)
        ]
        lines.append(f"order and parcel numbers touched: {self.touched_share():.2%}")
        lines += [f"  {kind}: {self.touched[kind]} of {self.kept[kind]}" for kind in sorted(self.kept)]
        return "\n".join(lines)


def run_redaction(messages: Iterable[Message], redact: Callable[[str], str] | None = None) -> Redaction:
    """Redact each message on its own, with nothing known beforehand, and count.

    A value counts as replaced if no piece of it of three letters or digits is left: a street without its town
    is a leak, and so is half a number.

    Args:
        messages: What to redact.
        redact: What redacts; a fresh `Redactor` for each message unless given.
    """
    result = Redaction()
    for message in messages:
        redacted = redact(message.text) if redact is not None else Redactor().redact(message.text)
        left = Counter(_PIECE.findall(re.sub(r"⟦\w+⟧", " ", redacted)))
        owed = Counter(_PIECE.findall(message.text))
        for _, value in message.personal:
            owed.subtract(_PIECE.findall(value))
        for kind, value in message.personal:
            result.personal[kind] += 1
            if value in redacted or any(left[piece] > owed[piece] for piece in _PIECE.findall(value)):
                result.leaked[kind] += 1
                result.wrong.append((kind, value, redacted))
        for kind, value in message.kept:
            result.kept[kind] += 1
            if value not in redacted:
                result.touched[kind] += 1
                result.wrong.append((kind, value, redacted))
    return result


def _share(some: Counter[str], of: Counter[str], kinds: set[str]) -> float:
    return sum(some[k] for k in kinds) / max(1, sum(of[k] for k in kinds))


def _count(of: Counter[str], without: frozenset[str]) -> int:
    return sum(n for kind, n in of.items() if kind not in without)
