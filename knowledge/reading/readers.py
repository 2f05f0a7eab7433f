"""Files into articles: which files, which reader, and what is said about each.

A file that cannot be read is named with what is wrong, and the rest is read. The files themselves are opened
in a process apart (`knowledge/reading/sandbox.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path, PurePath

from foundation.language import Language
from knowledge.analysis.language import detect_language
from knowledge.articles import Article
from knowledge.reading.draft import Draft, Parsed
from knowledge.reading.fields import article_of
from knowledge.reading.files import content_of, files_of
from knowledge.reading.kinds import MAX_TEXT_MB, MB, check_content, check_size, kind_of
from knowledge.reading.sandbox import Sandbox
from knowledge.remarks import Note, Problem, Refused

MAX_BYTES = MAX_TEXT_MB * MB
_SAMPLE_CHARS = 2000


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What was read.

    Attributes:
        articles: In the order of the paths, and of each file; every id once.
        problems: Files and rows that were left out.
        notes: What was left out of files that were read, or deserves a look.
        hashes: The sha256 of each file that was opened, by its path as given.
    """

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)


def read(paths: Iterable[Path], *, sandbox: Sandbox | None = None) -> ReadResult:
    """Read articles from files and folders.

    Args:
        paths: Files are read whatever they are called; of folders, all files below whose suffix is one of
            `knowledge.reading.kinds.SUFFIXES`, in the order of their names, hidden ones left out.
        sandbox: Where the files are opened; one of its own if None.

    Returns:
        Articles whose `id` is the file's own, or ``<language>/<path below the folder>`` without a leading
        language folder and without suffix, in ascii; of a file of several articles with a part more. Of two
        articles with one id the second is a problem.
    """
    batch = _Batch()
    with nullcontext(sandbox) if sandbox is not None else Sandbox() as opened:
        found = files_of(paths)
        batch.problems.extend(found.problems)
        batch.notes.extend(found.notes)
        for path, name in found.files:
            try:
                content = content_of(path)
            except Refused as error:
                batch.refuse(str(path), error)
                continue
            batch.hashes[str(path)] = sha256(content).hexdigest()
            batch.add(content, name, source=str(path), sandbox=opened)
    return batch.result()


def read_content(
    content: bytes,
    name: str,
    *,
    source: str,
    media_type: str = "",
    language: Language | None = None,
    sandbox: Sandbox | None = None,
) -> ReadResult:
    """Read articles from one file that was uploaded or fetched.

    Args:
        content: The file.
        name: Its name, or a path below what is being read, such as ``pl/zwroty.md``: the ids are made of it.
        source: For people: the name or address by which it is known; kept as `Article.source`.
        media_type: Tells the kind of a file whose name has no suffix that we know.
        language: Of articles that name none.
        sandbox: Where it is opened: give one for many files. One of its own if None.
    """
    batch = _Batch()
    with nullcontext(sandbox) if sandbox is not None else Sandbox() as opened:
        batch.add(content, PurePath(name), source, opened, media_type, language)
    return batch.result()


class _Batch:
    """Articles by id, and what is said, while files are read."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.hashes: dict[str, str] = {}

    def result(self) -> ReadResult:
        return ReadResult(tuple(self.articles.values()), tuple(self.problems), tuple(self.notes), self.hashes)

    def refuse(self, source: str, error: Refused, row: int | None = None) -> None:
        self.problems.append(Problem(source, error.code, error.fields, row))

    def add(
        self,
        content: bytes,
        name: PurePath,
        source: str,
        sandbox: Sandbox,
        media_type: str = "",
        language: Language | None = None,
    ) -> None:
        """Read one file; name it if it cannot be read."""
        try:
            kind = kind_of(name.name, media_type)
            check_size(kind, len(content))
            check_content(kind, content)
            parsed = sandbox.parse(kind, content, name.name)
        except Refused as error:
            self.refuse(source, error)
            return
        prior = detect_language(_sample(parsed.drafts))
        for draft in parsed.drafts:
            self._add(draft, name, source, language, prior)
        self._say(parsed, source)

    def _add(
        self, draft: Draft, name: PurePath, source: str, language: Language | None, prior: Language
    ) -> None:
        def made(of: Draft) -> Article:
            return article_of(of, name, source=source, language=language, prior=prior)

        try:
            article = made(draft)
            taken = self.articles.get(article.id)
            if taken is not None and taken.source == source and draft.part and not draft.fields.get("id"):
                article = made(self._told_apart(draft, article, taken))
                taken = self.articles.get(article.id)
            if taken is not None:
                raise Refused("same_id", id=article.id, other=taken.source)
        except Refused as error:
            self.refuse(source, error, draft.row)
        else:
            self.articles[article.id] = article

    def _told_apart(self, draft: Draft, article: Article, taken: Article) -> Draft:
        """Return a draft whose part differs from that of one of the same file.

        Raises:
            Refused: It is the same question again.
        """
        if draft.row is None:
            # Chapters may have one heading, in the order in which they stand.
            number = sum(one.source == taken.source for one in self.articles.values()) + 1
            return replace(draft, part=f"{draft.part[:60]} {number}")
        if article.title.casefold() == taken.title.casefold():
            raise Refused("same_question", id=taken.id)
        mark = sha256(article.title.encode()).hexdigest()[:8]
        return replace(draft, part=f"{draft.part[:60]} {mark}")

    def _say(self, parsed: Parsed, source: str) -> None:
        self.problems.extend(Problem(source, one.code, one.fields, one.row) for one in parsed.problems)
        self.notes.extend(Note(source, one.code, one.fields, one.row) for one in parsed.notes)


def _sample(drafts: Iterable[Draft]) -> str:
    """Return some text of a file by which its language can be told."""
    texts: list[str] = []
    chars = 0
    for draft in drafts:
        texts.append(f"{draft.fields.get('title') or ''} {draft.body[:200]}")
        chars += len(texts[-1])
        if chars > _SAMPLE_CHARS:
            break
    return "\n".join(texts)
