"""How well a sentence answers a question. Pure; words, kinds of answer, and where the sentence stands."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from statistics import fmean

from assistant import cues, topics
from assistant.chance import BY_MEANING, BY_WORDS
from assistant.cues import Cue
from assistant.evidence import Evidence
from assistant.goods import goods_in
from assistant.kinship import kin, parcel_stems, vague_stems
from assistant.unit import Unit
from foundation.language import Language
from knowledge.analysis.synonyms import Synonyms
from knowledge.analysis.text import Vocabulary, content_stems, grams, stem
from knowledge.analysis.words import fold, tokens
from knowledge.passage import Passage
from knowledge.retrieval.abroad import likeness

_AROUND = 0.5
"""A word of the question that stands only in the title or heading counts this much."""
_ALONE = 0.12
"""What a sentence loses that needs others to be understood, and an item that stands for a whole list."""

_MENDED_FROM_CHARS = 5
"""Among a few passages a shorter word nearly always has a neighbour: "fell" is not "full"."""
_OTHER_GOODS = 0.25
"""What a sentence loses that speaks of a jacket when shoes are asked about."""

_OTHER_TOPIC = 0.35
"""What an article on a special case loses when that case is not asked about."""

_ASIDE = 0.12
"""What a sentence on a special case loses then."""

_STRICT = frozenset({Cue.TIME, Cue.MONEY, Cue.CONTACT})
"""Questions of these kinds are not answered by an article's opening that has nothing of the kind."""
_LISTED = frozenset({Cue.STEPS, Cue.CHOICE, Cue.CONTACT})
"""Questions of these kinds may be answered by a whole list."""

_KINDS = frozenset({Cue.TIME, Cue.MONEY, Cue.STEPS, Cue.PLACE, Cue.CONTACT})
"""Kinds that tell two questions on one topic apart."""

_VAGUE = 0.3
_NAMED = 0.5
"""What a word counts that names goods, or a number: what holds for all goods answers for one of them."""
_UNKNOWN = 0.4
"""What a word counts that stands nowhere near: no sentence could have it."""
_MISSING = 0.7
"""What a word of a phrasing costs that the question does not have."""
_FOLLOWS, _LEAST_FIT = 0.6, 0.15
"""What a further sentence needs of the leading one's fit, and at least."""
_LABEL, _LABEL_CHARS = 0.3, 30
_FAR = 0.4
"""An article that the question resembles less was written for another one."""
_PRICED = 0.65
"""A "how much?" without any amount is answered only by an article that was surely written for it."""
_MOST, _HALF = 0.7, 0.45
"""Shares of the question's words."""

_WITHOUT = re.compile(r"\b(?:bez|without) \w+", re.IGNORECASE)
"""What is said of a thing without something is not said of one with it."""
_HOW = re.compile(r"\b(?:jak|krok\w*|how|steps?)\b")


