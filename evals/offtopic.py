"""Questions that no shop is asked, against those that its articles answer: are the former refused?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from evals.abstention import Abstention
from evals.dataset import Dataset, load_corpus, rows, text_of
from evals.run import ask_all
from foundation.errors import InvalidInput


def run_offtopic(
    corpus: Path,
    in_scope: Path,
    off_topic: Path,
    *,
    leave_out: Path | None,
    models_dir: Path,
    embedding_model: str,
) -> Abstention:
    """Index a corpus in a temporary folder and ask both kinds of questions.

    Args:
        corpus: See `evals.dataset.load`.
        in_scope: Rows ``{"id": …, "text": …}``: questions that it answers.
        off_topic: The same that it does not; rows may have an ``"intent"``.
        leave_out: Intents whose questions are not asked: a table of intent and reason; None for none.
        models_dir: Where exported embedding models live.
        embedding_model: The name of the one to use.

    Raises:
        InvalidInput: A file cannot be used; names it and the line.
        Unavailable: The embedding model is not there.
    """
    passages = load_corpus(corpus)
    without = frozenset(left_out(leave_out)) if leave_out else frozenset()
    asked = {f"in {key}": text for key, text in questions(in_scope, frozenset()).items()}
    strange = {f"off {key}": text for key, text in questions(off_topic, without).items()}
    answers = ask_all(
        Dataset(passages, {**asked, **strange}, {}), models_dir=models_dir, embedding_model=embedding_model
    )
    # Refused is what the articles are not about; whether they answer is another question.
    return Abstention.of(
        [answers[key] for key in asked], [answers[key] for key in strange], lambda found: found.about
    )


def left_out(path: Path) -> Mapping[str, str]:
    """Return intents with the reason each is left out: lines ``intent<TAB>reason``; ``#`` opens a remark.

    Raises:
        InvalidInput: The file or a line cannot be used.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InvalidInput(f"{path}: it cannot be opened ({error.strerror}).") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        intent, _, reason = line.partition("\t")
        if not reason.strip():
            raise InvalidInput(f"{path}:{number}: write the intent, a tab, and why it is left out.")
        found[intent.strip()] = reason.strip()
    return found


def questions(path: Path, without: frozenset[str]) -> dict[str, str]:
    """Read questions by id, but for those of some intents. Raises InvalidInput."""
    return {
        text_of(row, "id", where): text_of(row, "text", where)
        for where, row in rows(path)
        if row.get("intent") not in without
    }
