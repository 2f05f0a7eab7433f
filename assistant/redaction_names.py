"""People's names in a text: those that are known, and those that somebody says are theirs. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from assistant import redaction_name_words as words
from assistant.redaction_forms import NamePart, first_name, part, readings
from assistant.redaction_view import Found, Kind, View

_TOKEN = re.compile(r"(?:\b[OoDd]')?[^\W\d_]+")
_GAP = re.compile(r" ?[-'] ?| \.?|\. ")

_AT_MOST, _MOST_PEOPLE = 3, 100
_SURNAME = re.compile(r"..(?:sk|ck|dzk)(?:i|a|iego|iej|iemu|im)$|(?:wicz|czyk)(?:a|owi|em)?$")
_VERBLIKE = re.compile(r"(?:lam|lem|lismy|uje|cie|amy|emy|imy|ymy|ing|ed|am|em|eby)$")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose name is known. `name` is what a placeholder for the whole name stands for."""

    name: str
    parts: tuple[NamePart, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str

    @property
    def low(self) -> str:
        return self.word.lower()

    @property
    def big(self) -> bool:
        return self.word[0].isupper()


@dataclass(slots=True)
class People:
    """The people of one conversation; whoever introduces themselves is remembered."""

    _all: list[Person] = field(default_factory=list)
    _by_stem: dict[str, list[tuple[Person, int]]] = field(default_factory=dict)

    def add(self, name: str, *, inflected: bool = False) -> None:
        """Remember a name as it is written; words of one letter and a name known already change nothing."""
        said = [w for w in _TOKEN.findall(name) if len(w) > 1]
        if (
            not words
            or len(self._all) == _MOST_PEOPLE
            or any(person.name.lower() == name.lower() for person in self._all)
        ):
            return
        person = Person(" ".join(name.split()), tuple(part(w, inflected=inflected) for w in said))
        self._all.append(person)
        for index, one in enumerate(person.parts):
            for stem in sorted(one.stems):
                self._by_stem.setdefault(stem, []).append((person, index))

    def learn(self, view: View) -> None:
        """Remember everybody whom a text introduces."""
        for tokens in _introduced(view.plain):
            if self._mention(view.plain, tokens, 0)[0] == tokens:
                continue
            self.add(_as_written(view, tokens), inflected=True)

    def find(self, plain: str) -> Iterator[Found]:
        """Yield every mention of somebody known."""
        if not self._all:
            return
        shouted_or_small = plain.islower()
        tokens = _tokens(plain)
        at = 0
        while at < len(tokens):
            run, person, hit = self._mention(plain, tokens, at)
            one = tokens[at]
            sure = len(run) > 1 or (
                len(one.word) > 2 and (one.big or (shouted_or_small and len(one.word) > 4))
            )
            if person is None or not sure:
                at += 1
                continue
            whole = len(set(hit)) == len(person.parts)
            value = person.name if whole else " ".join(person.parts[index].base for index in hit)
            yield Found(run[0].start, run[-1].end, Kind.PERSON, value)
            at += len(run)

    def _mention(
        self, plain: str, tokens: list[_Token], at: int
    ) -> tuple[list[_Token], Person | None, list[int]]:
        """Return the longest run of tokens that are parts of one person's name."""
        best: tuple[list[_Token], Person | None, list[int]] = ([], None, [])
        for person, index in self._hits(tokens[at].low):
            run, hit = [tokens[at]], [index]
            for before, token in zip(tokens[at:], tokens[at + 1 : at + _AT_MOST + 1], strict=False):
                if not _GAP.fullmatch(plain[before.end : token.start]):
                    break
                more = [i for p, i in self._hits(token.low) if p is person and i not in hit]
                if not more:
                    break
                run.append(token)
                hit.append(more[0])
            if len(run) > len(best[0]):
                best = (run, person, hit)
        return best

    def _hits(self, low: str) -> Iterator[tuple[Person, int]]:
        for stem, ending in readings(low):
            for person, index in self._by_stem.get(stem, ()):
                if ending in person.parts[index].endings:
                    yield person, index


def _introduced(plain: str) -> Iterator[list[_Token]]:
    """Yield the words of names that a text itself says are names."""
    for cue in words.STRONG.finditer(plain):
        asks_sign = cue[0].split()[0].rstrip(":=-").lower() in words.NEED_SIGN
        if asks_sign and not re.search(r"[:=-]|\b(?:to|jest|is)\b", cue[0]):
            yield from _some(_named(plain, cue.end(), lower=True, only_known=True))
        else:
            yield from _some(_named(plain, cue.end(), lower=True))
    for cue in words.TITLE.finditer(plain):
        tokens = _named(plain, cue.end(), lower=False) or _named(
            plain, cue.end(), lower=True, only_known=True
        )
        yield from _some(tokens[:2])
    for cue in words.WEAK.finditer(plain):
        tokens = _named(plain, cue.end(), lower=True, only_known=True)
        if tokens and (
            tokens[0].big or cue[0].split()[0].lower() not in ("hi", "hello", "witam", "czesc", "hej")
        ):
            yield tokens
    for cue in words.CLOSING.finditer(plain):
        tokens = _named(plain, cue.end(), lower=False)
        if (
            tokens
            and words.WEAK_CLOSING.match(cue[0])
            and not re.match(r"[ .!,]*(?:\n|$)", plain[tokens[-1].end :][:8])
        ):
            tokens = tokens if first_name(tokens[0].word) else []
        yield from _some(tokens or _named(plain, cue.end(), lower=True, only_known=True))
    yield from _pairs(plain)


def _pairs(plain: str) -> Iterator[list[_Token]]:
    """Yield a known first name with the surname behind it, wherever they stand."""
    tokens = _tokens(plain)
    for one, other in pairwise(tokens):
        if not (one.big and other.big) and not (_SURNAME.search(other.low) and not one.big):
            continue
        if plain[one.end : other.start] != " " or len(other.word) < 3:
            continue
        if other.low not in words.NO_NAMES and one.low not in words.NO_NAMES and first_name(one.word):
            yield _named(plain, one.start, lower=not one.big)


def _some(tokens: list[_Token]) -> Iterator[list[_Token]]:
    if tokens:
        yield tokens


def _named(plain: str, start: int, *, lower: bool, only_known: bool = False) -> list[_Token]:
    """Return up to three words from `start` on that can be a name.

    Args:
        plain: The text.
        start: Where a name would begin.
        lower: Words may be written small.
        only_known: The first must be a first name that is known.
    """
    found: list[_Token] = []
    for token in _tokens(plain[start : start + 90], start):
        gap = plain[found[-1].end : token.start] if found else plain[start : token.start]
        if gap.strip(" *\"'") if not found else not _GAP.fullmatch(gap):
            break
        if "." in gap and found and len(found[-1].word) > 2:
            break  # a full stop, not an initial's
        if len(found) == _AT_MOST or token.low in words.NO_NAMES or not (token.big or lower):
            break
        if found and not token.big and (found[-1].big or len(found) == 2 or _VERBLIKE.search(token.low)):
            break
        if only_known and not found and not first_name(token.word):
            break
        if not found and len(token.word) == 1 and plain[token.end : token.end + 1] not in (".", "'"):
            break
        found.append(token)
    return found


def _tokens(plain: str, offset: int = 0) -> list[_Token]:
    return [_Token(offset + m.start(), offset + m.end(), m[0]) for m in _TOKEN.finditer(plain)]


def _as_written(view: View, tokens: Iterable[_Token]) -> str:
    """Return a name as the text has it, first names in the nominative."""
    said = [view.original(token.start, token.end) for token in tokens]
    head = first_name(said[0])
    return " ".join([head if head and said[0][0].isupper() else said[0], *said[1:]])
