"""Files into articles: Markdown with front matter, and HTML. The home of PyYAML.

A file that cannot be read is named with what is wrong, and the rest is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from foundation.language import Language
from knowledge.articles import Article
from knowledge.plain import html_to_text, markdown_to_text
from knowledge.text import detect_language, fold

MAX_BYTES = 2 * 1024 * 1024
_MARKDOWN = frozenset({".md", ".markdown"})
_HTML = frozenset({".html", ".htm"})
_FIELDS = "title, language, tags, questions, valid_from, valid_until, id"
_ID = re.compile(r"[a-z0-9][a-z0-9/_-]{0,190}")


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that was left out, and a sentence that says why and what to do."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The articles that could be read, in the order of the paths, and the files that could not."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


class _Unreadable(Exception):
    """Carries the sentence of a `Problem`."""


def read(paths: Iterable[Path]) -> ReadResult:
    """Read articles from files and folders.

    Args:
        paths: Files are read whatever they are called; of folders, all ``.md``, ``.markdown``, ``.html`` and
            ``.htm`` files below, in the order of their names, hidden ones left out.

    Returns:
        Articles whose `id` is the front matter's, or ``<language>/<path below the folder>`` without a leading
        language folder and without suffix, in ascii. Of two files with one id the second is a problem.
    """
    articles: dict[str, Article] = {}
    problems: list[Problem] = []
    for path, name in _files(paths, problems):
        try:
            article = _article(path, name)
            if article.id in articles:
                raise _Unreadable(
                    f"it has the same id {article.id!r} as {articles[article.id].source}: "
                    "rename the file or give it an id of its own"
                )
            articles[article.id] = article
        except _Unreadable as error:
            problems.append(Problem(path, f"{path}: {error}."))
    return ReadResult(tuple(articles.values()), tuple(problems))


def _files(paths: Iterable[Path], problems: list[Problem]) -> list[tuple[Path, Path]]:
    """Return each file with its name below the folder that was given, once."""
    found: dict[Path, tuple[Path, Path]] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(
                file
                for file in path.rglob("*")
                if file.suffix.lower() in _MARKDOWN | _HTML and file.is_file() and not _hidden(file, path)
            )
            if not inside:
                problems.append(Problem(path, f"{path}: there is no .md or .html file in this folder."))
            for file in inside:
                found.setdefault(file.resolve(), (file, file.relative_to(path)))
        elif path.is_file():
            language = path.parent.name if path.parent.name in set(Language) else ""
            found.setdefault(path.resolve(), (path, Path(language) / path.name))
        else:
            problems.append(Problem(path, f"{path}: there is no such file or folder."))
    return list(found.values())


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _article(path: Path, name: Path) -> Article:
    text = _text(path)
    if path.suffix.lower() in _HTML:
        title, language, body = html_to_text(text)
        fields: dict[str, Any] = {"title": title, "language": language}
    elif path.suffix.lower() in _MARKDOWN:
        fields, content = _front_matter(text)
        heading, body = markdown_to_text(content)
        fields = {"title": heading, **{k: v for k, v in fields.items() if v is not None}}
    else:
        raise _Unreadable("only .md, .markdown, .html and .htm files can be read")
    if not body.strip():
        raise _Unreadable("it has no text")
    return _checked(fields, body, path, name)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _Unreadable("it is larger than 2 MB: split it into several articles")
        content = path.read_bytes()
    except OSError as error:
        raise _Unreadable(f"it cannot be opened ({error.strerror})") from error
    if b"\0" in content:
        raise _Unreadable("it is not a text file")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise _Unreadable("it is not encoded in UTF-8: save it as UTF-8") from error
    if not text.strip():
        raise _Unreadable("it is empty")
    return text


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the fields between the ``---`` lines at the start, if any, and the rest."""
    import yaml

    lines = text.split("\n")
    if lines[0].strip() != "---":
        return {}, text
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() in ("---", "...")), None)
    if end is None:
        raise _Unreadable("its front matter has no closing --- line")
    try:
        fields = yaml.safe_load("\n".join(lines[1:end]))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" near line {mark.line + 2}" if mark else ""
        raise _Unreadable(f"its front matter is not valid YAML{where}: check colons and quotes") from error
    if fields is None:
        fields = {}
    if not isinstance(fields, Mapping):
        raise _Unreadable(f"its front matter is not a list of fields such as {_FIELDS}")
    return {str(key).strip().lower(): value for key, value in fields.items()}, "\n".join(lines[end + 1 :])


def _checked(fields: Mapping[str, Any], body: str, path: Path, name: Path) -> Article:
    title = str(fields.get("title") or "").strip() or _spoken(path.stem)
    article = Article(
        id="",
        language=_language(fields.get("language"), name, f"{title}\n{body}"),
        title=" ".join(title.split())[:300],
        body=body,
        tags=_strings(fields, "tags"),
        questions=_strings(fields, "questions"),
        valid_from=_day(fields, "valid_from"),
        valid_until=_day(fields, "valid_until"),
        source=str(path),
    )
    if article.valid_from and article.valid_until and article.valid_from > article.valid_until:
        raise _Unreadable("its valid_from is after its valid_until")
    return replace(article, id=_id(fields.get("id"), article.language, name))


def _spoken(stem: str) -> str:
    words = re.sub(r"[-_]+", " ", stem).strip()
    return words[:1].upper() + words[1:]


def _language(value: Any, name: Path, text: str) -> Language:
    """Return the language as given, else of the folder, else of the text."""
    if value is not None and str(value).strip():
        code = str(value).strip().lower().replace("_", "-").split("-")[0]
        if code not in set(Language):
            allowed = ", ".join(Language)
            raise _Unreadable(f"its language {str(value)!r} is not one of {allowed}")
        return Language(code)
    for part in name.parts[:-1]:
        if part.lower() in set(Language):
            return Language(part.lower())
    return detect_language(text)


def _strings(fields: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = fields.get(key)
    if value is None:
        return ()
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, Sequence) or any(isinstance(item, Mapping | list) for item in value):
        raise _Unreadable(f"its {key} are not a list of texts: put quotes round a text with a colon")
    cleaned = (" ".join(str(item).split()) for item in value if item is not None)
    return tuple(dict.fromkeys(item for item in cleaned if item))


def _day(fields: Mapping[str, Any], key: str) -> date | None:
    value = fields.get(key)
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise _Unreadable(f"its {key} {str(value)!r} is not a date such as 2026-12-24") from None


def _id(value: Any, language: Language, name: Path) -> str:
    if value is not None:
        given = str(value).strip()
        if not _ID.fullmatch(given):
            raise _Unreadable(f"its id {given!r} may hold only a–z, 0–9, -, _ and /, and at most 191 of them")
        return given
    parts = list(name.with_suffix("").parts)
    if len(parts) > 1 and parts[0].lower() in set(Language):
        parts = parts[1:]
    slugs = [slug for slug in map(_slug, parts) if slug]
    if not slugs:
        raise _Unreadable("no id can be made of its name: use letters or give it an id in the front matter")
    return "/".join([language.value, *slugs])[:191]


def _slug(part: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(part)).strip("-")
