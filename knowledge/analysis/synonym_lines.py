"""The lines of a synonyms file: groups of words, pairs of languages, and what is wrong with a line. Pure.

::

    # a remark
    rower jednoślad                  words that stand for one another, with what begins so, in both languages
    paczkomat: szafka automacik      more words for a group by its name, or a new group with a name
    paczkomat: -inpost$              one word less
    rower$ rowerow = bike bicycle    Polish = English; the first word of each side is what it is put into
    karta_podarunkowa = gift_card    words joined by _ are read together
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from foundation.language import Language
from knowledge.analysis.stopwords import ENGLISH, POLISH
from knowledge.analysis.words import fold

#: A beginning has at least so many letters; shorter words are whole ones and end in ``$``.
BEGINNING_CHARS = 3
_MAX_LINES, _MAX_LINE_CHARS = 2000, 2000

# A longer word loses its last vowels, as Polish nouns do.
_FIXED_CHARS, _VOWELS = 4, "aeiouy"

_TERM = re.compile(r"[^\W_]+(?:[_-][^\W_]+)*\$?")

#: Rights that are not one another: no group, no pair and no word joins two of them.
APART: Mapping[Language, tuple[str, str, str]] = {
    Language.PL: ("zwrot", "reklamacja", "gwarancja"),
    Language.EN: ("return", "complaint", "warranty"),
}

_FUNCTION_WORDS = {Language.PL: frozenset(map(fold, POLISH)), Language.EN: frozenset(map(fold, ENGLISH))}


@dataclass(frozen=True, slots=True)
class Word:
    """A word as a line has it.

    Attributes:
        spelled: As written, in lower case; ``_`` joins words that are read together.
        letters: What is compared: without diacritics, and without a last vowel that changes.
        whole: Only this form, not all words that begin so.
    """

    spelled: str
    letters: str
    whole: bool = False

    def overlaps(self, other: Word) -> bool:
        """Return whether there is a word that both stand for."""
        ours, theirs = self.letters, other.letters
        if self.whole and other.whole:
            return ours == theirs
        if self.whole or other.whole:
            long, short = (ours, theirs) if self.whole else (theirs, ours)
            return long.startswith(short)
        return ours.startswith(theirs) or theirs.startswith(ours)


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one language that stand for one another; `name` may be empty."""

    name: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What is said in Polish by these words, and in English by those; at least one each."""

    polish: tuple[Word, ...]
    english: tuple[Word, ...]

    def side(self, language: Language) -> tuple[Word, ...]:
        """Return the words of one language."""
        return self.polish if language is Language.PL else self.english


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is left out, its number from 1, and why, as a sentence."""

    number: int
    reason: str


@dataclass(frozen=True)
class Lists:
    """Groups by language, pairs, and the lines that were left out."""

    groups: Mapping[Language, tuple[Group, ...]]
    pairs: tuple[Pair, ...] = ()
    problems: tuple[BadLine, ...] = ()


EMPTY = Lists(dict.fromkeys(Language, ()))


class _BadLineError(Exception):
    """Why a line is left out."""


def read_lines(text: str, lists: Lists, only: Language | None = None) -> Lists:
    """Return `lists` with the lines of a file added.

    Args:
        text: The file's.
        lists: What is there already.
        only: The language of a list whose words are beginnings already. Without it a group holds in both
            languages, and words are written as they are: *żarówka* is *żarówki* too.
    """
    problems = list(lists.problems)
    for number, line in enumerate(text.splitlines(), 1):
        if number > _MAX_LINES:
            problems.append(BadLine(number, f"Only {_MAX_LINES} lines are read."))
            break
        line = line.partition("#")[0].strip()
        if not line:
            continue
        try:
            lists = _with_line(line, lists, only)
        except _BadLineError as error:
            problems.append(BadLine(number, str(error)))
    return replace(lists, problems=tuple(problems))


def _with_line(line: str, lists: Lists, only: Language | None) -> Lists:
    if len(line) > _MAX_LINE_CHARS:
        raise _BadLineError(f"The line is longer than {_MAX_LINE_CHARS} characters.")
    left, paired, right = line.partition("=")
    if paired:
        return _with_pair(_words(left), _words(right), lists)
    name, named, words = line.partition(":")
    if not named:
        name, words = "", line
    return _with_group(_name(name), words.replace(",", " ").split(), lists, only)


