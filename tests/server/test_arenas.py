"""Threads share the C library's arenas where it has them."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

SHARED = "from server.arenas import share_arenas; print(share_arenas())"


def told(**environment: str) -> str:
    without = {name: value for name, value in os.environ.items() if name != "MALLOC_ARENA_MAX"}
    run = [sys.executable, "-c", SHARED]
    return subprocess.run(run, env=without | environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has arenas")
def test_threads_share_arenas_unless_the_environment_says_otherwise() -> None:
    assert told() == "True\n"
    assert told(MALLOC_ARENA_MAX="8") == "False\n"
