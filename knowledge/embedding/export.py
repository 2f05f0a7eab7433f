"""Exports a sentence-transformers model to ONNX, in int8 if that agrees with the original.

The home of sentence-transformers and torch; serving never comes here.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foundation.errors import Misconfigured
from knowledge.embedding.bundled import BUNDLED_MODEL, bundled_folder
from knowledge.embedding.engine import Engine
from knowledge.embedding.probes import cosine_range, probe_texts, speaks_polish

FORMAT = 3
"""Of an export; another number asks for exporting again."""

_MAX_TOKENS = 256
# Below this cosine between int8 and the original on any probe the fp32 export is kept instead.
_LEAST_AGREEMENT = 0.98
# Source: Wang et al., Improving Text Embeddings with Large Language Models, 2024: its task of web search.
_INSTRUCTION = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "

_CHOOSE = "choose, with `okienko models use` or in OKIENKO_EMBEDDING_MODEL,"


def export(model_name: str, folder: Path) -> None:
    """Write ``model.onnx``, ``tokenizer.json`` and ``meta.json`` into the empty `folder`.

    Raises:
        Misconfigured: The model cannot be loaded or exported.
        Unavailable: The bundled weights are not the published ones.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    model = _load(model_name)
    prefixes = prefixes_of(model_name, getattr(model, "prompts", None) or {})
    max_tokens = min(_MAX_TOKENS, int(model.max_seq_length or _MAX_TOKENS))
    try:
        model.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
        plain, small = folder / "fp32.onnx", folder / "int8.onnx"
        _to_onnx(model, plain)
        _quantise(plain, small)
    except Exception as error:
        raise Misconfigured(
            f"The embedding model {model_name!r} cannot be exported to ONNX ({type(error).__name__}): "
            f"{_CHOOSE} another sentence-transformers model."
        ) from error
    probes = probe_texts(*prefixes)
    # Prefixes are there already: a default prompt of the model's own would come on top.
    wanted = np.asarray(model.encode(probes, prompt="", normalize_embeddings=True, show_progress_bar=False))
    got, agreement = _agreement(small, folder, max_tokens, probes, wanted)
    chosen = small if agreement >= _LEAST_AGREEMENT else plain
    if chosen is plain:
        got, agreement = _agreement(plain, folder, max_tokens, probes, wanted)
    if agreement < _LEAST_AGREEMENT:
        raise Misconfigured(
            f"The ONNX export of {model_name!r} does not agree with the model itself (cosine "
            f"{agreement:.3f}): {_CHOOSE} another sentence-transformers model."
        )
    chosen.rename(folder / "model.onnx")
    (small if chosen is plain else plain).unlink()
    precision = "int8" if chosen is small else "fp32"
    content = _weights_digest(model)
    content.update(json.dumps([FORMAT, precision, max_tokens, *prefixes]).encode())
    meta = {
        "format": FORMAT,
        "model": model_name,
        "id": f"{model_name}@{content.hexdigest()[:16]}",
        "bytes": (folder / "model.onnx").stat().st_size,
        "sha256": file_digest(folder / "model.onnx"),
        "precision": precision,
        "agreement": round(agreement, 4),
        "dimensions": int(wanted.shape[1]),
        "max_tokens": max_tokens,
        "pooling": "in the graph",
        "normalised": True,
        "query_prefix": prefixes[0],
        "passage_prefix": prefixes[1],
        "speaks_polish": speaks_polish(got),
        "cosine_range": cosine_range(got),
    }
    (folder / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def _load(model_name: str) -> Any:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    source = str(bundled_folder()) if model_name == BUNDLED_MODEL else model_name
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Eager attention is plain matrix products: every exporter and quantiser knows them.
            return SentenceTransformer(
                source, device="cpu", model_kwargs={"attn_implementation": "eager"}
            ).eval()
    except Exception as error:
        raise Misconfigured(
            f"The embedding model {model_name!r} cannot be loaded by sentence-transformers "
            f"({type(error).__name__}): {_CHOOSE} {BUNDLED_MODEL!r} (comes with Okienko), the name of a "
            "model on the Hugging Face hub (needs a connection once), or the path of one on this machine."
        ) from error


def _weights_digest(model: Any) -> Any:
    """Return a sha256 over the weights: equal on every machine, which the exported file is not."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().float().numpy().tobytes())
    return digest


def prefixes_of(model_name: str, prompts: dict[str, str]) -> tuple[str, str]:
    """Return what the model wants before a question and before a passage.

    Models that declare prompts of their own are believed; E5 models, which declare none, are known by name.

    Source: Wang et al., Multilingual E5 Text Embeddings, 2024: ``query: `` and ``passage: ``; the instructed
    ones take an instruction before the question, and nothing before a passage.
    """
    query = prompts.get("query") or ""
    passage = prompts.get("passage") or prompts.get("document") or ""
    name = model_name.lower().rstrip("/\\")
    if query or passage or not re.search(r"(^|[-_/\\])e5([-_]|$)", name):
        return query, passage
    if name.endswith("-instruct"):
        return _INSTRUCTION, ""
    return "query: ", "passage: "


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
    engine = Engine(path, folder / "tokenizer.json", max_tokens)
    got = np.stack([engine.embed(text) for text in texts])
    return got, float((got * wanted).sum(axis=1).min())


def file_digest(path: Path) -> str:
    """Return a file's sha256."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
