"""Measures of the whole, that anyone can recompute."""
