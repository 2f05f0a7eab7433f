"""What a turn adds to a model's first sentence, in a process of its own, with `okienko serve` in another one.

The model's server streams with a fixed delay; the shopper waits at the socket. Both are here, by one clock:
added is the time from the moment the first whole line leaves the model until the sentence, verified and kept,
is at the socket. A line is whole at its line break: before it, the sentence may go on.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import aclosing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.sentences import sentences
from evals.model_server import Call, ModelServer
from foundation.database import Database
from foundation.errors import Unavailable
from server.benches.job import Job
from server.benches.start import ask, open_session
from server.benches.timing import Times
from server.benches.whole_turns import ANSWER_SECONDS, questions_of, records_of
from server.serving import listening_socket
from server.settings import Settings, load_settings

PIECE_CHARS = 4
_SENTENCES = 2
_SERVE = "import server.cli; server.cli.main()"


@dataclass(frozen=True, slots=True)
class Seen:
    """What one question took; milliseconds.

    Attributes:
        before_ms: From the message until the model had read the request; None if it was not asked.
        added_ms: From the model's first whole line until it was at the socket; None if another text was.
    """

    conversation_id: str
    before_ms: float | None = None
    added_ms: float | None = None


def streamed(job: Job) -> dict[str, Any]:
    """Ask every question, each in a conversation of its own; return times before and after the model."""
    return asyncio.run(_streamed(job))


def quoting(call: Call) -> list[str]:
    """Return an answer in pieces as models send them: the first sentences of the first piece of evidence."""
    name, lines = next(iter(call.evidence().items()))
    # The first line is the article's title.
    said = [sentence for line in lines[1:] for sentence in sentences(line)][:_SENTENCES]
    pieces = []
    for sentence in said:
        text = f"{sentence} [{name}"
        pieces += [text[start : start + PIECE_CHARS] for start in range(0, len(text), PIECE_CHARS)]
        pieces.append("]\n")
    return pieces


async def _streamed(job: Job) -> dict[str, Any]:
    settings = load_settings()
    async with ModelServer(quoting, delay_seconds=job.delay_ms / 1000) as model:
        port = _free_port(settings)
        server = await asyncio.to_thread(_serve, port, _environment(job, settings, model))
        try:
            seen = [await _watch(port, settings, server, model, *question) for question in questions_of(job)]
        finally:
            server.send_signal(signal.SIGINT)
            await asyncio.to_thread(server.wait, 30)
    database = Database.in_folder(Path(job.folder))
    records = await records_of(database)
    await database.close()
    # The first one that asks the model opens the connection to it.
    asked = [each for each in seen if each.before_ms is not None][1:]
    worded = [
        each
        for each in asked
        if each.added_ms is not None and _by_model(records.get(each.conversation_id, {}))
    ]
    if not worded:
        raise Unavailable("Of no question was a sentence of the model shown, so there is nothing to measure.")
    before = [each.before_ms or 0.0 for each in asked]
    added = [each.added_ms or 0.0 for each in worded]
    return {
        "questions": len(seen),
        "asked": len(asked),
        "worded": len(worded),
        "delay_ms": job.delay_ms,
        "before": asdict(Times.of(before, [0.0])),
        "added": asdict(Times.of(added, [0.0])),
    }


def _serve(port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-c", _SERVE, "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )


def _by_model(record: dict[str, Any]) -> bool:
    writing = record.get("writing") or {}
    return writing.get("writer") == "llm" and not writing.get("why")


async def _watch(
    port: int, settings: Settings, server: subprocess.Popen[bytes], model: ModelServer, text: str, code: str
) -> Seen:
    session = await open_session(port, {"site_key": settings.site_key, "locale": code}, server)
    conversation, calls = str(session["conversation_id"]), len(model.calls)
    first: tuple[str, float] | None = None
    sent = time.perf_counter()
    async with asyncio.timeout(ANSWER_SECONDS), aclosing(ask(port, session, text)) as frames:
        async for said in frames:
            now = time.perf_counter()
            if said["type"] == "ack":
                continue
            if said["type"] == "delta" and first is None:
                first = str(said["text"]), now
            if said["type"] == "msg" and said["author"]["kind"] == "assistant":
                break
    made = model.calls[calls:]
    if not made:
        return Seen(conversation)
    before = (made[0].received - sent) * 1000
    line = "".join(quoting(made[0])).split(" [")[0]
    if first is None or first[0].strip() != line or made[0].line_left is None:
        return Seen(conversation, before)
    return Seen(conversation, before, (first[1] - made[0].line_left) * 1000)


def _environment(job: Job, settings: Settings, model: ModelServer) -> dict[str, str]:
    """Return this process's environment with the benchmark's shop and model, no mail and no limits."""
    own = {
        "DATA_DIR": job.folder,
        "MODELS_DIR": str(settings.models_dir),
        "EMBEDDING_MODEL": settings.embedding_model,
        "SITE_KEY": settings.site_key,
        "LLM_MODEL": "m",
        "LLM_BASE_URL": model.base_url,
        "LLM_CONVERSATION_TOKENS": "0",
        "LLM_DAY_TOKENS": "0",
        "MESSAGES_PER_MINUTE": "0",
        "SESSIONS_PER_MINUTE": "0",
    }
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OKIENKO_")}
    return clean | {f"OKIENKO_{name}": value for name, value in own.items()}


def _free_port(settings: Settings) -> int:
    with listening_socket(settings.model_copy(update={"host": "127.0.0.1", "port": 0})) as listener:
        return int(listener.getsockname()[1])
