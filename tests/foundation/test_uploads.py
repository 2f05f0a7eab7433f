"""Forms with files: read as they come, refused as soon as they are too much."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request

from foundation.errors import InvalidInput, OkienkoError, TooLarge
from foundation.uploads import Part, PostedForm, is_upload, posted_form

MB = 1024 * 1024


def form(body: bytes, *, chunk: int = 7, announced: bool = True, boundary: str = "xx") -> Request:
    """Return a request that brings `body` in small pieces."""
    pieces = [body[at : at + chunk] for at in range(0, len(body), chunk)]
    headers = [(b"content-type", f"multipart/form-data; boundary={boundary}".encode())]
    if announced:
        headers.append((b"content-length", str(len(body)).encode()))

    async def receive() -> dict[str, object]:
        return {
            "type": "http.request",
            "body": pieces.pop(0) if pieces else b"",
            "more_body": bool(pieces),
        }

    return Request({"type": "http", "method": "POST", "headers": headers, "state": {}}, receive)


def body(*parts: tuple[str, str | None, bytes]) -> bytes:
    said = b""
    for name, filename, content in parts:
        file = f'; filename="{filename}"' if filename is not None else ""
        said += f'--xx\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode()
        said += content + b"\r\n"
    return said + b"--xx--\r\n"


async def test_a_form_that_stops_coming_is_given_up() -> None:
    pieces = [body(("a", None, b"x" * 500))[:100]]

    async def receive() -> dict[str, object]:
        if not pieces:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": pieces.pop(), "more_body": True}

    headers = [(b"content-type", b"multipart/form-data; boundary=xx")]
    request = Request({"type": "http", "method": "POST", "headers": headers, "state": {}}, receive)
    with pytest.raises(InvalidInput, match="too slowly"):
        await PostedForm(request, patience_seconds=0.05).fields()


@pytest.mark.parametrize("chunk", [1, 7, 1000])
async def test_fields_and_files_come_in_order(chunk: int) -> None:
    sent = body(
        ("csrf", None, b"t0ken"),
        ("title", None, "Żółta łódź\r\ni 🛶".encode()),
        ("files", "zwroty.md", b"# Zwroty\r\n\r\n--x"),
        ("files", "C:\\okienko\\cennik.csv", b""),
    )
    request = form(sent, chunk=chunk)
    assert is_upload(request)
    assert await posted_form(request).token("csrf") == "t0ken"
    parts = [part async for part in posted_form(request).parts(MB)]
    assert parts[0].text == "Żółta łódź\ni 🛶"
    assert parts[1:] == [
        Part("files", "zwroty.md", b"# Zwroty\r\n\r\n--x", 15),
        Part("files", "cennik.csv", b"", 0),
    ]


async def test_a_file_that_is_too_large_is_told_by_its_size() -> None:
    sent = body(("big", "big.pdf", b"x" * 5000), ("small", "small.md", b"y"))
    assert [(part.content, part.size) async for part in PostedForm(form(sent)).parts(1000)] == [
        (b"", 5000),
        (b"y", 1),
    ]


async def test_what_says_it_is_too_large_is_not_read() -> None:
    request = form(body(("f", "f", b"x" * (2 * MB))))
    upload = PostedForm(request)
    with pytest.raises(TooLarge, match="at most 1 MB"):
        upload.allow(MB)
    assert upload._received == 0


async def test_what_does_not_say_how_large_it_is_is_read_up_to_the_limit() -> None:
    upload = PostedForm(form(body(("f", "f", b"x" * (3 * MB))), announced=False, chunk=65536))
    upload.allow(MB)
    with pytest.raises(TooLarge):
        [part async for part in upload.parts(10 * MB)]
    assert upload._received <= MB + 65536


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"nonsense",
        body(("a", None, b"1"))[:-20],
        b'--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
    ],
)
async def test_what_is_no_form_is_said_to_be(sent: bytes) -> None:
    with pytest.raises(InvalidInput):
        [part async for part in PostedForm(form(sent)).parts(MB)]


async def test_a_token_that_is_not_first_is_none() -> None:
    for sent in (body(("a", None, b"1"), ("csrf", None, b"t")), body(("csrf", "file", b"t")), body()):
        assert await PostedForm(form(sent)).token("csrf") == ""


async def test_too_many_parts() -> None:
    with pytest.raises(TooLarge):
        await PostedForm(form(body(*[("a", None, b"")] * 10_001), chunk=100_000)).fields()


async def test_text_that_is_no_text() -> None:
    with pytest.raises(InvalidInput):
        await PostedForm(form(body(("a", None, b"\xff")))).fields()


@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data", "multipart/mixed; boundary=xx"])
def test_another_kind_of_request(kind: str) -> None:
    headers = [(b"content-type", kind.encode())]
    with pytest.raises(InvalidInput):
        PostedForm(Request({"type": "http", "method": "POST", "headers": headers, "state": {}}))


async def test_as_real_clients_send_it() -> None:
    app = FastAPI()

    @app.post("/")
    async def take(request: Request) -> dict[str, int]:
        try:
            upload = posted_form(request)
            upload.allow(3 * MB)
            return {part.filename or part.name: part.size async for part in upload.parts(2 * MB)}
        except OkienkoError as error:
            return {error.code: error.status}

    async def slow() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * (MB // 10)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop") as client:
        files = [("f", ("ż.md", b"1" * MB)), ("f", ("b.pdf", b"22"))]
        assert (await client.post("/", data={"a": "1"}, files=files)).json() == {
            "a": 1,
            "ż.md": MB,
            "b.pdf": 2,
        }
        headers = {"content-type": "multipart/form-data; boundary=xx"}
        assert (await client.post("/", content=slow(), headers=headers)).json() in (
            {"invalid_input": 400},
            {"too_large": 413},
        )