def _with_pair(polish: tuple[Word, ...], english: tuple[Word, ...], lists: Lists) -> Lists:
    if not polish or not english:
        raise _BadLineError("A = needs Polish words before it and English ones after it.")
    topics = _topics(polish, lists, [Language.PL]) | _topics(english, lists, [Language.EN])
    _keep_apart(topics)
    return replace(lists, pairs=(*lists.pairs, Pair(polish, english)))


def _with_group(name: str, said: list[str], lists: Lists, only: Language | None) -> Lists:
    if not said:
        raise _BadLineError("There are no words in it.")
    languages = [only] if only else list(Language)
    known = [x for x in languages if name and any(group.name == name for group in lists.groups[x])]
    less = [_word(one[1:]).letters for one in said if one.startswith("-")]
    more = tuple(
        _word(one, known or languages, as_is=only is not None) for one in said if not one.startswith("-")
    )
    if less and not known:
        raise _BadLineError(
            f"There is no group {name!r} to take words out of." if name else "Say of which group: NAME: -WORD"
        )
    if not name and len(more) < 2:
        raise _BadLineError("A group without a name needs two words or more.")
    if any("_" in word.spelled for word in more):
        raise _BadLineError("Words are joined by _ on a line with = only.")
    groups = dict(lists.groups)
    for language in known or languages:
        groups[language] = _changed(groups[language], name, more, less)
        changed = next(g for g in reversed(groups[language]) if g.name == name)
        _keep_apart(_topics(changed.words, lists, [language]))
    if not known:
        _keep_apart(_topics(more, lists, languages))
    if less and all(groups[x] == lists.groups[x] for x in known):
        raise _BadLineError(f"The group {name!r} has no such word.")
    return replace(lists, groups=groups)


def _changed(
    groups: tuple[Group, ...], name: str, more: tuple[Word, ...], less: Collection[str]
) -> tuple[Group, ...]:
    """Return the groups with words added to the one of that name, a new one if there is none."""
    if name and any(group.name == name for group in groups):
        return tuple(
            replace(g, words=tuple(w for w in dict.fromkeys((*g.words, *more)) if w.letters not in less))
            if g.name == name
            else g
            for g in groups
        )
    return (*groups, Group(name, tuple(dict.fromkeys(more))))


def _topics(words: Collection[Word], lists: Lists, languages: Iterable[Language]) -> set[int]:
    """Return which of the rights that stay apart the words are of."""
    return {
        topic
        for language in languages
        for topic, name in enumerate(APART[language])
        for group in lists.groups[language]
        if group.name == name and any(word.overlaps(other) for word in words for other in group.words)
    }


def _keep_apart(topics: Collection[int]) -> None:
    if len(topics) > 1:
        names = " and ".join(APART[Language.PL][topic] for topic in sorted(topics))
        raise _BadLineError(f"It would make {names} one: they are different rights and stay apart.")


def _name(text: str) -> str:
    name = " ".join(text.lower().split())
    if name and not re.fullmatch(r"[^\W_]+(?:[ -][^\W_]+)*", name):
        raise _BadLineError(f"{name[:40]!r} is no name: use letters and spaces before the colon.")
    return name


def _words(text: str) -> tuple[Word, ...]:
    return tuple(dict.fromkeys(map(_word, text.replace(",", " ").split())))


def _word(text: str, languages: Collection[Language] = (), *, as_is: bool = False) -> Word:
    spelled = text.lower()
    if not _TERM.fullmatch(spelled):
        raise _BadLineError(f"{text[:40]!r} is no word: only letters, digits, - inside and $ at the end.")
    whole, spelled = spelled.endswith("$"), spelled.removesuffix("$")
    letters = fold(spelled)
    if languages and all(letters in _FUNCTION_WORDS[language] for language in languages):
        raise _BadLineError(f"{text!r} is in every other sentence: it tells nothing of a topic.")
    if not whole and len(letters) < BEGINNING_CHARS:
        raise _BadLineError(f"{text!r} is short: write {text}$ for the whole word.")
    inflected = not whole and not as_is and len(letters) > _FIXED_CHARS
    return Word(spelled, letters.rstrip(_VOWELS) if inflected else letters, whole)
