"""Which sentences of the found passages answer a question. Pure; each one stays word for word.

The best sentence leads. What follows comes from the same article as long as it still speaks to the question.
A list is kept whole when it is the answer, and cut to one item when a single one is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from assistant.chance import ANSWER_FROM, chance
from assistant.cues import Cue
from assistant.evidence import Evidence
from assistant.kept import Itself
from assistant.parts import parts_of
from assistant.sentences import Piece, pieces
from assistant.unit import Unit
from assistant.weighing import Asked
from foundation.language import Language
from knowledge.analysis.bilingual import translated
from knowledge.analysis.synonyms import Synonyms
from knowledge.analysis.words import tokens

MAX_CHARS = 380
"""An answer aims to stay below; a list that is the answer may pass it."""
MAX_SENTENCES = 3
MAX_ITEMS = 8
MAX_OF_PART = 2
"""So many sentences for each part of a question that asks two things."""

_LIST_FOLLOWS = 0.5
"""A list needs less after a "how?": the steps belong to the answer."""
_TOPIC_WORDS = 2
"""A question of so few words, and no question word, names a topic."""
_THIN = 0.15
"""An answer of one sentence with less in common with the question is given the sentence after it."""
_EXACT = 0.8
_NEXT = 0.08
"""What a sentence of the leading one's own passage is ahead of one from elsewhere in the article."""
_OTHER_LANGUAGE = 0.45
"""Passages of the answer's language are used from this share of the best score on."""


@dataclass(frozen=True, slots=True)
class Picked:
    """A sentence or list item of an answer, or the heading of a list.

    Attributes:
        text: A literal part of the source's passage (of its heading, for a heading).
        opens_line: Whether it starts on a line of its own.
    """

    source: Evidence
    text: str
    item: bool = False
    heading: bool = False
    opens_line: bool = False


def pick(
    question: str,
    evidence: tuple[Evidence, ...],
    language: Language,
    synonyms: Synonyms,
    sure: float | None = None,
    *,
    tentative: bool = False,
) -> tuple[Picked, ...]:
    """Return what answers a question, in reading order; empty without passages.

    Args:
        question: Without greetings.
        evidence: Best first; only what has a passage is used, and only of one language.
        language: Preferred; another's passages only if it has none that come near.
        synonyms: What stands for what.
        sure: How likely the best passage answers; None where the shopper has chosen the topic.
        tentative: Say only what surely answers: not even the passages are sure enough.
    """
    return _picked_of(Itself(evidence), question, language, synonyms, sure, tentative)


# What was found lately is the very same; what was found again after that is equal, which takes long to see.
@lru_cache(maxsize=256)
def _picked_of(
    evidence: Itself[tuple[Evidence, ...]],
    question: str,
    language: Language,
    synonyms: Synonyms,
    sure: float | None,
    tentative: bool,
) -> tuple[Picked, ...]:
    passages = tuple(source for source in evidence.of if source.passage is not None)
    # Evidence that differs in nearness only counts as equal.
    near = tuple(tuple(source.near.values()) for source in passages)
    return _picked(question, passages, near, language, synonyms, sure, tentative)


@lru_cache(maxsize=1024)
def _picked(
    question: str,
    passages: tuple[Evidence, ...],
    _near: tuple[tuple[float, ...], ...],
    language: Language,
    synonyms: Synonyms,
    sure: float | None,
    tentative: bool,
) -> tuple[Picked, ...]:
    """Pick, once for a question that many ask."""
    sources = _one_language(passages, language)
    if not sources:
        return ()
    chosen: list[Unit] = []
    parts = parts_of(question)
    for part in parts:
        about, kind, as_asked = part.about, part.kind, ""
        if sources[0].language is not language:
            as_asked = about
            about, kind = (translated(words, language, synonyms).text or words for words in (about, kind))
        asked = Asked(about, sources, synonyms, kind, as_asked, whole=len(parts) == 1)
        if tentative and not asked.by_meaning:
            return ()
        fresh = [u for u in _answer_to(asked, sources, language, sure) if not _repeats(u, chosen)]
        chosen += fresh[:MAX_OF_PART] if len(parts) > 1 and not any(u.is_list for u in fresh) else fresh
    return tuple(picked for unit in chosen for picked in _spoken(unit))


def _answer_to(
    asked: Asked, sources: Sequence[Evidence], language: Language, sure: float | None
) -> list[Unit]:
    units = [asked.weigh(unit) for unit in _units(sources)]
    leads = [unit for unit in units if unit.can_lead and not _one_of_many(unit)]
    if not leads:
        return []
    lead = (
        _lead_by_meaning(leads, asked, sure)
        if asked.by_meaning
        else _lead_by_words(leads, units, asked, language)
    )
    if lead is None:
        return []
    lead = _exact_case(lead, leads, asked)
    if not asked.cues and not lead.labelled and not (lead.is_list and asked.heads_steps(lead)):
        lead = _opening_of(lead, units, asked)
    return _answer(lead, units, asked)


