"""What leaves the machine leaves without personal data, and comes back with it. Pure.

One `Redactor` serves one turn. What people wrote goes through `redact` before a model sees it, whatever
else a model is shown through `escape`, and whatever it answers through `restore`. What stands behind a
placeholder never leaves; the same value has the same placeholder all through the turn, so a model can tell
who is who.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from assistant.redaction_addresses import find_places, find_postcodes, find_streets
from assistant.redaction_names import People
from assistant.redaction_numbers import find_numbers
from assistant.redaction_patterns import (
    find_coded,
    find_dated,
    find_emails,
    find_harmless,
    find_links,
    find_network,
)
from assistant.redaction_tokens import lookalikes, placeholder
from assistant.redaction_view import Found, Kind, View, compact, plain

_FINDERS: tuple[Callable[[str], Iterator[Found]], ...] = (
    find_dated,
    find_network,
    find_coded,
    find_streets,
    find_harmless,
    find_numbers,
    find_places,
    find_postcodes,
)
"""In this order: what one has found, the next does not see."""

_PUBLIC_KINDS = frozenset(
    {Kind.EMAIL, Kind.PHONE, Kind.ADDRESS, Kind.ACCOUNT, Kind.NIP, Kind.REGON, Kind.LINK}
)
_LEARNT = frozenset(Kind) - {Kind.PERSON, Kind.TEXT, Kind.LINK, Kind.BIRTHDATE}
"""Kinds that one text tells for all others. Links are told anywhere; a day may be another one's."""

