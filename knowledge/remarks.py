"""What is said about a file that was read: why it was left out, or what was left out of it. Pure.

Each remark has a stable code and fields, so that a page can say it in the reader's language. Both languages
are complete here, in `_SENTENCES`; the file's name stands before the sentence, a full stop after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foundation.language import Language
from knowledge import page_remarks


class Refused(Exception):
    """What was read cannot be used; becomes a `Problem`.

    Attributes:
        code: A key of the sentences of this module.
        fields: What the sentence names.
    """

    def __init__(self, code: str, **fields: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.fields: Mapping[str, str | int] = fields


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about a file.

    Attributes:
        source: The path or address of the file, as it was given.
        code: Stable; which sentence it is.
        fields: What the sentence names, such as a number or an excerpt. Text of a file: data, never markup.
        row: Of a table, the row that is meant, from 1 as a spreadsheet counts, header included.
    """

    source: str
    code: str
    fields: Mapping[str, str | int] = field(default_factory=dict)
    row: int | None = None

    @property
    def message(self) -> str:
        """The whole sentence in English, as the command line prints it."""
        return self.say(Language.EN)

    @property
    def path(self) -> Path:
        """The source as a path; of an address it makes no sense."""
        return Path(self.source)

    def say(self, language: Language) -> str:
        """Return the whole sentence, the name of the file in front, a full stop or a question mark behind."""
        where = "" if self.row is None else f"{_ROW[language]} {self.row}: "
        sentence = self.sentence(language)
        return f"{self.source}: {where}{sentence}{'' if sentence.endswith('?') else '.'}"

    def sentence(self, language: Language) -> str:
        """Return what is said, without the file's name and without a full stop."""
        return _SENTENCES[self.code][language is Language.PL].format_map(_Fields(self.fields))


class Problem(Remark):
    """A file, or a row of one, that was left out: why, and what to do."""


class Note(Remark):
    """Something of a file that was left out or is worth a look; the file itself was read."""


