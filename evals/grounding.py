"""How well grounding tells what the evidence says from what it does not.

Three measures: true sentences of articles with one thing changed (`evals.mutations`), of which none may pass;
answers judged by hand, true and false; and the support score on pairs of a right and a wrong answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.evidence import Evidence
from assistant.grounding import check
from assistant.sentences import pieces
from assistant.support import support_score
from assistant.writer import DraftSentence
from evals.dataset import rows, text_of
from evals.mutations import mutants, truths
from evals.scorers import auroc
from foundation.errors import InvalidInput
from foundation.language import Language
from knowledge.articles import Article
from knowledge.reading.readers import read
from knowledge.split import split

CASES = tuple(Path(__file__).parent / "cases" / f"grounding_{language}.jsonl" for language in Language)
"""Answers judged by hand, frozen: the measure."""

DEV = tuple(path.with_name(path.name.replace("grounding", "grounding_dev")) for path in CASES)
"""Such answers to work on, and to read."""

SEED = 7
"""Of the mutants that were looked at; another one draws others."""
NEAR_CHARS = 10
"""A pair whose answers differ by no more characters counts as matched by length."""

Refusal = tuple[str, str]
"""A sentence that was refused, and why."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer with what is right about it, and what grounding said.

    Attributes:
        verdict: ``faithful`` or ``wrong``.
        refused: Its sentences that would be dropped; all of it passes when there are none.
    """

    id: str
    language: str
    verdict: str
    category: str
    sentences: int
    refused: tuple[Refusal, ...]

    @property
    def passed(self) -> bool:
        """Whether every sentence of it may be shown."""
        return not self.refused


@dataclass(frozen=True, slots=True)
class Pair:
    """A right and a wrong answer to one question, with their scores."""

    id: str
    right: float
    wrong: float
    right_answer: str
    wrong_answer: str


@dataclass(frozen=True, slots=True)
class GroundingReport:
    """What an evaluation of grounding found.

    Attributes:
        mutated: Category, language, whether it passed, and the sentence, of each mutant.
        truths: How many sentences the mutants were made of, and how many of those pass unchanged.
        judged: Answers judged by hand.
        pairs: Pairs with their support scores.
    """

    mutated: tuple[tuple[str, str, bool, str], ...] = ()
    truths: tuple[int, int] = (0, 0)
    judged: tuple[Judged, ...] = ()
    pairs: tuple[Pair, ...] = ()

    @property
    def auroc(self) -> float:
        """How often a right answer has more support than a wrong one of any pair, 0 to 1."""
        return auroc([p.right for p in self.pairs], [p.wrong for p in self.pairs])

    @property
    def near(self) -> tuple[Pair, ...]:
        """The pairs whose answers are about as long as each other."""
        return tuple(p for p in self.pairs if abs(len(p.right_answer) - len(p.wrong_answer)) <= NEAR_CHARS)

    @property
    def auroc_near(self) -> float:
        """The same on pairs whose answers are about as long as each other."""
        return auroc([p.right for p in self.near], [p.wrong for p in self.near])

    def as_json(self) -> dict[str, Any]:
        """Return the figures as JSON-serialisable data."""
        found: dict[str, Any] = {}
        if self.mutated:
            found["true_sentences"], found["true_sentences_passed"] = self.truths
            found["mutants"] = len(self.mutated)
            found["mutants_passed"] = sum(passed for _, _, passed, _ in self.mutated)
            found["mutants_by_category"] = _shares(
                (f"{c} {lang}", passed) for c, lang, passed, _ in self.mutated
            )
        for verdict, what in (("wrong", "passed"), ("faithful", "blocked")):
            own = [j for j in self.judged if j.verdict == verdict]
            if own:
                bad = [(f"{j.category} {j.language}", j.passed is (what == "passed")) for j in own]
                found[verdict] = len(own)
                found[f"{verdict}_{what}"] = sum(is_bad for _, is_bad in bad)
                found[f"{verdict}_{what}_by_category"] = _shares(bad)
        faithful = [j for j in self.judged if j.verdict == "faithful"]
        if faithful:
            found["faithful_sentences"] = sum(j.sentences for j in faithful)
            found["faithful_sentences_dropped"] = sum(len(j.refused) for j in faithful)
            found["faithful_dropped_by_reason"] = _counts(
                why.split(":")[0] for j in faithful for _, why in j.refused
            )
        if self.pairs:
            found["pairs"] = len(self.pairs)
            found["auroc"] = round(self.auroc, 4)
            found["pairs_matched_by_length"] = len(self.near)
            found["auroc_matched_by_length"] = round(self.auroc_near, 4)
        return found

    def as_table(self) -> str:
        """Return the figures as lines; of categories only those with something wrong."""
        lines = []
        for name, value in self.as_json().items():
            if isinstance(value, Mapping):
                lines += [
                    f"    {key:<30}{share}" for key, share in value.items() if not str(share).startswith("0/")
                ]
            else:
                lines.append(f"{name:<34}{value}")
        return "\n".join(lines)


def _shares(each: Iterable[tuple[str, bool]]) -> dict[str, str]:
    counts: dict[str, list[int]] = {}
    for key, hit in each:
        count = counts.setdefault(key, [0, 0])
        count[0] += hit
        count[1] += 1
    return {key: f"{hits}/{total}" for key, (hits, total) in sorted(counts.items())}


def _counts(each: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for key in each:
        counts[key] = counts.get(key, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


@dataclass(slots=True)
class Shop:
    """Articles as evidence.

    Attributes:
        articles: By id.
    """

    articles: Mapping[str, Article]
    _evidence: dict[str, dict[str, Evidence]] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> Shop:
        """Read a shop's articles from a folder."""
        return cls({article.id: article for article in read([folder]).articles})

    def evidence(self, article_id: str, where: str) -> dict[str, Evidence]:
        """Return an article's passages as evidence by id. Raises InvalidInput if there is no such article."""
        if article_id not in self._evidence:
            article = self.articles.get(article_id)
            if article is None:
                raise InvalidInput(f"{where}: there is no article {article_id!r}.")
            self._evidence[article_id] = {
                p.id: Evidence(p.id, p.text, p.language, passage=p) for p in split(article, 1)
            }
        return self._evidence[article_id]


