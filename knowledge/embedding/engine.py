"""An exported model, run by onnxruntime. The home of onnxruntime and tokenizers at serving time."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Engine:
    """Texts into vectors on one thread, one text at a time.

    int8 scales depend on the batch, so in a batch a vector would depend on its neighbours; on one thread a
    batch gains nothing. Safe to use from several threads.

    Args:
        model: An ONNX file whose one output is the sentence's embedding.
        tokenizer: A file of the tokenizers library.
        max_tokens: Where a text is cut off.
    """

    def __init__(self, model: Path, tokenizer: Path, max_tokens: int) -> None:
        self._session = _session(model)
        self._tokenizer = _tokenizer(tokenizer, max_tokens)
        self._inputs = {i.name for i in self._session.get_inputs()}

    def embed(self, text: str) -> Vectors:
        """Return the text's vector: float32, (d,), L2-normalised."""
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        (output,) = self._session.run(None, {name: feed[name] for name in self._inputs})
        vector = output[0].astype(np.float32)
        return cast(Vectors, vector / max(float(np.linalg.norm(vector)), 1e-12))


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
