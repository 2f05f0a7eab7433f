"""Forms are read as they come, and no further than they may go."""

from __future__ import annotations

import asyncio

import pytest
from fastapi import Request

from foundation.bodies import read_body
from foundation.errors import InvalidInput, TooLarge
from foundation.pages import MAX_FORM_BYTES, read_form


class Posted:
    """A request whose body comes in pieces; counts how many were taken."""

    def __init__(self, *pieces: bytes, kind: str = "application/x-www-form-urlencoded") -> None:
        self.taken, self._pieces = 0, pieces
        scope = {"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())], "state": {}}
        self.request = Request(scope, self._receive)

    async def _receive(self) -> dict[str, object]:
        piece = self._pieces[self.taken]
        self.taken += 1
        return {"type": "http.request", "body": piece, "more_body": self.taken < len(self._pieces)}


async def test_a_form_in_pieces_is_read_and_may_be_read_twice() -> None:
    posted = Posted(b"name=An", b"na&name=Ola", b"&note=%C5%BC%C3%B3%C5%82w")
    for _ in range(2):
        assert await read_form(posted.request) == {"name": "Ola", "note": "żółw"}
    assert posted.taken == 3


async def test_a_form_without_end_is_left_where_it_is_too_long() -> None:
    posted = Posted(*[b"a" * 50_000] * 1000)
    with pytest.raises(TooLarge):
        await read_form(posted.request)
    assert posted.taken == MAX_FORM_BYTES // 50_000 + 1


async def test_a_form_that_stops_coming_is_given_up() -> None:
    async def receive() -> dict[str, object]:
        await asyncio.Event().wait()
        return {}

    with pytest.raises(InvalidInput, match="did not come whole"):
        await read_body(
            Request({"type": "http", "method": "POST", "headers": []}, receive), most=9, seconds=0.05
        )


async def test_what_is_no_form_is_refused_unread() -> None:
    posted = Posted(b"{}", kind="application/json")
    with pytest.raises(InvalidInput):
        await read_form(posted.request)
    assert posted.taken == 0
