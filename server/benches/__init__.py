"""Benchmarks: `okienko bench …`. Times are reported, never asserted; each engine in a process of its own."""