_SHORTEST_KNOWN = 4
_AS_TYPED = frozenset({Kind.TEXT, Kind.LINK, Kind.CODE})


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before anything is read.

    Attributes:
        names: First and last names of the customer, and of other people in the conversation.
        emails: Addresses of the customer.
        phones: Telephone numbers of the customer.
        address_lines: The customer's postal address, a line each.
        numbers: Orders, parcels and invoices of this customer: they stay readable.
        shop: The shop's own addresses, numbers and people: they stay readable.
        public: Texts that anybody may read, such as articles; contact details that stand there stay readable.
    """

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    address_lines: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    shop: tuple[str, ...] = ()
    public: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """A model's text with the values put back.

    Attributes:
        text: The text; invented placeholders stand as the model wrote them.
        invented: Placeholders that were never given out: whoever shows the text drops their sentences.
    """

    text: str
    invented: tuple[str, ...] = ()


class Redactor:
    """Replaces personal data by placeholders for one turn, and puts it back."""

    def __init__(self, known: Known | None = None) -> None:
        known = known or Known()
        self._values: dict[str, str] = {}
        self._numbers: dict[tuple[Kind, str], int] = {}
        self._counts: dict[Kind, int] = {}
        self._people = People()
        for name in known.names:
            self._people.add(name)
        self._readable = [_spelled(value) for value in (*known.shop, *known.numbers) if _can_be_told(value)]
        self._private = [
            (_spelled(value), kind)
            for kind, values in (
                (Kind.EMAIL, known.emails),
                (Kind.PHONE, known.phones),
                (Kind.ADDRESS, known.address_lines),
            )
            for value in values
            if _can_be_told(value)
        ]
        self._public = "\n".join(map(compact, known.public))

    def __repr__(self) -> str:
        return f"Redactor({len(self._values)} placeholders)"

    def notice(self, texts: Iterable[str]) -> None:
        """Learn who is who in all texts of the turn as they were written, before the first is redacted.

        What is personal in one of them is so in every other text of the turn, whatever words stand beside it
        there; but what one of them calls an order or a parcel stays.
        """
        views = [self._marked(text) for text in texts]
        found = [(f, f.value or view.text[a:b]) for view in views for a, b, f in view.found]
        ours = {compact(value) for f, value in found if f.kind is None}
        for view in views:
            self._people.learn(view)
        for f, value in found:
            if f.kind in _LEARNT and _can_be_told(value) and compact(value) not in ours:
                self._private.append((_spelled(value), f.kind))

    def redact(self, text: str) -> str:
        """Return a text that people wrote, its personal data replaced by placeholders."""
        view = self._marked(text)
        self._people.learn(view)
        view.take(self._people.find(view.plain))
        return self._written(view)

    def escape(self, text: str) -> str:
        """Return a text without personal data, such as an article, so that `restore` reads nothing in it."""
        view = View(text)
        _hide_lookalikes(view)
        return self._written(view)

    def restore(self, text: str) -> Restored:
        """Return what a model wrote, its placeholders replaced by what they stand for."""
        parts: list[str] = []
        invented: list[str] = []
        done = 0
        for found in lookalikes(text):
            parts.append(text[done : found.start])
            value = self._values.get(found.name)
            if value is None:
                if found.name:
                    invented.append(text[found.start : found.bare_end])
                parts.append(text[found.start : found.end])
            else:
                # The ending was for the placeholder; after a text that was only escaped it is the text's own.
                tail = text[found.bare_end : found.end] if found.name.startswith(Kind.TEXT) else ""
                parts += (value, tail)
            done = found.end
        return Restored("".join((*parts, text[done:])), tuple(dict.fromkeys(invented)))

    def _marked(self, text: str) -> View:
        """Return a text with all found but people."""
        view = View(text)
        _hide_lookalikes(view)
        view.take(find_links(view.plain))
        for pattern in self._readable:
            view.take(Found(m.start(), m.end(), None) for m in pattern.finditer(view.plain))
        for pattern, kind in self._private:
            view.take(Found(m.start(), m.end(), kind) for m in pattern.finditer(view.plain))
        view.take(find_emails(view.plain))
        for find in _FINDERS:
            view.take(find(view.plain))
        return view

    def _written(self, view: View) -> str:
        parts: list[str] = []
        done = 0
        for start, end, found in sorted(view.found, key=lambda item: item[0]):
            if found.kind is None:
                continue
            value = view.text[start:end]
            if found.kind in _PUBLIC_KINDS and compact(value) in self._public:
                continue
            parts += (view.text[done:start], self._placeholder(found.kind, found.value or value))
            done = end
        return "".join((*parts, view.text[done:]))

    def _placeholder(self, kind: Kind, value: str) -> str:
        key = (kind, value if kind in _AS_TYPED else _same(kind, value))
        number = self._numbers.get(key)
        if number is None:
            number = self._counts[kind] = self._counts.get(kind, 0) + 1
            self._numbers[key] = number
            self._values[f"{kind}_{number}"] = value
        return placeholder(kind, number)


def _hide_lookalikes(view: View) -> None:
    view.hide(((found.start, found.end) for found in lookalikes(view.text)), Kind.TEXT)


def _can_be_told(value: str) -> bool:
    return len(compact(value)) >= _SHORTEST_KNOWN


def _spelled(value: str) -> re.Pattern[str]:
    """Return a pattern of a value in any spelling: case, diacritics, spaces, dashes, country code aside."""
    shown = plain(value)
    if "@" in shown:
        inner = re.escape(shown.strip())
    elif re.fullmatch(r"[\d +()./-]{7,22}", shown.strip()):
        digits = re.sub(r"\D", "", shown)
        digits = re.sub(r"^(?:0048|48(?=\d{9}$))", "", digits)
        inner = r"(?:(?:\+|00)?48[ -]?)?" + r"[ ./()-]{0,2}".join(digits)
    elif re.fullmatch(r"[^ ]*\d[^ ]*", shown.strip()):
        inner = r"[ ./#_-]?".join(map(re.escape, compact(value)))
    else:
        inner = r"[^\w\ufffc]{1,4}".join(map(re.escape, re.findall(r"\w+", shown)))
    return re.compile(rf"(?<![\w@]){inner}(?!\w)", re.IGNORECASE)


def _same(kind: Kind, value: str) -> str:
    """Return what two spellings of one value have in common."""
    key = compact(value)
    if kind is Kind.PHONE:
        return re.sub(r"^(?:0048|48(?=\d{9}$))", "", key)
    return key
