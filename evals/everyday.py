"""Short questions as people type them into a shop's window: with an answer, without one, on other topics."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.dataset import tab_lines
from evals.perturb import Perturbation, perturbed
from evals.samples import Asker, Kind, Sample, sample_of
from foundation.errors import InvalidInput
from foundation.language import Language
from knowledge.articles import Article
from knowledge.passage import Zone
from knowledge.retrieval.calibration import Calibration
from knowledge.retrieval.confidence import Signals
from knowledge.split import split

_CASES = Path(__file__).parent / "cases"
#: One of so many questions is kept out of the fit.
_PARTS = 3
_SEED = 7


@dataclass(frozen=True, slots=True)
class Case:
    """One question of the demo shop.

    Attributes:
        kind: Whether its articles answer it.
        question: As typed.
        language: Of the question.
        articles: Ids of those that answer, without the language.
    """

    kind: Kind
    question: str
    language: Language
    articles: frozenset[str]

    @property
    def held_out(self) -> bool:
        """Whether it is kept out of the fit, to tell how well that went."""
        return hashlib.sha256(f"{_SEED}:{self.question}".encode()).digest()[0] % _PARTS == 0


def everyday_cases(language: Language, folder: Path = _CASES) -> list[Case]:
    """Read the cases of a language: lines ``kind<TAB>question<TAB>articles``; ``#`` opens a remark.

    Raises:
        InvalidInput: The file or a line cannot be used.
    """
    path = folder / f"everyday_{language}.tsv"
    found = []
    for where, fields in tab_lines(path):
        kind, question, articles = [*fields, "", ""][:3]
        known = kind in list(map(str, Kind)) and bool(question.strip())
        if not known or (kind == Kind.ANSWERABLE) != bool(articles.split()):
            raise InvalidInput(f"{where}: write kind, question and its articles, if it has an answer.")
        found.append(Case(Kind(kind), question.strip(), language, frozenset(articles.split())))
    return found


def everyday_samples(asker: Asker, cases: Iterable[Case], shop: Sequence[Article]) -> Iterator[Sample]:
    """Yield each case, asked of the shop's articles with and without their phrasings.

    Of the former, those with an answer are asked once more with a slip of the finger: a word that no article
    has may be one.
    """
    cases = list(cases)
    for world, articles in enumerate((shop, [replace(each, questions=()) for each in shop])):
        retriever = asker.searching(articles, split)
        for case in cases:
            right = {f"{case.language}/{name}" for name in case.articles}
            asked = [case.question]
            if case.kind is Kind.ANSWERABLE and world == 0:
                asked += perturbed({"": case.question}, Perturbation.BOTH, _SEED).values()
            for question in asked:
                found = retriever.search(question, case.language)
                leads = bool(found.passages) and found.passages[0].passage.article_id in right
                group = f"everyday off {case.question}" if case.kind is Kind.OFF_TOPIC else _group(case)
                yield from sample_of(asker, found, case.kind, leads, group, world)
        retriever.close()


def _group(case: Case) -> str:
    """Return what all questions share that one article answers."""
    return f"everyday {case.language}/{min(case.articles, default=case.question)}"


def off_topic_questions(cases: Iterable[Case]) -> Mapping[str, str]:
    """Return the questions on other topics, each as its own id."""
    return {case.question: case.question for case in cases if case.kind is Kind.OFF_TOPIC}


def told_of(samples: Sequence[Sample], calibration: Calibration) -> str:
    """Return as a table where a calibration leads the questions that were kept out of its fit."""
    lines = [
        "| everyday questions not fitted to | number | answered right | wrong | asked back | unknown |",
        "|---|---|---|---|---|---|",
    ]
    for speaks in (False, True):
        for kind in Kind:
            some = [each for each in samples if each.kind is kind and each.speaks is speaks]
            if some:
                name = f"{'with meaning' if speaks else 'words alone'}, {kind.replace('_', ' ')}"
                shares = " | ".join(f"{100 * share:.0f} %" for share in _shares(some, calibration))
                lines.append(f"| {name} | {len(some)} | {shares} |")
    return "\n".join(lines)


def _shares(samples: Sequence[Sample], calibration: Calibration) -> list[float]:
    zones = []
    for each in samples:
        signals = Signals(*each.signals)
        sure, about = (told(signals, speaks=each.speaks) for told in (calibration.sure, calibration.about))
        zones.append((calibration.zones.zone(sure, about), each.right))
    ends = [(Zone.ANSWER, True), (Zone.ANSWER, False)]
    counts = [zones.count(end) for end in ends]
    counts += [sum(zone is end for zone, _ in zones) for end in (Zone.ASK_BACK, Zone.UNKNOWN)]
    return [count / len(zones) for count in counts]
