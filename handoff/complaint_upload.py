"""A complaint with its photos, read part by part as it comes."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from foundation.errors import TooLarge, Unavailable
from foundation.uploads import Part, PostedForm
from handoff.form_fields import MAX_COMPLAINT_CHARS, ComplaintForm
from handoff.photo_metadata import without_metadata
from handoff.photos import MAX_PHOTO_BYTES, MAX_PHOTOS, Photos, kind_of

logger = logging.getLogger("okienko.handoff")

MAX_TEXT_BYTES = 256 * 1024
MAX_BYTES = MAX_PHOTOS * MAX_PHOTO_BYTES + MAX_TEXT_BYTES


@dataclass(frozen=True, slots=True)
class SentComplaint:
    """What came.

    Attributes:
        photos: References of those that are kept.
        problem: Why it is asked for once more, as a code; empty: nothing is wrong with it.
        photos_lost: Photos could not be kept, and not by their sender's fault: that stops no complaint.
    """

    form: ComplaintForm
    photos: tuple[str, ...]
    problem: str
    photos_lost: bool


async def read_complaint(posted: PostedForm, photos: Photos, batch: str, *, keep: bool) -> SentComplaint:
    """Read a complaint to its end, keeping its photos in a batch; at most one is in memory at a time.

    Args:
        posted: The form.
        photos: Keeps them.
        batch: Of this complaint; the caller discards it where the complaint does not come about.
        keep: False: only words are read.

    Raises:
        TooLarge: It is more than a complaint may be; refused as soon as that is known.
        InvalidInput: It cannot be read.
    """
    posted.allow(MAX_BYTES)
    fields: dict[str, str] = {}
    kept: list[str] = []
    problem, lost, text_bytes = "", False, 0
    async for part in posted.parts(MAX_PHOTO_BYTES):
        if part.filename is None:
            text_bytes += part.size
            if text_bytes > MAX_TEXT_BYTES:
                raise TooLarge("That is too much text at once.")
            fields[part.name] = part.text
        elif part.size and keep:
            problem = problem or photo_problem(part, len(kept))
            if problem:
                continue
            kind = kind_of(part.content) or ""
            # Where a photo was taken is nobody's business; walking eight megabytes takes a moment.
            picture = await asyncio.to_thread(without_metadata, kind, part.content)
            if picture is None:
                problem = "no_photo"
                continue
            try:
                kept.append(await photos.keep(batch, kind, picture))
            except Unavailable as error:
                logger.warning("a complaint's photo was left out: %s", error.message)
                lost = True
    form = ComplaintForm.typed(fields)
    if not form.words:
        problem = "no_words"
    elif len(form.words) > MAX_COMPLAINT_CHARS:
        problem = "long_words"
    return SentComplaint(form, tuple(kept), problem, lost)


def photo_problem(part: Part, kept: int) -> str:
    """Return the code of what is wrong with a photo; empty where nothing is."""
    if kept >= MAX_PHOTOS:
        return "many_photos"
    if part.size > MAX_PHOTO_BYTES:
        return "large_photo"
    return "" if kind_of(part.content) else "no_photo"
