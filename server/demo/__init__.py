"""Leśna Ścieżka, the invented shop that shows what Okienko does."""