def _one_of_many(unit: Unit) -> bool:
    """Return whether an item is a mere entry that a question on the whole list would meet by chance."""
    entry = unit.item and not unit.is_list and not unit.text.endswith(".")
    return entry and bool(unit.own) and not unit.told_apart


def _lead_by_meaning(leads: Sequence[Unit], asked: Asked, sure: float | None) -> Unit | None:
    """Return the best unit if it is likely enough to answer."""
    lead = max(leads, key=lambda unit: unit.score)
    if sure is None:
        return lead
    others = max((unit.score for unit in leads if unit.article != lead.article), default=0.0)
    likely = chance(sure, lead.score - others, asked.affinity(lead))
    return lead if likely >= ANSWER_FROM and not asked.names_another_thing(lead) else None


def _lead_by_words(
    leads: Sequence[Unit], units: Sequence[Unit], asked: Asked, language: Language
) -> Unit | None:
    """Return the best unit that does not miss the point."""
    # Of the article found first, where no figure or name is asked for and the best of all misses the point.
    first = [] if asked.cues - {Cue.STEPS} else [unit for unit in leads if unit.article == units[0].article]
    bests = (max(some, key=lambda unit: unit.score) for some in (leads, first) if some)
    return next((unit for unit in bests if not asked.is_beside_the_point(unit, language)), None)


def _one_language(evidence: Sequence[Evidence], language: Language) -> list[Evidence]:
    own = [e for e in evidence if e.language is language]
    if not evidence or (own and own[0].score >= _OTHER_LANGUAGE * max(e.score for e in evidence)):
        return own
    return [e for e in evidence if e.language is evidence[0].language]


def _units(sources: Sequence[Evidence]) -> Iterable[Unit]:
    """Yield every sentence, every item that can stand alone, and every list as a whole."""
    for number, source in enumerate(sources):
        found = list(enumerate(pieces(source.text)))
        for is_list, run in groupby(found, key=lambda numbered: numbered[1].item):
            part = list(run)
            under = _lead_in(source, found, part[0][0]) if is_list else ""
            for place, piece in part:
                yield Unit(source, (piece.text,), place, number, item=piece.item, under=under)
            if is_list and len(part) > 1:
                yield Unit(source, tuple(p.text for _, p in part), part[0][0], number, item=True, under=under)


def _lead_in(source: Evidence, found: Sequence[tuple[int, Piece]], place: int) -> str:
    """Return what leads to the list at a place of a passage."""
    before = found[place - 1][1].text if place else ""
    heading = source.passage.heading if source.passage is not None else ""
    return before if before.endswith(":") else heading


def _answer(lead: Unit, units: Sequence[Unit], asked: Asked) -> list[Unit]:
    """Return the leading unit with what it leans on and what still answers after it."""
    if lead.is_list:
        alone = _only_item(lead, units, asked)
        return [alone] if alone is not None else _with_intro(lead, units)
    chosen = _leaned_on(lead, units)
    steps = _steps_for(lead, units, asked)
    if steps is not None:
        return [*chosen, *(u for u in _with_intro(steps, units) if u not in chosen)]
    if lead.labelled:
        return chosen
    chosen = _with_opening(chosen, lead, units)
    length = sum(len(unit.text) for unit in chosen)
    for unit in _further(lead, units):
        room = len(chosen) < MAX_SENTENCES and length + len(unit.text) <= MAX_CHARS
        if room and asked.goes_on(unit, lead) and not _repeats(unit, chosen):
            chosen.append(unit)
            length += len(unit.text)
    if len(chosen) == 1 and lead.fit < _THIN:
        chosen += _next(lead, units)
    return _in_order(chosen, lead)


def _exact_case(lead: Unit, leads: Sequence[Unit], asked: Asked) -> Unit:
    """Return, for a "may I?", what is said of just that case: of the embroidered hat, not of a plain one."""
    if Cue.YES_NO not in asked.cues or asked.stems <= lead.own | lead.around:
        return lead
    fit = [u for u in leads if not (u.is_list or u.is_example or u.leans_back)]
    exact = [u for u in fit if u.own == asked.stems and u.article == lead.article]
    best = max(exact, key=lambda u: u.score, default=lead)
    return best if best.score >= _EXACT * lead.score else lead


