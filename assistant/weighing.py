"""How well a sentence answers a question. Pure; words, kinds of answer, and where the sentence stands."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from statistics import fmean

from assistant import cues, topics
from assistant.chance import BY_MEANING, BY_WORDS
from assistant.cues import Cue
from assistant.evidence import Evidence
from assistant.goods import goods_in
from assistant.kinship import Kindred, parcel_stems, stems_of_passage, vague_stems
from assistant.reading import (
    Letters,
    Read,
    content_of,
    line_of,
    number_of_grams,
    parts_of,
    read,
    says_without,
    stem_set,
    stems_of,
    stems_there,
    words_of,
)
from assistant.unit import Unit
from foundation.language import Language
from knowledge.analysis.synonyms import Synonyms
from knowledge.analysis.text import LEAST_STEM, Vocabulary, content_stems, is_stopword, stem
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
        self._restored = " ".join(self._restore(tokens(question), passages))
        # Without a content word ("ile to kosztuje?") every word counts.
        self.stems = frozenset(content_stems(self._restored, self._language) or self._stems(self._restored))
        self._kindred = Kindred(self.stems, self._language, synonyms)
        for passage in passages:
            self._kindred.meet(stems_of_passage(passage, self._language, synonyms))
        self._founds: dict[str, dict[str, float]] = {}
        self._likenesses: dict[str, float] = {}
        self.cues = cues.cues_of(kind_of or question)
        self._kinds = self.cues & _KINDS
        self._clear = self.stems - vague_stems(self._language)
        self._asides: dict[str, float] = {}
        self._goods = goods_in(question)
        self._without = says_without(question)
        self._letters = Letters(self._restored)
        self._grams = Letters(" ".join(sorted(self.stems)))
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
        self._titles = {p.article_id: self._resembles(p.title) for p in passages}
        self._affinity = self._affinities(passages)

    def weigh(self, unit: Unit) -> Unit:
        """Return a unit with its score and the question's words found in it."""
        passage = unit.source.passage
        assert passage is not None  # only passages become units
        text, is_list = unit.text, unit.is_list
        inside, outside = self._found(text), self._found(f"{passage.title} {passage.heading}")
        words = 0.0
        if inside or outside:
            words = sum(
                rarity * max(inside.get(s, 0.0), _AROUND * outside.get(s, 0.0))
                for s, rarity in self._rarity.items()
                if s in inside or s in outside
            )
        kind = max([cues.answers(c, text, listed=is_list) for c in self.cues], default=0.0)
        counts = self._weights
        fit = counts.words * words / self._total + counts.grams * self._shared_grams(text)
        fit += counts.cue * kind * (1.0 if inside or outside else 0.5)
        near = self._nearness(unit)
        score = fit + counts.near * near + counts.passage * unit.source.score / self._best
        score += counts.article * self._affinity[passage.article_id] ** 1.5
        fit += counts.near_fit * near
        labelled = not is_list and self._labelled(text)
        standing = self._standing(unit, passage, kind, labelled=labelled)
        # Rounded, so that no order of adding up decides between two sentences that are as good.
        return Unit(
            unit.source,
            unit.texts,
            unit.place,
            unit.passage,
            unit.item,
            fit=round(fit, 6),
            score=round(score + standing, 6),
            own=frozenset(inside),
            around=frozenset(outside),
            answers=kind,
            labelled=labelled,
            told_apart=bool(inside and inside.keys() - outside.keys() - parcel_stems(self._language))
            or self._names_label(text),
            under=unit.under,
        )

    def _nearness(self, unit: Unit) -> float:
        """Return how near a unit is to the question by meaning."""
        near = unit.source.near
        if len(unit.texts) == 1:
            return near.get(unit.texts[0], 0.0)
        nearness = [near.get(text, 0.0) for text in unit.texts]
        # One reason that fits brings all of them; the steps of a list answer together.
        return max(nearness) if unit.gives_reason else fmean(nearness)

    def _standing(self, unit: Unit, passage: Passage, answers: float, *, labelled: bool) -> float:
        """Return what a unit gains or loses by where it stands and how it is made."""
        gain = 0.0
        if unit.opens_article:
            strict = bool(self.cues & _STRICT)
            whole = 1.0 if strict and answers else 0.3 if strict else 0.65
            title = 1.0 if answers or not strict else 0.5
            article = passage.article_id
            gain += self._weights.opening * max(
                self._titles[article] * title, self._affinity[article] * whole
            )
        if labelled:
            gain += _LABEL
        elif unit.item and not unit.is_list:
            gain -= _ALONE if not unit.text.endswith(".") else _ALONE / 3
        goods = goods_in(unit.text) if self._goods else frozenset()
        if goods and self._goods.isdisjoint(goods):
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
        known = self._asides.get(text)
        if known is None:
            known = topics.besides(text, self._question, self._language, self._synonyms)
            self._asides[text] = known
        return known

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
        stems = self._label(text)
        if not stems:
            return False
        if stems <= self.stems:
            return True
        # "Kurier InPost: 15,99 zł" for "how much is a courier?", but no "Kod odbioru: …" for "code fails".
        told = any(cues.answers(cue, text, listed=False) for cue in self.cues & _STRICT)
        return told and bool(self._clear) and self._clear <= stems

    def _names_label(self, text: str) -> bool:
        stems = self._label(text)
        return bool(stems) and stems <= self.stems

    def _label(self, text: str) -> frozenset[str]:
        end = text.find(":", 0, _LABEL_CHARS + 1)
        return content_of(text[:end], self._language) if end >= 0 else frozenset()

    def _found(self, text: str) -> dict[str, float]:
        """Return which words of the question a text has: 1.0 in some form, less for a word akin to it."""
        found = self._founds.get(text)
        if found is None:
            there = (stem_set if self._without else stems_there)(text, self._language)
            found = self._founds[text] = self._kindred.found_in(there)
        return found

    def _all_there(self, passage: Passage) -> frozenset[str]:
        known = read(passage, self._language)
        return known.stems if self._without else known.there

    def heads_steps(self, block: Unit) -> bool:
        """Return whether a list stands under a heading that tells how, or that has a word of the question."""
        heading = block.source.passage.heading if block.source.passage is not None else ""
        return bool(_HOW.search(fold(heading))) or bool(self.stems & set(self._stems(heading)))

    def _restore(self, asked: Sequence[str], passages: Sequence[Passage]) -> list[str]:
        """Mend words after the passages' words, but leave those that we know: "wyprać" is not "wybrać"."""
        known = [read(p, self._language) for p in passages]
        strange = [
            word
            for word in asked
            if not self._synonyms.families_of(word, self._language) and self._may_be_mended(word, known)
        ]
        if not strange:
            return list(asked)
        texts = {text for p in passages for text in parts_of(p)}
        written = Counter(chain.from_iterable(map(words_of, texts)))
        stems = frozenset().union(*(passage.stems for passage in known))
        vocabulary = Vocabulary(written, self._language, stems)
        mended = {word: _mended(word, vocabulary.restore(word)) for word in strange}
        return [mended.get(word, word) for word in asked]

    def _may_be_mended(self, word: str, known: Sequence[Read]) -> bool:
        """Return whether it takes the passages' vocabulary to see if a word is a slip; soon told of most."""
        if any(word in passage.words for passage in known):
            return False
        folded = fold(word)
        if any(folded in passage.folded for passage in known):
            return True
        if len(word) < _MENDED_FROM_CHARS or not folded.isalpha() or is_stopword(word, self._language):
            return False
        key = stem(word, self._language)
        return len(key) < LEAST_STEM or not any(key in passage.stems for passage in known)

    def _stems(self, text: str) -> tuple[str, ...]:
        return stems_of(text, self._language)

    def _rarities(self, passages: Sequence[Passage]) -> dict[str, float]:
        """Weigh the question's words by how few of the found passages have them."""
        having = Counter(s for p in passages for s in stem_set(p.text, self._language) & self.stems)
        everything = frozenset().union(*map(self._all_there, passages))
        anywhere = self._kindred.found_in(everything)
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
        there: dict[str, set[str]] = {}
        for p in passages:
            there.setdefault(p.article_id, set()).update(self._all_there(p))
        share = {
            article: sum(self._rarity[s] * found for s, found in self._kindred.found_in(own).items())
            / self._total
            for article, own in ((article, frozenset(stems)) for article, stems in there.items())
        }
        found: dict[str, float] = {}
        named: dict[str, tuple[str, tuple[str, ...]]] = {}
        for p in passages:
            if named.get(p.article_id) == (p.title, p.questions):
                continue  # title and phrasings are the article's
            named[p.article_id] = p.title, p.questions
            found[p.article_id] = max(
                max(map(self._resembles, (p.title, *p.questions))) * (0.3 + 0.7 * share[p.article_id]),
                max((self._alike(phrase) for phrase in p.questions), default=0.0),
            )
        return found

    def _alike(self, phrase: str) -> float:
        """Return how far the question as asked is a phrasing in its own language, 0 to 1."""
        return likeness(self._as_asked, phrase) if self._as_asked else 0.0

    def _resembles(self, phrase: str) -> float:
        known = self._likenesses.get(phrase)
        if known is None:
            known = self._likenesses[phrase] = self._resemblance(phrase)
        return known

    def _resemblance(self, phrase: str) -> float:
        """Return how much the question resembles a title or one of the owner's phrasings, 0 to 1."""
        others = content_of(phrase, self._language)
        found = self._found(phrase)
        shared = sum(self._rarity[s] * share for s, share in found.items()) if found else 0.0
        whole = self._total + shared + _MISSING * max(0, len(others) - len(found))
        theirs = line_of(phrase)
        both = self._letters.total + number_of_grams(theirs)
        letters = 2 * self._letters.shared_with(theirs) / (both or 1)
        same_kind = bool(found and self._kinds) and not self._kinds.isdisjoint(cues.cues_of(phrase))
        return min(1.0, 0.55 * 2 * shared / whole + 0.35 * letters + 0.15 * same_kind)

    def _shared_grams(self, text: str) -> float:
        total = self._grams.total
        return self._grams.shared_with(line_of(text)) / total if total else 0.0


def _mended(word: str, restored: str) -> str:
    changed = fold(restored) != fold(word)
    return word if changed and len(word) < _MENDED_FROM_CHARS else restored
