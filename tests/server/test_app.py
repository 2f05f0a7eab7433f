"""The served application: pages, headers, the demo's doors, handoffs, and stopping."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import websockets

from server.app import create_app, origin_rule
from server.front import STARTERS
from server.house import open_house
from server.settings import Settings
from server.waiting import printable
from tests.server.conftest import ServerProcess
from tests.server.inside import command

Serve = Callable[[], ServerProcess]


def test_pages_and_their_headers(serve: Serve) -> None:
    server = serve()
    status, page, headers = server.get("/")
    assert status == 200
    assert "Leśna Ścieżka" in page
    assert "script-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    status, script, headers = server.get("/okienko.js")
    assert (status, headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert "okienko-chat" in script
    assert server.get("/healthz")[:2] == (200, '{"status":"ok"}')
    for path in ("/demo/static/..%2fshop.py", "/demo/static/nothing.js", "/docs", "/openapi.json"):
        assert server.get(path)[0] == 404
    assert server.stop() == 0


def test_a_broken_request_is_one_sentence(serve: Serve) -> None:
    server = serve()
    bodies = [b"", b"[1]", b'{"site_key": 5}', b'{"site_key": "demo", "extra": 1}', b"\xff", b"[" * 60_000]
    for content in bodies:
        reply = httpx.post(server.base + "/v1/session", content=content)
        assert reply.status_code == 400
        assert set(reply.json()) == {"code", "message"}
    assert httpx.post(server.base + "/v1/session", content=b" " * 100_000).status_code == 413
    for path in ("/nothing", "/v1/session", f"/demo/static/{'a' * 300}.js"):
        reply = httpx.get(server.base + path)
        assert reply.status_code in (404, 405)
        assert set(reply.json()) == {"code", "message"}


def test_only_the_demos_customers_are_signed_in(serve: Serve) -> None:
    server = serve()
    listed = json.loads(server.get("/demo/customers")[1])
    assert len(listed) == 5
    assert server.get("/demo/identity?customer=c-1020")[0] == 404
    token = json.loads(server.get(f"/demo/identity?customer={listed[0]['id']}")[1])["identity_token"]
    session = httpx.post(server.base + "/v1/session", json={"site_key": "demo", "identity_token": token})
    assert (session.json()["identity"], session.json()["customer_name"]) == ("customer", listed[0]["name"])


async def test_the_demos_doors_are_shut_to_the_network(demo_data: Path) -> None:
    settings = Settings(data_dir=demo_data, host="0.0.0.0")
    async with open_house(settings) as house:
        transport = httpx.ASGITransport(create_app(house))
        async with httpx.AsyncClient(transport=transport, base_url="http://okienko") as client:
            assert (await client.get("/demo/identity?customer=c-1001")).status_code == 404
            home = await client.get("/")
    assert home.status_code == 200
    assert "okienko.js" in home.text


async def test_the_shops_name_is_data_not_markup(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", shop_name="<script>alert(1)</script>")
    async with open_house(settings) as house:
        transport = httpx.ASGITransport(create_app(house))
        async with httpx.AsyncClient(transport=transport, base_url="http://okienko") as client:
            home = await client.get("/")
    assert "<script>alert" not in home.text
    assert "&lt;script&gt;" in home.text


def test_an_address_that_was_left_is_listed_with_what_was_said(serve: Serve) -> None:
    server = serve()
    session = httpx.post(server.base + "/v1/session", json={"site_key": "demo", "locale": "pl"}).json()
    question = "czy macie sklep stacjonarny w Radomiu przy rynku?"

    async def leave() -> None:
        async with websockets.connect(server.base.replace("http", "ws") + "/v1/chat") as line:
            hello = {"type": "hello", "v": 1, "since": 0, "log_epoch": ""}
            hello |= {name: session[name] for name in ("token", "conversation_id")}
            frames = [
                hello,
                {"type": "send", "cid": str(uuid4()), "body": question},
                {"type": "ask_human", "cid": str(uuid4())},
                {
                    "type": "action",
                    "cid": str(uuid4()),
                    "name": "leave_email",
                    "value": {"email": "ewa@example.com"},
                },
            ]
            for frame in frames:
                await line.send(json.dumps(frame))
            async with asyncio.timeout(20):
                async for frame in line:
                    if json.loads(frame).get("content", {}).get("email_left"):
                        return

    asyncio.run(leave())
    listed = json.loads(command(server.data_dir, "handoffs", "--json").stdout)
    assert [row["email"] for row in listed] == ["ewa@example.com"]
    assert question in [said["body"] for said in listed[0]["said"]]


def test_a_strangers_words_do_not_command_the_terminal() -> None:
    assert printable("zażółć\n– 👍 ok") == "zażółć\n– 👍 ok"
    assert printable("\x1b]0;x\x07\x1b[2J\u202etxt\r") == "\ufffd]0;x\ufffd\ufffd[2J\ufffdtxt\ufffd"


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        (None, "a.example", True),
        ("https://a.example", "a.example", True),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("https://shop.example", "a.example", True),
        ("https://SHOP.example", "a.example", True),
        ("https://evil.example", "a.example", False),
        ("null", "a.example", False),
        ("null", "", False),
        ("https://a.example.evil.example", "a.example", False),
        ("http://127.0.0.1:9000", "127.0.0.1:8000", False),
        ("http://[::1", "[::1", False),
        ("", "a.example", False),
    ],
)
def test_origins(origin: str | None, host: str, allowed: bool) -> None:
    assert origin_rule(("https://shop.example",))(origin, host) is allowed


def test_every_starter_has_an_answer(loaded_demo: Path) -> None:
    for questions in STARTERS.values():
        for question in questions:
            said = json.loads(command(loaded_demo, "ask", question, "--json").stdout)
            assert said["outcome"] == "answered", question


def test_articles_added_beside_a_running_server_are_answered_from(serve: Serve, tmp_path: Path) -> None:
    server = serve()
    article = tmp_path / "gwizdek.md"
    article.write_text(
        "---\ntitle: Ile kosztuje gwizdek?\nlanguage: pl\n---\nGwizdek turystyczny kosztuje 19,50 zł.\n"
    )
    assert command(server.data_dir, "knowledge", "add", str(article)).returncode == 0
    question = {"type": "send", "body": "ile kosztuje gwizdek turystyczny"}

    async def answer() -> str:
        """Ask in a chat of its own: two answers of "I don't know" would call a person."""
        opened = await asyncio.to_thread(httpx.post, server.base + "/v1/session", json={"site_key": "demo"})
        session = opened.json()
        async with websockets.connect(server.base.replace("http", "ws") + "/v1/chat") as line:
            hello = {"type": "hello", "v": 1, "since": session["head"], "log_epoch": ""}
            hello |= {name: session[name] for name in ("token", "conversation_id")}
            for frame in (hello, question | {"cid": str(uuid4())}):
                await line.send(json.dumps(frame))
            while True:
                said = json.loads(await line.recv())
                if said["type"] == "msg" and said["author"]["kind"] == "assistant":
                    return str(said["body"])

    async def ask_until_it_is_known() -> None:
        async with asyncio.timeout(60):
            while "19,50 zł" not in await answer():
                pass

    asyncio.run(ask_until_it_is_known())
