"""A draft into an article: its fields checked, its language and its id found. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from foundation.language import Language
from knowledge.analysis.language import detect_language
from knowledge.analysis.words import fold
from knowledge.articles import Article
from knowledge.reading.draft import Draft
from knowledge.remarks import Refused

MAX_TITLE_CHARS = 300
MAX_ID_CHARS = 191
_MAX_PART_CHARS = 80
_ID = re.compile(rf"[a-z0-9][a-z0-9/_-]{{0,{MAX_ID_CHARS - 1}}}")
_POLISH_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*r\.?)?")


def article_of(
    draft: Draft,
    name: PurePath,
    *,
    source: str,
    language: Language | None = None,
    prior: Language = Language.PL,
) -> Article:
    """Return the article of a draft.

    Args:
        draft: As a reader of a format made it.
        name: The file's name below the folder that was given: its id is made of it, and its language if a
            folder of it is named so.
        source: The path or address, for people.
        language: Of an article that names none and lies in no folder of a language; None to tell it from
            the text.
        prior: The language of a text that does not tell.

    Raises:
        Refused: A field makes no sense.
    """
    fields = draft.fields
    title = str(fields.get("title") or "").strip() or spoken(name.stem)
    article = Article(
        id="",
        language=_language(fields.get("language"), name, language, f"{title}\n{draft.body}", prior),
        title=" ".join(title.split())[:MAX_TITLE_CHARS],
        body=draft.body,
        tags=_strings(fields, "tags"),
        questions=_strings(fields, "questions"),
        valid_from=_day(fields, "valid_from"),
        valid_until=_day(fields, "valid_until"),
        source=source,
    )
    if article.valid_from and article.valid_until and article.valid_from > article.valid_until:
        raise Refused("days_turned")
    return replace(article, id=_id(fields.get("id"), article.language, name, draft.part))


def spoken(stem: str) -> str:
    """Return the name of a file as a title: ``jak-zwrocic`` → ``Jak zwrocic``."""
    words = re.sub(r"[-_]+", " ", stem).strip()
    return words[:1].upper() + words[1:]


def _language(value: Any, name: PurePath, given: Language | None, text: str, prior: Language) -> Language:
    """Return the language of the field, else of the folder, else as given, else of the text."""
    if value is not None and str(value).strip():
        code = str(value).strip().lower().replace("_", "-").split("-")[0]
        code = _LANGUAGE_NAMES.get(fold(code), code)
        if code not in set(Language):
            raise Refused("bad_language", value=str(value), allowed=", ".join(Language))
        return Language(code)
    for part in name.parts[:-1]:
        if part.lower() in set(Language):
            return Language(part.lower())
    return given or detect_language(text, prior)


_LANGUAGE_NAMES = {"polski": "pl", "polish": "pl", "angielski": "en", "english": "en"}


def _strings(fields: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = fields.get(key)
    if value is None:
        return ()
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, Sequence) or any(isinstance(item, Mapping | list) for item in value):
        raise Refused("bad_list", key=key)
    cleaned = (" ".join(str(item).split()) for item in value if item is not None)
    return tuple(dict.fromkeys(item for item in cleaned if item))


def _day(fields: Mapping[str, Any], key: str) -> date | None:
    value = fields.get(key)
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    text = str(value).strip()
    polish = _POLISH_DAY.fullmatch(text)
    try:
        if polish:
            day, month, year = map(int, polish.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("bad_day", key=key, value=text) from None


def _id(value: Any, language: Language, name: PurePath, part: str) -> str:
    if value is not None and str(value).strip():
        given = str(value).strip()
        if not _ID.fullmatch(given):
            raise Refused("bad_id", value=given)
        return given
    parts = list(name.with_suffix("").parts)
    if len(parts) > 1 and parts[0].lower() in set(Language):
        parts = parts[1:]
    slugs = [slug for slug in map(_slug, parts) if slug]
    if not slugs:
        raise Refused("no_id")
    stem = "/".join([language.value, *slugs])
    tail = _slug(part)[:_MAX_PART_CHARS].strip("-")
    return f"{stem[: MAX_ID_CHARS - len(tail) - 1]}/{tail}" if tail else stem[:MAX_ID_CHARS]


def _slug(part: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(part)).strip("-")
