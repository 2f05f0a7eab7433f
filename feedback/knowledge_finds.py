"""Which passage of an article each of its phrasings leads to, before it is published. By words alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from knowledge.articles import StoredPassage
from knowledge.passage import Passage
from knowledge.retrieval.fusion import Scale
from knowledge.retrieval.snapshot import Side

MAX_PASSAGES = 200
"""An article cut into more is not looked at: that would take longer than anyone waits."""
_BY_WORDS = Scale(speaks=False, reads=False, low=0.0, high=1.0)


def found_by(passages: Sequence[Passage], questions: Sequence[str]) -> Mapping[str, list[str]]:
    """Return by passage id the questions whose best passage of the article it is.

    Args:
        passages: Of one article, as it will be cut.
        questions: Its phrasings. What shares no word with any passage leads to none.
    """
    found: dict[str, list[str]] = defaultdict(list)
    if not passages or len(passages) > MAX_PASSAGES:
        return found
    # A phrasing is among the words of every passage: it would find all of them alike.
    bare = [replace(passage, questions=()) for passage in passages]
    nothing = np.zeros(1, dtype=np.float32)
    side = Side(
        passages[0].language, [StoredPassage(passage, None, None, "", "", nothing) for passage in bare]
    )
    for question in questions:
        order = side.rank(question, {}, _BY_WORDS, date.min).order
        if order.size:
            found[side.passages[int(order[0])].id].append(question)
    return found
