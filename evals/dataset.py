"""Passages, questions and which answers which, read from JSON Lines. A bad row is named with its line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foundation.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class CorpusPassage:
    """A passage of the corpus; `title` may be empty."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A retrieval task.

    Attributes:
        passages: The corpus, in the order of the file.
        queries: Question by id, in the order of the file.
        relevant: Ids of the passages that answer, by question id; every question has at least one.
    """

    passages: tuple[CorpusPassage, ...]
    queries: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]


def load(corpus: Path, queries: Path, qrels: Path) -> Dataset:
    """Read a retrieval task.

    Args:
        corpus: Rows ``{"id": …, "text": …}``, optionally ``"title"``.
        queries: Rows ``{"id": …, "text": …}``.
        qrels: Rows ``{"query": id, "passage": id}``.

    Raises:
        InvalidInput: A file or row cannot be used; names the file and the line.
    """
    passages = {passage.id: passage for passage in load_corpus(corpus)}
    asked: dict[str, str] = {}
    for where, row in rows(queries):
        key = text_of(row, "id", where)
        if key in asked:
            raise InvalidInput(f"{where}: the id {key!r} comes twice.")
        asked[key] = text_of(row, "text", where)
    relevant: dict[str, set[str]] = {}
    for where, row in rows(qrels):
        query, passage = text_of(row, "query", where), text_of(row, "passage", where)
        if query not in asked:
            raise InvalidInput(f"{where}: there is no query {query!r} in {queries}.")
        if passage not in passages:
            raise InvalidInput(f"{where}: there is no passage {passage!r} in {corpus}.")
        relevant.setdefault(query, set()).add(passage)
    missing = next((key for key in asked if key not in relevant), None)
    if missing is not None:
        raise InvalidInput(f"{qrels}: no passage is named for the query {missing!r}.")
    return Dataset(tuple(passages.values()), asked, {k: frozenset(v) for k, v in relevant.items()})


def load_corpus(corpus: Path) -> tuple[CorpusPassage, ...]:
    """Read the passages alone; see `load`. Raises InvalidInput."""
    passages: dict[str, CorpusPassage] = {}
    for where, row in rows(corpus):
        key = text_of(row, "id", where)
        if key in passages:
            raise InvalidInput(f"{where}: the id {key!r} comes twice.")
        title = row.get("title") or ""
        if not isinstance(title, str):
            raise InvalidInput(f'{where}: "title" is not a text.')
        passages[key] = CorpusPassage(key, title, text_of(row, "text", where))
    return tuple(passages.values())


def rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each row of a JSON Lines file with its place, ``file:line``; empty lines are passed over.

    Raises:
        InvalidInput: The file or a row cannot be used; names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise InvalidInput(f"{path}: it cannot be opened ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path}: it is not encoded in UTF-8.") from error
    found = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found, where = True, f"{path}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InvalidInput(f"{where}: this is not a JSON object.") from error
        if not isinstance(row, dict):
            raise InvalidInput(f"{where}: this is not a JSON object.")
        yield where, row
    if not found:
        raise InvalidInput(f"{path}: it is empty.")


def text_of(row: Mapping[str, Any], key: str, where: str) -> str:
    """Return a field that must be a text (an id may be a whole number). Raises InvalidInput."""
    value = row.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and key != "text":
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput(f'{where}: "{key}" is missing or not a text.')
    return value


def tab_lines(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield ``file:line`` and the fields of each line of a table, parted by tabs; ``#`` opens a remark.

    Raises:
        InvalidInput: The file cannot be opened.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise InvalidInput(f"{path}: it cannot be opened ({error.strerror}).") from error
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            yield f"{path}:{number}", line.split("\t")
