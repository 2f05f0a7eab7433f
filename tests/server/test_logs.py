"""The log holds ids and milliseconds, and nothing that a person wrote, whatever breaks."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from foundation.logs import about
from server.logs import JsonLines, TextLines
from tests.server.chatter import Shopper
from tests.server.conftest import ServerProcess

PEOPLE = {
    "name": "Zenobia Wierzbołowska",
    "mail": "zenobia.w@example.com",
    "phone": "+48 600 700 800",
    "street": "Kasztanowa 17",
    "words": "mój kajak przeciekał nad Drwęcą",
}
MESSAGE = (
    "Jestem {name}, pisz na {mail} albo dzwoń {phone}, mieszkam {street}: {words}. Ile mam na zwrot?"
).format(**PEOPLE)


async def chats(base: str) -> None:
    """Say all of it, everywhere a stranger's words can go."""
    shopper = Shopper(base)
    await shopper.open()
    cid = await shopper.write(MESSAGE)
    await shopper.until("msg", cid=f"r:{cid}")
    leave = {"type": "action", "name": "leave_email", "value": {"email": PEOPLE["mail"]}}
    await shopper.send(leave | {"cid": "5e2cbe0b-52b0-4f39-8a27-0d1e0c4d3c55"})
    await shopper.until("ack")
    await shopper.write(MESSAGE, cid=cid)
    await shopper.until("ack")
    await shopper.write("x" + MESSAGE, cid=cid)
    await shopper.until("nack")
    await shopper.send({"type": "send", "cid": "no cid", "body": MESSAGE, PEOPLE["name"]: 1})
    await shopper.until("error")
    headers = {"Authorization": f"Bearer {shopper.session['token']}", "X-Name": "Zenobia.W@example.com"}
    async with httpx.AsyncClient(timeout=30, headers=headers) as http:
        query = {"conversation_id": shopper.session["conversation_id"], "since": 0, "wait": PEOPLE["words"]}
        await http.get(f"{base}/v1/events", params=query)
        await http.get(f"{base}/{PEOPLE['mail']}/{PEOPLE['street']}", params={"q": MESSAGE})
        await http.post(f"{base}/v1/session", json={"site_key": MESSAGE})
        await http.post(f"{base}/v1/messages", content=MESSAGE.encode())
        await http.post(f"{base}/login", data={"email": PEOPLE["mail"], "password": PEOPLE["words"]})
        await http.post(f"{base}/withdraw", data={"name": PEOPLE["name"], "email": PEOPLE["mail"]})


def logged(data: Path, log: Path, module: str, form: str) -> str:
    """Return what a server logs of such chats."""
    server = ServerProcess(data, OKIENKO_LOG_LEVEL="debug", OKIENKO_LOG_FORMAT=form)
    server.module = module
    with log.open("w") as stderr:
        server.stderr = stderr.fileno()
        server.start()
        try:
            asyncio.run(chats(server.base))
        finally:
            assert server.stop() == 0
    return log.read_text()


def words_of(text: str) -> set[str]:
    """Return its words and numbers of some length, as they would be found in any quoting of it."""
    return set(re.findall(r"[A-Za-z]{5,}|\d{3}", json.dumps(text)))


def found_in(log: str) -> set[str]:
    """Return what of people stands in a log, in any spelling of its letters."""
    parts = {part for value in PEOPLE.values() for part in words_of(value) - {"example"}}
    return {
        part for part in parts if re.search(rf"(?<![\w.:]){re.escape(part)}(?![\w:])", log, re.IGNORECASE)
    }


