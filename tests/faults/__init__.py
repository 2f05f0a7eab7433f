"""The fault harness: real servers under kill -9, cut lines, stopped processes, full disks and wrong clocks.

``python -m tests.faults --help``. Nothing acknowledged may be lost, nothing may be said twice, and every
client must have seen what the log says. Deliberately broken servers (`tests/faults/broken.py`) go through the
same harness and must be caught, for a check that cannot fail shows nothing.
"""
