"""The way most would build it: LangChain's retriever over Chroma, the same model on torch. Not used to serve.

The passages get the same vectors as ours, so that what differs is how a question is embedded and searched.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from foundation.errors import Unavailable
from server.benches.job import Job, your_turn
from server.benches.timing import peak_mib, resident_mib, timed

HOW_TO = "pip install -c constraints.txt '.[bench]'"
_BATCH = 5000
_PASSAGES = 6  # as many as our retriever returns


def is_installed() -> bool:
    """Tell whether LangChain's packages are there."""
    from importlib.util import find_spec

    return all(find_spec(name) is not None for name in ("langchain_chroma", "langchain_core"))


def langchain(job: Job) -> dict[str, Any]:
    """Fill LangChain's store and ask its retriever; return times and memory."""
    if not is_installed():
        raise Unavailable(f"LangChain is not installed: {HOW_TO}")
    import numpy as np
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    from server.benches.vectors import texts_of

    vectors = np.load(job.vectors, mmap_mode="r")
    texts = [text.views for text in texts_of(job.passages)]
    store = Chroma(
        collection_name="passages",
        embedding_function=_on_torch(),
        persist_directory=job.folder,
        client_settings=Settings(anonymized_telemetry=False, is_persistent=True),
    )
    started = time.perf_counter()
    for start in range(0, len(texts), _BATCH):
        end = min(start + _BATCH, len(texts))
        ids = [str(row) for row in range(start, end)]
        store._collection.add(ids=ids, embeddings=vectors[start:end], documents=texts[start:end])
    built = time.perf_counter() - started
    retriever = store.as_retriever(search_kwargs={"k": _PASSAGES})
    asked = [text for text, _ in json.loads(Path(job.questions).read_text())]
    warm, fresh = asked[:20], asked[20:]
    timed(retriever.invoke, warm)
    distinct = timed(retriever.invoke, fresh, wait=your_turn)
    some, often = job.repeats
    repeated = timed(retriever.invoke, fresh[-some:] * max(1, often // 10))
    return {
        "index_seconds": built,
        "distinct": asdict(distinct),
        "repeated": asdict(repeated),
        "rss_mib": resident_mib(),
        "peak_mib": peak_mib(),
    }


def _on_torch() -> Any:
    """Return the bundled model on torch behind LangChain's interface."""
    import torch
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

    from knowledge.embedding.bundled import bundled_folder

    torch.set_num_threads(1)
    model = SentenceTransformer(str(bundled_folder()), device="cpu")

    class OnTorch(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [self.embed_query(text) for text in texts]

        def embed_query(self, text: str) -> list[float]:
            vector = model.encode(text, normalize_embeddings=True, show_progress_bar=False)
            return [float(value) for value in vector]

    return OnTorch()
