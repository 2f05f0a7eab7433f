"""Which sentences of the found passages answer a question. Pure; each one stays word for word.

The best sentence leads. What follows comes from the same article as long as it still speaks to the question;
a list is kept whole when it is the answer, and cut to one item when a single one is.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant import cues
from assistant.cues import Cue
from assistant.evidence import Evidence
from assistant.sentences import pieces
from foundation.language import Language
from knowledge.passage import Passage
from knowledge.text import Vocabulary, content_stems, grams, stem
from knowledge.words import fold, tokens

MAX_CHARS = 400
"""An answer aims to stay below; a list that is the answer may pass it."""
MAX_SENTENCES = 4
MAX_ITEMS = 6

# Weights of what speaks for a sentence, found by reading answers to shoppers' questions.
_WORDS, _GRAMS, _PASSAGE, _CUE, _OPENING = 0.40, 0.15, 0.45, 0.22, 0.12
_CONTEXT_SHARE = 0.5
"""A word of the question that stands only in the title or heading counts this much."""
_FOLLOWS = 0.62
"""A further sentence needs this share of the leading one's score."""
_OTHER_LANGUAGE = 0.5
"""Passages of the answer's language are used from this share of the best score on."""

_LEANS_BACK = re.compile(
    r"^(?:wtedy|wowczas|ten|ta|to|te|tej|tego|takie?|taki[em]?|taka|dotyczy to|jest on|oznacza to|dlatego|"
    r"w takim|w przeciwnym|jesli nie|jezeli nie|mozna je|mozesz je|mozesz go|po tym|potem|nastepnie|"
    r"this|that|these|those|it|they|then|otherwise|in that case|if not|if so|such|after that)\b"
)


@dataclass(frozen=True, slots=True)
class Picked:
    """A sentence or list item of an answer; `text` is a literal part of the source's passage."""

    source: Evidence
    text: str
    item: bool


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or an item, with where it stands and how well it answers."""

    source: Evidence
    text: str
    item: bool
    place: int
    passage: int
    score: float = 0.0
    own: frozenset[str] = frozenset()


def pick(question: str, evidence: Sequence[Evidence], language: Language) -> tuple[Picked, ...]:
    """Return what answers `question`, in the order of the article; empty without passages.

    Args:
        evidence: Best first; only what has a passage is used, and only of one language.
        language: Preferred; another's passages only if it has none that come near.
    """
    sources = _one_language([e for e in evidence if e.passage is not None], language)
    if not sources:
        return ()
    asked = _Asked(question, sources)
    units = [asked.weigh(unit) for unit in _units(sources)]
    if not units:
        return ()
    lead = max(units, key=lambda u: u.score)
    chosen = _with_list(lead, units, asked) if lead.item else _with_following(lead, units, asked)
    return tuple(Picked(u.source, u.text, u.item) for u in chosen)


def _one_language(evidence: Sequence[Evidence], language: Language) -> list[Evidence]:
    own = [e for e in evidence if e.language is language]
    if not evidence or (own and own[0].score >= _OTHER_LANGUAGE * max(e.score for e in evidence)):
        return own
    return [e for e in evidence if e.language is evidence[0].language]


def _units(sources: Sequence[Evidence]) -> list[_Unit]:
    return [
        _Unit(source, piece.text, piece.item, place, passage)
        for passage, source in enumerate(sources)
        for place, piece in enumerate(pieces(source.text))
    ]


class _Asked:
    """A question, ready to be compared with sentences."""

    def __init__(self, question: str, sources: Sequence[Evidence]) -> None:
        self._language = sources[0].language or Language.PL
        passages = [s.passage for s in sources if s.passage is not None]
        texts = [t for p in passages for t in (p.title, p.heading, p.text, *p.questions)]
        vocabulary = Vocabulary(texts, self._language)
        restored = " ".join(vocabulary.restore(token) for token in tokens(question))
        # Without a content word ("ile to kosztuje?") every word counts.
        self.stems = frozenset(content_stems(restored, self._language) or self._all_stems(restored))
        self._grams = Counter(grams(" ".join(sorted(self.stems)))) or Counter(grams(question))
        self.cues = cues.cues_of(question)
        self._best = max((s.score for s in sources), default=1.0) or 1.0
        self._rarity = self._rarities(passages)
        self._first = passages[0].article_id if passages else ""

    def _all_stems(self, text: str) -> list[str]:
        return [stem(token, self._language) for token in tokens(text)]

    def _rarities(self, passages: Sequence[Passage]) -> dict[str, float]:
        """Weigh the question's words by how few of the found passages have them."""
        having = Counter(s for p in passages for s in set(self._all_stems(p.text)) & self.stems)
        return {s: math.log(1 + (len(passages) + 1) / (1 + having[s])) for s in self.stems}

    def weigh(self, unit: _Unit) -> _Unit:
        """Return a unit with `score` and `own`, the question's words that it has itself."""
        passage = unit.source.passage
        assert passage is not None  # only passages become units
        own = self.stems & set(self._all_stems(unit.text))
        around = self.stems & set(self._all_stems(f"{passage.title} {passage.heading}"))
        total = sum(self._rarity.values()) or 1.0
        words = sum(self._rarity[s] * (1.0 if s in own else _CONTEXT_SHARE) for s in own | around) / total
        score = _WORDS * words + _GRAMS * self._shared_grams(unit.text)
        score += _PASSAGE * unit.source.score / self._best
        score += _CUE * max(
            (float(cues.answers(c, unit.text, item=unit.item)) for c in self.cues), default=0.0
        )
        if unit.place == 0 and not passage.heading:
            score += _OPENING
        return replace(unit, score=score, own=frozenset(own))

    def _shared_grams(self, text: str) -> float:
        found = Counter(grams(text))
        total = sum(self._grams.values())
        return sum(min(n, found[g]) for g, n in self._grams.items()) / total if total else 0.0


