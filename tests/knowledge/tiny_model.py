"""A sentence-transformers model made on the spot: small, untrained, and different with every seed."""

from __future__ import annotations

import warnings
from pathlib import Path

from knowledge.embedding.probes import probe_texts


def make_model(folder: Path, *, seed: int = 1, prompts: dict[str, str] | None = None) -> Path:
    """Save a BERT with two layers, and a tokenizer of the words of the probes; return the folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from sentence_transformers import SentenceTransformer, models
        from transformers import BertConfig, BertModel, BertTokenizer

        spoken = " ".join(probe_texts("query: ", "passage: ")).lower().split()
        words = {word for word in spoken if word.isalnum()}
        letters = "abcdefghijklmnopqrstuvwxyząćęłńóśźż0123456789.,?:!'"
        vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
        vocabulary += [f"##{letter}" for letter in letters]
        vocabulary += sorted(words - set(vocabulary))
        plain = folder.parent / f"{folder.name}-plain"
        plain.mkdir(parents=True)
        (plain / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
        torch.manual_seed(seed)
        config = BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=48,
            num_hidden_layers=2,
            num_attention_heads=4,
            intermediate_size=96,
            max_position_embeddings=128,
            initializer_range=0.3,
        )
        BertModel(config).save_pretrained(plain)
        BertTokenizer(str(plain / "vocab.txt"), do_lower_case=True, strip_accents=False).save_pretrained(
            plain
        )
        transformer = models.Transformer(str(plain), max_seq_length=96)
        pooling = models.Pooling(transformer.get_word_embedding_dimension())
        SentenceTransformer(modules=[transformer, pooling], device="cpu", prompts=prompts).save(str(folder))
    return folder
