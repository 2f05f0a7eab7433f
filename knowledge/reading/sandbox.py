"""A process of its own in which files are read, with limits of memory, time and output.

Parsers of PDF, ZIP and XML meet files of strangers. Here one that runs away, eats memory or dies takes a
child with it, never the server; the file is named and the next one gets a new child. The child
(`knowledge/reading/formats/child.py`) is a fresh interpreter, not a fork of a process with threads,
knows nothing of the environment's secrets, and opens no connection.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from foundation.errors import Unavailable
from knowledge.reading.draft import Parsed, parsed_from_json
from knowledge.reading.kinds import MB, Kind
from knowledge.remarks import Refused

logger = logging.getLogger(__name__)

_ROOT = str(Path(__file__).resolve().parents[2])
# The search path comes from us, our own folder last: found in a checkout, a wheel, an editable install.
_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from knowledge.reading.formats.child import serve; serve(int(sys.argv[2]), float(sys.argv[3]))"
)
_START_SECONDS = 60.0  # a cold disk or a busy machine; no file is read yet


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost.

    Attributes:
        seconds: Wall clock, and CPU besides.
        memory_mb: Address space of the child, the interpreter and its libraries included.
        answer_mb: The text that may come out of one file, as JSON.
    """

    seconds: float = 8.0
    memory_mb: int = 1024
    answer_mb: int = 16


class Sandbox:
    """Reads files one after another in a child that is started when it is needed. For one thread at a time.

    Blocks: call it in a thread of its own from asynchronous code. Close it, or use it in a ``with``.
    """

    def __init__(self, limits: Limits | None = None, *, program: str = _PROGRAM) -> None:
        """Start nothing yet.

        Args:
            limits: What one file may cost.
            program: What the child runs; tests give one that misbehaves.
        """
        self._limits = limits or Limits()
        self._program = program
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def parse(self, kind: Kind, content: bytes, name: str) -> Parsed:
        """Return what is in a file.

        Args:
            kind: Its format; its size and first bytes were checked.
            content: The file.
            name: For titles only; nothing is opened by it.

        Raises:
            Refused: It cannot be used, or costs more than is allowed.
            Unavailable: No child can be started on this machine.
        """
        child = self._alive() or self._start()
        request = {"kind": kind.value, "name": name, "size": len(content)}
        with self._deadline(child, self._limits.seconds) as over:
            answer = _exchange(child, json.dumps(request).encode() + b"\n", content, self._limits.answer_mb)
        if answer is None:
            self.close()
            if over.is_set() or child.returncode == -_SIGXCPU:
                raise Refused("too_slow", limit=round(self._limits.seconds))
            logger.info("Reading %s ended its process (code %s).", name, child.returncode)
            raise Refused("reader_died")
        if over.is_set():
            self.close()  # answered in the very moment in which it was killed
        return self._parsed(answer, kind, name)

    def close(self) -> None:
        """End the child, if there is one."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                with contextlib.suppress(OSError):  # what was not written yet is of no use to anyone
                    _open(pipe).close()

    def _alive(self) -> subprocess.Popen[bytes] | None:
        if self._child is not None and self._child.poll() is not None:
            self.close()
        return self._child

    def _parsed(self, answer: dict[str, Any], kind: Kind, name: str) -> Parsed:
        if "parsed" in answer:
            return parsed_from_json(answer["parsed"])
        if "refused" not in answer:
            logger.info("Reading %s failed: %s", name, answer.get("failed"))
            raise Refused("damaged", named=kind.value)
        fields = answer.get("fields") or {}
        if answer["refused"] in ("too_much_memory", "too_much_text"):
            self.close()
            mb = self._limits.memory_mb if answer["refused"] == "too_much_memory" else self._limits.answer_mb
            fields = {"limit": mb}
        raise Refused(str(answer["refused"]), **fields)

    def _start(self) -> subprocess.Popen[bytes]:
        path = [entry for entry in sys.path if entry and Path(entry).is_absolute()]
        limits = self._limits
        try:
            child = subprocess.Popen(  # noqa: S603  # our own interpreter and program
                [
                    *(sys.executable, "-I", "-B", "-X", "utf8", "-c", self._program),
                    *(json.dumps([*path, _ROOT]), str(limits.memory_mb), str(limits.seconds)),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd=_ROOT,
                start_new_session=True,  # Ctrl-C is for us: a child that died of it would be taken for broken
            )
        except OSError as error:
            raise Unavailable(f"No process can be started to read files: {error.strerror}.") from error
        self._child = child
        with self._deadline(child, _START_SECONDS):
            ready = _answer(child, 1)
        if ready is None:
            self.close()
            raise Unavailable(
                "The process that reads files does not start. Is there memory left? "
                "Try: python -c 'import knowledge.reading.formats'"
            )
        return child

    @contextlib.contextmanager
    def _deadline(self, child: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
        """Kill `child` after `seconds`; the event tells that it was."""
        over = threading.Event()

        def end() -> None:
            over.set()
            child.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield over
        finally:
            timer.cancel()


_SIGXCPU = 24


def _exchange(
    child: subprocess.Popen[bytes], header: bytes, content: bytes, max_mb: int
) -> dict[str, Any] | None:
    """Send a request and return its answer, None if the child died."""
    pipe = _open(child.stdin)
    try:
        pipe.write(header)
        pipe.write(content)
        pipe.flush()
    except OSError:
        return None
    return _answer(child, max_mb)


def _answer(child: subprocess.Popen[bytes], max_mb: int) -> dict[str, Any] | None:
    line = _open(child.stdout).readline(max_mb * MB + 1)
    if len(line) > max_mb * MB:
        return {"refused": "too_much_text"}
    try:
        answer = json.loads(line)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None, "made with PIPE"
    return pipe


def _environment() -> dict[str, str]:
    """Return the little that an interpreter needs: no setting, no key of ours."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if key in os.environ}
    # A BLAS that numpy brings along would reserve memory for each core.
    return {**kept, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OPENPYXL_LXML": "False"}
