"""Messages to the demo shop through the whole turn: is what is said the sentence that answers?

Retrieval is right when the right passage comes first; a shopper is helped only by the right sentence of it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.brief import Outcome, TurnResult
from evals.dataset import tab_lines
from foundation.errors import InvalidInput
from foundation.language import Language

_CASES = Path(__file__).parent / "cases"
NO_ARTICLE = "-"


class Half(StrEnum):
    """Which cases: those that may be looked at, or those of which only totals may be known."""

    WORK = "work"
    HELD = "held"


class End(StrEnum):
    """How a message came out."""

    RIGHT = "right"
    """A piece of the answer was said."""
    OFFERED = "topic offered"
    """Asked back, with the right topic as a button; with any topic, where there is no answer."""
    HANDED_OVER = "handed over"
    UNKNOWN = "not known"
    """Said to be unknown, or asked back with other topics."""
    BESIDE = "beside"
    """Answered, but not what was asked."""


@dataclass(frozen=True, slots=True)
class AnswerCase:
    """One message.

    Attributes:
        message: As typed.
        articles: Names of those that answer, without the language; empty if none does.
        pieces: Literal parts of sentences of theirs; one of them must be said.
    """

    message: str
    language: Language
    articles: frozenset[str]
    pieces: tuple[str, ...]

    @property
    def half(self) -> Half:
        """The half it belongs to, for good: by its text."""
        odd = hashlib.sha256(f"answers:{self.message}".encode()).digest()[0] % 2
        return Half.HELD if odd else Half.WORK


def answer_cases(language: Language, folder: Path = _CASES) -> list[AnswerCase]:
    """Read the cases of a language: ``message<TAB>articles<TAB>pieces``; ``#`` opens a remark.

    Articles are parted by spaces, ``-`` for none; pieces by ``|``.

    Raises:
        InvalidInput: The file or a line cannot be used.
    """
    path = folder / f"answers_{language}.tsv"
    found = []
    for where, fields in tab_lines(path):
        message, names, said = [*fields, "", ""][:3]
        articles = frozenset(names.split()) - {NO_ARTICLE}
        pieces = tuple(piece.strip() for piece in said.split("|") if piece.strip())
        if not message.strip() or not names.split() or bool(articles) != bool(pieces):
            raise InvalidInput(f"{where}: write message, its articles or -, and pieces of the answer.")
        found.append(AnswerCase(message.strip(), language, articles, pieces))
    return found


@dataclass(frozen=True, slots=True)
class Came:
    """A case and what was said."""

    case: AnswerCase
    end: End
    result: TurnResult


def end_of(case: AnswerCase, result: TurnResult, titles: Mapping[str, str]) -> End:
    """Return how a message came out.

    Args:
        case: The message.
        result: Of its turn.
        titles: Of articles by id.
    """
    if any(piece in result.answer for piece in case.pieces):
        return End.RIGHT
    if result.citations or result.outcome is Outcome.ANSWERED:
        return End.BESIDE
    wanted = {titles.get(f"{case.language}/{name}") for name in case.articles} if case.articles else None
    topics = [each.label for each in result.suggestions if not each.action]
    if any(wanted is None or label in wanted for label in topics):
        return End.OFFERED
    return End.HANDED_OVER if result.outcome is Outcome.HANDOFF else End.UNKNOWN


@dataclass(slots=True)
class AnswerReport:
    """How all messages came out."""

    came: list[Came] = field(default_factory=list)

    def counts(self, language: Language, *, answerable: bool) -> Counter[End]:
        """Count the ends of a language's messages that have an answer, or of those that have none."""
        return Counter(
            c.end for c in self.came if c.case.language is language and bool(c.case.articles) is answerable
        )

    def as_json(self) -> dict[str, dict[str, int]]:
        """Return the counts by language, of messages with and without an answer."""
        return {name: {end.value: counts[end] for end in End} for name, counts in self._rows()}

    def as_table(self) -> str:
        """Return the counts as a table, shares in brackets."""
        lines = [f"{'':<18}{'number':>8}" + "".join(f"{end.value:>16}" for end in End)]
        for name, counts in self._rows():
            total = counts.total()
            shares = (f"{counts[end]} ({100 * counts[end] / total:.0f} %)" for end in End)
            lines.append(f"{name:<18}{total:>8}" + "".join(f"{share:>16}" for share in shares))
        return "\n".join(lines)

    def _rows(self) -> Iterable[tuple[str, Counter[End]]]:
        for language in Language:
            for answerable in (True, False):
                counts = self.counts(language, answerable=answerable)
                if counts:
                    yield f"{language} {'answerable' if answerable else 'no answer'}", counts

    def misses(self) -> list[dict[str, Any]]:
        """Return what did not come out as it should, of the half that may be looked at."""
        return [
            {
                "language": c.case.language.value,
                "message": c.case.message,
                "articles": sorted(c.case.articles),
                "pieces": list(c.case.pieces),
                "end": c.end.value,
                "answer": c.result.answer,
                "cited": [cited.passage_id for cited in c.result.citations],
                "offered": [each.label for each in c.result.suggestions if not each.action],
                "outcome": c.result.outcome.value,
                "intent": c.result.intent.value,
                "confidence": round(c.result.confidence, 3),
            }
            for c in self.came
            if c.case.half is Half.WORK and c.end is not (End.RIGHT if c.case.articles else End.UNKNOWN)
        ]

    def write_misses(self, path: Path) -> None:
        """Write `misses` as JSON Lines. Raises InvalidInput if it cannot be."""
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.misses())
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise InvalidInput(f"{path}: it cannot be written ({error.strerror}).") from error


Say = Callable[[str, Language], Awaitable[TurnResult]]
"""Takes a message through a turn, as a guest's first one."""


async def run_answers(cases: Sequence[AnswerCase], say: Say, titles: Mapping[str, str]) -> AnswerReport:
    """Take every message through a turn of its own; `titles`: of the shop's articles by id."""
    report = AnswerReport()
    for case in cases:
        result = await say(case.message, case.language)
        report.came.append(Came(case, end_of(case, result, titles), result))
    return report