def refusals(answer: str, evidence: Mapping[str, Evidence], question: str = "") -> tuple[Refusal, ...]:
    """Return which sentences of an answer would be dropped, each with why; all evidence is cited."""
    ids, found = tuple(evidence), []
    for piece in pieces(answer):
        verdict = check(DraftSentence(piece.text, ids), evidence, question)
        if not verdict.supported:
            found.append((piece.text, verdict.reason))
    return tuple(found)


def run_mutants(shop: Shop, count: int, seed: int = SEED) -> GroundingReport:
    """Check `count` mutants of a shop's sentences, drawn by `seed`, against their articles."""
    told = [t for a in shop.articles.values() for t in truths(a.id, a.body, a.language)]
    kept = sum(not refusals(t.text, shop.evidence(t.source, t.source)) for t in told)
    tried = tuple(
        (m.category, m.truth.language.value, not refusals(m.text, shop.evidence(m.truth.source, "")), m.text)
        for m in mutants(told, count, seed)
    )
    return GroundingReport(mutated=tried, truths=(len(told), kept))


def run_judged(shop: Shop, paths: Sequence[Path] = CASES) -> GroundingReport:
    """Check answers judged by hand.

    Args:
        shop: Has the articles that they name.
        paths: JSONL rows of ``id``, ``language``, ``verdict`` (faithful, wrong), ``category``, ``articles``,
            ``answer`` and, where it is known, ``question``.

    Raises:
        InvalidInput: A file cannot be used; names it and the line.
    """
    found = []
    for path in paths:
        for where, row in rows(path):
            evidence: dict[str, Evidence] = {}
            for article_id in row.get("articles") or ():
                evidence |= shop.evidence(str(article_id), where)
            answer = text_of(row, "answer", where)
            found.append(
                Judged(
                    text_of(row, "id", where),
                    text_of(row, "language", where),
                    text_of(row, "verdict", where),
                    text_of(row, "category", where),
                    len(pieces(answer)),
                    refusals(answer, evidence, str(row.get("question") or "")),
                )
            )
    return GroundingReport(judged=tuple(found))


def run_pairs(path: Path, score: Callable[[str, str, str], float] = support_score) -> GroundingReport:
    """Score right and wrong answers.

    Args:
        path: JSONL rows of ``id``, ``knowledge``, ``question``, ``right_answer`` and ``hallucinated_answer``.
        score: Of an answer, given the question and what is known: ``(answer, knowledge, question)``.

    Raises:
        InvalidInput: The file cannot be used; names it and the line.
    """
    found = []
    for where, row in rows(path):
        known, asked = text_of(row, "knowledge", where), text_of(row, "question", where)
        right, wrong = text_of(row, "right_answer", where), text_of(row, "hallucinated_answer", where)
        scores = score(right, known, asked), score(wrong, known, asked)
        found.append(Pair(text_of(row, "id", where), *scores, right, wrong))
    return GroundingReport(pairs=tuple(found))


def run_grounding(
    articles: Path, count: int, pairs: Path, *, seed: int = SEED, judged: Sequence[Path] = CASES
) -> GroundingReport:
    """Run all three measures.

    Args:
        articles: The folder of the articles that the judged answers are about.
        count: How many mutants.
        pairs: See `run_pairs`; left out if there is no such file.
        seed: Draws the mutants.
        judged: See `run_judged`.
    """
    shop = Shop.of(articles)
    mutated, answers = run_mutants(shop, count, seed), run_judged(shop, judged)
    scored = run_pairs(pairs).pairs if pairs.exists() else ()
    return replace(mutated, judged=answers.judged, pairs=scored)


def write_scores(pairs: Iterable[Pair], path: Path) -> None:
    """Write ``{"id": …, "right": …, "hallucinated": …}`` a line. Raises InvalidInput."""
    lines = [
        json.dumps({"id": p.id, "right": round(p.right, 6), "hallucinated": round(p.wrong, 6)}) for p in pairs
    ]
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{path}: it cannot be written ({error.strerror}).") from error
