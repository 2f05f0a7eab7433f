"""Fits confidence: on sets of questions with and without their answers, or on a shop's own articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.dataset import Dataset, load
from evals.everyday import everyday_cases, everyday_samples, off_topic_questions
from evals.fitting import Bin, Line, Numbers, calibration_error, fit_logistic, folds, logistic, reliability
from evals.offtopic import left_out, questions
from evals.reliability import diagram, table
from evals.run import articles_of
from evals.samples import Asker, Kind, Sample, held_out_samples, off_topic_samples, own_samples
from evals.scorers import auroc
from foundation.errors import InvalidInput
from foundation.language import Language
from knowledge.articles import Article
from knowledge.retrieval.calibration import Calibration, Zones
from knowledge.retrieval.confidence import NAMES, Judgement, Weights
from knowledge.split import split

#: What a shop's window is asked, as confidence is calibrated: of ten questions six have an answer in the
#: articles, two or three are about the shop but have none, one or two are about something else.
MIX = {Kind.ANSWERABLE: 0.6, Kind.MISSING: 0.25, Kind.OFF_TOPIC: 0.15}

#: All signals speak for a passage, but for the weight of what it or the corpus lacks.
_SIGNS = np.array([-1.0 if name in ("missing", "strange") else 1.0 for name in NAMES])

_RIDGE, _TOPIC_RIDGE = 0.01, 0.01
# The topic on words and glosses as it was settled by hand, on short everyday questions.
_SETTLED = Weights(
    -9.05, {"coverage": 3.7, "matched": 6.8, "known": 1.6, "shop": 4.1, "char": 0.2, "dense": 5.0}
)
_LEAST_WEIGHT, _LEAST_STEEP = 0.005, 0.05
_FOLDS = 8
#: To so many questions at least can be fitted.
FEWEST = 40

_SHOP_LIKE = Path(__file__).parent / "cases" / "clinc_shop_like.tsv"
# Set of questions, set on other topics, which of these not to ask, and their language.
_SETS = (
    ("allegro_faq", "offtopic_pl.jsonl", None, Language.PL),
    ("ecommerce_faq_en", "clinc150.jsonl", _SHOP_LIKE, Language.EN),
)


@dataclass(frozen=True, slots=True)
class Lines:
    """Two logistics whose product is the confidence."""

    topic: Line
    answer: Line

    def told(self, samples: Sequence[Sample]) -> Numbers:
        """Return the confidence of each sample: (n,)."""
        columns = _columns(samples)
        return np.asarray(logistic(self.topic.scores(columns)) * logistic(self.answer.scores(columns)))


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fit, and how well it holds on questions it was not fitted to (cross-validated over answers).

    Attributes:
        judgement: Fitted to all.
        counts: Questions asked by kind.
        auroc: By the kind of what cannot be answered; mean over the corpora with different answers missing.
        errors: Standard errors of these, by resampling the questions.
        bins: Of the reliability diagram.
    """

    judgement: Judgement
    counts: dict[Kind, int]
    auroc: dict[Kind, float]
    errors: dict[Kind, float]
    bins: tuple[Bin, ...]

    @property
    def ece(self) -> float:
        """Expected calibration error, 0 to 1."""
        return calibration_error(self.bins)


def fit(
    samples: Sequence[Sample],
    *,
    topic: Weights | None = None,
    towards: Weights | None = None,
    answer: Weights | None = None,
) -> Fitted:
    """Fit confidence to samples of one regime.

    Args:
        samples: With a model that speaks the language, or without one; not both.
        topic: Weights to keep; fitted if None.
        towards: Weights that a fitted topic goes half-way to; None to leave it as it is fitted.
        answer: Weights to keep but for how steep their sum is and where it begins, for few samples; fitted if
            None.

    Raises:
        InvalidInput: There are too few samples.
    """
    if len(samples) < FEWEST or len({sample.kind for sample in samples}) < 2:
        raise InvalidInput(f"There are {len(samples)} questions to fit to; {FEWEST} are needed at least.")
    whole = _fit_once(samples, topic, answer, towards)
    told = np.zeros(len(samples))
    place = folds([sample.answer for sample in samples], _FOLDS, seed=0)
    for each in range(_FOLDS):
        rest = [sample for sample, fold in zip(samples, place, strict=True) if fold != each]
        tested = [sample for sample, fold in zip(samples, place, strict=True) if fold == each]
        if tested:
            told[place == each] = _fit_once(rest, topic, answer, towards).told(tested)
    kinds = [kind for kind in (Kind.MISSING, Kind.OFF_TOPIC) if any(s.kind is kind for s in samples)]
    measured = {kind: _auroc(samples, told, kind) for kind in kinds}
    right = np.array([float(sample.right) for sample in samples])
    return Fitted(
        judgement=Judgement(_weights(whole.topic), _weights(whole.answer)),
        counts={kind: sum(sample.kind is kind for sample in samples) for kind in Kind},
        auroc={kind: area for kind, (area, _) in measured.items()},
        errors={kind: error for kind, (_, error) in measured.items()},
        bins=tuple(reliability(told, right, _counts(samples))),
    )


