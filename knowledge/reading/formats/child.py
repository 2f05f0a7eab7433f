"""The process that reads files: takes them one by one on its standard input, answers each with a line.

Started by `knowledge/reading/sandbox.py`, never imported by what serves. It limits itself before it
looks at a file: memory, CPU seconds, no file written, no program started, no connection made.
"""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, BinaryIO

_FORBIDDEN = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.startfile",
    "os.kill",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
)
"""Audit events that end in an error here. That binds a parser's Python; native code knows other ways."""


def serve(memory_mb: int, seconds: float) -> None:
    """Answer requests until the input ends.

    A request is a line of JSON (``kind``, ``name``, ``size``) and the bytes of the file; an answer is a line
    with ``parsed`` or ``refused``. The first line is ``{"ready": true}``.
    """
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not be taken for an answer
    from knowledge.reading.formats import parse  # noqa: F401  # loaded before files are forbidden to be written

    confine(memory_mb)
    _say(answers, {"ready": True})
    while line := requests.readline():
        request = json.loads(line)
        content = requests.read(request["size"])
        allow_seconds(seconds)
        answer = _answer(request, content)
        _say(answers, answer)
        if answer.get("refused") == "too_much_memory":
            return  # what is left of the heap is not worth trusting


def _answer(request: Mapping[str, Any], content: bytes) -> dict[str, Any]:
    from knowledge.reading.formats import parse
    from knowledge.reading.kinds import Kind
    from knowledge.remarks import Refused

    try:
        return {"parsed": asdict(parse(Kind(request["kind"]), content, request["name"]))}
    except Refused as error:
        return {"refused": error.code, "fields": dict(error.fields)}
    except MemoryError:
        return {"refused": "too_much_memory", "fields": {}}
    except Exception as error:  # noqa: BLE001  # a parser may fail in any way; the parent logs what it was
        return {"failed": f"{type(error).__name__}: {error}"[:500]}


def confine(memory_mb: int) -> None:
    """Limit this process for good: what it may use, and what it may do."""
    if sys.platform != "win32":
        import resource

        for what, limit in (
            (resource.RLIMIT_AS, memory_mb * 1024 * 1024),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (limit, limit))
    sys.addaudithook(_refuse)


def allow_seconds(seconds: float) -> None:
    """Let this process use `seconds` of CPU from now on; then the system ends it."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"{event} is not allowed while a file is read")


def _say(answers: BinaryIO, what: Mapping[str, Any]) -> None:
    answers.write(json.dumps(what, ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n")
    answers.flush()
