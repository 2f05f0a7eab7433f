"""Files into articles: which files, which reader, and what is said about each.

A file that cannot be read is named with what is wrong, and the rest is read. The files themselves are opened
in a process apart (`knowledge/sandbox.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePath

from foundation.language import Language
from knowledge.articles import Article
from knowledge.draft import Draft, Parsed
from knowledge.fields import article_of
from knowledge.kinds import MAX_TEXT_MB, MB, SUFFIXES, check_content, check_size, kind_of, max_bytes
from knowledge.language import detect_language
from knowledge.remarks import Note, Problem, Refused
from knowledge.sandbox import Sandbox

MAX_BYTES = MAX_TEXT_MB * MB
_SAMPLE_CHARS = 2000


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What was read.

    Attributes:
        articles: In the order of the paths, and of each file; every id once.
        problems: Files and rows that were left out.
        notes: What was left out of files that were read, or deserves a look.
    """

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()


def read(paths: Iterable[Path], *, sandbox: Sandbox | None = None) -> ReadResult:
    """Read articles from files and folders.

    Args:
        paths: Files are read whatever they are called; of folders, all files below whose suffix is one of
            `knowledge.kinds.SUFFIXES`, in the order of their names, hidden ones left out.
        sandbox: Where the files are opened; one of its own if None.

    Returns:
        Articles whose `id` is the file's own, or ``<language>/<path below the folder>`` without a leading
        language folder and without suffix, in ascii; of a file of several articles with a part more. Of two
        articles with one id the second is a problem.
    """
    batch = _Batch()
    with nullcontext(sandbox) if sandbox is not None else Sandbox() as opened:
        for path, name in files_of(paths, batch.problems):
            try:
                kind = kind_of(path.name)
                check_size(kind, path.stat().st_size)
                with path.open("rb") as file:
                    content = file.read(max_bytes(kind) + 1)
            except Refused as error:
                batch.refuse(str(path), error)
                continue
            except OSError as error:
                reason = error.strerror or type(error).__name__
                batch.problems.append(Problem(str(path), "cannot_open", {"reason": reason}))
                continue
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

    def result(self) -> ReadResult:
        return ReadResult(tuple(self.articles.values()), tuple(self.problems), tuple(self.notes))

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


def files_of(paths: Iterable[Path], problems: list[Problem]) -> list[tuple[Path, PurePath]]:
    """Return each file with its name below the folder that was given, once; paths with none are problems."""
    found: dict[Path, tuple[Path, PurePath]] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(
                file
                for file in path.rglob("*")
                if file.suffix.lower() in SUFFIXES and file.is_file() and not _hidden(file, path)
            )
            if not inside:
                problems.append(Problem(str(path), "empty_folder"))
            for file in inside:
                found.setdefault(file.resolve(), (file, file.relative_to(path)))
        elif path.is_file():
            language = path.parent.name if path.parent.name in set(Language) else ""
            found.setdefault(path.resolve(), (path, PurePath(language) / path.name))
        else:
            problems.append(Problem(str(path), "not_there"))
    return list(found.values())


def _hidden(file: Path, folder: Path) -> bool:
    # "~$" is what Word and Excel put beside a document that is open.
    parts = file.relative_to(folder).parts
    return any(part.startswith(".") for part in parts) or file.name.startswith("~$")
