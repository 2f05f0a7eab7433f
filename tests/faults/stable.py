"""Starts servers by forking: a process of its own for each, without the seconds that imports take.

Speaks JSON lines on stdin and stdout: ``{"start": {…}}`` gives ``{"pid": 1}``; ``{"wait": 1}`` its code.
Imports all that a server does, and opens nothing: what a fork would share, each server opens for itself.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any


def serve_in_child(order: dict[str, Any]) -> None:
    """Become the server that was ordered; never returns."""
    from tests.faults.entry import run

    code = 1
    try:
        said = os.open(order["said"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (said, 1), (said, 2)):
            os.dup2(source, target)
        os.environ.clear()
        os.environ.update(order["environment"])
        run(Path(order["clock"]), order["variant"])
        code = 0
    except KeyboardInterrupt:
        code = 0
    except BaseException:  # noqa: BLE001 - the fork must not go on as its parent
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Take orders until stdin ends; then end what still runs."""
    import tests.faults.entry  # noqa: F401

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who gives the orders
    living: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "start" in order:
            pid = os.fork()
            if pid == 0:
                serve_in_child(order["start"])
            living.add(pid)
            answer: dict[str, int | None] = {"pid": pid}
        else:
            found, status = os.waitpid(order["wait"], order.get("options", 0))
            living.discard(found)
            answer = {"code": os.waitstatus_to_exitcode(status) if found else None}
        print(json.dumps(answer), flush=True)
    for pid in living:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