def test_the_search_finds_what_is_there() -> None:
    assert len(found_in(MESSAGE)) > 6
    assert found_in(json.dumps({"event": MESSAGE}))
    assert found_in(repr(MESSAGE.upper()))


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_chat_leaves_no_word_of_it_in_the_log(demo_data: Path, tmp_path: Path, form: str) -> None:
    log = logged(demo_data, tmp_path / "log", "server.cli", form)
    assert not found_in(log)
    # There is something to be found in.
    assert "a turn ended" in log
    assert "/v1/session" in log
    if form == "json":
        lines = [json.loads(line) for line in log.splitlines()]
        turn = next(line for line in lines if line["event"] == "a turn ended")
        assert turn["ms"] > 0
        assert len(turn["conversation"]) == len(turn["turn"]) == 36
        socket = next(line for line in lines if line.get("route") == "/v1/chat")
        assert len(socket["request"]) == 16


def test_turns_that_break_with_the_shoppers_words_leave_none_in_the_log(
    demo_data: Path, tmp_path: Path
) -> None:
    log = logged(demo_data, tmp_path / "log", "tests.server.broken_turns", "json")
    assert not found_in(log)
    lines = [json.loads(line) for line in log.splitlines()]
    broken = next(line for line in lines if line["event"].startswith("the turn failed"))
    kinds = [error["kind"] for error in broken["error"]]
    assert kinds == ["ExceptionGroup", "OSError (No space left on device)"]
    assert any("broken_turns.py" in frame for error in broken["error"] for frame in error["frames"])
    assert len(broken["turn"]) == 36
    events = {line["event"] for line in lines}
    assert {"a thread broke", "something died that nobody waited for", "asked for %s", "%s - said"} <= events


def record(**changed: Any) -> logging.LogRecord:
    made = {"name": "okienko.test", "levelno": 20, "levelname": "INFO", "msg": "it is %s", "args": ("so",)}
    return logging.makeLogRecord(made | changed)


async def leave_in_the_middle(port: int, path: str) -> None:
    """Announce more than is sent, and go."""
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 100\r\n"
    writer.write(head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\nhalf")
    writer.close()
    await writer.wait_closed()


def test_who_leaves_in_the_middle_of_a_request_breaks_nothing(demo_data: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    server = ServerProcess(demo_data, OKIENKO_LOG_LEVEL="info", OKIENKO_LOG_FORMAT="json")
    with log.open("w") as stderr:
        server.stderr = stderr.fileno()
        server.start()
        try:
            for path in ("/v1/messages", "/v1/session", "/withdraw"):
                asyncio.run(leave_in_the_middle(server.port, path))
            # By then the server has begun, and ended, what came before.
            assert server.get("/healthz")[0] == 200
        finally:
            assert server.stop() == 0
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    ended = {line["route"]: line["status"] for line in lines if line.get("route")}
    assert ended["/v1/messages"] == ended["/v1/session"] == 499
    assert [line for line in lines if line["level"].lower() in ("error", "critical")] == []


def test_a_line_carries_what_it_is_about() -> None:
    with about(conversation="c1"), about(turn="t1"):
        line = json.loads(JsonLines().format(record(ms=1.5)))
        text = TextLines().format(record(ms=1.5))
    assert {name: line[name] for name in ("level", "logger", "event", "conversation", "turn", "ms")} == {
        "level": "info",
        "logger": "okienko.test",
        "event": "it is so",
        "conversation": "c1",
        "turn": "t1",
        "ms": 1.5,
    }
    assert text.endswith("INFO okienko.test: it is so [conversation=c1 turn=t1 ms=1.5]")
    assert "conversation" not in json.loads(JsonLines().format(record()))


def test_a_traceback_that_a_library_wrote_out_is_not_repeated() -> None:
    written = record(name="uvicorn.error", msg="Traceback (most recent call last):\n  Zenobia", args=())
    assert json.loads(JsonLines().format(written))["event"] == "Traceback (most recent call last):"


def test_a_strangers_words_make_no_second_line() -> None:
    assert "\n" not in TextLines().format(record(args=("a\nINFO forged: \x1b[2J",)))
    assert "\n" not in JsonLines().format(record(args=("a\nINFO forged",)))
