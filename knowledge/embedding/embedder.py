"""An embedding model in use: exported once into a folder, served from there without torch."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from foundation.errors import Unavailable
from foundation.language import Language
from knowledge.analysis.gloss import bundled_glosses
from knowledge.embedding.bundled import BUNDLED_MODEL as BUNDLED_MODEL
from knowledge.embedding.engine import Engine, Vectors
from knowledge.embedding.export import FORMAT, export
from knowledge.embedding.probes import PROBES, range_of
from knowledge.passage import VIEW, PassageText


def folder_for(models_dir: Path, model_name: str) -> Path:
    """Return where the exported `model_name` lives below `models_dir`, whether it is there or not."""
    slug = re.sub(r"[^A-Za-z0-9.]+", "-", model_name).strip("-.")[-80:]
    if slug == model_name:
        return models_dir / slug
    # Different names may look alike once cleaned.
    return models_dir / f"{slug}-{hashlib.sha256(model_name.encode()).hexdigest()[:8]}"


def prepare(model_name: str, folder: Path) -> Path:
    """Export a sentence-transformers model into `folder`, once; a folder that is complete is left as it is.

    Args:
        model_name: `BUNDLED_MODEL` (needs no network), or a name or path that sentence-transformers loads.
        folder: Where the export goes; appears whole or not at all.

    Returns:
        `folder`.

    Raises:
        Misconfigured: The model cannot be loaded or exported.
        Unavailable: The bundled weights are not the published ones.
    """
    if is_complete(folder):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        export(model_name, making)
        making.chmod(0o755)  # mkdtemp is private; another user may serve from here
        if folder.exists():
            shutil.rmtree(folder)
        making.rename(folder)
    except OSError:
        # Another process may have finished the same work first.
        if not is_complete(folder):
            raise
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder


class Embedder:
    """A sentence embedding model served by onnxruntime on one thread. Safe to use from several threads.

    One that does not speak Polish is given Polish in English, word by word (`knowledge.analysis.gloss`).
    """

    def __init__(self, folder: Path, meta: dict[str, Any], engine: Engine) -> None:
        self.folder = folder
        self.model_name: str = meta["model"]
        self.dimensions: int = meta["dimensions"]
        #: Whether Polish texts come out near what they mean; decides how much dense scores weigh.
        self.speaks_polish: bool = meta["speaks_polish"]
        #: By language, the mean cosine of a question with a passage that does not answer it, and with one
        #: that does: what a raw cosine is to be measured against.
        self.cosine_range: dict[Language, tuple[float, float]] = {
            Language(code): (low, high) for code, (low, high) in meta["cosine_range"].items()
        }
        #: The same as they were noted at the export, of texts as they are.
        self.noted = dict(self.cosine_range)
        self._glosses = None if self.speaks_polish else bundled_glosses()
        #: Name and digest of the weights, and of the glosses: vectors of two embedders with the same id may
        #: be compared.
        self.id: str = meta["id"] + (f"+{self._glosses.digest[:8]}" if self._glosses else "")
        self._query_prefix: str = meta["query_prefix"]
        self._passage_prefix: str = meta["passage_prefix"]
        self._engine = engine
        if self._glosses is not None:
            self.cosine_range[Language.PL] = self.measured(Language.PL, glossed=True)

    @classmethod
    def open(cls, folder: Path, model_name: str = "") -> Embedder:
        """Load the exported model in `folder`; `model_name` is for the sentence that says it is missing.

        Raises:
            Unavailable: It is missing or damaged; the message says how to mend it.
        """
        try:
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            if meta.get("format") != FORMAT:
                raise ValueError("made by another version")
            engine = Engine(folder / "model.onnx", folder / "tokenizer.json", meta["max_tokens"])
            return cls(folder, meta, engine)
        except Exception as error:  # onnxruntime and tokenizers raise bare ones
            command = " ".join(["okienko models prepare", *([shlex.quote(model_name)] if model_name else [])])
            raise Unavailable(
                f"The embedding model in {folder} is missing or damaged: run `{command}`."
            ) from error

    @property
    def reads_polish(self) -> bool:
        """Whether Polish texts come out near what they mean at least word by word: they always do."""
        return True

    def embed(self, texts: Sequence[PassageText], progress: Callable[[int], None] | None = None) -> Vectors:
        """Embed passages.

        Args:
            texts: Any number. The vector of one of several views is the middle of theirs.
                Each view is cut at the model's token limit.
            progress: Told how many more are done, as they are.

        Returns:
            float32, (n, d), L2-normalised, in the order of `texts`; (0, d) for none.
        """
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            views = [self._engine.embed(self._passage_prefix + view) for view in self._given(text)]
            middle = np.sum(views, axis=0)
            vectors[row] = middle / max(float(np.linalg.norm(middle)), 1e-12)
            if progress is not None:
                progress(1)
        return vectors

    def embed_question(self, text: str, language: Language) -> Vectors:
        """Embed a question of a language: float32, (d,), L2-normalised."""
        return self._engine.embed(self._query_prefix + self._put(text, language))

    def _given(self, text: PassageText) -> list[str]:
        return [self._put(view, text.language) for view in text.views.split(VIEW)]

    def _put(self, text: str, language: Language) -> str:
        return self._glosses.put(text) if self._glosses and language is Language.PL else text

    def measured(self, language: Language, *, glossed: bool = False) -> tuple[float, float]:
        """Return the range of cosines of a language, measured now: of texts as they are, or glossed."""
        # A text that counts as English is not put into other words.
        put = language if glossed else Language.EN
        pairs = PROBES[language]
        questions = np.stack([self.embed_question(question, put) for question, _ in pairs])
        return range_of(questions, self.embed([PassageText(passage, put) for _, passage in pairs]))


def is_complete(folder: Path) -> bool:
    """Tell whether a folder holds an export that this version can serve, and all of it."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        # A cut-off copy must not pass for the model: the digest in the id is of this very file.
        return bool(
            meta["format"] == FORMAT
            and (folder / "tokenizer.json").is_file()
            and meta["bytes"] == (folder / "model.onnx").stat().st_size
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False
