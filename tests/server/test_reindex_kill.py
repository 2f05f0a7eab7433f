"""Killed while they re-index, processes leave a library that serves and is in order."""

from __future__ import annotations

from pathlib import Path

from tests.server.reindex_faults import torment


def test_every_restart_serves_and_the_check_is_clean(tmp_path: Path) -> None:
    kills = torment(tmp_path, 5, seed=4, articles=6)
    assert kills.total() == 5
