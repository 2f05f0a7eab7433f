"""Commands as a person types them, but inside this process: starting one takes longer than most commands."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from server.cli import main
from tests.server.conftest import environment


def command(data_dir: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, as `tests.server.conftest.okienko` does. One at a time."""
    out, err = io.StringIO(), io.StringIO()
    # A thread of its own: in this one an event loop may be running already.
    with (
        _surroundings(data_dir, arguments, settings),
        redirect_stdout(out),
        redirect_stderr(err),
        ThreadPoolExecutor(1) as own,
    ):
        code = own.submit(_exit_code).result()
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def _exit_code() -> int:
    """Run what the surroundings say; return what a shell would see."""
    code: object = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code
    assert code is None or isinstance(code, int)
    return code or 0


@contextmanager
def _surroundings(data_dir: Path, arguments: tuple[str, ...], settings: dict[str, str]) -> Iterator[None]:
    before, argv = dict(os.environ), sys.argv
    try:
        os.environ.clear()
        os.environ.update(environment(data_dir, **settings))
        sys.argv = ["okienko", *arguments]
        yield
    finally:
        sys.argv = argv
        os.environ.clear()
        os.environ.update(before)
