"""No server of a test outlives the tests."""

from __future__ import annotations

import signal
import subprocess
import sys

from tests.server.conftest import ROOT
from tests.server.guard import Guard

STARTER = """
import os, signal, subprocess, sys
from tests.server.guard import Guard
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
Guard().watch(child.pid)
print("started", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def waiting() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])


def test_what_is_watched_is_ended_and_what_is_forgotten_is_not() -> None:
    watched, forgotten, guard = waiting(), waiting(), Guard()
    for process in (watched, forgotten):
        guard.watch(process.pid)
    guard.forget(forgotten.pid)
    guard.close()
    assert watched.wait(timeout=60) == -signal.SIGKILL
    assert forgotten.poll() is None
    forgotten.kill()
    forgotten.wait()


def test_a_killed_process_leaves_nothing_behind() -> None:
    """What it started holds its output open, which ends only when that has ended."""
    done = subprocess.run(
        [sys.executable, "-c", STARTER], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "started\n")