def _next(lead: Unit, units: Sequence[Unit]) -> list[Unit]:
    """Return the sentence after one that answers in other words than the question's: it makes it plain."""
    after = [u for u in units if u.passage == lead.passage and u.place == lead.place + 1 and not u.item]
    return [u for u in after if len(lead.text) + len(u.text) <= MAX_CHARS and not u.is_example][:1]


def _opening_of(lead: Unit, units: Sequence[Unit], asked: Asked) -> Unit:
    """Return the opening of the leading article for a question that only names a topic, if it fits."""
    opening = next((u for u in units if u.opens_article and u.article == lead.article), lead)
    named = opening.own and lead.own <= opening.own and len(asked.stems) <= _TOPIC_WORDS
    return opening if named or opening.score >= lead.score else lead


def _with_opening(chosen: list[Unit], lead: Unit, units: Sequence[Unit]) -> list[Unit]:
    """Put the sentence just before the lead first when it answers nearly as well."""
    before = _before(chosen[0], units)
    close = before is not None and not before.item and not before.is_example and before.fit >= 0.9 * lead.fit
    room = before is not None and len(before.text) + len(lead.text) <= MAX_CHARS
    return [before, *chosen] if before is not None and close and room else chosen


def _in_order(chosen: Sequence[Unit], lead: Unit) -> list[Unit]:
    """Keep the leading passage first, and every passage in its own order."""
    return sorted(chosen, key=lambda u: (u.passage != lead.passage, u.passage, u.place))


def _further(lead: Unit, units: Sequence[Unit]) -> list[Unit]:
    """Return what may follow, best first: sentences of the article, but none from before the lead."""
    following = [
        u
        for u in units
        if u.can_follow and u.article == lead.article and (u.passage != lead.passage or u.place > lead.place)
    ]
    return sorted(following, key=lambda u: -u.fit - (_NEXT if u.passage == lead.passage else 0.0))


def _steps_for(lead: Unit, units: Sequence[Unit], asked: Asked) -> Unit | None:
    """Return the list that belongs to a leading sentence: the one it introduces, or the steps of a "how?"."""
    lists = [u for u in units if u.is_list and u.article == lead.article and len(u.texts) <= MAX_ITEMS]
    if lead.text.endswith(":"):
        return next((u for u in lists if (u.passage, u.place) == (lead.passage, lead.place + 1)), None)
    if Cue.STEPS not in asked.cues:
        return None
    steps = [u for u in lists if asked.heads_steps(u) and u.score >= _LIST_FOLLOWS * lead.score]
    return max(steps, key=lambda u: u.score, default=None)


def _only_item(block: Unit, units: Sequence[Unit], asked: Asked) -> Unit | None:
    """Return the one item of a list that the question tells from all others; None if it names none or two."""
    if asked.cues & {Cue.STEPS, Cue.CHOICE}:
        return None
    places = range(block.place, block.place + len(block.texts))
    items = [u for u in units if u.passage == block.passage and not u.is_list and u.place in places]
    named = [u for u in items if u.told_apart]
    return named[0] if len(named) == 1 and named[0].can_lead else None


def _with_intro(block: Unit, units: Sequence[Unit]) -> list[Unit]:
    """Return a list after the line that introduces it, if there is one."""
    before = _before(block, units)
    return [before, block] if before is not None and before.text.endswith(":") else [block]


def _leaned_on(unit: Unit, units: Sequence[Unit]) -> list[Unit]:
    """Return a sentence after those that it needs to be understood."""
    chosen = [unit]
    while chosen[0].leans_back and len(chosen) < MAX_SENTENCES:
        before = _before(chosen[0], units)
        if before is None or before.item:
            break
        chosen.insert(0, before)
    return chosen


def _before(unit: Unit, units: Sequence[Unit]) -> Unit | None:
    return next(
        (u for u in units if u.passage == unit.passage and u.place == unit.place - 1 and not u.is_list), None
    )


def _spoken(unit: Unit) -> Iterable[Picked]:
    if not unit.is_list:
        yield Picked(unit.source, unit.text)
        return
    passage = unit.source.passage
    heading = passage.heading.split(" › ")[-1] if passage is not None else ""
    if heading and unit.place == 0:
        yield Picked(unit.source, heading, heading=True, opens_line=True)
    for text in unit.texts[:MAX_ITEMS]:
        yield Picked(unit.source, text, item=True, opens_line=True)


def _repeats(unit: Unit, chosen: Sequence[Unit]) -> bool:
    """Return whether a sentence mostly repeats what is said already."""
    words = set(tokens(unit.text))
    return any(len(words & set(tokens(c.text))) > 0.65 * len(words) for c in chosen)
