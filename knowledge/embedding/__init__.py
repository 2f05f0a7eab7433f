"""Texts as vectors: the bundled model, others, their export and their checks."""