def _fit_once(
    samples: Sequence[Sample], topic: Weights | None, answer: Weights | None, towards: Weights | None = None
) -> Lines:
    near = [sample for sample in samples if sample.kind is not Kind.OFF_TOPIC]
    about = [sample for sample in samples if sample.kind is not Kind.MISSING]
    first = _line(topic) if topic else _told_apart(about, _TOPIC_RIDGE)
    first = _halfway(first, _line(towards)) if towards else first
    second = _line(answer) if answer else _told_apart(near, _RIDGE)
    # A question may be answerable, and the best passage another: along the sum, what share is right?
    right = np.array([float(sample.right) for sample in near])
    along = fit_logistic(second.scores(_columns(near))[:, None], right, _counts(near), np.ones(1), 0.002)
    steep = max(float(along.weights[0]), _LEAST_STEEP)
    return Lines(first, Line(along.bias + steep * second.bias, steep * second.weights))


def _halfway(one: Line, other: Line) -> Line:
    return Line((one.bias + other.bias) / 2, (one.weights + other.weights) / 2)


def _told_apart(samples: Sequence[Sample], ridge: float) -> Line:
    return fit_logistic(_columns(samples), _there(samples), _counts(samples), _SIGNS, ridge)


def _line(weights: Weights) -> Line:
    return Line(weights.bias, np.array([weights.by_name.get(name, 0.0) for name in NAMES]))


def _weights(line: Line) -> Weights:
    named = zip(NAMES, line.weights, strict=True)
    return Weights(line.bias, {name: float(weight) for name, weight in named if abs(weight) >= _LEAST_WEIGHT})


def _there(samples: Sequence[Sample]) -> Numbers:
    return np.array([float(sample.kind is Kind.ANSWERABLE) for sample in samples])


def _columns(samples: Sequence[Sample]) -> Numbers:
    return np.array([sample.signals for sample in samples], dtype=np.float64)


def _counts(samples: Sequence[Sample]) -> Numbers:
    """Return how much each sample counts: kinds as in `MIX`, and of each kind every set the same."""
    number = Counter((sample.kind, sample.of) for sample in samples)
    sets = Counter(kind for kind, _ in number)
    counts = np.array([MIX[s.kind] / sets[s.kind] / number[s.kind, s.of] for s in samples])
    return np.asarray(counts / counts.sum())


def _auroc(samples: Sequence[Sample], told: Numbers, kind: Kind) -> tuple[float, float]:
    """Return the mean over corpora, and its standard error by resampling groups of questions."""
    worlds: dict[tuple[str, int], list[int]] = {}
    for row, sample in enumerate(samples):
        if sample.kind in (Kind.ANSWERABLE, kind):
            world = ("", 0) if kind is Kind.OFF_TOPIC else (sample.of, sample.world)
            worlds.setdefault(world, []).append(row)

    def area(times: Callable[[str], int]) -> float:
        found = []
        for rows in worlds.values():
            sides: tuple[list[float], list[float]] = ([], [])
            for row in rows:
                side = sides[samples[row].kind is kind]
                side.extend([float(told[row])] * times(samples[row].group))
            if sides[0] and sides[1]:
                found.append(auroc(*sides))
        return float(np.mean(found)) if found else 0.5

    groups = sorted({sample.group for sample in samples})
    drawn = []
    for turn in range(40):
        chosen = np.random.default_rng(turn).integers(0, len(groups), len(groups))
        often = dict(zip(groups, np.bincount(chosen, minlength=len(groups)), strict=True))
        drawn.append(area(lambda group, often=often: int(often[group])))  # type: ignore[misc]
    return area(lambda _: 1), float(np.std(drawn))


@dataclass(frozen=True, slots=True)
class Costs:
    """What a shopper loses, in units of being asked back needlessly: one more tap, on the right topic.

    Attributes:
        wrong: By a wrong answer: it is quoted with its source, so most see through it, but not all.
        asked_back: By being asked back when the best passage answers: the unit.
        in_vain: By being asked back when it does not: often another of the topics offered does.
        sent_on: By being offered a person although the articles knew.
    """

    wrong: float = 5 / 6
    asked_back: float = 1.0
    in_vain: float = 1 / 3
    sent_on: float = 5.0


