"""What an answer may be made of: a sentence, a list item, or a whole list. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.evidence import Evidence
from knowledge.analysis.words import fold

_MIN_ITEM_CHARS = 25
"""A shorter list item says too little alone, unless it names and tells ("Telefon: …")."""

_LEANS_BACK = re.compile(
    r"^(?:wtedy|wowczas|ten|ta|to|te|tej|tego|takie|taki|taka|takiego|dotyczy to|jest on|oznacza to|dlatego|"
    r"w takim|w przeciwnym|jesli nie|jezeli nie|mozna je|mozesz je|mozesz go|po tym|potem|nastepnie|"
    r"this|that|these|those|it|they|then|otherwise|in that case|if not|if so|such|after that)\b"
    # "You then have…", "Nie płacisz też…": a little later it leans as much.
    r"|^(?:you|we|i|he|she|there) (?:also|then)\b|^(?:\w+ ){1,4}(?:jest|sa) (?:tak\w+ sam\w*|tyle samo)\b"
    r"|^(?:\w+ ){1,4}(?:is|are) the same\b|^(?:\w+ ){1,3}(?:rowniez|takze|wtedy|wowczas)\b|\btez\b"
)
_GIVES_REASONS = re.compile(
    r"\b(?:why|because|reasons?|causes?|dlaczego|czemu|powod\w*|przyczyn\w*)\b"
    r"|\b(?:if|when|because|unless|gdy|kiedy|jesli|jezeli|poniewaz|bo):?$"
)
"""What leads to a list whose items hold only under it: "Why a code fails", "You cannot return it if:"."""
_EXAMPLE = re.compile(r"^(?:przyklad|na przyklad|np|for example|example|e\.g)\b")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, a list item, or a whole list, with how well it answers.

    Attributes:
        texts: One sentence or item; several for a list. Literal parts of the source.
        place: Its number in the passage, of the first item for a list.
        passage: The number of its passage among the found ones.
        fit: How well its own words and kind answer; `score` adds its article's and where it stands.
        own: The question's words that it has itself; `around`: those of its title and heading.
        under: What leads to its list: the line before it that ends with a colon, else the heading.
        told_apart: Whether the question names what tells it from the other items of its list.
    """

    source: Evidence
    texts: tuple[str, ...]
    place: int
    passage: int
    item: bool = False
    fit: float = 0.0
    score: float = 0.0
    own: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    answers: float = 0.0
    labelled: bool = False
    told_apart: bool = False
    under: str = ""

    @property
    def text(self) -> str:
        """The whole of it as one text."""
        return self.texts[0] if len(self.texts) == 1 else "\n".join(self.texts)

    @property
    def is_list(self) -> bool:
        """Whether it is a whole list."""
        return len(self.texts) > 1

    @property
    def article(self) -> str:
        """The id of its article."""
        return self.source.passage.article_id if self.source.passage is not None else ""

    @property
    def opens_article(self) -> bool:
        """Whether it is a sentence above the article's first heading, the first one."""
        passage = self.source.passage
        return passage is not None and self.place == 0 and not passage.heading and not self.item

    @property
    def leans_back(self) -> bool:
        """Whether it can be understood only after the sentence before it."""
        return not self.is_list and _leans_back(self.text)

    @property
    def can_lead(self) -> bool:
        """Whether an answer may begin with it: a list, a sentence, or an item that states something."""
        if not self.item or self.is_list:
            return True
        if self.gives_reason:
            return False
        text = self.text
        whole = not text.endswith((",", ";")) and not text[0].islower()
        return whole and (":" in text or len(text) >= _MIN_ITEM_CHARS)

    @property
    def gives_reason(self) -> bool:
        """Whether it is one of possible reasons, or a list of them: alone, each would be told as a fact."""
        return self.item and _gives_reasons(self.under)

    @property
    def can_follow(self) -> bool:
        """Whether it may stand after other sentences: a sentence, or an item that is a whole one."""
        return not self.item or (not self.is_list and self.can_lead and self.text.endswith("."))

    @property
    def is_example(self) -> bool:
        """Whether it only illustrates what was said before."""
        return _illustrates(self.text)


# Asked again and again of the same sentences.


@lru_cache(maxsize=1 << 14)
def _leans_back(text: str) -> bool:
    return _LEANS_BACK.match(fold(text)) is not None


@lru_cache(maxsize=1 << 13)
def _gives_reasons(under: str) -> bool:
    return _GIVES_REASONS.search(fold(under)) is not None


@lru_cache(maxsize=1 << 14)
def _illustrates(text: str) -> bool:
    return _EXAMPLE.match(fold(text)) is not None
