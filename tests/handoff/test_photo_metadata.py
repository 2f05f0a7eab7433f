"""Where a photo was taken does not reach the shop; the picture does, as it was."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from handoff.photo_metadata import without_metadata
from handoff.photos import kind_of
from tests.handoff.pictures import PLACE, WAY_UP, photo

KINDS = ("jpg", "png", "webp", "heic")
DECODED = KINDS[:3]


def pixels(content: bytes) -> bytes:
    return Image.open(io.BytesIO(content)).convert("RGB").tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_the_place_is_gone_and_the_picture_is_the_same(kind: str) -> None:
    sent = photo(kind, place=True)
    assert PLACE in sent
    kept = without_metadata(kind, sent)
    assert kept is not None
    assert PLACE not in kept
    assert kind_of(kept) == kind
    assert kept == photo(kind)
    assert without_metadata(kind, kept) == kept
    if kind in DECODED:
        assert pixels(kept) == pixels(sent)
        assert not Image.open(io.BytesIO(kept)).getexif()


def test_which_way_up_a_jpeg_is_stays_and_nothing_else() -> None:
    kept = without_metadata("jpg", photo("jpg", place=True, way_up=WAY_UP))
    assert kept is not None
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {0x0112: WAY_UP}
    assert PLACE not in kept


def test_a_colour_profile_stays() -> None:
    kept = without_metadata("webp", photo("webp", place=True)) or b""
    assert Image.open(io.BytesIO(kept)).info["icc_profile"] == b"profile"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("end", [0, 4, 11, 20, 40])
def test_a_stump_is_no_photo(kind: str, end: int) -> None:
    assert without_metadata(kind, photo(kind)[:end]) is None


def test_a_jpeg_that_lost_its_end_is_still_one() -> None:
    whole = photo("jpg")
    kept = without_metadata("jpg", whole[:-12])
    assert kept is not None
    assert kept.endswith(b"\xff\xd9")


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_broken_files_end_in_a_photo_or_a_refusal(kind: str, data: st.DataObject) -> None:
    content = bytearray(photo(kind, place=True))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    kept = without_metadata(kind, bytes(content[:cut]))
    assert kept is None or len(kept) <= cut + 40