def zones_for(costs: Costs) -> Zones:
    """Return the thresholds that cost least for a calibrated probability `p` that the best passage is right.

    To answer costs `wrong`·(1 − p), to ask back `asked_back`·p + `in_vain`·(1 − p), to send on `sent_on`·p;
    what is cheapest changes where two of these are equal.
    """
    spared = costs.wrong - costs.in_vain
    answer_from = spared / (spared + costs.asked_back)
    ask_from = costs.in_vain / (costs.sent_on - costs.asked_back + costs.in_vain)
    return Zones(round(answer_from, 3), round(min(ask_from, answer_from), 3))


def set_samples(
    asker: Asker, data: Path, seeds: int, shop: Sequence[Article]
) -> tuple[list[Sample], dict[str, int]]:
    """Ask the evaluation sets in `data` with half of their answers gone, and questions on other topics.

    A shop's articles have what these lack: titles, phrasings, short questions.

    Args:
        asker: Searches in memory.
        data: Their folder.
        seeds: How many times half is taken out, each time another.
        shop: Articles whose phrasings are asked too, and that are asked about other topics.

    Returns:
        The samples, and how many questions of which set were asked.

    Raises:
        InvalidInput: A set is not there.
    """
    sets = {name: _loaded(data, name, strange, leave_out) for name, strange, leave_out, _ in _SETS}
    samples = list(own_samples(asker, shop))
    counts = {"demo phrasings": len(samples)}
    for name, strange, _, language in _SETS:
        dataset, other = sets[name]
        cases = [case for case in everyday_cases(language) if not case.held_out]
        samples += everyday_samples(asker, cases, shop)
        everyday = off_topic_questions(cases)
        samples += held_out_samples(asker, name, dataset, range(seeds))
        samples += off_topic_samples(asker, name, articles_of(dataset.passages), {**other, **everyday})
        samples += off_topic_samples(asker, "own", shop, other, split)
        counts |= {name: len(dataset.queries), strange.partition(".")[0]: len(other)}
        counts[f"everyday {language}"] = len(cases)
    return samples, counts


def _loaded(data: Path, name: str, strange: str, leave_out: Path | None) -> tuple[Dataset, dict[str, str]]:
    """Return a set, and questions on other topics; read first, so that a lack is said at once."""
    folder = data / name
    dataset = load(folder / "corpus.jsonl", folder / "queries.jsonl", folder / "qrels.jsonl")
    return dataset, dict(
        questions(data / strange, frozenset(left_out(leave_out)) if leave_out else frozenset())
    )


def fit_languages(
    samples: Sequence[Sample], before: Calibration, *, anew: bool = False
) -> dict[bool, Fitted]:
    """Fit samples with and without a model that speaks the language apart; too few of one are left out.

    With a model that speaks the language the topic stays as it is: fitted to the sets it tells other topics
    less well. Without one it goes half-way to the fit (docs/decisions/0027).

    Args:
        samples: Of both.
        before: What to begin with.
        anew: Fit the weights anew; else only stretch and move the sum of the answer's.
    """
    fits = {}
    for speaks in (False, True):
        some = [sample for sample in samples if sample.speaks is speaks]
        if len(some) >= FEWEST:
            judgement = before.meaning if speaks else before.words
            topic = judgement.topic if speaks or not anew else None
            line = None if anew else judgement.answer
            fits[speaks] = fit(some, topic=topic, towards=None if topic else _SETTLED, answer=line)
    return fits


def written_report(fits: Mapping[bool, Fitted], folder: Path | None) -> str:
    """Return what was fitted as text; with a folder, write it there with the reliability diagrams.

    Raises:
        InvalidInput: The folder cannot be written to.
    """
    parts = []
    for speaks, found in fits.items():
        name = "meaning" if speaks else "words"
        lines = [f"## {name}", "", f"ECE {found.ece:.3f} (10 bins of equal weight, cross-validated)"]
        lines += [f"{kind}: {count} questions" for kind, count in found.counts.items()]
        lines += [
            f"AUROC answerable / {kind}: {area:.3f} ± {found.errors[kind]:.3f}"
            for kind, area in found.auroc.items()
        ]
        lines += ["", table(found.bins), "", "| signal | topic | answer |", "|---|---|---|"]
        topic, answer = found.judgement.topic.by_name, found.judgement.answer.by_name
        lines += [f"| {name} | {topic.get(name, 0):.2f} | {answer.get(name, 0):.2f} |" for name in NAMES]
        parts.append("\n".join(lines))
        if folder is not None:
            _save(folder / f"{name}.svg", diagram(name, found.bins))
    text = "\n\n".join(parts)
    if folder is not None:
        _save(folder / "calibration.md", f"# Calibration\n\n{text}\n")
    return text


def _save(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{path}: it cannot be written ({error.strerror}).") from error
