"""One state of the whole library, ready to be searched. Built once, never changed, swapped as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foundation.language import Language
from knowledge.analysis.known_texts import KnownTexts
from knowledge.analysis.synonyms import Synonyms, bundled
from knowledge.articles import StoredPassage
from knowledge.retrieval.abroad import phrased_in
from knowledge.retrieval.fusion import Scale as Scale
from knowledge.retrieval.side import Kept
from knowledge.retrieval.side import Ranking as Ranking
from knowledge.retrieval.side import Side as Side


class Snapshot:
    """All current passages by language.

    Attributes:
        size: Number of passages.
        synonyms: What stands for what when they are searched.
        abroad: By language, stand-ins for articles of the other one that have phrasings in it.

    Args:
        stored: The passages.
        synonyms: What stands for what; the bundled words if None.
        known: What an earlier build has read of the texts.
        before: The earlier build, if it is at hand: a language in which nothing has changed is taken over.
        kept: Finished fields of an earlier start, by their digest.
    """

    def __init__(
        self,
        stored: Sequence[StoredPassage],
        synonyms: Synonyms | None = None,
        known: Mapping[Language, KnownTexts] | None = None,
        before: Snapshot | None = None,
        kept: Kept | None = None,
    ) -> None:
        self.size = len(stored)
        self.synonyms = synonyms or bundled()
        known = before.known if before is not None else known or {}
        self.sides: dict[Language, Side] = {}
        for language in Language:
            own = [s for s in stored if s.passage.language is language]
            side = before.sides[language] if before is not None else None
            if side is None or not side.holds(own, self.synonyms):
                side = Side(language, own, self.synonyms, known.get(language), kept)
            self.sides[language] = side
        self.abroad = {
            language: Side(language, phrased_in(language, stored), self.synonyms, kept=kept)
            for language in Language
        }

    @property
    def every_side(self) -> list[Side]:
        """Those of both languages, and their stand-ins."""
        return [*self.sides.values(), *self.abroad.values()]

    @property
    def known(self) -> dict[Language, KnownTexts]:
        """What was read of the texts of each language, for the next build."""
        return {language: side.known for language, side in self.sides.items()}
