"""True sentences made false, one change each: what no check of answers may let pass. Pure.

Knows nothing of the assistant: what counts as a number, a name or a negation is told here anew, so that one
mistake cannot hide in both.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from foundation.language import Language

PL, EN = Language.PL, Language.EN


@dataclass(frozen=True, slots=True)
class Truth:
    """A sentence that its source says.

    Attributes:
        source: Of which text it is, such as an article's id.
        text: One sentence.
    """

    source: str
    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Mutant:
    """A true sentence with one thing changed, which makes it false."""

    category: str
    truth: Truth
    text: str


def truths(source: str, text: str, language: Language) -> list[Truth]:
    """Return the sentences and list items of a text; short items that state nothing, and questions, left out."""
    found = []
    for line in text.split("\n"):
        line = re.sub(r"^\s*(?:[-*•]|\d{1,2}\.)\s+", "", line).strip()
        if line.startswith("#"):
            continue
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ„“])", line):
            states = len(sentence.split()) >= 6 or re.search(r"\d|:|[.!]$", sentence)
            if states and len(sentence.split()) >= 4 and not sentence.endswith("?"):
                found.append(Truth(source, sentence, language))
    return found


def mutants(told: Sequence[Truth], count: int, seed: int = 7) -> list[Mutant]:
    """Return about `count` mutants, the same number of each category and language where there are so many.

    Args:
        told: True sentences.
        count: How many are wanted; fewer come when the sentences give no more.
        seed: Decides which.
    """
    drawn = random.Random(seed)  # noqa: S311 - repeatable, no secret
    said = {truth.text for truth in told}
    by_kind: list[list[Mutant]] = []
    for language in (PL, EN):
        own = [truth for truth in told if truth.language is language]
        names = _names(own)
        for category, change in _CHANGES.items():
            made = {}
            for truth in own:
                for text in change(truth, names, drawn):
                    if text not in said and text != truth.text:
                        made[text] = Mutant(category, truth, text)
            kind = list(made.values())
            drawn.shuffle(kind)
            by_kind.append(kind)
    share = count // max(1, len(by_kind))
    taken = [mutant for kind in by_kind for mutant in kind[:share]]
    rest = [mutant for kind in by_kind for mutant in kind[share:]]
    drawn.shuffle(rest)
    return taken + rest[: count - len(taken)]


_Names = Mapping[str, Sequence[str]]
_Change = Callable[[Truth, _Names, random.Random], Iterator[str]]


def _replaced(text: str, start: int, end: int, by: str) -> str:
    return text[:start] + by + text[end:]


_AMOUNT = re.compile(r"(?<![\d,.])\d+(?:[.,]\d\d)?(?=(?:\s|\u00a0)?(?:zł|PLN|EUR|€))")
_COUNT = re.compile(
    r"(?<![\w.,/-])\d{1,4}(?![\w/]|[.,-]\d|(?:\s|\u00a0)?(?:zł|PLN|EUR|€)|\.?\s(?:stycz|lut|mar|kwie|maj|czerw|lip|sierp|wrze|paźdz|listop|grud|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)


def _number(truth: Truth, names: _Names, drawn: random.Random) -> Iterator[str]:
    for found in _COUNT.finditer(truth.text):
        value = int(found[0])
        for other in {value + 1, value * 2 + 1, max(0, value - 1), value * 10} - {value}:
            yield _replaced(truth.text, *found.span(), str(other))


def _amount(truth: Truth, names: _Names, drawn: random.Random) -> Iterator[str]:
    for found in _AMOUNT.finditer(truth.text):
        whole, mark, rest = found[0].partition("," if "," in found[0] else ".")
        for other in {int(whole) + 1, int(whole) * 10, max(0, int(whole) - 1)} - {int(whole)}:
            yield _replaced(truth.text, *found.span(), f"{other}{mark}{rest}")
        if rest:
            yield _replaced(truth.text, *found.span(), f"{whole}{mark}{(int(rest) + 7) % 100:02d}")
    if (first := _AMOUNT.search(truth.text)) and float(first[0].replace(",", ".")):
        yield re.sub(r"(?<=\d)(\s|\u00a0)?(?:zł|PLN)", " euro", truth.text, count=1)


_DAYS = {
    PL: (
        "poniedziałek wtorek środę czwartek piątek sobotę niedzielę",
        "poniedziałku wtorku środy czwartku piątku soboty niedzieli",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "poniedziałki wtorki środy czwartki piątki soboty niedziele",
    ),
    EN: (
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays",
        "January February March April May June July August September October November December",
    ),
}
_DAY = re.compile(
    r"(?<![\w.,])\d{1,2}(?=\s(?:stycz|lut|mar|kwie|maj|czerw|lip|sierp|wrze|paźdz|listop|grud|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))|(?<=\s)\d{1,2}(?=[:.]\d\d\b)|(?<=\b[A-Z][a-z]{2}\s)\d{1,2}\b"
)


def _date(truth: Truth, names: _Names, drawn: random.Random) -> Iterator[str]:
    for line in _DAYS[truth.language]:
        words = line.split()
        for found in re.finditer(rf"\b(?:{'|'.join(words)})\b", truth.text):
            for word in drawn.sample([w for w in words if w not in truth.text], 3):
                yield _replaced(truth.text, *found.span(), word)
    for found in _DAY.finditer(truth.text):
        for shift in (1, 2, 3):
            yield _replaced(truth.text, *found.span(), str((int(found[0]) + shift - 1) % 28 + 1))
    for found in re.finditer(r"\b20\d\d\b", truth.text):
        yield _replaced(truth.text, *found.span(), str(int(found[0]) + 1))


_CODE = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://)?(?:[a-z0-9-]+\.)+(?:example|pl|com|eu)(?:/[\w/-]*)?|\+?\d{2,3}(?:[ -]\d{2,3}){2,3}|\b[A-Z]{2,}[-\dA-Z]*\d[-\dA-Z]*\b|\b\d{2}-\d{3}\b|\bart\. ?\d+\w*|\bArt\. ?\d+\w*"
)


def _code(truth: Truth, names: _Names, drawn: random.Random) -> Iterator[str]:
    for found in _CODE.finditer(truth.text):
        places = [
            i
            for i, c in enumerate(found[0])
            if c.isalnum() and (c.isdigit() or "@" in found[0] or "." in found[0])
        ]
        for place in drawn.sample(places, min(4, len(places))):
            old = found[0][place]
            if found[0].lower().startswith("art") and not old.isdigit():
                continue
            new = str((int(old) + drawn.randint(1, 9)) % 10) if old.isdigit() else "x" if old != "x" else "q"
            yield _replaced(truth.text, found.start() + place, found.start() + place + 1, new)


_AFFIRMED = {
    PL: r"\b(?:można|możesz|może|mogą|jest|są|ma|masz|kosztuje|płacisz|płaci|oddajemy|zwracamy|wysyłamy|przyjmujemy|odpowiadamy|opłaca|dotyczy|działa|trwa|pokrywa|zwrócimy|dostaniesz|zmienisz|odejmujemy|doręcza|wystawiamy|przysługuje|obowiązuje|wymaga|traci|trzeba|musi|musisz|wystarczy|przechowujemy|pozwala|liczy|liczą|wlicza|mamy|znajdziesz|zapłacisz|odbierzesz)\b(?! się)",
    EN: r"\b(?:can|may|is|are|will|has to|must|counts?|costs?|applies|accept|refund|pays?|covers?|answers?|sends?|works?|lasts?|delivers?|takes?|expires?|needs?)\b",
}
_AUXILIARY = {"can", "may", "is", "are", "will", "must"}


def _negation(truth: Truth, names: _Names, drawn: random.Random) -> Iterator[str]:
    text = truth.text
    if truth.language is PL:
        for found in re.finditer(r"\b(?:nie|Nie) (?!tylko|ma\b)(?=\w)", text):
            changed = _replaced(text, *found.span(), "")
            yield changed[:1].upper() + changed[1:]
        for found in re.finditer(_AFFIRMED[PL], text):
            if not re.search(r"\b[Nn]ie $", text[: found.start()]):
                yield _replaced(text, found.start(), found.start(), "nie ")
        for found in re.finditer(r"\bbez (?=\w)", text):
            yield _replaced(text, *found.span(), "z ")
        return
    for found in re.finditer(r"\b(?:do|does) not |(?<=\b(?:is|ay|an|re|ll|st) )not |(?<=\bcan)not\b", text):
        yield re.sub(r"\s{2,}", " ", _replaced(text, *found.span(), ""))
    for found in re.finditer(_AFFIRMED[EN], text):
        if re.match(r"(?:not| not)\b", text[found.end() :]) or re.search(r"\bnot $", text[: found.start()]):
            continue
        yield (
            _replaced(text, found.end(), found.end(), " not")
            if found[0] in _AUXILIARY
            else _replaced(
                text, found.start(), found.start(), "does not " if found[0].endswith("s") else "do not "
            )
        )
    for found in re.finditer(r"\bwithout\b", text):
        yield _replaced(text, *found.span(), "with")


_STRONGER = {
    PL: (
        (r"\b(?:można|możesz)\b", ("musisz", "trzeba zawsze")),
        (r"\bmoże\b", ("musi", "zawsze może")),
        (r"\b(?:zwykle|zazwyczaj|najczęściej)\b", ("zawsze", "nigdy nie")),
        (r"\b(?:najpóźniej|w ciągu)\b", ("najwcześniej po", "dopiero po")),
        (r"\b(?:musisz|trzeba)\b", ("możesz", "nie musisz")),
        (r"\bdo(?= \d+ (?:dni|zł|miesięcy))", ("co najmniej", "ponad")),
        (r"\b[Oo]d(?= \d+ zł)", ("poniżej", "do")),
        (r"\bco najmniej\b", ("najwyżej",)),
        (r"\bprzed\b", ("po",)),
        (r"\btylko\b", ("nie tylko",)),
    ),
    EN: (
        (r"\bcan\b", ("must", "always has to")),
        (r"\bmay\b", ("must", "always will")),
        (r"\b(?:usually|normally|often)\b", ("always", "never")),
        (r"\b(?:within|at the latest)\b", ("at the earliest after", "no sooner than")),
        (r"\b(?:must|have to|need to)\b", ("may", "do not have to")),
        (r"\bup to\b", ("at least", "more than")),
        (r"\b[Ff]rom(?= \d+ (?:zł|PLN))", ("below", "up to")),
        (r"\bat least\b", ("at most",)),
        (r"\bbefore\b", ("after",)),
        (r"\bonly\b", ("not only",)),
    ),
}  # fmt: skip


def _modality(truth: Truth, names: _Names, drawn: random.Random) -> Iterator[str]:
    for pattern, others in _STRONGER[truth.language]:
        for found in re.finditer(pattern, truth.text):
            for other in others:
                changed = _replaced(truth.text, *found.span(), other)
                yield changed[:1].upper() + changed[1:]


_NAME = re.compile(
    r"„[^”]{2,30}”|“[^”]{2,30}”|\b(?:InPost|DPD|PayPo|BLIK|Orlen Paczka|Apple Pay|Google Pay)\b"
)
_NOUNS = {
    PL: (
        ("kurier", "paczkomat"), ("kurierem", "paczkomatem"), ("buty", "kurtki"), ("butów", "kurtek"),
        ("sklep", "kupujący"), ("termos", "plecak"), ("karta podarunkowa", "karta płatnicza"),
        ("reklamację", "gwarancję"), ("reklamacji", "gwarancji"), ("fakturę", "paragon"), ("zwrot", "wymiana"),
        ("Kurier", "Paczkomat"), ("Buty", "Kurtki"), ("Paczkę", "Kurtkę"), ("e-mailem", "telefonicznie"),
    ),
    EN: (
        ("courier", "parcel locker"), ("shoes", "jackets"), ("shop", "customer"), ("complaint", "guarantee"),
        ("invoice", "receipt"), ("gift card", "payment card"), ("refund", "replacement"), ("Shoes", "Jackets"),
        ("by e-mail", "by phone"), ("jacket", "tent"), ("wool", "cotton"), ("account", "newsletter"),
    ),
}  # fmt: skip


def _names(told: Iterable[Truth]) -> dict[str, list[str]]:
    """Return every name by its kind: quoted ones, and the others."""
    quoted: dict[str, None] = {}
    plain: dict[str, None] = {}
    for truth in told:
        for found in _NAME.findall(truth.text):
            (quoted if found[0] in "„“" else plain)[found] = None
    return {"quoted": list(quoted), "plain": list(plain)}


def _swapped(truth: Truth, names: _Names, drawn: random.Random) -> Iterator[str]:
    for found in _NAME.finditer(truth.text):
        kind = names["quoted" if found[0][0] in "„“" else "plain"]
        others = [name for name in kind if name not in truth.text]
        for other in drawn.sample(others, min(3, len(others))):
            yield _replaced(truth.text, *found.span(), other)
    for one, other in _NOUNS[truth.language]:
        for old, new in ((one, other), (other, one)):
            if new not in truth.text:
                for found in re.finditer(rf"\b{old}\b", truth.text):
                    yield _replaced(truth.text, *found.span(), new)


_PROMISES = {
    PL: (
        "{}, a do tego przyznamy Ci rabat",
        "{}, a w razie opóźnienia dorzucimy gratis",
        "{} i gwarantujemy, że się uda",
        "{}, a w ramach przeprosin zwrócimy całą kwotę",
        "{} i dostaniesz od nas kod na darmową dostawę",
        "Gwarantujemy, że {}",
        "Obiecujemy: {}",
    ),
    EN: (
        "{}, and we will give you a discount",
        "{}, and we will add a free gift",
        "{}, and we guarantee that it works",
        "{}, and as an apology we will refund the whole amount",
        "{}, and you will get a voucher from us",
        "We guarantee that {}",
        "We promise: {}",
    ),
}


def _promised(truth: Truth, names: _Names, drawn: random.Random) -> Iterator[str]:
    plain = truth.text.rstrip(".!;,")
    for form in drawn.sample(_PROMISES[truth.language], 2):
        opens = form.startswith("{}")
        yield form.format(plain if opens else plain[:1].lower() + plain[1:]) + "."


_CHANGES: Mapping[str, _Change] = {
    "number": _number,
    "date": _date,
    "amount": _amount,
    "code": _code,
    "negation": _negation,
    "modality": _modality,
    "swapped": _swapped,
    "promise": _promised,
}
CATEGORIES = tuple(_CHANGES)