class Asked:
    """A question, ready to be compared with the units of the found passages (of one language).

    `kind_of` is the part of it that says what kind of answer is wanted, if not the whole. `as_asked` is the
    question in the shopper's language when the passages are in another one. `whole`: it is all that was
    asked; sentences are known to be near to all of it only.
    """

    def __init__(
        self,
        question: str,
        sources: Sequence[Evidence],
        synonyms: Synonyms,
        kind_of: str = "",
        as_asked: str = "",
        *,
        whole: bool = True,
    ) -> None:
        self._as_asked = as_asked
        self._language = sources[0].language or Language.PL
        self._synonyms = synonyms
        self._question = question
        passages = [s.passage for s in sources if s.passage is not None]
        texts = sorted({t for p in passages for t in (p.title, p.heading, p.text, *p.questions)})
        vocabulary = Vocabulary(texts, self._language)
        self._restored = " ".join(self._restore(token, vocabulary) for token in tokens(question))
        # Without a content word ("ile to kosztuje?") every word counts.
        self.stems = frozenset(content_stems(self._restored, self._language) or self._stems(self._restored))
        self.cues = cues.cues_of(kind_of or question)
        self._goods = goods_in(question)
        self._without = _WITHOUT.search(question) is not None
        self._letters = Counter(grams(self._restored))
        self._grams = Counter(grams(" ".join(sorted(self.stems))))
        #: Whether it is known how near the sentences are by meaning.
        self.by_meaning = whole and any(source.near for source in sources)
        self._weights = BY_MEANING if self.by_meaning else BY_WORDS
        self._best = max((s.score for s in sources), default=1.0) or 1.0
        self._named = {
            stem(word, self._language)
            for word in tokens(self._restored)
            if goods_in(word) or word.isdecimal()
        }
        self._rarity = self._rarities(passages)
        self._total = sum(self._rarity.values()) or 1.0
        self._titles = {p.article_id: self._resemblance(p.title) for p in passages}
        self._affinity = self._affinities(passages)

    def weigh(self, unit: Unit) -> Unit:
        """Return a unit with its score and the question's words found in it."""
        passage = unit.source.passage
        assert passage is not None  # only passages become units
        inside, outside = self._found(unit.text), self._found(f"{passage.title} {passage.heading}")
        words = sum(
            rarity * max(inside.get(s, 0.0), _AROUND * outside.get(s, 0.0))
            for s, rarity in self._rarity.items()
        )
        kind = max((cues.answers(c, unit.text, listed=unit.is_list) for c in self.cues), default=0.0)
        counts = self._weights
        fit = counts.words * words / self._total + counts.grams * self._shared_grams(unit.text)
        fit += counts.cue * kind * (1.0 if inside or outside else 0.5)
        nearness = [unit.source.near.get(text, 0.0) for text in unit.texts]
        # One reason that fits brings all of them; the steps of a list answer together.
        near = max(nearness) if unit.gives_reason else fmean(nearness)
        score = fit + counts.near * near + counts.passage * unit.source.score / self._best
        score += counts.article * self._affinity[passage.article_id] ** 1.5
        fit += counts.near_fit * near
        unit = replace(
            unit,
            own=frozenset(inside),
            around=frozenset(outside),
            answers=kind,
            labelled=not unit.is_list and self._labelled(unit.text),
            told_apart=bool(inside.keys() - outside.keys() - parcel_stems(self._language))
            or self._names_label(unit.text),
            fit=round(fit, 6),
        )
        # Rounded, so that no order of adding up decides between two sentences that are as good.
        return replace(unit, score=round(score + self._standing(unit, passage), 6))

    def _standing(self, unit: Unit, passage: Passage) -> float:
        """Return what a unit gains or loses by where it stands and how it is made."""
        gain = 0.0
        if unit.opens_article:
            strict = bool(self.cues & _STRICT)
            whole = 1.0 if strict and unit.answers else 0.3 if strict else 0.65
            title = 1.0 if unit.answers or not strict else 0.5
            article = passage.article_id
            gain += self._weights.opening * max(
                self._titles[article] * title, self._affinity[article] * whole
            )
        if unit.labelled:
            gain += _LABEL
        elif unit.item and not unit.is_list:
            gain -= _ALONE if not unit.text.endswith(".") else _ALONE / 3
        if self._goods and goods_in(unit.text) and not self._goods & goods_in(unit.text):
            gain -= _OTHER_GOODS
        gain -= _OTHER_TOPIC * self._besides(passage.title)
        gain -= _ASIDE * self._besides(unit.text)
        if unit.leans_back or unit.is_example:
            gain -= _ALONE
        if unit.is_list and self.cues and not (self.cues & _LISTED or unit.gives_reason):
            gain -= _ALONE
        if unit.is_list and Cue.STEPS in self.cues and not self.heads_steps(unit):
            gain -= 2 * _ALONE
        return gain

    def _besides(self, text: str) -> float:
        return topics.besides(text, self._question, self._language, self._synonyms)

    def goes_on(self, unit: Unit, lead: Unit) -> bool:
        """Return whether a sentence still answers after the leading one."""
        if unit.is_example or unit.fit < max(_FOLLOWS * lead.fit, _LEAST_FIT):
            return False
        if self.cues & _STRICT and lead.answers:
            return bool(unit.answers and (unit.own or unit.around))
        return bool(unit.own) and not unit.item

    def is_beside_the_point(self, lead: Unit, language: Language) -> bool:
        """Return whether even the best unit misses what is asked.

        It has no time for a "when?", or hardly a word in common, or it is in another language than `language`
        and only shares a name or two.
        """
        affinity = self._affinity[lead.article]
        if self._language is not language and affinity < _FAR:
            return True
        itself = sum(self._rarity[s] for s in lead.own) / self._total
        near = sum(self._rarity[s] for s in lead.own | lead.around) / self._total
        says_so = Cue.CONTACT in self.cues and itself >= _MOST
        enough = _PRICED if Cue.MONEY in self.cues else _FAR
        if self.cues & _STRICT and not lead.answers and affinity < enough and not says_so:
            return True
        return self.names_another_thing(lead) or (affinity < _FAR / 2 and near < _HALF)

    def names_another_thing(self, lead: Unit) -> bool:
        """Return whether "which phone should I buy?" would be answered with a phone number."""
        strange = self.stems - lead.own - lead.around
        return Cue.CONTACT in self.cues and self._affinity[lead.article] < 0.5 and bool(strange)

    def affinity(self, unit: Unit) -> float:
        """Return how far the question is one that a unit's article was written for, 0 to 1."""
        return self._affinity[unit.article]

    def _labelled(self, text: str) -> bool:
        """Return whether a line tells of just what is asked: "Telefon: …", "„Pakowane”: …"."""
        if self._names_label(text):
            return True
        stems, named = self._label(text), self.stems - vague_stems(self._language)
        # "Kurier InPost: 15,99 zł" for "how much is a courier?", but no "Kod odbioru: …" for "code fails".
        told = any(cues.answers(cue, text, listed=False) for cue in self.cues & _STRICT)
        return told and bool(named) and named <= stems

    def _names_label(self, text: str) -> bool:
        stems = self._label(text)
        return bool(stems) and stems <= self.stems

    def _label(self, text: str) -> set[str]:
        label, colon, _ = text.partition(":")
        return set(_content_of(label, self._language)) if colon and len(label) <= _LABEL_CHARS else set()

    def _found(self, text: str) -> dict[str, float]:
        """Return which words of the question a text has: 1.0 in some form, less for a word akin to it."""
        there = _stem_set(text if self._without else _WITHOUT.sub(" ", text), self._language)
        found = dict.fromkeys(self.stems & there, 1.0)
        for wanted in self.stems - there:
            share = kin(wanted, there, self._language, self._synonyms)
            if share:
                found[wanted] = share
        return found

    def heads_steps(self, block: Unit) -> bool:
        """Return whether a list stands under a heading that tells how, or that has a word of the question."""
        heading = block.source.passage.heading if block.source.passage is not None else ""
        return bool(_HOW.search(fold(heading))) or bool(self.stems & set(self._stems(heading)))

    def _restore(self, token: str, vocabulary: Vocabulary) -> str:
        """Mend a word after the passages' words, but leave one that we know: "wyprać" is not "wybrać"."""
        if self._synonyms.families_of(token, self._language):
            return token
        restored = vocabulary.restore(token)
        mended = fold(restored) != fold(token)
        return token if mended and len(token) < _MENDED_FROM_CHARS else restored

    def _stems(self, text: str) -> tuple[str, ...]:
        return _stems_of(text, self._language)

    def _rarities(self, passages: Sequence[Passage]) -> dict[str, float]:
        """Weigh the question's words by how few of the found passages have them."""
        having = Counter(s for p in passages for s in set(self._stems(p.text)) & self.stems)
        anywhere = {s for p in passages for s in self._found(_all_words(p))}
        vague = vague_stems(self._language)
        return {
            s: math.log(1 + (len(passages) + 1) / (1 + having[s]))
            * (_VAGUE if s in vague else _NAMED if s in self._named else 1.0)
            * (1.0 if s in anywhere else _UNKNOWN)
            for s in self.stems
        }

    def _affinities(self, passages: Sequence[Passage]) -> dict[str, float]:
        """Return by article how much the question is one that it was written for, 0 to 1.

        An article that lacks a word of the question was written for another one.
        """
        texts: dict[str, str] = {}
        for p in passages:
            own = " ".join((p.heading, p.text)) if p.article_id in texts else _all_words(p)
            texts[p.article_id] = f"{texts.get(p.article_id, '')} {own}"
        share = {
            article: sum(self._rarity[s] * found for s, found in self._found(text).items()) / self._total
            for article, text in texts.items()
        }
        return {
            p.article_id: max(
                max(map(self._resemblance, (p.title, *p.questions))) * (0.3 + 0.7 * share[p.article_id]),
                max((self._alike(phrase) for phrase in p.questions), default=0.0),
            )
            for p in passages
        }

    def _alike(self, phrase: str) -> float:
        """Return how far the question as asked is a phrasing in its own language, 0 to 1."""
        return likeness(self._as_asked, phrase) if self._as_asked else 0.0

    def _resemblance(self, phrase: str) -> float:
        """Return how much the question resembles a title or one of the owner's phrasings, 0 to 1."""
        others = set(_content_of(phrase, self._language))
        found = self._found(phrase)
        shared = sum(self._rarity[s] * share for s, share in found.items())
        whole = self._total + shared + _MISSING * max(0, len(others) - len(found))
        own = self._letters
        theirs = _grams_of(phrase)
        letters = 2 * (own & theirs).total() / (own.total() + theirs.total() or 1)
        same_kind = bool(found) and bool(self.cues & cues.cues_of(phrase) & _KINDS)
        return min(1.0, 0.55 * 2 * shared / whole + 0.35 * letters + 0.15 * same_kind)

    def _shared_grams(self, text: str) -> float:
        found = _grams_of(text)
        total = self._grams.total()
        return (self._grams & found).total() / total if total else 0.0


def _all_words(passage: Passage) -> str:
    return " ".join((passage.title, passage.heading, passage.text, *passage.questions))


# Passages come back question after question: what is read of a text once is kept.


@lru_cache(maxsize=1 << 14)
def _stems_of(text: str, language: Language) -> tuple[str, ...]:
    return tuple(stem(token, language) for token in tokens(text))


@lru_cache(maxsize=1 << 14)
def _stem_set(text: str, language: Language) -> frozenset[str]:
    return frozenset(_stems_of(text, language))


@lru_cache(maxsize=1 << 14)
def _content_of(text: str, language: Language) -> tuple[str, ...]:
    return tuple(content_stems(text, language))


@lru_cache(maxsize=1 << 13)
def _grams_of(text: str) -> Counter[str]:
    return Counter(grams(text))