class _Fields(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


_ROW = {Language.EN: "row", Language.PL: "wiersz"}

KINDS = ".md, .markdown, .txt, .html, .htm, .csv, .xlsx, .pdf, .docx"

_SENTENCES: Mapping[str, tuple[str, str]] = {
    **page_remarks.SENTENCES,
    # Files and folders.
    "not_there": (
        "there is no such file or folder (the address of a page begins with https://)",
        "nie ma takiego pliku ani folderu (adres strony zaczyna się od https://)",
    ),
    "empty_folder": (
        f"there is no file in this folder that can be read ({KINDS})",
        f"w tym folderze nie ma pliku, który da się odczytać ({KINDS})",
    ),
    "no_file": ("it is neither a file nor a folder", "to nie jest ani plik, ani folder"),
    "leads_out": (
        "it is a link that leads out of its folder: add what it leads to by its own name",
        "to dowiązanie, które prowadzi poza folder: dodaj to, na co wskazuje, pod własną nazwą",
    ),
    "bad_name": (
        "its name holds characters that cannot be shown (or is not in UTF-8): rename it",
        "w nazwie są znaki, których nie da się pokazać (albo nie jest w UTF-8): zmień nazwę",
    ),
    "passed_over": (
        "files of other kinds were passed over: {kinds}",
        "pominięto pliki innych rodzajów: {kinds}",
    ),
    "cannot_open": ("it cannot be opened ({reason})", "nie da się go otworzyć ({reason})"),
    "unknown_kind": (f"only {KINDS} files can be read", f"odczytać można tylko pliki {KINDS}"),
    "too_large": (
        "it is larger than {limit} MB: split it into several files",
        "ma więcej niż {limit} MB: podziel go na kilka plików",
    ),
    "too_large_text": (
        "it is larger than {limit} MB: split it into several articles",
        "ma więcej niż {limit} MB: podziel go na kilka artykułów",
    ),
    "too_many_lines": (
        "it has more than {limit} lines: split it into several articles",
        "ma więcej niż {limit} wierszy: podziel go na kilka artykułów",
    ),
    "empty": ("it is empty", "jest pusty"),
    "no_text": ("it has no text", "nie ma w nim tekstu"),
    "not_text": ("it is not a text file", "to nie jest plik tekstowy"),
    "not_utf8": (
        "it is not encoded in UTF-8: save it as UTF-8",
        "nie jest zapisany w kodowaniu UTF-8: zapisz go jako UTF-8",
    ),
    "other_content": (
        "its name says {named}, but its content is {found}: save it again as {named}",
        "nazwa wskazuje na {named}, a zawartość to {found}: zapisz go jeszcze raz jako {named}",
    ),
    "archive": (
        "it is an archive ({found}): unpack it and add the files in it",
        "to archiwum ({found}): rozpakuj je i dodaj pliki, które zawiera",
    ),
    "old_office": (
        "it is an old or password-protected Office file: save it as {named} without a password",
        "to plik Office w starym formacie albo z hasłem: zapisz go jako {named} bez hasła",
    ),
    "damaged": (
        "it cannot be read as {named}: it may be damaged; save it again",
        "nie da się go odczytać jako {named}: może jest uszkodzony; zapisz go jeszcze raz",
    ),
    "encrypted": (
        "it is protected by a password: save it without one",
        "jest chroniony hasłem: zapisz go bez hasła",
    ),
    "scan": (
        "it has no text (a scan?): recognise its text (OCR) first, or add the original",
        "nie ma w nim tekstu (to skan?): rozpoznaj tekst (OCR) albo dodaj oryginał",
    ),
    "bomb": (
        "it would unpack to more than {limit} MB: it is not an ordinary document",
        "po rozpakowaniu miałby ponad {limit} MB: to nie jest zwykły dokument",
    ),
    "too_many_parts": (
        "it holds more than {limit} parts: it is not an ordinary document",
        "składa się z ponad {limit} części: to nie jest zwykły dokument",
    ),
    "too_deep": (
        "its parts are nested too deeply to be read",
        "jego części są zagnieżdżone zbyt głęboko, by go odczytać",
    ),
    "too_slow": (
        "reading it took longer than {limit} seconds: split it into smaller files",
        "czytanie trwało dłużej niż {limit} s: podziel go na mniejsze pliki",
    ),
    "too_much_memory": (
        "reading it takes more than {limit} MB of memory: split it into smaller files",
        "czytanie wymaga ponad {limit} MB pamięci: podziel go na mniejsze pliki",
    ),
    "too_much_text": (
        "it holds more than {limit} MB of text: split it into smaller files",
        "zawiera ponad {limit} MB tekstu: podziel go na mniejsze pliki",
    ),
    "reader_died": (
        "the reader broke down on it: it may be damaged; save it again",
        "program czytający przerwał na nim pracę: może jest uszkodzony; zapisz go jeszcze raz",
    ),
    # Fields: the front matter of Markdown, the columns of a table.
    "open_front_matter": (
        "its front matter has no closing --- line",
        "nagłówek pliku nie jest zamknięty wierszem ---",
    ),
    "bad_yaml": (
        "its front matter is not valid YAML: check colons and quotes",
        "nagłówek pliku nie jest poprawnym YAML-em: sprawdź dwukropki i cudzysłowy",
    ),
    "bad_yaml_line": (
        "its front matter is not valid YAML near line {line}: check colons and quotes",
        "nagłówek pliku koło wiersza {line} nie jest poprawnym YAML-em: sprawdź dwukropki i cudzysłowy",
    ),
    "no_fields": (
        "its front matter is not a list of fields such as {known}",
        "nagłówek pliku nie jest listą pól takich jak {known}",
    ),
    "bad_language": (
        "its language {value!r} is not one of {allowed}",
        "język {value!r} nie jest jednym z: {allowed}",
    ),
    "bad_list": (
        "its {key} are not a list of texts: put quotes round a text with a colon",
        "pole {key} nie jest listą tekstów: tekst z dwukropkiem weź w cudzysłów",
    ),
    "bad_day": (
        "its {key} {value!r} is not a date such as 2026-12-24",
        "{key} {value!r} nie jest datą taką jak 2026-12-24",
    ),
    "days_turned": (
        "its valid_from is after its valid_until",
        "data valid_from jest późniejsza niż valid_until",
    ),
    "bad_id": (
        "its id {value!r} may hold only a–z, 0–9, -, _ and /, and at most 191 of them",
        "id {value!r} może mieć tylko znaki a–z, 0–9, -, _ i /, najwyżej 191",
    ),
    "no_id": (
        "no id can be made of its name: use letters or give it an id in the front matter",
        "z nazwy nie da się zrobić id: użyj liter albo podaj id w nagłówku pliku",
    ),
    "same_id": (
        "it has the same id {id!r} as {other}: rename the file or give it an id of its own",
        "ma to samo id {id!r} co {other}: zmień nazwę pliku albo podaj własne id",
    ),
    "same_question": (
        "its question stands in the table already ({id}): keep one of the two rows",
        "to pytanie już jest w tabeli ({id}): zostaw jeden z tych wierszy",
    ),
    # Tables.
    "no_columns": (
        "no row with the names of the columns was found: needed are 'question' (or 'title') and 'answer'; "
        "'questions', 'language', 'tags', 'valid_from', 'valid_until' and 'id' may stand beside them",
        "nie ma wiersza z nazwami kolumn: potrzebne są „pytanie” (lub „tytuł”) i „odpowiedź”; obok nich mogą "
        "być „inne pytania”, „język”, „tagi”, „ważne od”, „ważne do” i „id”",
    ),
    "no_rows": (
        "there is no row below the names of the columns",
        "pod nazwami kolumn nie ma żadnego wiersza",
    ),
    "no_question": ("it has an answer but no question", "jest odpowiedź, ale nie ma pytania"),
    "no_answer": (
        "it has a question but no answer (of a formula only the saved value counts)",
        "jest pytanie, ale nie ma odpowiedzi (z formuły liczy się tylko zapisana wartość)",
    ),
    "long_answer": (
        "its answer has more than {limit} characters: make an article of its own of it",
        "odpowiedź ma ponad {limit} znaków: zrób z niej osobny artykuł",
    ),
    "too_many_rows": (
        "only the first {limit} rows were read: put the others into another file",
        "odczytano tylko pierwsze {limit} wierszy: resztę zapisz w innym pliku",
    ),
    "bad_table": (
        "it cannot be read as a table from here on ({reason})",
        "od tego miejsca nie da się go odczytać jako tabeli ({reason})",
    ),
    # What was left out of a file that was read.
    "scripts": ("scripts were left out ({count})", "pominięto skrypty ({count})"),
    "hidden": (
        "hidden text was left out ({count} places)",
        "pominięto ukryty tekst (miejsc: {count})",
    ),
    "struck": (
        "crossed-out text was left out ({count} places)",
        "pominięto przekreślony tekst (miejsc: {count})",
    ),
    "open_quote": (
        "a quotation mark is opened here and never closed: from here on nothing was read",
        "tu otwarto cudzysłów, którego nie zamknięto: od tego miejsca nic nie odczytano",
    ),
    "hidden_rows": (
        "hidden rows of the sheet “{name}” were left out ({count})",
        "pominięto ukryte wiersze arkusza „{name}” ({count})",
    ),
    "invisible": (
        "invisible characters were left out ({count})",
        "pominięto niewidoczne znaki ({count})",
    ),
    "instruction": (
        "a passage that addresses an AI was left out: “{excerpt}”",
        "pominięto fragment skierowany do AI: „{excerpt}”",
    ),
    "tells_how_to_answer": (
        "a sentence sounds as if written to whoever answers shoppers: “{excerpt}” – are shoppers to read it?",
        "jedno zdanie brzmi jak polecenie dla tego, kto odpowiada klientom: „{excerpt}” – czy klienci mają "
        "je czytać?",
    ),
    "more_tell_how_to_answer": (
        "more sentences sound like that ({count})",
        "podobnie brzmią też dalsze zdania ({count})",
    ),
    "only_instructions": (
        "nothing is left of it without passages that address an AI: “{excerpt}”",
        "bez fragmentów skierowanych do AI nic z niego nie zostaje: „{excerpt}”",
    ),
    "encoding": (
        "it was read as {encoding}, for it is not in UTF-8: check the Polish letters",
        "odczytano go jako {encoding}, bo nie jest w UTF-8: sprawdź polskie litery",
    ),
    "hidden_sheet": (
        "the hidden sheet “{name}” was left out",
        "pominięto ukryty arkusz „{name}”",
    ),
    "other_sheet": (
        "the sheet “{name}” was left out: it has no columns for questions and answers",
        "pominięto arkusz „{name}”: nie ma kolumn z pytaniami i odpowiedziami",
    ),
    "pages_without_text": (
        "pages without text were left out ({count}): are they scans?",
        "pominięto strony bez tekstu ({count}): czy to skany?",
    ),
    # Duplicates.
    "duplicate": (
        "“{title}” says the same as {other}: not added",
        "„{title}” mówi to samo co {other}: nie dodano",
    ),
    "near_duplicate": (
        "“{title}” says nearly the same as {other} ({percent} %): keep the one that is right",
        "„{title}” mówi prawie to samo co {other} ({percent}%): zostaw to, co aktualne",
    ),
}
