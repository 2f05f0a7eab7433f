"""How well subjects are told: accuracy and who is taken for whom, on labelled customer messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.brief import Brief, Subject
from assistant.subjects import subject_of
from assistant.understanding import understand
from evals.dataset import rows, text_of
from foundation.errors import InvalidInput
from foundation.language import Language
from knowledge.analysis.language import detect_language, third_language

MAPPING = Path(__file__).parent / "cases" / "bitext_intents.tsv"
"""Which of our subjects is right for each intent of the bitext set."""


@dataclass(frozen=True, slots=True)
class IntentReport:
    """What an evaluation of subjects found.

    Attributes:
        pairs: (their intent, right subject, told subject) of each message, in the order of the file.
    """

    pairs: tuple[tuple[str, Subject, Subject], ...]

    @property
    def accuracy(self) -> float:
        """Share of messages whose subject is right, 0 to 1; each message counts the same."""
        return sum(right is told for _, right, told in self.pairs) / max(1, len(self.pairs))

    @property
    def balanced(self) -> float:
        """Mean over their intents of the share that is right, 0 to 1; each intent counts the same."""
        shares = [right / max(1, total) for _, _, total, right, _ in self.table()]
        return sum(shares) / max(1, len(shares))

    def table(self) -> list[tuple[str, Subject, int, int, list[tuple[Subject, int]]]]:
        """Return for each of their intents: our subject, messages, right ones, what the rest was told as."""
        told: dict[tuple[str, Subject], Counter[Subject]] = {}
        for intent, right, said in self.pairs:
            told.setdefault((intent, right), Counter())[said] += 1
        return [
            (
                intent,
                right,
                counts.total(),
                counts[right],
                [(said, n) for said, n in counts.most_common() if said is not right],
            )
            for (intent, right), counts in sorted(told.items())
        ]

    def confusion(self) -> Mapping[Subject, Counter[Subject]]:
        """Return how often each right subject was told as which."""
        found: dict[Subject, Counter[Subject]] = {}
        for _, right, said in self.pairs:
            found.setdefault(right, Counter())[said] += 1
        return found

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON-serialisable data."""
        return {
            "messages": len(self.pairs),
            "accuracy": round(self.accuracy, 4),
            "balanced_accuracy": round(self.balanced, 4),
            "confusion": {
                right.value: {said.value: n for said, n in counts.most_common()}
                for right, counts in sorted(self.confusion().items())
            },
        }

    def as_table(self) -> str:
        """Return a line for each of their intents, then the accuracy."""
        lines = [f"{'their intent':<26}{'our subject':<15}{'right':>9}   taken for"]
        for intent, subject, total, right, others in self.table():
            taken = ", ".join(f"{said.value} {n}" for said, n in others)
            lines.append(f"{intent:<26}{subject.value:<15}{f'{right}/{total}':>9}   {taken}".rstrip())
        lines.append("")
        lines.append(f"accuracy {self.accuracy:.4f} over {len(self.pairs)} messages; ")
        lines[-1] += f"{self.balanced:.4f} if each of their intents counts the same"
        return "\n".join(lines)


def run_intents(messages: Path, mapping: Path = MAPPING) -> IntentReport:
    """Tell the subject of every message and compare.

    Args:
        messages: JSONL rows ``{"text": …, "intent": …}``.
        mapping: Lines ``their intent <tab> our subject <tab> why``; ``#`` opens a comment.

    Raises:
        InvalidInput: A file cannot be used, or an intent has no line in the mapping; names it and the line.
    """
    ours = read_mapping(mapping)
    pairs = []
    for where, row in rows(messages):
        intent, text = text_of(row, "intent", where), text_of(row, "text", where)
        if intent not in ours:
            raise InvalidInput(f"{where}: the intent {intent!r} is not in {mapping}: add a line for it.")
        pairs.append((intent, ours[intent], tell(text)))
    return IntentReport(tuple(pairs))


def tell(text: str) -> Subject:
    """Return the subject of one message, as a turn of the assistant tells it."""
    brief = Brief(messages=(text,), language=Language.EN, now=datetime.now(UTC))
    heard = understand(brief, detect_language, third_language)
    return subject_of(text, heard.intent, about_refund=heard.about_refund)


def read_mapping(path: Path) -> dict[str, Subject]:
    """Read which subject is right for which intent. Raises InvalidInput, naming the line."""
    try:
        lines: Sequence[str] = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path}: the mapping cannot be read.") from error
    return dict(_mapped(path, lines))


def _mapped(path: Path, lines: Sequence[str]) -> Iterable[tuple[str, Subject]]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        intent, _, rest = line.partition("\t")
        name = rest.split("\t")[0].strip()
        if name not in set(Subject):
            allowed = ", ".join(Subject)
            raise InvalidInput(f"{path}:{number}: {name!r} is not one of {allowed}.")
        yield intent.strip(), Subject(name)
