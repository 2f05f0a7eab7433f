"""A server whose every turn breaks, loudly and in every way, with the shopper's words: for tests of its log.

python -m tests.server.broken_turns serve --port 8000
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import warnings
from dataclasses import replace

from assistant.brief import Brief, TurnResult
from assistant.worker import Show, Worker
from foundation.errors import InvalidInput
from server.house import open_house
from server.serving import listening_socket, serve_house
from server.settings import load_settings


async def break_loudly(
    brief: Brief, *, show: Show | None = None, already_shown: tuple[str, ...] = ()
) -> TurnResult:
    """Raise with what was written, after everything else that can be heard of it."""
    said = " ".join(brief.messages)
    logging.getLogger("httpx2").warning("asked for %s", said)
    logging.getLogger("aiosqlite").debug("executing %s", said)
    logging.getLogger("somelibrary").error(f"it is about {said}")
    logging.getLogger("uvicorn.error").info("%s - said", said)
    warnings.warn(said, stacklevel=1)
    lost = asyncio.create_task(fail(said))
    lost.set_name(said)
    asyncio.get_running_loop().call_soon(fail_now, said)
    thread = threading.Thread(target=fail_now, args=(said,), name=said)
    thread.start()
    thread.join()
    await asyncio.wait([lost])
    del lost
    try:
        raise OSError(28, said, said)
    except OSError as error:
        group = ExceptionGroup(said, [ValueError(said), InvalidInput(said)])
        group.add_note(said)
        error.add_note(said)
        raise group from error


async def fail(said: str) -> None:
    raise ValueError(said)


def fail_now(said: str) -> None:
    raise KeyError(said)


async def main(port: int) -> None:
    settings = load_settings().model_copy(update={"port": port})
    with listening_socket(settings) as listener:
        async with open_house(settings) as house:
            worker = Worker(
                turns=house.turns,
                hub=house.hub,
                take_turn=break_loudly,
                ownership=house.ownership,
                clock=house.clock,
            )
            await serve_house(replace(house, worker=worker), listener)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[-1])))
