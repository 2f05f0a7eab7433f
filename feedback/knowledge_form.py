"""What an owner types into the form of an article, and what becomes of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from foundation.language import Language
from knowledge.analysis.text import fold
from knowledge.articles import Article
from knowledge.reading.cleaning import visible

MAX_TITLE_CHARS = 300
MAX_BODY_CHARS = 400_000
MAX_QUESTIONS = 100
MAX_QUESTION_CHARS = 500
MAX_TAGS = 30
MAX_ID_CHARS = 190

_ID = re.compile(r"[a-z0-9][a-z0-9/_-]*")


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was typed, so that nothing is lost when it cannot be used yet.

    Attributes:
        id: The article's; empty for a new one, which then gets one made of its title.
        base: The version that was edited, 0 for a new article.
        retired: Whoever opened the form knew that the article was taken back.
    """

    id: str = ""
    title: str = ""
    language: str = Language.PL.value
    body: str = ""
    questions: str = ""
    tags: str = ""
    valid_from: str = ""
    valid_until: str = ""
    base: int = 0
    retired: bool = False

    @classmethod
    def of(cls, article: Article, base: int, *, retired: bool = False) -> Typed:
        """Return the form filled with an article."""
        return cls(
            id=article.id,
            title=article.title,
            language=article.language.value,
            body=article.body,
            questions="\n".join(article.questions),
            tags=", ".join(article.tags),
            valid_from=article.valid_from.isoformat() if article.valid_from else "",
            valid_until=article.valid_until.isoformat() if article.valid_until else "",
            base=base,
            retired=retired,
        )

    @classmethod
    def sent(cls, form: Mapping[str, str]) -> Typed:
        """Return the form as it was sent."""
        names = ("id", "title", "language", "body", "questions", "tags", "valid_from", "valid_until")
        base = form.get("base", "")
        # What is not in the form has its default; no version has more than eight digits.
        given = {name: visible(form[name])[0].strip("\n ") for name in names if name in form}
        number = int(base) if base.isascii() and base.isdigit() and len(base) < 9 else 0
        return cls(**given, base=number, retired=form.get("retired") == "1")


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a form: an article, or what is wrong by field (codes of texts)."""

    article: Article | None
    problems: Mapping[str, str]


def read_article(typed: Typed, source: str) -> Read:
    """Make an article of what was typed.

    Args:
        typed: The form.
        source: Where the article comes from, for people.
    """
    problems: dict[str, str] = {}
    title = " ".join(typed.title.split())
    if not title:
        problems["title"] = "missing"
    elif len(title) > MAX_TITLE_CHARS:
        problems["title"] = "long"
    language = next((each for each in Language if each.value == typed.language), None)
    if language is None:
        problems["language"] = "unknown"
    body = "\n".join(line.rstrip() for line in typed.body.splitlines()).strip("\n")
    if not body.strip():
        problems["body"] = "missing"
    elif len(body) > MAX_BODY_CHARS:
        problems["body"] = "long"
    questions = tuple(
        dict.fromkeys(" ".join(line.split()) for line in typed.questions.splitlines() if line.strip())
    )
    if len(questions) > MAX_QUESTIONS or any(len(one) > MAX_QUESTION_CHARS for one in questions):
        problems["questions"] = "many"
    tags = tuple(dict.fromkeys(" ".join(tag.split()) for tag in typed.tags.split(",") if tag.strip()))
    if len(tags) > MAX_TAGS:
        problems["tags"] = "many"
    first, last = (_day(typed, name, problems) for name in ("valid_from", "valid_until"))
    if first and last and first > last:
        problems["valid_until"] = "before"
    wanted = typed.id.strip()
    if wanted and (len(wanted) > MAX_ID_CHARS or _ID.fullmatch(wanted) is None) and not typed.base:
        problems["id"] = "letters"
    if problems or language is None:
        return Read(None, problems)
    article = Article(
        id=wanted or proposed_id(language, title),
        language=language,
        title=title,
        body=body,
        tags=tags,
        questions=questions,
        valid_from=first,
        valid_until=last,
        source=source,
    )
    return Read(article, problems)


def proposed_id(language: Language, title: str) -> str:
    """Return the id of a new article: its language and its title in plain letters."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:80].rstrip("-")
    return f"{language.value}/{slug or 'artykul'}"


def with_question(typed: Typed, question: str) -> Typed:
    """Return the form with one more phrasing, as a question without an answer brings it."""
    line = " ".join(question.split())[:MAX_QUESTION_CHARS]
    return replace(typed, questions="\n".join(filter(None, (typed.questions, line)))) if line else typed


def _day(typed: Typed, name: str, problems: dict[str, str]) -> date | None:
    written = str(getattr(typed, name)).strip()
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        problems[name] = "no_day"
        return None
