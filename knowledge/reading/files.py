"""Which files are read, of the files and folders that a person names, and their content.

What leads out of a folder is not read: a link in a folder that came from a stranger must not publish a file
of this machine. What cannot be looked into is named, so that nobody takes its files for gone.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from foundation.language import Language
from knowledge.reading.kinds import SUFFIXES, check_size, kind_of, max_bytes
from knowledge.remarks import Note, Problem, Refused

# Control characters, marks that turn the order of letters, and bytes that are no UTF-8.
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff]")
_KINDS_NAMED = 4


@dataclass(slots=True)
class Found:
    """The files below some paths.

    Attributes:
        files: Each once, with its name below the folder that was given.
        problems: Paths of which there is none, and what could not be looked into.
        notes: How many files of other kinds were passed over.
    """

    files: list[tuple[Path, PurePath]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def hides(self, path: Path) -> bool:
        """Tell whether `path` may be there all the same, where nobody could look."""
        return any(path.is_relative_to(problem.source) for problem in self.problems)


def files_of(paths: Iterable[Path]) -> Found:
    """Return the files that can be read: in the order of the paths, in a folder by name, no hidden ones."""
    found = Found()
    taken: set[str] = set()
    for path in paths:
        for file, name in _below(path, found):
            try:
                _check_name(file)
            except Refused as error:
                found.problems.append(Problem(_shown(file), error.code, error.fields))
                continue
            real = os.path.realpath(file)
            if real not in taken:
                taken.add(real)
                found.files.append((file, name))
    return found


def content_of(file: Path) -> bytes:
    """Return what a file holds.

    Raises:
        Refused: It cannot be opened, is too large, or of a kind that cannot be read.
    """
    kind = kind_of(file.name)
    try:
        check_size(kind, file.stat().st_size)
        with file.open("rb") as opened:
            content = opened.read(max_bytes(kind) + 1)  # it may have grown since
    except OSError as error:
        raise Refused("cannot_open", reason=_reason(error)) from error
    check_size(kind, len(content))
    return content


def _below(path: Path, found: Found) -> Iterator[tuple[Path, PurePath]]:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        found.problems.append(Problem(_shown(path), "not_there"))
    except OSError as error:
        found.problems.append(Problem(_shown(path), "cannot_open", {"reason": _reason(error)}))
    else:
        if path.is_dir():
            yield from _in_folder(path, found)
        elif path.is_file():
            language = path.parent.name if path.parent.name in set(Language) else ""
            yield path, PurePath(language) / path.name
        else:
            found.problems.append(Problem(_shown(path), "no_file"))


def _in_folder(folder: Path, found: Found) -> Iterator[tuple[Path, PurePath]]:
    said = len(found.problems)
    others: Counter[str] = Counter()
    inside = sorted(_readable(folder, found, others))
    if not inside and len(found.problems) == said:
        found.problems.append(Problem(_shown(folder), "empty_folder"))
    if others:
        most = sorted(others.items(), key=lambda one: (-one[1], one[0] or "?"))[:_KINDS_NAMED]
        kinds = ", ".join(f"{suffix or '?'} ({count})" for suffix, count in most)
        fields: dict[str, str | int] = {"count": others.total(), "kinds": kinds}
        found.notes.append(Note(_shown(folder), "passed_over", fields))
    for file in inside:
        yield file, file.relative_to(folder)


def _readable(folder: Path, found: Found, others: Counter[str]) -> Iterator[Path]:
    """Yield the files of a folder and those below it that have a suffix of ours; count the others."""

    def unreadable(error: OSError) -> None:
        where = _shown(Path(os.fsdecode(error.filename or folder)))
        found.problems.append(Problem(where, "cannot_open", {"reason": _reason(error)}))

    top = os.path.realpath(folder)
    for here, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if os.path.islink(Path(here) / name)]  # noqa: PTH114  # pathlib raises where we may not look
        for name in (*names, *links):
            file = Path(here) / name
            # "~$" is what Word and Excel put beside a document that is open.
            if name.startswith((".", "~$")) or not (name in links or _may_be_file(file)):
                continue
            if name not in links and file.suffix.lower() not in SUFFIXES:
                others[_UNSHOWABLE.sub("", file.suffix.lower())[:10]] += 1
            elif not _is_inside(file, top):
                found.problems.append(Problem(_shown(file), "leads_out"))
            elif name not in links:
                yield file


def _may_be_file(file: Path) -> bool:
    """Tell whether it is a file, or may be one that we are not allowed to look at; no pipe, no device."""
    try:
        return file.is_file()
    except OSError:
        return True  # opening it says what is the matter


def _is_inside(file: Path, top: str) -> bool:
    return Path(os.path.realpath(file)).is_relative_to(top)


def _check_name(file: Path) -> None:
    if _UNSHOWABLE.search(str(file)):
        raise Refused("bad_name")


def _shown(path: Path) -> str:
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", str(path))


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
