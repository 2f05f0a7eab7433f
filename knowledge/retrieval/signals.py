"""What speaks for a ranked passage as the answer: its words, its scores and its vector, put together."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.analysis.text import begun, grams, is_stopword, slip_mended, tokens
from knowledge.retrieval.confidence import Signals
from knowledge.retrieval.snapshot import Ranking, Side
from knowledge.retrieval.standing import NEXT_BEST, above, ahead, nearer
from knowledge.retrieval.wording import AskedWord, Phrase, compare, opening_of

# What a word counts that a passage has only by another one that stands for it.
_KIN = 0.7

# Ahead of which place of the ranking a passage should be.
_PLACE = 5


def signals_of(ranking: Ranking, row: int) -> Signals:
    """Return what speaks for the passage in `row`."""
    known = ranking.notes.get(row)
    if not isinstance(known, Signals):
        known = ranking.notes[row] = _signals(ranking, row)
    return known


def _signals(ranking: Ranking, row: int) -> Signals:
    side, passage = ranking.side, ranking.side.passages[row]
    headings = [passage.title, passage.heading, *passage.questions]
    wording = compare(
        list(_asked(ranking, row)),
        _phrase(side, opening_of(passage.text)),
        [_phrase(side, heading) for heading in headings if heading],
    )
    return Signals(
        coverage=wording.coverage,
        matched=wording.matched,
        known=wording.known,
        shop=wording.shop,
        strange=wording.strange,
        begun=wording.begun,
        missing=wording.missing,
        opening=wording.opening,
        heading=wording.heading,
        char=float(ranking.parts["char"][row]) / max(1e-9, side.char_ceiling(ranking.grams)),
        dense=ranking.scale.scaled(float(ranking.dense[row])),
        form=float(ranking.form[row]),
        above=above(ranking.fused, row),
        ahead=ahead(ranking.fused, row, _PLACE),
        nearer=_nearer(ranking, row),
    )


def _asked(ranking: Ranking, row: int) -> Iterator[AskedWord]:
    """Yield the words that tell of the topic, once each, held against the passage in `row`."""
    side = ranking.side
    for word, restored in dict(ranking.words).items():
        # A number is of no topic: it neither speaks for a passage nor against it.
        if is_stopword(word, side.language) or word.isdigit():
            continue
        # Judged as asked, slips of the finger aside: a foreign word is soon mended into one of ours that it
        # never meant.
        meant = slip_mended(word, restored)
        families = side.families(meant)
        shared = side.share(grams(meant) or [f" {meant} "], row)
        beginning = "".join(begun(meant, side.language)[:1])
        yield AskedWord(
            weight=side.weight(restored) / side.rarest,
            beginning=beginning,
            known=side.knows(restored),
            shop=bool(families),
            share=max(shared, _KIN) if side.has_family(families, row) else shared,
            there=side.has_beginning(beginning, row),
        )


def _phrase(side: Side, text: str) -> Phrase:
    weights: dict[str, float] = {}
    for word in tokens(text):
        if not word.isdigit():
            for beginning in begun(word, side.language):
                weights.setdefault(beginning, side.weight(word) / side.rarest)
    return weights


def _nearer(ranking: Ranking, row: int) -> float:
    if not ranking.compared:
        return 0.0
    others = [int(other) for other in ranking.order[: NEXT_BEST + 1] if other != row][:NEXT_BEST]
    return nearer(float(ranking.dense[row]), ranking.side.vectors[[row, *others]])
