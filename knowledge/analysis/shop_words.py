"""The shop's own synonyms: a text file, read anew when it changes; see `knowledge.analysis.synonym_lines`."""

from __future__ import annotations

import logging
from pathlib import Path

from knowledge.analysis.synonym_lines import BadLine
from knowledge.analysis.synonyms import Synonyms, bundled

_log = logging.getLogger(__name__)

NAME = "synonyms.txt"
"""The file's name in the shop's data folder."""

_MAX_BYTES = 256 * 1024


class ShopWords:
    """What stands for what in one shop: the bundled words, changed by the shop's file.

    Args:
        path: The file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._synonyms = bundled()

    def __call__(self) -> Synonyms:
        """Return the words as the file has them now; the same object while it does not change.

        Never raises: a file that cannot be read counts as empty, with a problem in `Synonyms.problems`.
        """
        seen = self._stamp()
        if seen != self._seen:
            self._seen, self._synonyms = seen, read_words(self._path)
            for problem in self._synonyms.problems:
                _log.warning("%s: line %d is left out: %s", self._path, problem.number, problem.reason)
        return self._synonyms

    def _stamp(self) -> tuple[int, int] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size


def read_words(path: Path) -> Synonyms:
    """Return the bundled words, changed by a shop's file; never raises, see `ShopWords`."""
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return bundled()
    except OSError as error:
        return bundled().left_out(BadLine(0, f"The file cannot be read ({error.strerror})."))
    if len(content) > _MAX_BYTES:
        return bundled().left_out(BadLine(0, f"The file is larger than {_MAX_BYTES // 1024} KiB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return bundled().left_out(BadLine(0, "The file is no UTF-8 text: save it as UTF-8."))
    return bundled().with_lines(text) if text.strip() else bundled()