def _with_following(lead: _Unit, units: Sequence[_Unit], asked: _Asked) -> list[_Unit]:
    """Return the leading sentence, what it leans on, and further sentences that still answer."""
    chosen = _leaned_on(lead, units)
    length = sum(len(u.text) for u in chosen)
    for unit in _further(lead, units):
        if len(chosen) >= MAX_SENTENCES or unit in chosen or unit.item:
            continue
        if unit.score < _FOLLOWS * lead.score or length + len(unit.text) > MAX_CHARS:
            continue
        if _same(unit, chosen):
            continue
        chosen.append(unit)
        length += len(unit.text)
    if chosen[-1].text.endswith(":"):
        chosen += _items_after(chosen[-1], units)
    return chosen


def _further(lead: _Unit, units: Sequence[_Unit]) -> Iterable[_Unit]:
    """Yield what may follow: later sentences of the passage, then the article's others, best first."""
    article = _article(lead)
    yield from (u for u in units if u.passage == lead.passage and u.place > lead.place)
    rest = [u for u in units if u.passage != lead.passage and _article(u) == article]
    yield from sorted(rest, key=lambda u: -u.score)


def _with_list(lead: _Unit, units: Sequence[_Unit], asked: _Asked) -> list[_Unit]:
    """Return the whole list of a leading item when the question asks for it, else the item alone."""
    block = _block(lead, units)
    alone = lead.own - frozenset[str]().union(*(u.own for u in block if u is not lead))
    wants_all = bool(asked.cues & {Cue.STEPS, Cue.CHOICE}) and not alone
    if len(block) == 1 or (not wants_all and (alone or not _even(block))):
        return [replace(lead, item=False)]
    intro = [u for u in units if u.passage == lead.passage and u.place == block[0].place - 1]
    return [u for u in intro if u.text.endswith(":")] + block[:MAX_ITEMS]


def _block(lead: _Unit, units: Sequence[_Unit]) -> list[_Unit]:
    mates = {u.place: u for u in units if u.passage == lead.passage and u.item}
    first = last = lead.place
    while first - 1 in mates:
        first -= 1
    while last + 1 in mates:
        last += 1
    return [mates[place] for place in range(first, last + 1)]


def _items_after(unit: _Unit, units: Sequence[_Unit]) -> list[_Unit]:
    mates = {u.place: u for u in units if u.passage == unit.passage and u.item}
    return _block(mates[unit.place + 1], units)[:MAX_ITEMS] if unit.place + 1 in mates else []


def _even(block: Sequence[_Unit]) -> bool:
    """Return whether no item stands out."""
    scores = sorted((u.score for u in block), reverse=True)
    return scores[0] < 1.15 * (sum(scores[1:]) / len(scores[1:]))


def _leaned_on(unit: _Unit, units: Sequence[_Unit]) -> list[_Unit]:
    """Return a sentence after those that it needs to be understood."""
    chosen = [unit]
    while _LEANS_BACK.match(fold(chosen[0].text)) and len(chosen) < MAX_SENTENCES - 1:
        before = [u for u in units if u.passage == unit.passage and u.place == chosen[0].place - 1]
        if not before or before[0].item:
            break
        chosen.insert(0, before[0])
    return chosen


def _same(unit: _Unit, chosen: Sequence[_Unit]) -> bool:
    """Return whether a sentence mostly repeats what is said already."""
    words = set(tokens(unit.text))
    return any(len(words & set(tokens(c.text))) > 0.7 * len(words) for c in chosen)


def _article(unit: _Unit) -> str:
    return unit.source.passage.article_id if unit.source.passage is not None else ""
