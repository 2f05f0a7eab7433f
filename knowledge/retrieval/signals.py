"""What speaks for a ranked passage as the answer: its words, its scores and its vector, put together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from foundation.language import Language
from knowledge.analysis.slips import differ_in_ending, slip_meant
from knowledge.analysis.text import begun, fold, grams, is_stopword
from knowledge.retrieval.confidence import Signals
from knowledge.retrieval.snapshot import Ranking
from knowledge.retrieval.standing import NEXT_BEST, above, ahead, nearer
from knowledge.retrieval.wording import AskedWord, compare, opening_of

# What a word counts that a passage has only by another one that stands for it.
_KIN = 0.7

# So far down a ranking other articles are looked for.
_LOOKED_AT = 60


def signals_of(ranking: Ranking, row: int) -> Signals:
    """Return what speaks for the passage in `row`."""
    known = ranking.notes.get(row)
    if not isinstance(known, Signals):
        known = ranking.notes[row] = _signals(ranking, row)
    return known


def _signals(ranking: Ranking, row: int) -> Signals:
    side, passage = ranking.side, ranking.side.passages[row]
    others = _other_articles(ranking, row)
    headings = [passage.title, passage.heading, *passage.questions]
    wording = compare(
        list(_asked(ranking, row)),
        side.phrase(opening_of(passage.text)),
        [side.phrase(heading) for heading in headings if heading],
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
        ahead=ahead(float(ranking.fused[row]), float(ranking.fused[others[0]]) if others else 0.0),
        nearer=_nearer(ranking, row, others),
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
        meant = slip_meant(word, restored)
        ending = side.language is Language.PL and differ_in_ending(fold(word), fold(restored))
        weighed = restored if ending else meant
        families = side.families(meant)
        shared = side.share(grams(meant) or [f" {meant} "], row)
        beginning = "".join(begun(meant, side.language)[:1])
        yield AskedWord(
            weight=side.weight(weighed) / side.rarest,
            beginning=beginning,
            known=side.knows(weighed),
            shop=bool(families),
            share=max(shared, _KIN) if side.has_family(families, row) else shared,
            there=side.has_beginning(beginning, row),
        )


def _other_articles(ranking: Ranking, row: int) -> list[int]:
    """Return the best passages of other articles: those of its own say the same matter, not another one."""
    passages = ranking.side.passages
    own = passages[row].article_id
    best = (int(other) for other in ranking.order[:_LOOKED_AT])
    return list(islice((other for other in best if passages[other].article_id != own), NEXT_BEST))


def _nearer(ranking: Ranking, row: int, others: list[int]) -> float:
    if not ranking.compared:
        return 0.0
    return nearer(float(ranking.dense[row]), ranking.side.vectors[[row, *others]])
