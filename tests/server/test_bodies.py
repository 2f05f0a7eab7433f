"""No route of the server reads a body without end, whoever sends it and whatever it says it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from foundation.staff import Role
from handoff.complaint_upload import MAX_BYTES
from server.app import create_app
from server.auth import COOKIE, csrf_token
from server.house import House, open_house
from server.settings import Settings
from server.staff import StaffBook

CHUNK = 256 * 1024
MOST_BYTES = 101 * 1024 * 1024
"""Of the largest form, articles as files; everything else is far smaller."""
MULTIPART = b'--xx\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
KINDS = {
    "application/json": b'{"a": "',
    "application/x-www-form-urlencoded": b"a=",
    "multipart/form-data; boundary=xx": MULTIPART,
}


class Endless:
    """A request whose body has no end; counts what was taken of it."""

    def __init__(self, path: str, kind: str, headers: dict[str, str]) -> None:
        self.taken, self.status, self._begun = 0, 0, KINDS[kind]
        named = {"host": "shop.example", "content-type": kind} | headers
        self.scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
            "client": ("192.0.2.7", 5000),
            "server": ("shop.example", 80),
            "state": {},
        }

    async def receive(self) -> dict[str, Any]:
        chunk = self._begun if self.taken == 0 else b"x" * CHUNK
        self.taken += len(chunk)
        assert self.taken <= MOST_BYTES, f"{self.scope['path']} reads on and on"
        return {"type": "http.request", "body": chunk, "more_body": True}

    async def send(self, message: dict[str, Any]) -> None:
        self.status = message.get("status", self.status)


async def owner_headers(house: House) -> dict[str, str]:
    book = StaffBook(house.database, house.clock, hashing_kib=64)
    await book.add("ewa@shop.example", Role.OWNER, "correct horse battery")
    secret = await book.sign_in("ewa@shop.example", "correct horse battery", address="192.0.2.7")
    return {"cookie": f"{COOKIE}={secret}", "x-csrf-token": csrf_token(secret)}


def posted_to(app: FastAPI) -> list[str]:
    """Return a path of every route that takes a body."""
    routes = [
        route
        for included in app.routes
        for route in getattr(getattr(included, "original_router", None), "routes", [included])
        if isinstance(route, APIRoute) and {"POST", "PUT", "PATCH", "DELETE"} & set(route.methods or ())
    ]
    return [route.path.replace("{", "").replace("}", "") for route in routes]


async def test_no_route_reads_a_body_without_end(tmp_path: Path) -> None:
    async with open_house(Settings(data_dir=tmp_path)) as house:
        app = create_app(house)
        paths = posted_to(app)
        assert {"/v1/session", "/v1/messages", "/login", "/complaint"} <= set(paths)
        assert len(paths) > 20
        read = {}
        for headers in ({}, await owner_headers(house)):
            for path in paths:
                for kind in KINDS:
                    request = Endless(path, kind, headers)
                    await app(request.scope, request.receive, request.send)  # type: ignore[arg-type]
                    assert 300 <= request.status < 500, (path, kind, request.status)
                    read[path, kind, bool(headers)] = request.taken
    nobody = max(taken for (_, _, signed_in), taken in read.items() if not signed_in)
    assert nobody <= MAX_BYTES + CHUNK, "strangers may send photos, and nothing larger"
